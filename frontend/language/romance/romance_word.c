/* Capitals, versions and signs of the Romance languages. */
#include "romance.h"

#include <string.h>

/* ---- capitals ---- */

static bool is_spelled(const struct romance *lang, const char *text, size_t length)
{
    for (const char *entry = lang->spelled; *entry;) {
        const size_t n = strcspn(entry, "|");
        if (n == length && memcmp(entry, text, n) == 0)
            return true;
        entry += n + (entry[n] == '|');
    }
    return false;
}

/* "UE", which espeak-ng would read as a word. */
size_t ro_rule_letters(struct norm_pass *pass, size_t i)
{
    const char *const text = norm_text(pass, i);
    const size_t length = norm_at(pass, i)->length;
    size_t elided = 0; /* "l'UE" */
    for (size_t k = 1; k < length && k < 6; k++)
        elided = text[k] == '\''                                                        ? k + 1
                 : (unsigned char)text[k] == 0x99 && (unsigned char)text[k - 1] == 0x80 ? k + 1
                                                                                        : elided;
    if (length - elided < 2 || length - elided > 6 || !is_spelled(ro_of(pass), text + elided, length - elided))
        return 0;
    if (!elided) {
        norm_spell(pass, text, length);
        return 1;
    }
    norm_say_bytes(pass, text, elided);
    for (size_t k = elided; k < length; k++) {
        norm_join_bytes(pass, text + k, 1);
        if (k + 1 < length)
            norm_join(pass, ".");
    }
    return 1;
}

/* ---- versions, products ---- */

/* "v2.0.1" */
size_t ro_rule_version(struct norm_pass *pass, size_t i)
{
    if (!(norm_is(pass, i, "v") || norm_is(pass, i, "V")) || !ro_is_free(pass, i) ||
        !norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    norm_say(pass, ro_of(pass)->version);
    size_t n = 1;
    for (; n < 32 && norm_touching_kind(pass, i + n, NORM_DIGITS); n += 2) {
        if (n > 1)
            norm_say(pass, ro_of(pass)->point);
        ro_cardinal(pass, norm_text(pass, i + n), norm_at(pass, i + n)->length);
        if (!norm_touching_symbol(pass, i + n + 1, '.'))
            return n + 1;
    }
    return n - 1;
}

/* "20 cm x 30 cm", "3x4", "3 x 4". */
size_t ro_rule_times(struct norm_pass *pass, size_t i)
{
    if (!(norm_is(pass, i, "x") || norm_is(pass, i, "X") || norm_is_symbol(pass, i, 0xD7)) || i < 1 ||
        !norm_is_kind(pass, i + 1, NORM_DIGITS) || norm_touches(pass, i) != norm_touches(pass, i + 1))
        return 0;
    const bool number = norm_is_kind(pass, i - 1, NORM_DIGITS);
    const bool unit = i >= 2 && norm_is_kind(pass, i - 2, NORM_DIGITS) && norm_at(pass, i - 1)->length <= 2;
    if (!number && !unit)
        return 0;
    const bool length = norm_in_list(pass, i + 2, "mm|cm|dm|m|km|px");
    norm_say(pass, unit || length ? ro_of(pass)->by : ro_of(pass)->times);
    return 1;
}

/* ---- signs ---- */

static bool is_operand(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    return token->kind == NORM_DIGITS || (token->kind == NORM_WORD && token->length == 1);
}

static bool is_raised(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    return norm_is_kind(pass, i, NORM_SYMBOL) && (c == 0xB2 || c == 0xB3 || c == '%');
}

static const char *sign_name(const struct norm_symbol_name *table, size_t n, uint32_t codepoint)
{
    for (size_t k = 0; k < n; k++)
        if (table[k].codepoint == codepoint)
            return table[k].spoken;
    return NULL;
}

size_t ro_rule_symbol(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    const uint32_t c = norm_at(pass, i)->codepoint;
    const bool sides = norm_touches(pass, i) == norm_touches(pass, i + 1);
    const bool before = i && (is_operand(pass, i - 1) || norm_is_symbol(pass, i - 1, ')') || is_raised(pass, i - 1));
    const bool operands =
        before && sides &&
        (is_operand(pass, i + 1) || norm_is_symbol(pass, i + 1, '(') || norm_is_symbol(pass, i + 1, '-'));
    const char *name = sign_name(lang->signs, lang->n_signs, c);
    if (norm_is_sharp(pass, i))
        name = "sharp";
    if (!name && operands)
        name = sign_name(lang->between, lang->n_between, c);
    if (!name && operands && (c == '-' || c == 0x2013) && !norm_touches(pass, i))
        name = lang->minus;
    const bool more = c == '+' && i && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_DIGITS) &&
                      !norm_touching_kind(pass, i + 1, NORM_WORD) && !norm_is_symbol(pass, i + 1, '+');
    if (!name && more) /* "50+" */
        name = lang->plus;
    if (!name && c == 0x2212)
        name = lang->minus;
    if (!name && c == '=' && !norm_is_kind(pass, i - 1, NORM_SYMBOL) && !norm_is_kind(pass, i + 1, NORM_SYMBOL))
        name = sign_name(lang->between, lang->n_between, c);
    if (!name && (c == '<' || c == '>' || c == '~' || c == '=') && norm_is_kind(pass, i + 1, NORM_DIGITS))
        name = sign_name(lang->between, lang->n_between, c);
    if (!name)
        return 0;
    norm_say(pass, name);
    return 1;
}
