/* Telephone numbers of the Romance languages, by the shapes that a country writes them in: "0d dd dd dd dd" is a
 * nought, a digit, and four pairs. A space stands for a space, dot, dash or slash; a dot, dash or slash for itself; a
 * '?' first for a shape that is one only behind a word such as "tél.", a '~' for one that isn't where a noun follows,
 * which it then counts. */
#include "romance.h"

#include <string.h>

/* Tokens of a separator before the digits at token i + result; -1: none. */
static int separator(const struct norm_pass *pass, size_t i)
{
    if (norm_is_kind(pass, i, NORM_DIGITS) && !norm_touches(pass, i))
        return 0;
    const bool sign = norm_touching_symbol(pass, i, '.') || norm_touching_symbol(pass, i, '/') ||
                      norm_touching_symbol(pass, i, '-') || norm_touching_symbol(pass, i, 0x2013);
    return sign && norm_touching_kind(pass, i + 1, NORM_DIGITS) ? 1 : -1;
}

static bool fits(const char *digits, const char *shape, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (shape[k] != 'd' && shape[k] != digits[k])
            return false;
    return true;
}

/* Tokens of a number of this shape at token i; 0: none. */
static size_t match_shape(const struct norm_pass *pass, size_t i, const char *shape)
{
    size_t n = 0;
    while (*shape) {
        if (*shape == ' ') {
            const int taken = norm_is_kind(pass, i + n - 1, NORM_SYMBOL) ? 0 : separator(pass, i + n);
            if (taken < 0)
                return 0;
            n += (size_t)taken;
            shape++;
        } else if (strchr("()+-./", *shape)) {
            if (!norm_is_symbol(pass, i + n, (unsigned char)*shape) ||
                (strchr("-./", *shape) && !norm_touches(pass, i + n)))
                return 0;
            n++;
            shape++;
        } else {
            const size_t length = strspn(shape, "d0123456789");
            if (!norm_is_kind(pass, i + n, NORM_DIGITS) || norm_at(pass, i + n)->length != length ||
                !fits(norm_text(pass, i + n), shape, length))
                return 0;
            n++;
            shape += length;
        }
    }
    if (separator(pass, i + n) >= 0 || norm_touching_kind(pass, i + n, NORM_WORD) ||
        (norm_touching_symbol(pass, i + n, (unsigned char)pass->lang->decimal) &&
         norm_touching_kind(pass, i + n + 1, NORM_DIGITS)))
        return 0;
    return n;
}

/* "+33 1 23 45 67 89", "+39 (0)6 ...": groups of 7 to 15 digits in all. */
static size_t international(const struct norm_pass *pass, size_t i)
{
    size_t n = 1, digits = 0;
    if (!norm_is_symbol(pass, i, '+') || !norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    for (size_t k = 0; k < 12; k++) {
        const bool bracket = norm_is_symbol(pass, i + n, '(') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS) &&
                             norm_touching_symbol(pass, i + n + 2, ')');
        const int taken = k && !norm_is_symbol(pass, i + n - 1, ')') ? separator(pass, i + n) : 0;
        if (bracket) {
            digits += norm_at(pass, i + n + 1)->length;
            n += 3;
        } else if (taken >= 0 && norm_is_kind(pass, i + n + (size_t)taken, NORM_DIGITS)) {
            digits += norm_at(pass, i + n + (size_t)taken)->length;
            n += (size_t)taken + 1;
        } else {
            break;
        }
    }
    return digits >= 7 && digits <= 15 && !norm_touching_kind(pass, i + n, NORM_WORD) ? n : 0;
}

/* "06" is "zéro six"; a group of digits as one number behind its noughts. */
static void say_by_value(struct norm_pass *pass, const char *digits, size_t n)
{
    while (n && *digits == '0') {
        norm_say_digits(pass, digits++, 1);
        n--;
    }
    if (n)
        ro_say_whole(pass, digits, n, RO_ALONE);
}

static void say_group(struct norm_pass *pass, const char *digits, size_t n)
{
    if (!ro_of(pass)->phone_pairs) {
        norm_say_digits(pass, digits, n);
    } else if (n <= 4) {
        say_by_value(pass, digits, n);
    } else {
        for (size_t k = 0; k < n; k += 2) {
            if (k)
                norm_join(pass, ",");
            say_by_value(pass, digits + k, n - k < 2 ? n - k : 2);
        }
    }
}

/* A word such as "tél." stands shortly before token i. */
static bool is_cued(const struct norm_pass *pass, size_t i)
{
    for (size_t k = 1; k <= 4 && k <= i; k++)
        if (norm_in_list(pass, i - k, ro_of(pass)->phone_cues))
            return true;
    return false;
}

size_t ro_rule_phone(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    if (!ro_is_free(pass, i) || norm_is_symbol(pass, i, '-'))
        return 0;
    size_t n = international(pass, i);
    for (size_t k = 0; !n && k < lang->n_phones; k++) {
        const char *const shape = lang->phones[k];
        const bool unsure = *shape == '?', counts = *shape == '~';
        n = match_shape(pass, i, shape + (unsure || counts));
        if (n && (unsure || (counts && ro_counts(pass, i + n))) && !is_cued(pass, i))
            n = 0;
    }
    bool first = true;
    for (size_t k = i; k < i + n; k++) {
        if (norm_is_symbol(pass, k, '+'))
            norm_say(pass, lang->plus);
        if (!norm_is_kind(pass, k, NORM_DIGITS))
            continue;
        if (!first) {
            norm_join(pass, ",");
            norm_border(pass, k);
        }
        first = false;
        say_group(pass, norm_text(pass, k), norm_at(pass, k)->length);
    }
    return n;
}

/* "978-2-07-036822-8": three groups of digits or more with dashes between are no range, and are spelled. */
size_t ro_rule_code(struct norm_pass *pass, size_t i)
{
    size_t n = 1, groups = 1;
    while (n < 24 && norm_touching_symbol(pass, i + n, '-') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS)) {
        n += 2;
        groups++;
    }
    if (!ro_is_free(pass, i) || groups < 3)
        return 0;
    for (size_t k = i; k < i + n; k += 2) {
        if (k > i) {
            norm_join(pass, ",");
            norm_border(pass, k);
        }
        norm_say_digits(pass, norm_text(pass, k), norm_at(pass, k)->length);
    }
    return n;
}
