/* English words that are not said as they are spelt: abbreviations by context, initials, roman numerals. */
#include "normalize_en.h"

#include <string.h>

/* ---- abbreviations ---- */

enum when {
    ALWAYS = 1,      /* with its dot */
    BEFORE_NAME = 2, /* a capitalised word follows */
    BEFORE_NUMBER = 4,
    AFTER_NAME = 8,   /* in an address or behind a name: a capitalised word stands before */
    BARE = 16,        /* without a dot too, under the same conditions */
    ADDRESS = 32,     /* a number stands up to four words before, and a capitalised word directly before */
    IN_SENTENCE = 64, /* only when the sentence goes on in lower case */
    EXACT = 128,      /* capitals as in the table */
    STREET = 256,     /* a direction in an address: "123 N. Main St.", "W. 42nd St." */
    AFTER_AMOUNT = 512 /* behind "2", "$5" or "5 dollars" */
};

struct abbreviation {
    const char *written, *spoken; /* written without the dot, and without dots between letters */
    int when;
};

/* The first entry that fits is taken. */
static const struct abbreviation abbreviations[] = {{"mr", "Mister", BEFORE_NAME | BARE},
                                                    {"mrs", "Missus", BEFORE_NAME | BARE},
                                                    {"ms", "Miz", BEFORE_NAME},
                                                    {"mx", "Mix", BEFORE_NAME},
                                                    {"messrs", "Messieurs", ALWAYS | BARE},
                                                    {"mme", "Madame", BEFORE_NAME},
                                                    {"mlle", "Mademoiselle", BEFORE_NAME},
                                                    {"dr", "Drive", ADDRESS | BARE},
                                                    {"dr", "Doctor", BEFORE_NAME | BARE},
                                                    {"dr", "Drive", AFTER_NAME},
                                                    {"drs", "Doctors", BEFORE_NAME},
                                                    {"prof", "Professor", BEFORE_NAME},
                                                    {"rev", "Reverend", BEFORE_NAME},
                                                    {"hon", "Honorable", BEFORE_NAME},
                                                    {"fr", "Father", BEFORE_NAME},
                                                    {"pres", "President", BEFORE_NAME},
                                                    {"gov", "Governor", BEFORE_NAME},
                                                    {"sen", "Senator", BEFORE_NAME},
                                                    {"rep", "Representative", BEFORE_NAME},
                                                    {"gen", "General", BEFORE_NAME},
                                                    {"adm", "Admiral", BEFORE_NAME},
                                                    {"col", "Colonel", BEFORE_NAME},
                                                    {"maj", "Major", BEFORE_NAME},
                                                    {"capt", "Captain", BEFORE_NAME},
                                                    {"cmdr", "Commander", BEFORE_NAME},
                                                    {"lt", "Lieutenant", BEFORE_NAME},
                                                    {"sgt", "Sergeant", BEFORE_NAME},
                                                    {"cpl", "Corporal", BEFORE_NAME},
                                                    {"pvt", "Private", BEFORE_NAME},
                                                    {"supt", "Superintendent", BEFORE_NAME},
                                                    {"insp", "Inspector", BEFORE_NAME},
                                                    {"atty", "Attorney", BEFORE_NAME},
                                                    {"st", "Street", ADDRESS | BARE},
                                                    {"st", "Saint", BEFORE_NAME | BARE},
                                                    {"st", "Street", AFTER_NAME | BARE},
                                                    {"ste", "Suite", BEFORE_NUMBER | EXACT},
                                                    {"mt", "Mount", BEFORE_NAME},
                                                    {"mtn", "Mountain", AFTER_NAME},
                                                    {"ft", "Fort", BEFORE_NAME | EXACT},
                                                    {"ave", "Avenue", AFTER_NAME | ADDRESS | BARE},
                                                    {"blvd", "Boulevard", AFTER_NAME | BARE},
                                                    {"rd", "Road", AFTER_NAME},
                                                    {"rd", "Road", ADDRESS | BARE},
                                                    {"ln", "Lane", ADDRESS | BARE},
                                                    {"ln", "Lane", AFTER_NAME},
                                                    {"ct", "Court", ADDRESS},
                                                    {"pl", "Place", ADDRESS},
                                                    {"sq", "Square", AFTER_NAME},
                                                    {"hwy", "Highway", ALWAYS | BEFORE_NUMBER | BARE},
                                                    {"pkwy", "Parkway", AFTER_NAME | BARE},
                                                    {"apt", "Apartment", BEFORE_NUMBER | BARE},
                                                    {"jr", "Junior", AFTER_NAME | BARE},
                                                    {"sr", "Senior", AFTER_NAME},
                                                    {"esq", "Esquire", AFTER_NAME},
                                                    {"no", "Number", BEFORE_NUMBER},
                                                    {"nos", "Numbers", BEFORE_NUMBER | BARE},
                                                    {"nr", "Number", BEFORE_NUMBER},
                                                    {"p", "page", BEFORE_NUMBER},
                                                    {"pg", "page", BEFORE_NUMBER},
                                                    {"pp", "pages", BEFORE_NUMBER},
                                                    {"ch", "chapter", BEFORE_NUMBER},
                                                    {"vol", "volume", BEFORE_NUMBER | BARE},
                                                    {"vols", "volumes", BEFORE_NUMBER},
                                                    {"fig", "figure", BEFORE_NUMBER},
                                                    {"figs", "figures", BEFORE_NUMBER},
                                                    {"sec", "section", BEFORE_NUMBER},
                                                    {"eq", "equation", BEFORE_NUMBER},
                                                    {"art", "article", BEFORE_NUMBER},
                                                    {"ext", "extension", BEFORE_NUMBER | BARE},
                                                    {"op", "opus", BEFORE_NUMBER},
                                                    {"pt", "part", BEFORE_NUMBER | EXACT},
                                                    {"mk", "mark", BEFORE_NUMBER | EXACT | BARE},
                                                    {"ed", "edition", IN_SENTENCE},
                                                    {"ca", "circa", BEFORE_NUMBER},
                                                    {"c", "circa", BEFORE_NUMBER},
                                                    {"b", "born", BEFORE_NUMBER},
                                                    {"d", "died", BEFORE_NUMBER},
                                                    {"vs", "versus", ALWAYS | BARE},
                                                    {"v", "versus", BEFORE_NAME},
                                                    {"etc", "et cetera", ALWAYS | BARE},
                                                    {"cf", "compare", ALWAYS},
                                                    {"viz", "namely", ALWAYS},
                                                    {"ibid", "ibidem", ALWAYS},
                                                    {"al", "al", ALWAYS},
                                                    {"approx", "approximately", ALWAYS | BARE},
                                                    {"dept", "Department", ALWAYS},
                                                    {"univ", "University", ALWAYS},
                                                    {"assn", "Association", ALWAYS},
                                                    {"govt", "government", ALWAYS | BARE},
                                                    {"natl", "National", ALWAYS},
                                                    {"intl", "International", ALWAYS},
                                                    {"est", "established", BEFORE_NUMBER},
                                                    {"inc", "Incorporated", ALWAYS},
                                                    {"ltd", "Limited", ALWAYS | BARE},
                                                    {"corp", "Corporation", ALWAYS},
                                                    {"co", "Company", AFTER_NAME},
                                                    {"bros", "Brothers", ALWAYS},
                                                    {"mfg", "Manufacturing", ALWAYS},
                                                    {"max", "maximum", IN_SENTENCE | BEFORE_NUMBER},
                                                    {"min", "minimum", IN_SENTENCE | BEFORE_NUMBER},
                                                    {"avg", "average", ALWAYS | BARE},
                                                    {"temp", "temperature", IN_SENTENCE},
                                                    {"tel", "telephone", ALWAYS},
                                                    {"misc", "miscellaneous", ALWAYS | BARE},
                                                    {"incl", "including", ALWAYS},
                                                    {"excl", "excluding", ALWAYS},
                                                    {"esp", "especially", ALWAYS},
                                                    {"orig", "originally", ALWAYS},
                                                    {"resp", "respectively", ALWAYS},
                                                    {"wk", "week", IN_SENTENCE},
                                                    {"yrs", "years", IN_SENTENCE},
                                                    {"hrs", "hours", IN_SENTENCE},
                                                    {"mins", "minutes", IN_SENTENCE},
                                                    {"rte", "Route", BEFORE_NUMBER | BARE},
                                                    {"bldg", "Building", ALWAYS | BARE},
                                                    {"rm", "Room", BEFORE_NUMBER | EXACT | BARE},
                                                    {"eqs", "equations", BEFORE_NUMBER},
                                                    {"eqn", "equation", BEFORE_NUMBER},
                                                    {"n", "North", STREET | EXACT | BARE},
                                                    {"s", "South", STREET | EXACT | BARE},
                                                    {"e", "East", STREET | EXACT | BARE},
                                                    {"w", "West", STREET | EXACT | BARE},
                                                    {"gov't", "government", ALWAYS | BARE},
                                                    {"gov\xE2\x80\x99t", "government", ALWAYS | BARE},
                                                    {"int'l", "international", ALWAYS | BARE},
                                                    {"int\xE2\x80\x99l", "international", ALWAYS | BARE},
                                                    {"nat'l", "national", ALWAYS | BARE},
                                                    {"dep't", "department", ALWAYS | BARE},
                                                    {"cont'd", "continued", ALWAYS | BARE},
                                                    {"req'd", "required", ALWAYS | BARE},
                                                    {"fwd", "forward", ALWAYS | BARE},
                                                    {"thx", "thanks", ALWAYS | BARE},
                                                    {"pls", "please", ALWAYS | BARE},
                                                    {"plz", "please", ALWAYS | BARE},
                                                    {"mtg", "meeting", ALWAYS | BARE},
                                                    {"appt", "appointment", ALWAYS | BARE},
                                                    {"qty", "quantity", ALWAYS | BARE},
                                                    {"ea", "each", AFTER_AMOUNT}};

/* Letters with dots between that are words, not initials. */
static const struct norm_entry dotted[] = {{"eg", "for example"}, {"ie", "that is"}, {"ps", "P.S"},
                                           {"aka", "A.K.A"},      {"rip", "R.I.P"},  {"no", "number"}};

static bool is_name(const struct norm_pass *pass, size_t i)
{
    return norm_is_kind(pass, i, NORM_WORD) && norm_at(pass, i)->capital;
}

/* "123 Main St": a capitalised word or ordinal before token i, and a number up to four words before that. */
static bool is_in_address(const struct norm_pass *pass, size_t i)
{
    static const char ordinals[] = "st|nd|rd|th";
    if (!i || !(is_name(pass, i - 1) || norm_in_list(pass, i - 1, ordinals)))
        return false;
    for (size_t back = 1; back <= 4 && back < i; back++) {
        if (norm_is_kind(pass, i - 1 - back, NORM_DIGITS))
            return true;
        if (!is_name(pass, i - 1 - back) && !norm_is_symbol(pass, i - 1 - back, '.'))
            return false;
    }
    return false;
}

bool en_is_after_name(const struct norm_pass *pass, size_t i)
{
    static const char small[] =
        "the|a|an|in|on|at|and|or|but|to|of|for|see|from|by|with|he|she|it|they|we|i|this|that|his|her|"
        "is|was|no|yes|so|dear|meet|call|ask|our|my|am|did|do|can|will|if|when|as";
    const bool comma = i && norm_is_symbol(pass, i - 1, ',');
    return i > comma && is_name(pass, i - 1 - comma) && !norm_in_list(pass, i - 1 - comma, small);
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
    for (size_t k = i; k < i + 3 && is_name(pass, k); k++)
        if (k > i && norm_in_list(pass, k, streets))
            return true;
    return false;
}

static bool fits(const struct norm_pass *pass, size_t i, const struct abbreviation *entry, bool dot)
{
    const size_t next = i + 1 + dot;
    const bool spaced = norm_at(pass, next)->space_before;
    if (!dot && !(entry->when & BARE))
        return false;
    if ((entry->when & EXACT) && !norm_at(pass, i)->capital)
        return false;
    if (entry->when & ALWAYS)
        return true;
    if (entry->when & STREET)
        return spaced && is_before_street(pass, next, dot);
    if (entry->when & AFTER_AMOUNT)
        return i && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_at(pass, i)->lower;
    const bool bracket = norm_is_symbol(pass, next, '(') && dot; /* "Eq. (5)" */
    if ((entry->when & BEFORE_NUMBER) && (norm_is_kind(pass, next + bracket, NORM_DIGITS) ||
                                          norm_roman(pass, next) > 1 || (norm_is_symbol(pass, next, '#'))))
        return true;
    if ((entry->when & ADDRESS) && is_in_address(pass, i) && norm_at(pass, i)->capital)
        return true;
    if ((entry->when & BEFORE_NAME) && is_name(pass, next) && spaced &&
        (norm_at(pass, i)->capital || !strcmp(entry->written, "v")))
        return true;
    if ((entry->when & AFTER_NAME) && norm_at(pass, i)->capital &&
        (en_is_after_name(pass, i) || (i && norm_is_symbol(pass, i - 1, '&')))) /* "Smith & Co." */
        return true;
    return (entry->when & IN_SENTENCE) && spaced && norm_at(pass, next)->lower;
}

/* "Dr.", "St.", "vs.", "No. 5". */
size_t en_rule_abbreviation(struct norm_pass *pass, size_t i)
{
    if (norm_at(pass, i)->length > 8 || (i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '.')) ||
        (i && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_DIGITS)))
        return 0;
    const bool dot = norm_touching_symbol(pass, i + 1, '.') && !norm_touching_symbol(pass, i + 2, '.');
    if ((!dot && norm_at(pass, i + 1)->kind != NORM_END && norm_touches(pass, i + 1) &&
         norm_at(pass, i + 1)->codepoint != ',' && norm_at(pass, i + 1)->codepoint != ')' &&
         norm_at(pass, i + 1)->codepoint != '.' && norm_at(pass, i + 1)->codepoint != ';' &&
         norm_at(pass, i + 1)->codepoint != ':') ||
        (dot && norm_touching_kind(pass, i + 2, NORM_WORD)))
        return 0;
    const char first = (char)(*norm_text(pass, i) | 0x20);
    for (size_t k = 0; k < NORM_COUNT(abbreviations); k++) {
        const struct abbreviation *const entry = &abbreviations[k];
        if (entry->written[0] != first || !norm_is_word(pass, i, entry->written) || !fits(pass, i, entry, dot))
            continue;
        /* in the case that the text has it in */
        const char letter = (char)(norm_at(pass, i)->lower ? entry->spoken[0] | 0x20 : entry->spoken[0] & ~0x20);
        norm_say_bytes(pass, &letter, 1);
        norm_join(pass, entry->spoken + 1);
        if (dot)
            norm_keep_stop(pass, i + 2);
        return 1 + dot;
    }
    return 0;
}

/* "New York, NY 10001": the state before a postal code of the USA. */
size_t en_rule_state(struct norm_pass *pass, size_t i)
{
    static const struct norm_entry states[] = {
        {"AL", "Alabama"}, {"AK", "Alaska"}, {"AZ", "Arizona"}, {"AR", "Arkansas"}, {"CA", "California"},
        {"CO", "Colorado"}, {"CT", "Connecticut"}, {"DE", "Delaware"}, {"DC", "D.C"}, {"FL", "Florida"},
        {"GA", "Georgia"}, {"HI", "Hawaii"}, {"ID", "Idaho"}, {"IL", "Illinois"}, {"IN", "Indiana"}, {"IA", "Iowa"},
        {"KS", "Kansas"}, {"KY", "Kentucky"}, {"LA", "Louisiana"}, {"ME", "Maine"}, {"MD", "Maryland"},
        {"MA", "Massachusetts"}, {"MI", "Michigan"}, {"MN", "Minnesota"}, {"MS", "Mississippi"}, {"MO", "Missouri"},
        {"MT", "Montana"}, {"NE", "Nebraska"}, {"NV", "Nevada"}, {"NH", "New Hampshire"}, {"NJ", "New Jersey"},
        {"NM", "New Mexico"}, {"NY", "New York"}, {"NC", "North Carolina"}, {"ND", "North Dakota"}, {"OH", "Ohio"},
        {"OK", "Oklahoma"}, {"OR", "Oregon"}, {"PA", "Pennsylvania"}, {"RI", "Rhode Island"},
        {"SC", "South Carolina"}, {"SD", "South Dakota"}, {"TN", "Tennessee"}, {"TX", "Texas"}, {"UT", "Utah"},
        {"VT", "Vermont"}, {"VA", "Virginia"}, {"WA", "Washington"}, {"WV", "West Virginia"}, {"WI", "Wisconsin"},
        {"WY", "Wyoming"}};
    const struct norm_token *const code = norm_at(pass, i + 1);
    if (norm_at(pass, i)->length != 2 || !i || !norm_is_symbol(pass, i - 1, ',') || code->kind != NORM_DIGITS ||
        code->length != 5 || !code->space_before)
        return 0;
    const struct norm_entry *const state = norm_find(pass, i, states, NORM_COUNT(states));
    if (!state)
        return 0;
    norm_say(pass, state->spoken);
    norm_border(pass, i + 1);
    norm_say_digits(pass, norm_text(pass, i + 1), code->length);
    return 2;
}

/* ---- letters with dots ---- */

static size_t say_dotted(struct norm_pass *pass, size_t i, const char *letters, size_t n_letters, size_t n)
{
    char lower[12] = "";
    for (size_t k = 0; k < n_letters && k < sizeof lower - 1; k++)
        lower[k] = (char)(letters[k] | 0x20);
    for (size_t k = 0; k < NORM_COUNT(dotted); k++) {
        if (strcmp(lower, dotted[k].written) != 0 || (letters[0] != lower[0] && k >= 4))
            continue;
        norm_say(pass, dotted[k].spoken);
        norm_keep_stop(pass, i + n);
        return n;
    }
    const bool possessive = (norm_touching_symbol(pass, i + n, '\'') || norm_touching_symbol(pass, i + n, 0x2019)) &&
                            norm_touches(pass, i + n + 1) && norm_is(pass, i + n + 1, "s");
    if (possessive) { /* espeak-ng says "U.S's" with a dot in it */
        for (size_t k = 0; k < n_letters; k++)
            norm_spell(pass, letters + k, 1);
        norm_join(pass, "'s");
        return n + 2;
    }
    norm_spell(pass, letters, n_letters);
    norm_keep_stop(pass, i + n);
    return n;
}

/* A capital with a dot in front of a word: "J. Smith", "E. coli". "I." and "A." only before names. */
static bool is_initial(const struct norm_pass *pass, size_t i)
{
    if (!is_name(pass, i) || !norm_is_kind(pass, i + 2, NORM_WORD) || norm_touches(pass, i + 2))
        return false;
    const bool name = is_name(pass, i + 2);
    if (norm_is(pass, i, "I"))
        return name && (en_is_after_name(pass, i) || (i >= 2 && norm_is_symbol(pass, i - 1, '.')));
    return name || !norm_is(pass, i, "A");
}

/* "U.S.", "e.g.", "J.R.R. Tolkien", "Ph.D.": one or two letters, a dot, again, at least twice. */
size_t en_rule_dotted(struct norm_pass *pass, size_t i)
{
    char letters[12];
    size_t n_letters = 0, n = 0, parts = 0;
    if (i && norm_touches(pass, i) && norm_at(pass, i - 1)->codepoint != '(' &&
        norm_at(pass, i - 1)->codepoint != '"' && norm_at(pass, i - 1)->codepoint != 0x201C &&
        norm_at(pass, i - 1)->codepoint != '-' && norm_at(pass, i - 1)->codepoint != '/')
        return 0;
    while (norm_is_kind(pass, i + n, NORM_WORD) && norm_at(pass, i + n)->length <= 2 &&
           (n == 0 || norm_touches(pass, i + n)) && n_letters + 2 < sizeof letters) {
        const struct norm_token *const token = norm_at(pass, i + n);
        if (token->length == 2 && (token->lower || token->all_caps))
            break;
        memcpy(letters + n_letters, norm_text(pass, i + n), token->length);
        n_letters += token->length;
        parts++;
        n++;
        if (!norm_touching_symbol(pass, i + n, '.'))
            break;
        n++;
    }
    for (size_t k = 0; k < n_letters; k++)
        if (!((letters[k] | 0x20) >= 'a' && (letters[k] | 0x20) <= 'z'))
            return 0;
    if (parts == 1 && n == 2 && n_letters == 1 && is_initial(pass, i)) {
        norm_spell(pass, letters, 1);
        return 2;
    }
    if (parts < 2 || norm_touching_kind(pass, i + n, NORM_WORD) || norm_touching_kind(pass, i + n, NORM_DIGITS))
        return 0;
    if (norm_is_symbol(pass, i + n, '@'))
        return 0;
    return say_dotted(pass, i, letters, n_letters, n);
}

/* ---- roman numerals ---- */

/* Behind these a roman numeral is a cardinal: "Chapter IV". */
static const char roman_heads[] =
    "chapter|part|act|scene|section|volume|vol|book|war|bowl|appendix|type|phase|title|article|level|class|grade|stage|"
    "figure|"
    "table|psalm|unit|module|lesson|canto|episode|season|series|mark|rocky|final|fantasy|schedule|annex|amendment|tier|"
    "category|"
    "group|division|corps|apollo|saturn|gemini|olympiad|no|page|pages|step|rule|item|verse|sonnet|symphony|column|zone|"
    "region|"
    "pentium|quest|wars|movement|area|polaris|voyager|vatican|basel|factor|sorority|theorem|lemma|opus";

/* Behind these it is an ordinal: "Henry the eighth". */
static const char roman_names[] =
    "henry|louis|george|charles|james|william|edward|richard|elizabeth|mary|john|paul|pius|benedict|gregory|innocent|"
    "leo|urban|"
    "clement|philip|frederick|wilhelm|otto|nicholas|alexander|catherine|peter|ivan|ferdinand|alfonso|carlos|juan|"
    "francis|"
    "napoleon|constantine|theodosius|ramesses|ramses|ptolemy|darius|xerxes|haakon|harald|christian|gustav|carl|"
    "margaret|"
    "margrethe|albert|leopold|baldwin|boniface|sixtus|julius|robert|stephen|kenneth|magnus|olaf|sigismund|maximilian|"
    "ludwig|joseph|umberto|emmanuel|mehmed|murad|selim|suleiman|celestine|eugene|felipe|felix|cleopatra|thutmose|"
    "amenhotep|"
    "artaxerxes|antiochus|seleucus|casimir|bela|matthias|rudolf|ferdinando|cosimo|lorenzo|manuel|pedro|afonso|victor|"
    "baudouin|"
    "willem|adolf|oscar|gustavus|sancho|conrad|lothair|adrian|hadrian|callixtus|callistus|honorius|nicholas|anne|"
    "isabella|"
    "franz|friedrich|heinrich|karl|tiberius|vladimir|boris|selim|osman|abdul|hassan|mohammed|muhammad|rama";

/* "I" behind such a word is a numeral when what follows can't be its verb. */
static bool is_first(const struct norm_pass *pass, size_t i, bool ruler)
{
    const struct norm_token *const next = norm_at(pass, i + 1);
    if (next->kind == NORM_END || (next->kind == NORM_SYMBOL && next->codepoint != '\'' && next->codepoint != 0x2019))
        return true;
    if (norm_in_list(pass, i + 1, "of|is|and|or|in|by|from|to|on|as|at|for|was|with|begins|ended|ends|the|has"))
        return !ruler || norm_in_list(pass, i + 1, "of|is|and|or|in|from|to|by|has");
    return ruler && norm_in_list(pass, i + 1, "reigned|ruled|died|became|succeeded|abdicated|came");
}

/* "Henry VIII", "Chapter IV", "World War II", "XIX century", "Rocky II". */
size_t en_rule_roman(struct norm_pass *pass, size_t i)
{
    const unsigned value = norm_roman(pass, i);
    if (!value || norm_touching_kind(pass, i + 1, NORM_DIGITS) || (i && norm_touches(pass, i)))
        return 0;
    if (norm_in_list(pass, i + 1, "century|centuries|dynasty|olympiad") && value > 1) {
        en_ordinal_value(pass, value);
        return 1;
    }
    size_t before = i;
    if (before && norm_is_symbol(pass, before - 1, '.'))
        before--;
    if (!before || norm_is_kind(pass, before - 1, NORM_SYMBOL))
        return 0;
    const bool name = is_name(pass, before - 1);
    const bool ruler = name && norm_in_list(pass, before - 1, roman_names) && value < 40;
    const bool head = norm_in_list(pass, before - 1, roman_heads);
    if (value == 1 && (!name || (!ruler && !head) || !is_first(pass, i, ruler)))
        return 0;
    if (ruler) {
        norm_say(pass, "the");
        en_ordinal_value(pass, value);
        if (norm_possessive(pass, i))
            norm_join(pass, "'s");
        return 1;
    }
    /* Without such a word only numerals of several letters that are no words or units behind a name: "Rocky II". */
    const bool plain = name && norm_at(pass, i)->length > 1 &&
                       norm_in_list(pass, i,
                                    "ii|iii|vi|vii|viii|ix|xi|xii|xiii|xiv|xv|xvi|"
                                    "xvii|xviii|xix|xx|xxi|iv");
    if (!head && !(plain && !norm_at(pass, before - 1)->all_caps))
        return 0;
    if (norm_at(pass, i)->length == 1 && value > 10 &&
        !norm_in_list(pass, before - 1, "chapter|volume|vol|book|bowl|psalm|sonnet"))
        return 0;
    norm_say_number(pass, value);
    return 1;
}
