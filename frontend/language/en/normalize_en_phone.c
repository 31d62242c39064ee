/* English telephone numbers and version numbers: digits in groups. */
#include "normalize_en.h"

#include <string.h>

/* Very long runs of digits, one by one. */
static size_t say_long_digits(struct norm_pass *pass, size_t i)
{
    norm_say_digits(pass, norm_text(pass, i), norm_at(pass, i)->length);
    return 1;
}

/* ---- versions ---- */

/* "1.2.3", "v2.0", "version 10.4.11": parts with dots between, three or more, or a "v" before them. */
size_t en_rule_version(struct norm_pass *pass, size_t i)
{
    if (norm_is_kind(pass, i, NORM_DIGITS) && norm_at(pass, i)->length > NORM_MAX_DIGITS)
        return say_long_digits(pass, i);
    const bool v = norm_is(pass, i, "v") && (!i || !norm_touches(pass, i));
    if (en_is_glued_before(pass, i) || (v && !norm_touching_kind(pass, i + 1, NORM_DIGITS)))
        return 0;
    const bool dot = v && norm_touching_symbol(pass, i + 1, '.');
    size_t n = v + dot, parts = 1;
    if (!norm_is_kind(pass, i + n, NORM_DIGITS))
        return 0;
    for (n++; norm_touching_symbol(pass, i + n, '.') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS) && parts < 16;
         n += 2)
        parts++;
    if ((parts < 3 && !v) || (en_is_glued_behind(pass, i + n) && !v && parts < 3))
        return 0;
    if (v)
        norm_say(pass, "version");
    for (size_t k = 0, at = i + v + dot; k < parts; k++, at += 2) {
        const struct norm_token *const part = norm_at(pass, at);
        if (k)
            norm_say(pass, "point");
        if (part->length > 1 && norm_text(pass, at)[0] == '0')
            norm_say_digits(pass, norm_text(pass, at), part->length);
        else
            en_cardinal(pass, norm_text(pass, at), part->length);
    }
    return n;
}

/* ---- telephone numbers ---- */

#define MAX_GROUPS 8

/* Groups of digits with separators: the first token of each, and the tokens they take. */
struct phone {
    size_t n_groups, n_digits, n_tokens;
    size_t group[MAX_GROUPS];
    bool plus, brackets, spaces, dashes, dots;
};

/* The separator before the next group at token i; returns its tokens, or NORM_LOOK_AHEAD: none. */
static size_t read_phone_separator(const struct norm_pass *pass, size_t i, struct phone *phone)
{
    if (norm_is_kind(pass, i, NORM_DIGITS)) {
        phone->spaces = true;
        return 0;
    }
    if (norm_touches(pass, i) && norm_touching_kind(pass, i + 1, NORM_DIGITS)) {
        phone->dashes = phone->dashes || en_is_dash(pass, i);
        phone->dots = phone->dots || norm_is_symbol(pass, i, '.');
        if (en_is_dash(pass, i) || norm_is_symbol(pass, i, '.'))
            return 1;
    }
    return NORM_LOOK_AHEAD;
}

/* "(555)" at token i. */
static bool is_bracketed(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '(') && norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
           norm_touching_symbol(pass, i + 2, ')') && norm_at(pass, i + 1)->length <= 5;
}

static void add_group(const struct norm_pass *pass, struct phone *phone, size_t i)
{
    phone->group[phone->n_groups++] = i;
    phone->n_digits += norm_at(pass, i)->length;
}

static struct phone read_phone(const struct norm_pass *pass, size_t i)
{
    struct phone phone = {0};
    size_t at = i;
    if (norm_is_symbol(pass, at, '+') && norm_touching_kind(pass, at + 1, NORM_DIGITS)) {
        phone.plus = true;
        at++;
    }
    while (phone.n_groups < MAX_GROUPS && phone.n_digits <= 15) {
        const bool dash = phone.n_groups && norm_touching_symbol(pass, at, '-');
        if (is_bracketed(pass, at + dash) && phone.n_groups < 2) {
            phone.brackets = true;
            add_group(pass, &phone, at + dash + 1);
            at += dash + 3;
            if (norm_touching_symbol(pass, at, '-'))
                at++;
            if (!norm_is_kind(pass, at, NORM_DIGITS))
                break;
            add_group(pass, &phone, at++);
            continue;
        }
        const size_t separator = phone.n_groups ? read_phone_separator(pass, at, &phone) : 0;
        if (separator == NORM_LOOK_AHEAD || !norm_is_kind(pass, at + separator, NORM_DIGITS) ||
            norm_at(pass, at + separator)->length > (phone.plus       ? 12u
                                                     : phone.n_groups ? 8u
                                                                      : 11u))
            break;
        add_group(pass, &phone, at + separator);
        at += separator + 1;
    }
    phone.n_tokens = at - i;
    return phone;
}

static size_t group_length(const struct norm_pass *pass, const struct phone *phone, size_t k)
{
    return norm_at(pass, phone->group[k])->length;
}

/* The groups have the lengths of a known plan; anything else might be a sum, a score or a list. */
static bool is_phone(const struct norm_pass *pass, const struct phone *phone)
{
    const size_t n = phone->n_groups;
    if (n == 4 && phone->n_digits == 16 && !phone->plus && !phone->brackets && group_length(pass, phone, 0) == 4 &&
        group_length(pass, phone, 1) == 4 && group_length(pass, phone, 2) == 4)
        return true; /* a card's number */
    if (!n || phone->n_digits > 15)
        return false;
    const size_t last = group_length(pass, phone, n - 1);
    if (phone->plus)
        return phone->n_digits >= 8;
    const char first = norm_text(pass, phone->group[0])[0];
    const size_t g0 = group_length(pass, phone, 0);
    if (phone->brackets)
        return phone->n_digits >= 7 && last >= 3 &&
               !(n == 2 && g0 == 4 && last == 4 && first != '0'); /* "1984 (1988)" */
    if (n >= 3 && last == 4 && group_length(pass, phone, n - 2) == 3 && group_length(pass, phone, n - 3) == 3)
        return n == 3 || (n == 4 && g0 == 1); /* 555-123-4567, 1-800-555-1234 */
    if (n == 2 && phone->dashes && !phone->spaces && g0 == 5 && last == 4)
        return true; /* 90210-1234, a postal code */
    if (n == 2 && phone->dashes && !phone->spaces && g0 == 3 && last == 4)
        return first != '0' && first != '1'; /* 555-1234 */
    if (first == '0' && g0 >= 3 && n >= 2 && last >= 3)
        return phone->n_digits >= 9 && phone->n_digits <= 12;                        /* 020 7946 0958 */
    return n == 1 && first == '0' && phone->n_digits >= 10 && phone->n_digits <= 11; /* 07700900123 */
}

/* "123-45-6789", "978-3-16-148410-0": three groups or more with dashes, one of them too long for a date or score. */
static bool is_serial(const struct norm_pass *pass, const struct phone *phone)
{
    bool longer = false;
    for (size_t k = 0; k < phone->n_groups; k++)
        longer = longer || group_length(pass, phone, k) > 2;
    return phone->n_groups >= 3 && longer && !phone->plus && !phone->brackets && !phone->spaces && !phone->dots;
}

size_t en_rule_phone(struct norm_pass *pass, size_t i)
{
    if (en_is_glued_before(pass, i) && !norm_is_symbol(pass, i - 1, '#'))
        return 0;
    const struct phone phone = read_phone(pass, i);
    if ((!is_phone(pass, &phone) && !is_serial(pass, &phone)) || en_is_glued_behind(pass, i + phone.n_tokens) ||
        norm_touching_symbol(pass, i + phone.n_tokens, '='))
        return 0;
    if (phone.plus)
        norm_say(pass, "plus");
    for (size_t k = 0; k < phone.n_groups; k++) {
        const size_t at = phone.group[k], length = norm_at(pass, at)->length;
        if (k) {
            norm_join(pass, ",");
            norm_border(pass, at);
        }
        if (length == 3 && memcmp(norm_text(pass, at), "800", 3) == 0 && !phone.plus)
            norm_say(pass, "eight hundred");
        else
            norm_say_digits(pass, norm_text(pass, at), length);
    }
    return phone.n_tokens;
}
