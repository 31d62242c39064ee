/* Reading numbers: digits with separators as the language has them, and roman numerals. */
#include "normalize_lang.h"

#include <limits.h>
#include <string.h>

/* One common space before each of the groups of three digits from token i on, one of them "000" and none of another
 * length behind: "1 000 000" is surely one number in any language. */
static bool is_round(const struct norm_pass *pass, size_t i)
{
    bool zeros = false;
    const size_t limit = i + NORM_MAX_DIGITS / 3;
    for (; i < limit && norm_is_kind(pass, i, NORM_DIGITS) && norm_at(pass, i)->length == 3 && !norm_touches(pass, i);
         i++)
        zeros = zeros || memcmp(norm_text(pass, i), "000", 3) == 0;
    return zeros && !norm_is_kind(pass, i, NORM_DIGITS);
}

/* A separator of thousands stands before token i: the language's, or one narrow or common space. `spaced`: the
 * group before had a space too. */
static bool is_group_at(const struct norm_pass *pass, size_t i, bool spaced, size_t *taken)
{
    const struct norm_token *const token = norm_at(pass, i);
    *taken = 0;
    if (token->kind == NORM_DIGITS && token->length == 3 && token->space_before && i) {
        const struct norm_token *const before = norm_at(pass, i - 1);
        const size_t gap = token->offset - before->offset - before->length;
        const char *const bytes = pass->text + before->offset + before->length;
        *taken = 1;
        return (gap == 1 && *bytes == ' ' && (spaced || pass->lang->space_groups || is_round(pass, i))) ||
               (gap == 2 && memcmp(bytes, "\xC2\xA0", 2) == 0) || (gap == 3 && memcmp(bytes, "\xE2\x80\xAF", 3) == 0) ||
               (gap == 3 && memcmp(bytes, "\xE2\x80\x89", 3) == 0);
    }
    if (!norm_touching_symbol(pass, i, (unsigned char)pass->lang->group) ||
        !norm_touching_kind(pass, i + 1, NORM_DIGITS) || norm_at(pass, i + 1)->length != 3)
        return false;
    *taken = 2;
    return true;
}

static bool is_short_group(const struct norm_pass *pass, size_t i)
{
    return norm_touching_symbol(pass, i, (unsigned char)pass->lang->group) &&
           norm_touching_kind(pass, i + 1, NORM_DIGITS) && norm_at(pass, i + 1)->length == 2;
}

/* A group of two digits, as India writes them, behind which others come up to one of three. */
static bool is_indian_group(const struct norm_pass *pass, size_t i)
{
    size_t taken, first = norm_at(pass, i - 1)->length;
    for (size_t n = 0; first <= 2 && n < 2 * NORM_MAX_DIGITS && is_short_group(pass, i + n); n += 2)
        if (is_group_at(pass, i + n + 2, false, &taken) && taken == 2)
            return true;
    return false;
}

/* The digits of the whole, with groups of three. */
static size_t read_whole(const struct norm_pass *pass, size_t i, struct norm_number *number)
{
    const struct norm_token *const first = norm_at(pass, i);
    if (first->length > NORM_MAX_DIGITS)
        return 0;
    memcpy(number->whole, norm_text(pass, i), first->length);
    number->n_whole = first->length;
    size_t n = 1, taken;
    while (is_indian_group(pass, i + n) && number->n_whole + 2 <= NORM_MAX_DIGITS) { /* 1,23,456 */
        memcpy(number->whole + number->n_whole, norm_text(pass, i + n + 1), 2);
        number->n_whole += 2;
        number->grouped = true;
        n += 2;
    }
    if (first->length > 3 || number->whole[0] == '0')
        return n;
    bool spaced = false;
    while (is_group_at(pass, i + n, spaced, &taken) && number->n_whole + 3 <= NORM_MAX_DIGITS) {
        n += taken;
        spaced = taken == 1;
        memcpy(number->whole + number->n_whole, norm_text(pass, i + n - 1), 3);
        number->n_whole += 3;
        number->grouped = true;
    }
    return n;
}

/* The same with the separators of other countries, where nothing else can be meant: "1,234.56" where the comma is
 * decimal and "1.234,56" where the point is; "1,234,567" where the comma is. */
static size_t read_foreign(const struct norm_pass *pass, size_t i, struct norm_number *number)
{
    const uint32_t group = (unsigned char)pass->lang->decimal, decimal = group == ',' ? '.' : ',';
    const struct norm_token *const first = norm_at(pass, i);
    size_t n = 1;
    if (first->length > 3 || *norm_text(pass, i) == '0')
        return 0;
    while (n < NORM_MAX_DIGITS / 2 && norm_touching_symbol(pass, i + n, group) &&
           norm_touching_kind(pass, i + n + 1, NORM_DIGITS) && norm_at(pass, i + n + 1)->length == 3)
        n += 2;
    const bool fraction = norm_touching_symbol(pass, i + n, decimal) &&
                          norm_touching_kind(pass, i + n + 1, NORM_DIGITS) && norm_at(pass, i + n + 1)->length <= 2;
    const size_t end = i + n + 2 * (size_t)fraction;
    const bool goes_on = norm_touching_kind(pass, end + 1, NORM_DIGITS) &&
                         (norm_touching_symbol(pass, end, '.') || norm_touching_symbol(pass, end, ','));
    if (goes_on || n < (fraction ? 3U : 5U) || (!fraction && group != ','))
        return 0;
    for (size_t k = 0; k < n; k += 2) {
        memcpy(number->whole + number->n_whole, norm_text(pass, i + k), norm_at(pass, i + k)->length);
        number->n_whole += norm_at(pass, i + k)->length;
    }
    number->grouped = true;
    if (fraction) {
        number->fraction = norm_text(pass, i + n + 1);
        number->n_fraction = norm_at(pass, i + n + 1)->length;
    }
    return end - i;
}

static bool is_minus(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212);
}

size_t norm_read_number(const struct norm_pass *pass, size_t i, bool sign, struct norm_number *number)
{
    size_t n = 0;
    *number = (struct norm_number){0};
    if (sign && is_minus(pass, i) && norm_touches(pass, i + 1)) {
        number->negative = true;
        n = 1;
    }
    if (norm_is_kind(pass, i + n, NORM_DIGITS)) {
        const size_t foreign = read_foreign(pass, i + n, number);
        if (foreign)
            return n + foreign;
        const size_t whole = read_whole(pass, i + n, number);
        if (!whole)
            return 0;
        n += whole;
    }
    if (norm_is_symbol(pass, i + n, (unsigned char)pass->lang->decimal) &&
        (!number->n_whole || norm_touches(pass, i + n)) && norm_touching_kind(pass, i + n + 1, NORM_DIGITS)) {
        number->fraction = norm_text(pass, i + n + 1);
        number->n_fraction = norm_at(pass, i + n + 1)->length;
        n += 2;
    }
    return number->n_whole || number->n_fraction ? n : 0;
}

unsigned long norm_number_value(const struct norm_number *number)
{
    unsigned long value = 0;
    if (number->n_whole > 9)
        return ULONG_MAX;
    for (size_t i = 0; i < number->n_whole; i++)
        value = value * 10 + (unsigned long)(number->whole[i] - '0');
    return value;
}

bool norm_number_is(const struct norm_number *number, unsigned long value)
{
    return !number->n_fraction && norm_number_value(number) == value;
}

size_t norm_possessive(const struct norm_pass *pass, size_t i)
{
    static const char *const endings[] = {"'s", "\xE2\x80\x99s"};
    const struct norm_token *const token = norm_at(pass, i);
    for (size_t k = 0; k < NORM_COUNT(endings); k++) {
        const size_t n = strlen(endings[k]);
        if (token->kind == NORM_WORD && token->length > n &&
            memcmp(norm_text(pass, i) + token->length - n, endings[k], n) == 0)
            return n;
    }
    return 0;
}

unsigned norm_roman_value(const char *text, size_t length)
{
    static const struct {
        const char *letters;
        unsigned value;
        int most; /* times in a row */
    } steps[] = {
        {"M", 1000, 3}, {"CM", 900, 1}, {"D", 500, 1}, {"CD", 400, 1}, {"C", 100, 3}, {"XC", 90, 1}, {"L", 50, 1},
        {"XL", 40, 1},  {"X", 10, 3},   {"IX", 9, 1},  {"V", 5, 1},    {"IV", 4, 1},  {"I", 1, 3},
    };
    unsigned value = 0;
    size_t at = 0;
    for (size_t s = 0; s < NORM_COUNT(steps); s++) {
        const size_t n = strlen(steps[s].letters);
        for (int k = 0; k < steps[s].most && length - at >= n && memcmp(text + at, steps[s].letters, n) == 0; k++) {
            value += steps[s].value;
            at += n;
        }
    }
    return at == length && value < 4000 ? value : 0;
}

unsigned norm_roman(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const size_t length = token->length - norm_possessive(pass, i);
    return token->kind == NORM_WORD && token->capital && length <= 15 ? norm_roman_value(norm_text(pass, i), length)
                                                                      : 0;
}

int norm_raised_digit(uint32_t codepoint)
{
    if (codepoint == 0xB9)
        return 1;
    if (codepoint == 0xB2 || codepoint == 0xB3)
        return codepoint == 0xB2 ? 2 : 3;
    return codepoint == 0x2070 || (codepoint >= 0x2074 && codepoint <= 0x2079) ? (int)(codepoint - 0x2070) : -1;
}

bool norm_is_times(const struct norm_pass *pass, size_t i)
{
    return i && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_DIGITS) &&
           (norm_is(pass, i, "x") || norm_is_symbol(pass, i, 0xD7));
}

bool norm_is_sharp(const struct norm_pass *pass, size_t i)
{
    return i && norm_is_symbol(pass, i, '#') && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_WORD) &&
           norm_at(pass, i - 1)->length == 1 && norm_at(pass, i - 1)->capital;
}

/* ---- ranges whose ends both have the unit ---- */

size_t norm_number_start(const struct norm_pass *pass, size_t i)
{
    for (size_t n = 0; n < NORM_MAX_DIGITS / 3 && i >= 2 && norm_touches(pass, i) && norm_touches(pass, i - 1) &&
                       (norm_is_symbol(pass, i - 1, (unsigned char)pass->lang->decimal) ||
                        norm_is_symbol(pass, i - 1, (unsigned char)pass->lang->group)) &&
                       norm_is_kind(pass, i - 2, NORM_DIGITS);
         n++)
        i -= 2;
    return i;
}

/* Tokens a ... a + n - 1 and b ... b + n - 1 are the same text, and nothing is glued to the latter. */
static bool is_same(const struct norm_pass *pass, size_t a, size_t b, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const struct norm_token *const one = norm_at(pass, a + k), *const other = norm_at(pass, b + k);
        if (one->length != other->length || other->kind == NORM_END ||
            memcmp(norm_text(pass, a + k), norm_text(pass, b + k), one->length) != 0)
            return false;
    }
    return !norm_touching_kind(pass, b + n, NORM_WORD) && !norm_touching_kind(pass, b + n, NORM_DIGITS);
}

static bool is_sign(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    return norm_is_kind(pass, i, NORM_SYMBOL) && (c == '$' || c == 0xA3 || c == 0xA5 || c == 0x20AC || c == 0x20B9);
}

bool norm_is_range(const struct norm_pass *pass, size_t i)
{
    struct norm_number low, high;
    size_t unit = 0;
    if (!(norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013)) ||
        norm_touches(pass, i) != norm_touches(pass, i + 1))
        return false;
    while (unit < NORM_MOST_UNIT && unit + 1 < i && !norm_is_kind(pass, i - 1 - unit, NORM_DIGITS))
        unit++;
    if (i < unit + 1 || !norm_is_kind(pass, i - 1 - unit, NORM_DIGITS))
        return false;
    const size_t start = norm_number_start(pass, i - 1 - unit), read = norm_read_number(pass, start, false, &low);
    const bool sign = !unit && start && is_sign(pass, start - 1) && is_sign(pass, i + 1) &&
                      norm_at(pass, start - 1)->codepoint == norm_at(pass, i + 1)->codepoint;
    const size_t second = norm_read_number(pass, i + 1 + sign, false, &high);
    const unsigned long from = norm_number_value(&low), to = norm_number_value(&high);
    return (unit || sign) && read == i - unit - start && second && from <= to &&
           (sign || is_same(pass, i - unit, i + 1 + second, unit));
}

size_t norm_rule_range(struct norm_pass *pass, size_t i)
{
    const char *const to = pass->lang->normaliser->to;
    if (!to || !norm_is_range(pass, i))
        return 0;
    norm_say(pass, to);
    return 1;
}

void norm_say_between(struct norm_pass *pass, size_t i)
{
    const bool slash = norm_is_symbol(pass, i, '/');
    if (slash)
        norm_join(pass, ",");
    norm_border(pass, i);
    if (!slash)
        norm_say(pass, pass->lang->normaliser->to);
    norm_border(pass, i + 1);
}

/* ---- how long something takes ---- */

size_t norm_read_duration(const struct norm_pass *pass, size_t i, long parts[NORM_DURATION_PARTS])
{
    static const char *const units[NORM_DURATION_PARTS] = {"d", "h|hr|hrs|std", "m|min|mins", "s|sec|secs|sek"};
    size_t n = 0, next = 0, count = 0;
    for (size_t k = 0; k < NORM_DURATION_PARTS; k++)
        parts[k] = -1;
    while (next < NORM_DURATION_PARTS && norm_value(pass, i + n, 3) >= 0) { /* "3d4h", "3d 4h" */
        size_t unit = next;
        while (unit < NORM_DURATION_PARTS && !norm_in_list(pass, i + n + 1, units[unit]))
            unit++;
        if (unit == NORM_DURATION_PARTS || !norm_touches(pass, i + n + 1) || !norm_at(pass, i + n + 1)->lower)
            break;
        parts[unit] = norm_value(pass, i + n, 3);
        next = unit + 1;
        n += 2;
        count++;
    }
    if (count == 1 && parts[1] >= 0 && norm_value(pass, i + n, 2) >= 0 && norm_value(pass, i + n, 2) < 60 &&
        norm_at(pass, i + n)->length == 2 && norm_touches(pass, i + n)) { /* "2h30" */
        parts[2] = norm_value(pass, i + n, 2);
        n++;
        count++;
    }
    const bool ends = !norm_touching_kind(pass, i + n, NORM_WORD) && !norm_touching_kind(pass, i + n, NORM_DIGITS);
    return count > 1 && ends && !(i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(')) ? n : 0;
}
