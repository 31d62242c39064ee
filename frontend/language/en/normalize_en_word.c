/* English words that are not said as they are spelt: initials, states, roman numerals. */
#include "normalize_en.h"

#include <string.h>

/* "New York, NY 10001": the state before a postal code of the USA. */
size_t en_rule_state(struct norm_pass *pass, size_t i)
{
    static const struct norm_entry states[] = {
        {"AL", "Alabama"},        {"AK", "Alaska"},         {"AZ", "Arizona"},
        {"AR", "Arkansas"},       {"CA", "California"},     {"CO", "Colorado"},
        {"CT", "Connecticut"},    {"DE", "Delaware"},       {"DC", "D.C"},
        {"FL", "Florida"},        {"GA", "Georgia"},        {"HI", "Hawaii"},
        {"ID", "Idaho"},          {"IL", "Illinois"},       {"IN", "Indiana"},
        {"IA", "Iowa"},           {"KS", "Kansas"},         {"KY", "Kentucky"},
        {"LA", "Louisiana"},      {"ME", "Maine"},          {"MD", "Maryland"},
        {"MA", "Massachusetts"},  {"MI", "Michigan"},       {"MN", "Minnesota"},
        {"MS", "Mississippi"},    {"MO", "Missouri"},       {"MT", "Montana"},
        {"NE", "Nebraska"},       {"NV", "Nevada"},         {"NH", "New Hampshire"},
        {"NJ", "New Jersey"},     {"NM", "New Mexico"},     {"NY", "New York"},
        {"NC", "North Carolina"}, {"ND", "North Dakota"},   {"OH", "Ohio"},
        {"OK", "Oklahoma"},       {"OR", "Oregon"},         {"PA", "Pennsylvania"},
        {"RI", "Rhode Island"},   {"SC", "South Carolina"}, {"SD", "South Dakota"},
        {"TN", "Tennessee"},      {"TX", "Texas"},          {"UT", "Utah"},
        {"VT", "Vermont"},        {"VA", "Virginia"},       {"WA", "Washington"},
        {"WV", "West Virginia"},  {"WI", "Wisconsin"},      {"WY", "Wyoming"}};
    const bool comma = norm_touching_symbol(pass, i + 1, ',');
    const size_t zip = i + 1 + comma;
    const struct norm_token *const code = norm_at(pass, zip);
    if (norm_at(pass, i)->length != 2 || code->kind != NORM_DIGITS || code->length != 5 || !code->space_before)
        return 0;
    if (!(i && norm_is_symbol(pass, i - 1, ',')) && !comma &&
        !((!i || norm_is_name(pass, i - 1)) && !norm_in_list(pass, i, "in|or|me|ok|hi|oh|de|id|al|la|ma|pa")))
        return 0;
    const struct norm_entry *const state = norm_find(pass, i, states, NORM_COUNT(states));
    if (!state)
        return 0;
    norm_say(pass, state->spoken);
    norm_border(pass, zip);
    norm_say_digits(pass, norm_text(pass, zip), code->length);
    if (!en_is_dash(pass, zip + 1) || !norm_touches(pass, zip + 1) || !norm_touching_kind(pass, zip + 2, NORM_DIGITS) ||
        norm_at(pass, zip + 2)->length != 4)
        return zip + 1 - i;
    norm_join(pass, ",");
    norm_border(pass, zip + 2);
    norm_say_digits(pass, norm_text(pass, zip + 2), 4);
    return zip + 3 - i;
}

/* ---- letters with dots ---- */

/* An "s" behind the n tokens of letters with dots from token i on: "Ph.D.s". */
static bool is_dotted_plural(const struct norm_pass *pass, size_t i, size_t n)
{
    return norm_at(pass, i)->capital && norm_is_symbol(pass, i + n - 1, '.') && norm_touches(pass, i + n) &&
           norm_is(pass, i + n, "s") && !norm_touching_kind(pass, i + n + 1, NORM_WORD) &&
           !norm_touching_kind(pass, i + n + 1, NORM_DIGITS);
}

static size_t say_dotted(struct norm_pass *pass, size_t i, const char *letters, size_t n_letters, size_t n)
{
    size_t taken;
    const struct abbreviation *const row = norm_abbreviation(pass, i, &taken);
    if (row && taken == n && strchr(row->written, '.')) {
        norm_say(pass, row->spoken);
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
    if (is_dotted_plural(pass, i, n)) {
        en_spell_plural(pass, letters, n_letters);
        return n + 1;
    }
    norm_spell(pass, letters, n_letters);
    norm_keep_stop(pass, i + n);
    return n;
}

/* A capital with a dot in front of a word: "J. Smith", "E. coli". "I." and "A." only before names. */
static bool is_initial(const struct norm_pass *pass, size_t i)
{
    if (!norm_is_name(pass, i) || !norm_is_kind(pass, i + 2, NORM_WORD) || norm_touches(pass, i + 2))
        return false;
    const bool name = norm_is_name(pass, i + 2);
    if (norm_is(pass, i, "I"))
        return name && (norm_is_after_name(pass, i) || (i >= 2 && norm_is_symbol(pass, i - 1, '.')));
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
        if ((token->length == 2 && (token->lower || token->all_caps)) || (parts > 1 && is_dotted_plural(pass, i, n)))
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
    size_t taken;
    const bool one = parts == 1 && n == 2 && n_letters == 1;
    const bool direction = one && strchr("NSEW", letters[0]) && norm_abbreviation(pass, i, &taken); /* "N. Korea" */
    if (one && !direction && is_initial(pass, i)) {
        norm_spell(pass, letters, 1);
        return 2;
    }
    if (parts < 2 || (norm_touching_kind(pass, i + n, NORM_WORD) && !is_dotted_plural(pass, i, n)) ||
        norm_touching_kind(pass, i + n, NORM_DIGITS))
        return 0;
    if (norm_is_symbol(pass, i + n, '@'))
        return 0;
    return say_dotted(pass, i, letters, n_letters, n);
}

/* ---- roman numerals ---- */

/* Behind these a roman numeral is a cardinal: "Chapter IV". */
static const char roman_heads[] =
    "chapter|part|act|scene|section|volume|vol|book|war|bowl|appendix|type|phase|title|article|level|class|grade|"
    "stage|figure|table|psalm|unit|module|lesson|canto|episode|season|series|mark|rocky|final|fantasy|schedule|annex|"
    "amendment|tier|category|group|division|corps|apollo|saturn|gemini|olympiad|no|page|pages|step|rule|item|verse|"
    "sonnet|symphony|column|zone|region|pentium|quest|wars|movement|area|polaris|voyager|vatican|basel|factor|"
    "sorority|theorem|lemma|opus";

/* Behind these it is an ordinal: "Henry the eighth". */
static const char roman_names[] =
    "henry|louis|george|charles|james|william|edward|richard|elizabeth|mary|john|paul|pius|benedict|gregory|innocent|"
    "leo|urban|clement|philip|frederick|wilhelm|otto|nicholas|alexander|catherine|peter|ivan|ferdinand|alfonso|carlos|"
    "juan|francis|napoleon|constantine|theodosius|ramesses|ramses|ptolemy|darius|xerxes|haakon|harald|christian|"
    "gustav|carl|margaret|margrethe|albert|leopold|baldwin|boniface|sixtus|julius|robert|stephen|kenneth|magnus|olaf|"
    "sigismund|maximilian|ludwig|joseph|umberto|emmanuel|mehmed|murad|selim|suleiman|celestine|eugene|felipe|felix|"
    "cleopatra|thutmose|amenhotep|artaxerxes|antiochus|seleucus|casimir|bela|matthias|rudolf|ferdinando|cosimo|"
    "lorenzo|manuel|pedro|afonso|victor|baudouin|willem|adolf|oscar|gustavus|sancho|conrad|lothair|adrian|hadrian|"
    "callixtus|callistus|honorius|nicholas|anne|isabella|franz|friedrich|heinrich|karl|tiberius|vladimir|boris|selim|"
    "osman|abdul|hassan|mohammed|muhammad|rama";

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
    const bool name = norm_is_name(pass, before - 1);
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

/* ---- small roman numerals ---- */

/* "(iv)", and "iv." or "iv)" at the head of the sentence. */
static bool is_list_mark(const struct norm_pass *pass, size_t i)
{
    const bool close = norm_touching_symbol(pass, i + 1, ')');
    if (close && i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '('))
        return i < 2 || !norm_touches(pass, i - 1);
    return !i && (close || (norm_touching_symbol(pass, i + 1, '.') && norm_is_kind(pass, i + 2, NORM_WORD)));
}

/* "ii" in small letters is a number in a list's mark and behind "page"; else it is code, or a name of its letters
 * ("vi"), and espeak-ng's "roman two" isn't meant. */
size_t en_rule_small_roman(struct norm_pass *pass, size_t i)
{
    static const char numbered[] =
        "page|pages|pp|chapter|section|appendix|volume|vol|part|act|scene|verse|note|paragraph|clause|war";
    const struct norm_token *const token = norm_at(pass, i);
    char capitals[8];
    if (token->kind != NORM_WORD || !token->lower || token->length > sizeof capitals ||
        !strchr("ivxl", *norm_text(pass, i)))
        return 0;
    for (size_t k = 0; k < token->length; k++)
        capitals[k] = (char)(norm_text(pass, i)[k] & ~0x20);
    const unsigned value = norm_roman_value(capitals, token->length);
    const size_t head = i >= 2 && norm_is_symbol(pass, i - 1, '.') ? i - 2 : i - 1;
    if (!value || value >= 50 || (!(i && norm_is_symbol(pass, i - 1, '(')) && i && norm_touches(pass, i)))
        return 0;
    if (is_list_mark(pass, i) || (i && token->length > 1 && norm_in_list(pass, head, numbered))) {
        norm_say_number(pass, value);
        return 1;
    }
    if (token->length < 2 || norm_in_list(pass, i, "mix|dim"))
        return 0;
    norm_spell(pass, capitals, token->length);
    return 1;
}

/* ---- sounds that people write ---- */

/* letters[n] are `first`, then one or more `again`, at least `least` in all, then `last` (0: nothing). */
static bool is_drawn_out(const char *letters, size_t n, const char *first, char again, char last, size_t least)
{
    const size_t head = strlen(first), tail = last != 0;
    if (n < least || n < head + tail)
        return false;
    for (size_t i = 0; i < n; i++) {
        const char wanted = i < head ? first[i] : i + tail == n && tail ? last : again;
        if ((letters[i] | 0x20) != wanted)
            return false;
    }
    return true;
}

/* "Mmm", "shhhh", "pssst": as they are said, however long they are drawn out; words_en_table.c has their sounds. */
size_t en_rule_interjection(struct norm_pass *pass, size_t i)
{
    static const struct {
        const char *first;
        char again, last;
        size_t least;
        const char *written;
    } sounds[] = {{"mm", 'm', 0, 3, "mmm"},    {"hm", 'm', 0, 2, "hmm"},   {"sh", 'h', 0, 3, "shh"},
                  {"ps", 's', 't', 3, "psst"}, {"br", 'r', 0, 3, "brr"},   {"gr", 'r', 0, 3, "grr"},
                  {"zz", 'z', 0, 3, "zzz"},    {"pf", 'f', 't', 3, "pfft"}};
    const struct norm_token *const token = norm_at(pass, i);
    const bool humming =
        norm_is_word(pass, i, "mm") && norm_touching_symbol(pass, i + 1, '-') && norm_at(pass, i + 2)->codepoint == 'h';
    const bool hush = norm_is_word(pass, i, "sh") && norm_touching_symbol(pass, i + 1, '!');
    const char *said = humming ? "mmm" : hush ? "shh" : NULL;
    const bool letters =
        token->all_caps && token->length < 4 && !norm_touching_symbol(pass, i + 1, '!'); /* "5 PM PST" */
    if (token->kind != NORM_WORD || letters || token->length > 20 || norm_touching_kind(pass, i + 1, NORM_DIGITS) ||
        (norm_touching_symbol(pass, i + 1, '.') && norm_touches(pass, i + 2) && !norm_is_symbol(pass, i + 2, '.')) ||
        (i && norm_touches(pass, i) && norm_at(pass, i - 1)->kind != NORM_SYMBOL))
        return 0;
    for (size_t k = 0; k < NORM_COUNT(sounds) && !said; k++)
        if (is_drawn_out(norm_text(pass, i), token->length, sounds[k].first, sounds[k].again, sounds[k].last,
                         sounds[k].least))
            said = sounds[k].written;
    if (!said)
        return 0;
    norm_say(pass, said);
    return 1;
}
