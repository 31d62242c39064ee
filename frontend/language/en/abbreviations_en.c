/* English abbreviations, and the words that tell where sentences end. */
#include "normalize_en.h"

/* Own conditions. */
enum {
    EN_ADDRESS = ABBR_OWN,    /* a number stands up to four words before, and a capitalised word directly before */
    EN_STREET = ABBR_OWN << 1 /* a direction in an address or a country: "123 N. Main St.", "W. 42nd St.", "N. Korea" */
};

static const struct abbreviation rows[] = {
    {"dep", "departs", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"arr", "arrives", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"fn", "footnote", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"blk", "block", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"mr", "Mister", ABBR_BEFORE_NAME | ABBR_BARE, DOT_GOES_ON},
    {"mrs", "Missus", ABBR_BEFORE_NAME | ABBR_BARE, DOT_GOES_ON},
    {"ms", "Miz", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"mx", "Mix", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"messrs", "Messieurs", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"mme", "Madame", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"mlle", "Mademoiselle", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"dr", "Drive", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"dr", "Doctor", ABBR_BEFORE_NAME | ABBR_BARE, DOT_GOES_ON},
    {"dr", "Drive", ABBR_AFTER_NAME, DOT_EITHER},
    {"drs", "Doctors", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"prof", "Professor", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"rev", "Reverend", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"hon", "Honorable", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"fr", "Father", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"pres", "President", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"gov", "Governor", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"sen", "Senator", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"rep", "Representative", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"gen", "General", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"adm", "Admiral", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"col", "Colonel", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"maj", "Major", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"capt", "Captain", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"cmdr", "Commander", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"lt", "Lieutenant", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"sgt", "Sergeant", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"cpl", "Corporal", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"pvt", "Private", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"supt", "Superintendent", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"insp", "Inspector", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"atty", "Attorney", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"st", "Street", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"st", "Saint", ABBR_BEFORE_NAME | ABBR_BARE, DOT_EITHER},
    {"st", "Street", ABBR_AFTER_NAME | ABBR_BARE, DOT_EITHER},
    {"Ste", "Suite", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"mt", "Mount", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_GOES_ON},
    {"mtn", "Mountain", ABBR_AFTER_NAME, DOT_EITHER},
    {"Ft", "Fort", ABBR_BEFORE_NAME | ABBR_TITLE, DOT_EITHER},
    {"ft", NULL, 0, DOT_EITHER},
    {"ave", "Avenue", ABBR_AFTER_NAME | EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"blvd", "Boulevard", ABBR_AFTER_NAME | ABBR_BARE, DOT_EITHER},
    {"rd", "Road", ABBR_AFTER_NAME, DOT_EITHER},
    {"rd", "Road", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"ln", "Lane", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"ln", "Lane", ABBR_AFTER_NAME, DOT_EITHER},
    {"ct", "Court", EN_ADDRESS, DOT_EITHER},
    {"pl", "Place", EN_ADDRESS, DOT_EITHER},
    {"sq", "Square", ABBR_AFTER_NAME, DOT_EITHER},
    {"hwy", "Highway", ABBR_ALWAYS | ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_EITHER},
    {"expy", "Expressway", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"expwy", "Expressway", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"fwy", "Freeway", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"tpke", "Turnpike", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"cir", "Circle", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"ter", "Terrace", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"trl", "Trail", EN_ADDRESS | ABBR_BARE, DOT_EITHER},
    {"pkwy", "Parkway", ABBR_AFTER_NAME | ABBR_BARE, DOT_EITHER},
    {"apt", "Apartment", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"jr", "Junior", ABBR_AFTER_NAME | ABBR_BARE, DOT_EITHER},
    {"sr", "Senior", ABBR_AFTER_NAME, DOT_EITHER},
    {"esq", "Esquire", ABBR_AFTER_NAME, DOT_EITHER},
    {"no", "Number", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"nos", "Numbers", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"nr", "Number", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"p", "page", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"pg", "page", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"pp", "pages", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"ch", "chapter", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"vol", "volume", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"vols", "volumes", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"fig", "figure", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"figs", "figures", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"sec", "section", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"eq", "equation", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"art", "article", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"ext", "extension", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"op", "opus", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"Pt", "part", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"pt", NULL, 0, DOT_NUMBER},
    {"Mk", "mark", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"ed.by", "edited by", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"eds", "editors", ABBR_ALWAYS, DOT_EITHER},
    {"ed", "edition", ABBR_IN_SENTENCE, DOT_EITHER},
    {"ca", "circa", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"c", "circa", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"b", "born", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"d", "died", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"vs", "versus", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"v", "versus", ABBR_BEFORE_NAME | ABBR_SMALL, DOT_EITHER},
    {"etc", "et cetera", ABBR_ALWAYS | ABBR_BARE, DOT_CLOSES},
    {"cf", "compare", ABBR_ALWAYS, DOT_GOES_ON},
    {"viz", "namely", ABBR_ALWAYS, DOT_GOES_ON},
    {"ibid", "ibidem", ABBR_ALWAYS, DOT_EITHER},
    {"al", "al", ABBR_ALWAYS, DOT_EITHER},
    {"approx", "approximately", ABBR_ALWAYS | ABBR_BARE, DOT_CLOSES},
    {"dept", "Department", ABBR_ALWAYS, DOT_EITHER},
    {"univ", "University", ABBR_ALWAYS, DOT_EITHER},
    {"acct", "account", ABBR_ALWAYS | ABBR_BARE, DOT_NUMBER},
    {"assn", "Association", ABBR_ALWAYS, DOT_EITHER},
    {"govt", "government", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"natl", "National", ABBR_ALWAYS, DOT_GOES_ON},
    {"intl", "International", ABBR_ALWAYS, DOT_GOES_ON},
    {"est", "established", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"inc", "Incorporated", ABBR_ALWAYS, DOT_EITHER},
    {"ltd", "Limited", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"corp", "Corporation", ABBR_ALWAYS, DOT_EITHER},
    {"co", "Company", ABBR_AFTER_NAME, DOT_EITHER},
    {"bros", "Brothers", ABBR_ALWAYS, DOT_EITHER},
    {"mfg", "Manufacturing", ABBR_ALWAYS, DOT_EITHER},
    {"max", "maximum", ABBR_IN_SENTENCE | ABBR_BEFORE_NUMBER, DOT_CLOSES},
    {"min", "minimum", ABBR_IN_SENTENCE | ABBR_BEFORE_NUMBER, DOT_CLOSES},
    {"avg", "average", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"temp", "temperature", ABBR_IN_SENTENCE, DOT_EITHER},
    {"tel", "telephone", ABBR_ALWAYS, DOT_NUMBER},
    {"misc", "miscellaneous", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"incl", "including", ABBR_ALWAYS, DOT_GOES_ON},
    {"excl", "excluding", ABBR_ALWAYS, DOT_GOES_ON},
    {"esp", "especially", ABBR_ALWAYS, DOT_CLOSES},
    {"orig", "originally", ABBR_ALWAYS, DOT_EITHER},
    {"resp", "respectively", ABBR_ALWAYS, DOT_CLOSES},
    {"wk", "week", ABBR_IN_SENTENCE, DOT_CLOSES},
    {"yrs", "years", ABBR_IN_SENTENCE, DOT_CLOSES},
    {"hrs", "hours", ABBR_IN_SENTENCE, DOT_CLOSES},
    {"mins", "minutes", ABBR_IN_SENTENCE, DOT_CLOSES},
    {"rte", "Route", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"bldg", "Building", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"Rm", "Room", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"rm", NULL, 0, DOT_NUMBER},
    {"eqs", "equations", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"eqn", "equation", ABBR_BEFORE_NUMBER, DOT_NUMBER},
    {"N", "North", EN_STREET | ABBR_BARE, DOT_ORDINAL},
    {"S", "South", EN_STREET | ABBR_BARE, DOT_ORDINAL},
    {"E", "East", EN_STREET | ABBR_BARE, DOT_ORDINAL},
    {"W", "West", EN_STREET | ABBR_BARE, DOT_ORDINAL},
    {"gov't", "government", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"gov\xE2\x80\x99t", "government", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"int'l", "international", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"int\xE2\x80\x99l", "international", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"nat'l", "national", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"dep't", "department", ABBR_ALWAYS | ABBR_BARE, DOT_EITHER},
    {"cont'd", "continued", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"req'd", "required", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"fwd", "forward", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"thx", "thanks", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"pls", "please", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"plz", "please", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"mtg", "meeting", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"appt", "appointment", ABBR_ALWAYS | ABBR_BARE, DOT_NONE},
    {"qty", "quantity", ABBR_ALWAYS | ABBR_BARE, DOT_NUMBER},
    {"ea", "each", ABBR_AFTER_NUMBER, DOT_CLOSES},
    /* letters that are words, not initials */
    {"e.g", "for example", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"E.G", "for example", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"i.e", "that is", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"I.E", "that is", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"p.s", "P.S", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"P.S", "P.S", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"a.k.a", "A.K.A", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"A.K.A", "A.K.A", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"r.i.p", "R.I.P", ABBR_ALWAYS | ABBR_BARE | ABBR_EXACT, DOT_EITHER},
    {"n.o", "number", ABBR_ALWAYS | ABBR_BARE | ABBR_EXACT, DOT_EITHER},
    {"N.B", NULL, 0, DOT_GOES_ON},
    {"a.m", NULL, 0, DOT_CLOSES},
    {"p.m", NULL, 0, DOT_CLOSES},
    {"A.M", NULL, 0, DOT_CLOSES},
    {"P.M", NULL, 0, DOT_CLOSES},
    {"n\xC2\xB0", "number", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    {"n\xC2\xBA", "number", ABBR_BEFORE_NUMBER | ABBR_BARE, DOT_NUMBER},
    /* what rules of their own read: months, days, units, books of the Bible */
    {"brig", NULL, 0, DOT_GOES_ON},
    {"chap|cl|mar|par|rs|sat|sect|sun", NULL, 0, DOT_NUMBER},
    {"apr|aug|dec|dist|eds|feb|fri|hts|jan|jul|jun|mon|nov|oct|sep|sept|thu|thurs|tue|tues|wed", NULL, 0, DOT_EITHER},
    {"secs", NULL, 0, DOT_CLOSES},
    {"lb|lbs|oz|in|yd|yds|mi|hr|qt|gal|tsp|tbsp", NULL, ABBR_AFTER_NUMBER, DOT_NUMBER},
    {"ex|lev|num|deut|josh|judg|sam|kgs|chr|neh|ps|prov|eccl|isa|jer|lam|ezek|dan|hos|mic|"
     "nah|hab|zeph|hag|zech|mal|matt|lk|jn|rom|cor|gal|eph|phil|thess|tim|tit|philem|heb|jas|pet",
     NULL, 0, DOT_VERSE},
};

/* ---- own conditions ---- */

/* "123 Main St": a capitalised word or ordinal before token i, and a number up to four words before that. */
static bool is_in_address(const struct norm_pass *pass, size_t i)
{
    static const char ordinals[] = "st|nd|rd|th";
    if (!i || !(norm_is_name(pass, i - 1) || norm_in_list(pass, i - 1, ordinals)))
        return false;
    for (size_t back = 1; back <= 4 && back < i; back++) {
        if (norm_is_kind(pass, i - 1 - back, NORM_DIGITS))
            return true;
        if (!norm_is_name(pass, i - 1 - back) && !norm_is_symbol(pass, i - 1 - back, '.'))
            return false;
    }
    return false;
}

/* A street with a number: "1st st", "5th ave". */
static bool is_numbered(const struct norm_pass *pass, size_t i)
{
    return i >= 2 && norm_in_list(pass, i - 1, "st|nd|rd|th") && norm_touches(pass, i - 1) &&
           norm_is_kind(pass, i - 2, NORM_DIGITS) && norm_at(pass, i)->space_before;
}

/* The direction at token i - 1 stands before the name of a street at token i, and behind a number of a house. */
static bool is_before_street(const struct norm_pass *pass, size_t i, bool dot)
{
    static const char streets[] = "st|street|ave|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|hwy|ct|pl|pkwy";
    const size_t behind = i - 1 - dot;
    if (norm_is_kind(pass, i, NORM_DIGITS))
        return norm_touching_kind(pass, i + 1, NORM_WORD) && norm_in_list(pass, i + 1, "st|nd|rd|th") &&
               norm_in_list(pass, i + 2, streets);
    if (!behind || !norm_is_kind(pass, behind - 1, NORM_DIGITS))
        return false;
    for (size_t k = i; k < i + 3 && norm_is_name(pass, k); k++)
        if (k > i && norm_in_list(pass, k, streets))
            return true;
    return false;
}

/* What has a north and a south, or an east and a west. */
static bool is_country(const struct norm_pass *pass, size_t i)
{
    return norm_is_name(pass, i) &&
           norm_in_list(pass, i,
                        "korea|africa|carolina|dakota|virginia|ireland|america|sudan|macedonia|vietnam|"
                        "germany|timor|wales|asia|europe|yorkshire|sussex|england|india|bengal|midlands");
}

static bool fits(const struct norm_pass *pass, size_t i, size_t next, unsigned when)
{
    const bool dot = norm_is_symbol(pass, next - 1, '.');
    return ((when & EN_STREET) && norm_at(pass, next)->space_before &&
            (is_before_street(pass, next, dot) || is_country(pass, next))) ||
           ((when & EN_ADDRESS) && ((norm_at(pass, i)->capital && is_in_address(pass, i)) || is_numbered(pass, i)));
}

const struct abbreviations en_abbreviations = {.rows = rows, .n_rows = NORM_COUNT(rows), .fits = fits};

const struct sentence_words en_sentences = {
    .starters =
        "a|after|all|although|an|and|another|as|at|because|before|but|by|did|do|each|even|every|finally|for|from|he|"
        "her|here|his|how|however|i|if|in|is|it|its|just|let|many|maybe|most|my|no|nobody|not|now|on|once|one|only|or|"
        "our|perhaps|please|she|since|so|some|still|such|that|the|their|then|there|these|they|this|those|though|thus|"
        "to|today|under|until|was|we|were|what|when|where|whether|which|while|who|why|with|yes|yet|you|your|about|"
        "according|almost|also|any|anyone|both|can|could|despite|does|during|either|enough|everybody|everyone|"
        "everything|few|had|has|have|hello|hence|hundreds|indeed|instead|later|likewise|meanwhile|millions|moreover|"
        "much|must|neither|never|nevertheless|nothing|often|otherwise|perhaps|several|should|someone|something|"
        "sometimes|somehow|soon|sorry|suddenly|tens|thank|thanks|thousands|tomorrow|too|unfortunately|unless|unlike|"
        "usually|whatever|whenever|whoever|whose|will|within|without|would|yesterday",
    .openers = "about|after|around|at|before|between|by|from|since|till|until",
    .numbered = "a|about|an|and|are|as|at|be|been|by|for|from|got|had|has|have|in|is|made|need|not|of|on|only|or|over|"
                "than|the|to|under|until|was|were|with|article|chapter|class|day|exercise|figure|grade|highway|level|"
                "lesson|line|number|page|paragraph|part|phase|question|room|route|rule|season|section|size|stage|step|"
                "table|task|type|unit|verse|version|volume|week|year",
    .shouted = "jeopardy|joomla|oklahoma|wham|yahoo|yum",
    .rulers = "emperor|empress|kaiser|king|pope|prince|princess|queen|saint|tsar|czar",
    .unfinished = "a|an|and|are|as|at|be|been|but|by|can|did|do|for|from|had|has|have|he|her|his|i|if|in|into|is|it|"
                  "its|my|near|no|not|of|off|on|or|our|over|she|so|than|that|the|their|they|this|to|under|was|we|"
                  "were|when|which|while|who|will|with|would|you|your|dr|mr|mrs|ms|st",
    .time_words = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|eastern|pacific|central|greenwich",
    .joints = "and|because|but|or|so|than|that|when|where|which|while|who",
    .no_names = "the|a|an|in|on|at|and|or|but|to|of|for|see|from|by|with|he|she|it|they|we|i|this|that|his|her|is|was|"
                "no|yes|so|dear|meet|call|ask|our|my|am|did|do|can|will|if|when|as",
    .letters = "i",
};
