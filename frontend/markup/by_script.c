/* Text in a script that the voice doesn't read. See by_script.h. */
#include "by_script.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "frontend/scripts.h"
#include "ssml_text.h"
#include <string.h>

#define IDEOGRAPH_LETTERS 2 /* that a character of Chinese or Japanese counts for: it is a syllable */

/* What the letters of a sentence, or of a part of one, are. */
struct letters {
    const char *language; /* of the other script: espeak-ng's name; NULL: there is none */
    size_t own, other;
    bool several; /* languages */
};

static bool is_dense(const char *language)
{
    return !strcmp(language, "cmn") || !strcmp(language, "ja");
}

static void count(struct letters *letters, uint32_t c)
{
    const char *const language = fe_script_letter(c), *const before = letters->language;
    if (!language) {
        letters->own += base_is_letter(c);
        return;
    }
    letters->other += is_dense(language) ? IDEOGRAPH_LETTERS : 1;
    letters->language = language;
    if (before && strcmp(before, language) != 0) {
        letters->several = letters->several || !is_dense(before) || !is_dense(language);
        letters->language = is_dense(before) && is_dense(language) ? "ja" : before;
    }
}

bool by_script_needed(const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (c.value >= 0x80 && fe_script_letter(c.value))
            return true;
        i += c.length;
    }
    return false;
}

/* ---- reading ---- */

static bool read_by_one(struct fe_document *doc, const struct by_script *who, const char *text, size_t size,
                        size_t offset)
{
    return who->plain ? ssml_read_plain(doc, text, size, offset) : ssml_read(doc, text, size, offset);
}

static bool read_by(struct fe_document *doc, const struct by_script *who, const char *language, const char *text,
                    size_t size, size_t offset)
{
    const struct voice_wish wish = {.spoken = language};
    const size_t number = language ? who->choose(who->context, who->number, &wish) : who->number;
    if (!size || number == who->number)
        return !size || read_by_one(doc, who, text, size, offset);
    return fe_document_set_voice(doc, number) && (!*who->language || fe_document_set_language(doc, "")) &&
           read_by_one(doc, who, text, size, offset) && fe_document_set_voice(doc, who->number) &&
           (!*who->language || fe_document_set_language(doc, who->language));
}

/* ---- sentences ---- */

static bool ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF1B || c == '\n'; /* 。！？； */
}

/* Roughly: it is only for counting letters. */
static size_t sentence_length(const char *text, size_t size)
{
    bool dot = false;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        i += c.length;
        if (ends_sentence(c.value) || (dot && c.value < 0x80 && base_is_blank((char)c.value)))
            return i;
        dot = c.value < 0x80 && (strchr(".!?", (int)c.value) || (dot && strchr("\"')]", (int)c.value)));
    }
    return size;
}

/* ---- words of another script in a sentence ---- */

/* Bytes up to the next letter of another script, but for the digits right before it. */
static size_t own_length(const char *text, size_t size)
{
    size_t digits = 0; /* in a row */
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (fe_script_letter(c.value))
            return i - digits;
        digits = base_is_digit(c.value) ? digits + 1 : 0;
        i += c.length;
    }
    return size;
}

/* Bytes of words of another script, with spaces and marks between them, and digits and its own marks behind them. */
static size_t other_length(const char *text, size_t size, struct letters *letters)
{
    size_t end = 0;
    bool attached = true;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        const struct letters before = *letters;
        count(letters, c.value);
        if (letters->own || letters->several) {
            *letters = before;
            break;
        }
        i += c.length;
        attached = letters->other > before.other || (attached && (c.value >= 0x80 || base_is_digit(c.value)));
        if (attached)
            end = i;
    }
    return end;
}

static bool read_parts(struct fe_document *doc, const struct by_script *who, const char *text, size_t size,
                       size_t offset)
{
    for (size_t at = 0; at < size;) {
        struct letters letters = {.language = NULL};
        const size_t own = own_length(text + at, size - at);
        if (!read_by(doc, who, NULL, text + at, own, offset + at))
            return false;
        at += own;
        const size_t other = other_length(text + at, size - at, &letters);
        const bool word = letters.other > 1; /* a single letter is a sign, as in mathematics */
        if (!read_by(doc, who, word ? letters.language : NULL, text + at, other, offset + at))
            return false;
        at += other;
    }
    return true;
}

bool by_script_read(struct fe_document *doc, const struct by_script *who, const char *text, size_t size, size_t offset)
{
    if (!who->choose || !by_script_needed(text, size))
        return read_by_one(doc, who, text, size, offset);
    for (size_t at = 0, length; at < size; at += length) {
        struct letters letters = {.language = NULL};
        length = sentence_length(text + at, size - at);
        for (size_t i = at; i < at + length;) {
            const struct base_codepoint c = base_utf8_next(text + i, at + length - i);
            count(&letters, c.value);
            i += c.length;
        }
        const bool mostly = letters.other > 1 && letters.other > letters.own && !letters.several;
        if (!(mostly ? read_by(doc, who, letters.language, text + at, length, offset + at)
                     : read_parts(doc, who, text + at, length, offset + at)))
            return false;
    }
    return true;
}
