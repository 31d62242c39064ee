/* Which dots belong to English words, and which words start sentences. */
#include "normalize_en.h"

const struct fe_abbreviations en_abbreviations = {
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
    .time_words = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|eastern|pacific|central|greenwich",
};
