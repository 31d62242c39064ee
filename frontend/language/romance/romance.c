/* Numbers of the Romance languages, and what their rules look at. See romance.h. */
#include "romance.h"

#include <string.h>

const struct romance *ro_of(const struct norm_pass *pass)
{
    return (const struct romance *)(const void *)pass->lang->normaliser;
}

/* ---- looking ---- */

bool ro_is_dash(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013);
}

bool ro_is_free(const struct norm_pass *pass, size_t i)
{
    static const uint32_t openers[] = {'(', '[', '"', '\'', '/', 0xAB, 0xBF, 0xA1, 0x2018, 0x2019, 0x201C, 0x2014};
    if (!i || !norm_touches(pass, i) || norm_is_times(pass, i - 1) || norm_is_range(pass, i - 1))
        return true;
    for (size_t k = 0; k < NORM_COUNT(openers); k++)
        if (norm_is_symbol(pass, i - 1, openers[k]))
            return true;
    return false;
}

size_t ro_span(const char *text, size_t length, const char *set)
{
    size_t n = 0;
    while (n < length && text[n] && strchr(set, text[n]))
        n++;
    return n;
}

bool ro_word_ends(const struct norm_pass *pass, size_t i, const char *ending)
{
    const struct norm_token *const token = norm_at(pass, i);
    const size_t n = strlen(ending);
    return token->kind == NORM_WORD && token->length > n &&
           memcmp(norm_text(pass, i) + token->length - n, ending, n) == 0;
}

bool ro_ends_with(const struct norm_pass *pass, size_t i, const char *endings)
{
    while (*endings) {
        char ending[16];
        const size_t n = strcspn(endings, "|");
        if (n < sizeof ending) {
            memcpy(ending, endings, n);
            ending[n] = '\0';
            if (ro_word_ends(pass, i, ending))
                return true;
        }
        endings += n + (endings[n] == '|');
    }
    return false;
}

enum ro_form ro_form_before(const struct norm_pass *pass, size_t i)
{
    if (norm_in_list(pass, i, ro_of(pass)->and) && norm_is_kind(pass, i + 1, NORM_DIGITS)) /* "200 y 300 personas" */
        i += 2;
    if (!norm_is_kind(pass, i, NORM_WORD) || norm_touches(pass, i) || !ro_of(pass)->is_noun(pass, i))
        return RO_ALONE;
    return ro_of(pass)->is_feminine(pass, i) ? RO_FEMININE : RO_MASCULINE;
}

/* ---- writing ---- */

void ro_cut(struct norm_pass *pass, size_t n)
{
    struct base_buffer *const out = &pass->out->text.bytes;
    if (out->length >= pass->piece_start + n)
        base_buffer_cut(out, out->length - n);
}

bool ro_said(const struct norm_pass *pass, const char *ending)
{
    const struct base_buffer *const out = &pass->out->text.bytes;
    const size_t n = strlen(ending);
    return out->length >= pass->piece_start + n && memcmp(out->data + out->length - n, ending, n) == 0;
}

/* Whether "de" loses its vowel before a word. */
static bool elides(const struct romance *lang, const char *word, size_t length)
{
    static const char vowels[] = "aeiouyAEIOUY";
    if (!lang->of_elided || !length)
        return false;
    if (word[0] == 'h' || word[0] == 'H') {
        for (const char *entry = lang->mute; *entry;) {
            const size_t n = strcspn(entry, "|");
            if (length >= n && memcmp(entry, word, n) == 0)
                return true;
            entry += n + (entry[n] == '|');
        }
        return false;
    }
    return strchr(vowels, word[0]) || (length > 1 && memcmp(word, "\xC3", 1) == 0 && (unsigned char)word[1] != 0xA7);
}

void ro_say_of(struct norm_pass *pass, const char *noun, size_t length)
{
    const struct romance *const lang = ro_of(pass);
    const bool elided = elides(lang, noun, length);
    norm_say(pass, elided ? lang->of_elided : lang->of);
    if (elided)
        norm_join_bytes(pass, noun, length);
    else
        norm_say_bytes(pass, noun, length);
}

/* ---- numbers ---- */

unsigned ro_read_digits(const char *digits, size_t n)
{
    unsigned value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

/* "mil e cem", "um milhão e um": a last group that is small or round is joined. */
static void say_group_and(struct norm_pass *pass, unsigned value)
{
    const char *const word = ro_of(pass)->group_and;
    if (word && value < 1000 && (value < 100 || value % 100 == 0))
        norm_say(pass, word);
}

void ro_say_whole(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form)
{
    const struct romance *const lang = ro_of(pass);
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n > NORM_MAX_DIGITS) {
        norm_say_digits(pass, digits, n);
        return;
    }
    bool more = false;
    while (n > 6) {
        const size_t scale = (n - 7) / lang->scale_digits, length = n - 6 - scale * lang->scale_digits;
        const unsigned value = ro_read_digits(digits, length);
        digits += length;
        n -= length;
        if (!value)
            continue;
        lang->below_million(pass, value, RO_MASCULINE);
        norm_say(pass, lang->scales[scale][value > 1]);
        more = true;
    }
    const unsigned rest = ro_read_digits(digits, n);
    if (rest && more)
        say_group_and(pass, rest);
    if (rest)
        lang->below_million(pass, rest, form);
    else if (!more)
        norm_say(pass, pass->lang->digits[0]);
}

void ro_say_value(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    char digits[NORM_VALUE_DIGITS];
    const size_t n = norm_digits(digits, value);
    ro_say_whole(pass, digits, n, form);
}

void ro_say_ordinal(struct norm_pass *pass, unsigned value, enum ro_form form)
{
    char digits[NORM_VALUE_DIGITS];
    const size_t n = norm_digits(digits, value);
    ro_of(pass)->ordinal(pass, digits, n, form);
}

void ro_cardinal(struct norm_pass *pass, const char *digits, size_t n)
{
    ro_say_whole(pass, digits, n, RO_ALONE);
}

void ro_ordinal(struct norm_pass *pass, const char *digits, size_t n)
{
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    ro_of(pass)->ordinal(pass, digits, n, RO_ALONE);
}

/* Up to three digits as a number, with the zeros before it: "3,05" is "trois virgule zéro cinq". More: one by one. */
static void say_decimals(struct norm_pass *pass, const char *digits, size_t n)
{
    if (n > 3) {
        norm_say_digits(pass, digits, n);
        return;
    }
    while (n && *digits == '0') {
        norm_say_digits(pass, digits++, 1);
        n--;
    }
    if (n)
        ro_say_whole(pass, digits, n, RO_ALONE);
}

void ro_say_number(struct norm_pass *pass, const struct norm_number *number, enum ro_form form)
{
    const struct romance *const lang = ro_of(pass);
    if (number->negative)
        norm_say(pass, lang->minus);
    ro_say_whole(pass, number->n_whole ? number->whole : "0", number->n_whole ? number->n_whole : 1,
                 number->n_fraction ? RO_ALONE : form);
    if (number->n_fraction) {
        norm_say(pass, lang->comma);
        say_decimals(pass, number->fraction, number->n_fraction);
    }
}
