/* IBANs (ISO 13616): "DE89 3704 0044 0532 0130 00" is two letters and digits one by one, in groups of four, in any language. */
#include "normalize_lang.h"

#define LEAST 15
#define MOST 34
#define GROUP 4

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Letters and digits of text[size], alone or in groups of four with a space between, at most MOST; `bytes` of the text. */
struct iban {
    char characters[MOST];
    size_t length, bytes;
};

/* ISO 7064, MOD 97-10: the first four characters come last, and letters count from 10. */
static bool is_valid(const struct iban *iban)
{
    unsigned rest = 0;
    for (size_t k = 0; k < iban->length; k++) {
        const char c = iban->characters[(k + GROUP) % iban->length];
        rest = is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
    return iban->length >= LEAST && rest == 1;
}

/* The longest one at the start of text[size] whose check digits are right. */
static bool read_iban(const char *text, size_t size, struct iban *found)
{
    struct iban iban = {.length = 0};
    bool valid = false;
    size_t group = 0;
    for (size_t at = 0; at <= size; at++) {
        const char c = at < size ? text[at] : '\0';
        const bool character = is_digit(c) || is_capital(c);
        if (!character) {
            iban.bytes = at;
            if (is_valid(&iban)) {
                *found = iban;
                valid = true;
            }
            if (c != ' ' || group != GROUP)
                break;
            group = 0;
            continue;
        }
        if (iban.length == MOST)
            break;
        iban.characters[iban.length++] = c;
        group++;
    }
    return valid;
}

size_t norm_rule_iban(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const country = norm_at(pass, i);
    struct iban iban;
    if (!country->all_caps || country->length != 2 || norm_touches(pass, i) ||
        !norm_touching_kind(pass, i + 1, NORM_DIGITS) ||
        !read_iban(norm_text(pass, i), pass->size - country->offset, &iban))
        return 0;
    norm_spell(pass, iban.characters, 2);
    for (size_t k = 2, run; k < iban.length; k += run) {
        if (k % GROUP == 0)
            norm_join(pass, ",");
        for (run = 0;
             k + run < iban.length && is_digit(iban.characters[k + run]) && (run == 0 || (k + run) % GROUP != 0);)
            run++;
        if (run) {
            norm_say_digits(pass, &iban.characters[k], run);
        } else {
            run = 1;
            norm_spell(pass, &iban.characters[k], 1);
        }
    }
    size_t n = 0;
    while (i + n < pass->n_tokens && norm_at(pass, i + n)->offset < country->offset + iban.bytes)
        n++;
    return n;
}
