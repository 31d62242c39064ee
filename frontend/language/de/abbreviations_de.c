/* Which dots belong to German words, and which words start sentences. */
#include "normalize_de.h"

const struct fe_abbreviations de_abbreviations = {
    .titles = "abb|abs|abzgl|art|bd|bspw|bzw|ca|d.h|dipl|dr|evtl|fr|geb|gest|ggf|hr|hrn|ing|inkl|kap|max|min|nr|"
              "prof|sog|st|tel|u.a|v.a|vgl|z.b|zzgl|i.d.r|z|b|d|h|v|u|i|zb",
    .numbered = "s|h|t|art",
    .anywhere = "jan|feb|mär|apr|jun|jul|aug|sep|sept|okt|nov|dez|mo|di|mi|do|fr|sa|so|str|co|jh|mio|mrd|chr",
    .closing = "etc|usw|u.s.w|std|min|sek",
    .starters = "aber|alle|alles|als|also|am|an|auch|auf|aus|bei|bis|da|damals|damit|danach|dann|das|dass|dein|dem|"
                "den|denn|der|die|dies|diese|dieser|dieses|doch|dort|du|ein|eine|einer|einige|er|es|für|gestern|"
                "heute|hier|ich|ihr|ihre|im|in|ist|ja|jeder|jetzt|kein|man|mein|meine|mit|morgen|nach|nein|nicht|"
                "niemand|noch|nun|nur|ob|oder|sein|seine|seit|sie|so|trotzdem|um|und|uns|unser|viele|von|vor|wann|"
                "warum|was|weil|wenn|wer|wie|wir|wo|zu|zum|zur",
    .unfinished = "aber|als|am|an|auf|aus|bei|das|dem|den|der|des|die|ein|eine|einen|einer|für|im|in|ist|mit|nach|"
                  "oder|sie|und|vom|von|vor|war|wie|zu|zum|zur|dr|herr|frau",
    .joints = "aber|als|dass|der|die|das|ob|oder|und|weil|wenn|wo",
    .suffix = "str",
    .ordinal_dots = true,
    .time_words = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag",
};
