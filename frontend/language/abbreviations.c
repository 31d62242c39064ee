/* Tables of abbreviations, and of words that start sentences. See abbreviations.h. */
#include "abbreviations.h"

#include <string.h>

static const struct fe_abbreviations tables[] = {
    {
        .language = "en",
        .titles = "a.k.a|adm|atty|brig|capt|cf|cmdr|col|cpl|dr|drs|e.g|fr|gen|gov|hon|i.e|insp|lt|maj|messrs|mlle|mme|mr|mrs|"
                  "ms|mt|mx|pres|prof|pvt|rep|rev|sen|sgt|supt|viz|vs",
        .numbered = "apt|art|b|c|ca|ch|chap|cl|d|eq|ext|fig|figs|mar|no|nos|nr|op|p|par|pg|pp|pt|rm|rs|sat|sec|sect|sun|vol|vols",
        .anywhere = "al|apr|assn|aug|ave|blvd|bros|co|corp|dec|dept|dist|ed|eds|est|feb|fri|ft|hts|inc|jan|jr|jul|jun|"
                    "ltd|mon|nov|oct|rd|sep|sept|sr|st|temp|thu|thurs|tue|tues|univ|wed",
        .closing = "a.m|approx|esp|etc|hrs|max|min|mins|p.m|secs",
        .starters = "a|after|all|although|an|and|another|as|at|because|before|but|by|did|do|each|even|every|finally|for|"
                    "from|he|her|here|his|how|however|i|if|in|is|it|its|just|let|many|maybe|most|my|no|nobody|not|now|"
                    "on|once|one|only|or|our|perhaps|please|she|since|so|some|still|such|that|the|their|then|there|"
                    "these|they|this|those|though|thus|to|today|under|until|was|we|were|what|when|where|whether|which|"
                    "while|who|why|with|yes|yet|you|your",
        .unfinished = "a|an|and|are|as|at|be|been|but|by|can|did|do|for|from|had|has|have|he|her|his|i|if|in|into|is|it|"
                      "its|my|near|no|not|of|off|on|or|our|over|she|so|than|that|the|their|they|this|to|under|was|we|"
                      "were|when|which|while|who|will|with|would|you|your|dr|mr|mrs|ms|st",
        .joints = "and|because|but|or|so|than|that|when|where|which|while|who",
    },
    {
        .language = "de",
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
    },
};

const struct fe_abbreviations *fe_abbreviations_find(const char *language)
{
    for (size_t i = 0; language && i < sizeof tables / sizeof *tables; i++)
        if (strncmp(tables[i].language, language, 2) == 0)
            return &tables[i];
    return &tables[0];
}

bool fe_is_listed(const char *list, const char *word, size_t length)
{
    const char first = (char)(word[0] >= 'A' && word[0] <= 'Z' ? word[0] | 0x20 : word[0]);
    for (const char *entry = list; length && *entry;) {
        const size_t n = strcspn(entry, "|");
        if (n == length && entry[0] == first && memcmp(entry + 1, word + 1, n - 1) == 0)
            return true;
        entry += n + (entry[n] == '|');
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters with a dot between: "U.S", "a.m", "Ph.D". */
static bool is_dotted(const char *word, size_t length)
{
    size_t dots = 0, run = 0;
    for (size_t i = 0; i < length; i++) {
        dots += word[i] == '.';
        run = word[i] == '.' ? 0 : run + 1;
        if (run > 2 || (word[i] != '.' && !is_letter(word[i])))
            return false;
    }
    return dots > 0 && length <= 16 && word[0] != '.';
}

enum fe_abbreviation_kind fe_abbreviation(const struct fe_abbreviations *table, const char *word, size_t length)
{
    const size_t suffix = table->suffix ? strlen(table->suffix) : 0;
    const bool capital_letter = length == 1 && word[0] >= 'A' && word[0] <= 'Z';
    if (suffix && length > suffix && memcmp(word + length - suffix, table->suffix, suffix) == 0)
        return FE_ABBR_NUMBERED;
    if (length == 0 || length > 16)
        return FE_ABBR_NONE;
    if (!capital_letter && fe_is_listed(table->titles, word, length))
        return FE_ABBR_TITLE;
    if (!(capital_letter && !table->ordinal_dots) && fe_is_listed(table->numbered, word, length))
        return FE_ABBR_NUMBERED;
    if (capital_letter)
        return FE_ABBR_INITIAL;
    if (fe_is_listed(table->closing, word, length))
        return FE_ABBR_CLOSING;
    return fe_is_listed(table->anywhere, word, length) || is_dotted(word, length) ? FE_ABBR_ANYWHERE : FE_ABBR_NONE;
}

bool fe_is_starter(const struct fe_abbreviations *table, const char *word, size_t length)
{
    return length > 0 && word[0] >= 'A' && word[0] <= 'Z' && fe_is_listed(table->starters, word, length);
}
