/* English names of symbols, and simple mathematics. */
#include "normalize_en.h"

#include <string.h>

/* Token i is what an operator may have beside it: a number, a single letter, a bracket. */
static bool is_operand(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    return token->kind == NORM_DIGITS || (token->kind == NORM_WORD && token->length <= 2) ||
           (token->kind == NORM_SYMBOL &&
            (token->codepoint == '(' || token->codepoint == ')' || token->codepoint == 0x221A ||
             token->codepoint == 0xB2 || token->codepoint == 0xB3 || token->codepoint == 0x3C0 ||
             token->codepoint == '%' || token->codepoint == '$' || token->codepoint == '.' || token->codepoint == '-'));
}

static bool is_number_or_letter(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    return token->kind == NORM_DIGITS || (token->kind == NORM_WORD && token->length == 1);
}

/* The formula around token i has an equals sign or other sign of mathematics within a few tokens. */
static bool in_formula(const struct norm_pass *pass, size_t i)
{
    static const uint32_t signs[] = {'=', '+', '^', 0xB2, 0xB3, 0xD7, 0xF7, 0x2260, 0x2264, 0x2265, 0x2248, 0x221A};
    for (size_t k = i > 8 ? i - 8 : 0; k <= i + 8; k++)
        for (size_t s = 0; k != i && s < NORM_COUNT(signs); s++)
            if (norm_is_symbol(pass, k, signs[s]))
                return true;
    return false;
}

/* ---- operators ---- */

enum place { BETWEEN, IN_FORMULA, DIGITS, BEHIND, RANGE, BEFORE, BEFORE_SPACE, VALUE, ANYWHERE };

/* How a sign is said where both sides suit it. */
static const struct {
    uint32_t codepoint;
    enum place place;
    const char *spoken;
} operators[] = {{'+', BETWEEN, "plus"},
                 {'=', BETWEEN, "equals"},
                 {'-', IN_FORMULA, "minus"},
                 {0x2013, IN_FORMULA, "minus"},
                 {0x2212, BETWEEN, "minus"},
                 {0x2212, BEFORE, "minus"},
                 {'*', BETWEEN, "times"},
                 {'/', IN_FORMULA, "divided by"},
                 {'/', DIGITS, "slash"},
                 {0xF7, ANYWHERE, "divided by"},
                 {0xD7, ANYWHERE, "times"},
                 {0xB7, BETWEEN, "times"},
                 {'<', BETWEEN, "is less than"},
                 {'>', BETWEEN, "is greater than"},
                 {'<', VALUE, "is less than"},
                 {'>', VALUE, "is greater than"},
                 {'<', BEFORE, "less than"},
                 {'>', BEFORE, "greater than"},
                 {'~', BEFORE, "about"},
                 {'+', BEFORE, "plus"},
                 {'+', BEHIND, "plus"},
                 {'-', RANGE, "to"},
                 {0x2013, RANGE, "to"},
                 {0x2248, BETWEEN, "is approximately"},
                 {0x2248, BEFORE_SPACE, "approximately"},
                 {0x2260, ANYWHERE, "is not equal to"},
                 {0x2264, BETWEEN, "is less than or equal to"},
                 {0x2264, BEFORE_SPACE, "at most"},
                 {0x2265, BETWEEN, "is greater than or equal to"},
                 {0x2265, BEFORE_SPACE, "at least"},
                 {0xB1, ANYWHERE, "plus or minus"},
                 {0x221A, ANYWHERE, "the square root of"},
                 {0x221E, ANYWHERE, "infinity"},
                 {0x3C0, ANYWHERE, "pi"},
                 {0x2211, ANYWHERE, "the sum of"},
                 {0x222B, ANYWHERE, "the integral of"},
                 {0x2202, ANYWHERE, "partial"},
                 {0x2206, ANYWHERE, "delta"},
                 {0x2208, ANYWHERE, "is in"},
                 {0x2192, BETWEEN, "to"}};

/* What ends before token i is a unit behind a number: "5 kg-", "20%-", "5°C-". */
static bool is_behind_unit(const struct norm_pass *pass, size_t i)
{
    for (size_t n = 1; n <= 2 && n < i; n++)
        if (norm_is_kind(pass, i - n - 1, NORM_DIGITS) && en_unit_length(pass, i - n) == n)
            return true;
    return false;
}

static bool suits(const struct norm_pass *pass, size_t i, enum place place)
{
    const bool head =
        !i || !norm_touches(pass, i) || norm_is_symbol(pass, i - 1, '(') || norm_is_symbol(pass, i - 1, '"');
    const bool even = norm_touches(pass, i) == norm_touches(pass, i + 1);
    switch (place) {
    case BETWEEN: /* not "<b>Hi" */
        return i && even &&
               !(i >= 2 && norm_touches(pass, i) && norm_is_symbol(pass, i, '>') &&
                 (norm_is_symbol(pass, i - 2, '<') || norm_is_symbol(pass, i - 2, '/'))) &&
               is_operand(pass, i - 1) && is_operand(pass, i + 1);
    case IN_FORMULA: /* not "y--" */
        return i && even && !norm_touching_symbol(pass, i + 1, '-') && is_number_or_letter(pass, i - 1) &&
               is_operand(pass, i + 1) && in_formula(pass, i);
    case DIGITS:
        return i && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_touches(pass, i) &&
               norm_touching_kind(pass, i + 1, NORM_DIGITS);
    case BEHIND:
        return i && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_touches(pass, i) &&
               !norm_touching_kind(pass, i + 1, NORM_WORD) && !norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
               !norm_touching_symbol(pass, i + 1, '+');
    case RANGE:
        return i && norm_touches(pass, i) && norm_touching_kind(pass, i + 1, NORM_DIGITS) && is_behind_unit(pass, i);
    case BEFORE: return head && norm_touching_kind(pass, i + 1, NORM_DIGITS);
    case VALUE: { /* "p-value < .001" */
        const size_t number = i + 1 + norm_is_symbol(pass, i + 1, '.');
        return i && norm_is_kind(pass, i - 1, NORM_WORD) && !norm_touches(pass, i) && !norm_touches(pass, i + 1) &&
               norm_is_kind(pass, number, NORM_DIGITS) && !en_is_glued_behind(pass, number + 1);
    }
    case BEFORE_SPACE: return head && norm_is_kind(pass, i + 1, NORM_DIGITS);
    case ANYWHERE: return true;
    }
    return false;
}

/* "a <= b" and its like, in two characters. */
static const struct norm_entry pairs[] = {{"<=", "is less than or equal to"},
                                          {">=", "is greater than or equal to"},
                                          {"!=", "is not equal to"},
                                          {"==", "equals"},
                                          {"&&", "and"},
                                          {"||", "or"},
                                          {"+=", "plus equals"},
                                          {"-=", "minus equals"},
                                          {"->", "to"},
                                          {"+/-", "plus or minus"}};

size_t en_rule_operator(struct norm_pass *pass, size_t i)
{
    for (size_t k = 0; k < NORM_COUNT(pairs); k++) {
        const size_t n = norm_match(pass, i, pairs[k].written);
        const bool sign = k == NORM_COUNT(pairs) - 1;
        if (!n || (!sign && !(i && (is_operand(pass, i - 1) || norm_is_kind(pass, i - 1, NORM_WORD)) &&
                              (is_operand(pass, i + n) || norm_is_kind(pass, i + n, NORM_WORD)))))
            continue;
        norm_say(pass, pairs[k].spoken);
        return n;
    }
    if (i && norm_in_list(pass, i - 1, "utc|gmt") && norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
        (norm_is_symbol(pass, i, '+') || norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212))) {
        norm_say(pass, norm_is_symbol(pass, i, '+') ? "plus" : "minus");
        return 1;
    }
    const bool points =
        i >= 3 && norm_is_symbol(pass, i - 2, '.') && norm_touches(pass, i - 1) && norm_touches(pass, i - 2);
    if (points && norm_touching_symbol(pass, i, '/') && norm_touches(pass, i + 1) &&
        norm_in_list(pass, i + 1, "5|10|20|100")) {
        norm_say(pass, "out of"); /* 9.5/10 */
        return 1;
    }
    for (size_t k = 0; k < NORM_COUNT(operators); k++) {
        if (!norm_is_symbol(pass, i, operators[k].codepoint) || !suits(pass, i, operators[k].place))
            continue;
        norm_say(pass, operators[k].spoken);
        return 1;
    }
    return 0;
}

/* ---- powers ---- */

static void say_power(struct norm_pass *pass, const char *digits, size_t n, bool minus)
{
    if (n == 1 && !minus && (*digits == '2' || *digits == '3')) {
        norm_say(pass, *digits == '2' ? "squared" : "cubed");
        return;
    }
    norm_say(pass, "to the power of");
    if (minus)
        norm_say(pass, "minus");
    en_cardinal(pass, digits, n);
}

/* "x²", "10^6", "10⁻³", "e^x". */
size_t en_rule_power(struct norm_pass *pass, size_t i)
{
    char digits[8];
    size_t n = 0, count = 0;
    if (!i || !norm_touches(pass, i) || norm_is_kind(pass, i - 1, NORM_INVALID))
        return 0;
    if (norm_is_symbol(pass, i, '^')) {
        const bool minus = norm_touching_symbol(pass, i + 1, '-') || norm_touching_symbol(pass, i + 1, 0x2212);
        const size_t at = i + 1 + minus;
        if (norm_touching_kind(pass, at, NORM_DIGITS)) {
            say_power(pass, norm_text(pass, at), norm_at(pass, at)->length, minus);
        } else if (norm_touching_kind(pass, at, NORM_WORD) && norm_at(pass, at)->length == 1) {
            norm_say(pass, "to the power of");
            norm_say_token(pass, at);
        } else {
            return 0;
        }
        return 2 + minus;
    }
    const bool minus = norm_is_symbol(pass, i, 0x207B);
    for (n = minus; count < sizeof digits && (n == 0 || norm_touches(pass, i + n)); n++) {
        const long value =
            norm_is_kind(pass, i + n, NORM_SYMBOL) ? norm_raised_digit(norm_at(pass, i + n)->codepoint) : -1;
        if (value < 0)
            break;
        digits[count++] = (char)('0' + value);
    }
    const struct norm_token *const base = norm_at(pass, i - 1);
    const bool charge = norm_touching_symbol(pass, i + n, 0x207A) || norm_touching_symbol(pass, i + n, 0x207B);
    if (charge && !minus && n < 2) { /* "Ca²⁺", "Na⁺" */
        if (count)
            norm_say_digits(pass, digits, count);
        norm_say(pass, norm_is_symbol(pass, i + n, 0x207A) ? "plus" : "minus");
        return n + 1;
    }
    if (!count || (base->kind == NORM_WORD && base->length > 2) ||
        (base->kind == NORM_SYMBOL && base->codepoint != ')')) /* a mark of a footnote */
        return 0;
    say_power(pass, digits, count, minus);
    return n;
}

/* ---- slashes ---- */

/* Between two abbreviations with their dots: "Mr./Mrs.", "Sat./Sun." */
static bool is_between_abbreviations(const struct norm_pass *pass, size_t i)
{
    size_t n;
    return i && norm_is_symbol(pass, i, '/') && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '.') &&
           norm_touches(pass, i + 1) && (norm_abbreviation(pass, i + 1, &n) || en_is_short_date(pass, i + 1));
}

/* "and/or", "he/she", "w/o", "TCP/IP", "on/off". */
size_t en_rule_slash(struct norm_pass *pass, size_t i)
{
    static const struct norm_entry fixed[] = {{"w/o", "without"},
                                              {"w/e", "week ending"},
                                              {"w/", "with"},
                                              {"b/c", "because"},
                                              {"and/or", "and or"},
                                              {"c/o", "care of"},
                                              {"n/a", "not applicable"},
                                              {"N/A", "not applicable"},
                                              {"a/c", "A.C"},
                                              {"A/C", "A.C"},
                                              {"I/O", "I.O"},
                                              {"s/he", "she or he"},
                                              {"W/", "with"}};
    static const char either[] =
        "he|she|his|her|him|hers|himself|herself|yes|no|on|off|true|false|either|or|and|male|female|mother|"
        "father|mom|dad|boy|girl|man|woman|win|pass|fail|input|hot|cold|up|down|left|right|black|white|in|out";
    if (is_between_abbreviations(pass, i)) {
        norm_say(pass, "or");
        return 1;
    }
    if (i && norm_touches(pass, i) && norm_is_kind(pass, i, NORM_WORD))
        return 0;
    for (size_t k = 0; k < NORM_COUNT(fixed); k++) {
        const size_t n = norm_match(pass, i, fixed[k].written);
        if (!n || (n > 2 && norm_touching_kind(pass, i + n, NORM_WORD)))
            continue;
        norm_say(pass, fixed[k].spoken);
        return n;
    }
    if (norm_is_kind(pass, i, NORM_WORD) && norm_touching_symbol(pass, i + 1, '/') &&
        norm_touching_kind(pass, i + 2, NORM_WORD) && norm_in_list(pass, i, either) &&
        norm_in_list(pass, i + 2, either) && !norm_touching_symbol(pass, i + 3, '/')) {
        norm_say_token(pass, i);
        norm_border(pass, i + 1);
        norm_say(pass, "or");
        norm_border(pass, i + 2);
        norm_say_token(pass, i + 2);
        return 3;
    }
    return 0;
}

/* ---- other symbols ---- */

/* Behind "#": a number, or musical sharp behind A ... G, "C#". */
static size_t hash(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const before = norm_at(pass, i ? i - 1 : pass->n_tokens);
    if (i && norm_touches(pass, i) && before->kind == NORM_WORD && before->length == 1 && before->codepoint >= 'A' &&
        before->codepoint <= 'G' && !norm_touching_kind(pass, i + 1, NORM_WORD)) {
        norm_say(pass, "sharp");
        return 1;
    }
    if (norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
        (!i || !norm_touches(pass, i) || norm_is_symbol(pass, i - 1, '('))) {
        norm_say(pass, "number");
        return 1;
    }
    return 0;
}

static size_t at_sign(struct norm_pass *pass, size_t i)
{
    if (!i || i + 1 >= pass->n_tokens || (norm_touches(pass, i) && norm_touches(pass, i + 1)))
        return 0;
    norm_say(pass, "at");
    return 1;
}

static size_t ampersand(struct norm_pass *pass, size_t i)
{
    const bool apart = !norm_touches(pass, i) && !norm_touches(pass, i + 1);
    if (!i || i + 1 >= pass->n_tokens ||
        (!apart && (norm_is_kind(pass, i + 1, NORM_SYMBOL) || norm_is_kind(pass, i - 1, NORM_SYMBOL))))
        return 0;
    norm_say(pass, "and");
    return 1;
}

static const struct norm_symbol_name names[] = {
    {0xA9, "copyright"},     {0xAE, "registered"},   {0x2122, "trademark"},  {0xA7, "section"},
    {0xB6, "paragraph"},     {0x2116, "number"},     {0x2117, "copyright"},  {0x211E, "prescription"},
    {0xB0, "degrees"},       {0x2126, "ohms"},       {0x2190, "left arrow"}, {0x2191, "up arrow"},
    {0x2192, "right arrow"}, {0x2193, "down arrow"}, {0x21D2, "implies"},    {0x2660, "spades"},
    {0x2663, "clubs"},       {0x2665, "hearts"},     {0x2666, "diamonds"},   {0x266A, "music note"},
    {0x266D, "flat"},        {0x266F, "sharp"},      {0x2640, "female"},     {0x2642, "male"},
    {0x2030, "per mille"},   {0x2605, "star"},       {0x2713, "check mark"}, {0x2714, "check mark"}};

size_t en_rule_symbol(struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    if (c == 0xA7 && norm_touching_symbol(pass, i + 1, 0xA7)) {
        norm_say(pass, "sections");
        return 2;
    }
    if (c == '#')
        return hash(pass, i);
    if (c == '@')
        return at_sign(pass, i);
    if (c == '&')
        return ampersand(pass, i);
    for (size_t k = 0; k < NORM_COUNT(names); k++) {
        if (names[k].codepoint != c)
            continue;
        norm_say(pass, names[k].spoken);
        return 1;
    }
    return 0;
}
