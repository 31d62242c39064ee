/* Looks abbreviations up for the sentence split, and words that start sentences. See abbreviations.h. */
#include "abbreviations.h"

#include "base/chars.h"
#include "base/utf8.h"
#include <stdint.h>
#include <string.h>

#define LONGEST 16   /* bytes of an abbreviation */
#define MOST_PARTS 4 /* with dots between */

/* ---- lists ---- */

/* The character at the start of text[size]; 0: there is none. */
static struct base_codepoint first_of(const char *text, size_t size)
{
    return size ? base_utf8_next(text, size) : (struct base_codepoint){0, 0, false};
}

/* The first character of both is one letter, and the rest is the same. */
static bool is_same_word(const char *entry, const char *word, size_t length)
{
    const struct base_codepoint a = first_of(entry, length), b = first_of(word, length);
    return a.length == b.length && base_same_letter(a.value, b.value) &&
           memcmp(entry + a.length, word + a.length, length - a.length) == 0;
}

bool is_listed(const char *list, const char *word, size_t length)
{
    for (const char *entry = list; length && *entry;) {
        const size_t n = strcspn(entry, "|");
        if (n == length && is_same_word(entry, word, length))
            return true;
        entry += n + (entry[n] == '|');
    }
    return false;
}

bool sentence_starter(const struct sentence_words *words, const char *word, size_t length)
{
    return base_is_upper(first_of(word, length).value) && is_listed(words->starters, word, length);
}

/* ---- one abbreviation ---- */

/* Of the space at text[at]: common, no-break or narrow; 0: there is none. */
static size_t space_at(const char *text, size_t size, size_t at)
{
    if (at < size && (text[at] == ' ' || text[at] == '\n'))
        return 1;
    if (at + 2 <= size && memcmp(text + at, "\xC2\xA0", 2) == 0)
        return 2;
    return at + 3 <= size && memcmp(text + at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* Bytes of written[n] at text[size], spaces behind dots included; 0: it doesn't stand there. */
static size_t match_as_written(const char *written, size_t n, bool exact, const char *text, size_t size)
{
    const struct base_codepoint head = first_of(written, n), found = first_of(text, size);
    if (found.value != head.value && (exact || base_lower(found.value) != head.value))
        return 0;
    size_t at = found.length;
    for (size_t i = head.length; i < n; i++) {
        const size_t space = written[i - 1] == '.' || written[i] == ' ' ? space_at(text, size, at) : 0;
        at += space;
        if (space && written[i] == ' ')
            continue;
        if (at >= size || text[at] != written[i])
            return 0;
        at++;
    }
    return at;
}

/* The same of a word in capitals. */
static size_t match_shouted(const char *written, size_t n, const char *text, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < n;) {
        const struct base_codepoint a = first_of(written + i, n - i), b = first_of(text + at, size - at);
        if (a.value == '.' || !b.valid || base_is_lower(b.value) || !base_same_letter(a.value, b.value))
            return 0;
        i += a.length;
        at += b.length;
    }
    return at;
}

static size_t match(const char *written, size_t n, bool exact, const char *text, size_t size)
{
    const size_t found = match_as_written(written, n, exact, text, size);
    return found || exact ? found : match_shouted(written, n, text, size);
}

/* Most entries that begin with the same letter go on with another one. */
static bool goes_on_otherwise(const char *written, const char *text, size_t size)
{
    const unsigned char letter = (unsigned char)*written, next = (unsigned char)(letter ? written[1] : '\0');
    return letter < 0x80 && next > ' ' && next < 0x80 && size > 1 && (next | 0x20) != ((unsigned char)text[1] | 0x20);
}

size_t abbreviation_match(const struct abbreviation *row, const char *text, size_t size)
{
    if (goes_on_otherwise(row->written, text, size))
        return 0;
    return match(row->written, strlen(row->written), row->when & ABBR_EXACT, text, size);
}

/* One of the entry's words is word[length]. */
static bool is_entry(const struct abbreviation *row, const char *word, size_t length)
{
    for (const char *entry = row->written;;) {
        const size_t n = strcspn(entry, "|");
        if (n == length && match(entry, n, row->when & ABBR_EXACT, word, length) == length)
            return true;
        if (!entry[n])
            return false;
        entry += n + 1;
    }
}

/* ---- letters and words with dots between: "z. B." ---- */

/* Start of the letters and the dot that end before the space before text[at]; SIZE_MAX: no such stand there. */
static size_t part_before(const char *text, size_t at)
{
    size_t i = at;
    if (i && (text[i - 1] == ' ' || text[i - 1] == '\n'))
        i--;
    else if (i > 1 && memcmp(text + i - 2, "\xC2\xA0", 2) == 0)
        i -= 2;
    else if (i > 2 && memcmp(text + i - 3, "\xE2\x80\xAF", 3) == 0)
        i -= 3;
    if (!i || text[--i] != '.')
        return SIZE_MAX;
    const size_t end = i;
    while (i && end - i < LONGEST &&
           (base_is_ascii_letter((unsigned char)text[i - 1]) || (unsigned char)text[i - 1] >= 0x80))
        i--;
    return i < end ? i : SIZE_MAX;
}

/* The dot inside or at the end of an entry with several dots, which starts at the word or up to three parts before. */
static enum abbreviation_dot dotted(const struct abbreviations *table, const char *text, size_t size, size_t word,
                                    size_t dot)
{
    enum abbreviation_dot found = DOT_NONE;
    for (size_t start = word, parts = 0; start != SIZE_MAX && parts < MOST_PARTS;
         start = part_before(text, start), parts++)
        for (size_t i = 0; i < table->n_rows; i++) {
            const struct abbreviation *const row = &table->rows[i];
            if ((row->written[0] | 0x20) != (text[start] | 0x20) || !strchr(row->written, '.'))
                continue;
            const size_t end = start + abbreviation_match(row, text + start, size - start);
            if (end > dot || (end == dot && end > start))
                found = end > dot ? DOT_GOES_ON : row->dot;
        }
    return found;
}

/* Letters with a dot between: "U.S", "a.m", "Ph.D". */
static bool is_dotted(const char *word, size_t length)
{
    size_t dots = 0, run = 0;
    for (size_t i = 0; i < length; i++) {
        dots += word[i] == '.';
        run = word[i] == '.' ? 0 : run + 1;
        if (run > 2 || (word[i] != '.' && !base_is_ascii_letter((unsigned char)word[i])))
            return false;
    }
    return dots > 0 && length <= LONGEST && word[0] != '.';
}

/* ---- the whole ---- */

/* What must stand before it does, if nothing that may stand behind it would do instead. */
static bool counts(const struct abbreviation *row, struct abbreviation_place place)
{
    const unsigned behind = ABBR_ALWAYS | ABBR_BEFORE_NAME | ABBR_BEFORE_NUMBER | ABBR_BEFORE_COMMA | ABBR_IN_SENTENCE;
    if (row->when & behind)
        return true;
    if (row->when & ABBR_AFTER_NUMBER)
        return place.after_number;
    return !(row->when & (ABBR_AFTER_NAME | ABBR_OWN)) || place.after_name;
}

/* Of the first entry for the word that counts, else of the last one. */
static enum abbreviation_dot whole_word(const struct abbreviations *table, const char *word, size_t length,
                                        struct abbreviation_place place)
{
    enum abbreviation_dot last = DOT_NONE;
    for (size_t i = 0; i < table->n_rows; i++) {
        const struct abbreviation *const row = &table->rows[i];
        if (!is_entry(row, word, length))
            continue;
        if (counts(row, place))
            return row->dot;
        last = row->when & ABBR_AFTER_NUMBER ? last : row->dot;
    }
    return last;
}

/* A word of capitals alone is looked up as it is; one that isn't there is an initial. */
static enum abbreviation_dot one_capital(const struct abbreviations *table, const char *letter)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (strcmp(table->rows[i].written, (const char[]){*letter, '\0'}) == 0)
            return table->rows[i].dot;
    return DOT_INITIAL;
}

enum abbreviation_dot abbreviation_dot(const struct abbreviations *table, const struct sentence_words *words,
                                       const char *text, size_t size, size_t word, size_t dot,
                                       struct abbreviation_place place)
{
    const size_t suffix = words->suffix ? strlen(words->suffix) : 0;
    if (suffix && dot - word > suffix && memcmp(text + dot - suffix, words->suffix, suffix) == 0)
        return DOT_NUMBER;
    const enum abbreviation_dot several = dotted(table, text, size, word, dot);
    if (several != DOT_NONE)
        return several;
    const size_t length = dot - word;
    if (length == 0 || length > LONGEST)
        return DOT_NONE;
    if (length == 1 && base_is_upper((unsigned char)text[word]))
        return one_capital(table, text + word);
    const enum abbreviation_dot found = whole_word(table, text + word, length, place);
    return found == DOT_NONE && is_dotted(text + word, length) ? DOT_EITHER : found;
}
