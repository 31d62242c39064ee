/* Looks up Chinese characters and words. See words_zh.h. */
#include "words_zh.h"

#include "base/utf8.h"
#include <string.h>

#define UTF8_HAN 3 /* bytes of a character of the tables */

static bool is_cost(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* ---- syllables ---- */

zh_reading zh_reading_find(const char *pinyin, size_t length)
{
    if (length < 2 || pinyin[length - 1] < '1' || pinyin[length - 1] > '5')
        return 0;
    size_t low = 0, high = zh_n_syllables;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const char *const name = zh_syllables[middle].pinyin;
        int order = strncmp(name, pinyin, length - 1);
        if (!order)
            order = name[length - 1] != '\0';
        if (!order)
            return (zh_reading)(1 + 5 * middle + (size_t)(pinyin[length - 1] - '1'));
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* ---- characters ---- */

bool zh_is_char(uint32_t c)
{
    return (c >= ZH_FIRST_CHAR && c <= 0x4DBF) || (c >= 0x4E00 && c <= ZH_LAST_CHAR) || c == 0x3007 ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

zh_reading zh_char_reading(uint32_t c)
{
    if (c == 0x3007)
        return zh_reading_find("ling2", 5);
    return c >= ZH_FIRST_CHAR && c <= ZH_LAST_CHAR ? zh_char_readings[c - ZH_FIRST_CHAR] : 0;
}

uint32_t zh_simplified(uint32_t c)
{
    char key[UTF8_HAN + 1];
    if (c < ZH_FIRST_CHAR || c > ZH_LAST_CHAR)
        return c;
    (void)base_utf8_put(key, c);
    size_t low = 0, high = zh_n_simple_pairs;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const char *const pair = zh_simple_pairs + 2 * UTF8_HAN * middle;
        const int order = memcmp(pair, key, UTF8_HAN);
        if (!order)
            return base_utf8_next(pair + UTF8_HAN, UTF8_HAN).value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return c;
}

/* ---- words ---- */

/* The line of words that start with this character, behind the character; NULL: there is none. */
static const char *find_line(uint32_t first)
{
    size_t low = 0, high = zh_n_lines;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (zh_lines[middle].first == first)
            return zh_words + zh_lines[middle].at + UTF8_HAN;
        if (zh_lines[middle].first < first)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* An entry of a line. */
struct entry {
    const char *rest; /* [length]: of the word, behind its first character */
    size_t length;    /* bytes */
    unsigned cost;
    const char *readings; /* [readings_length] */
    size_t readings_length;
};

/* Reads the entry at *at, which moves behind it. false: the line is over. */
static bool next_entry(const char **at, struct entry *entry)
{
    const char *p = *at;
    if (*p == '\n')
        return false;
    entry->rest = p;
    while (!is_cost(*p) && *p != '\n')
        p++;
    entry->length = (size_t)(p - entry->rest);
    entry->cost = is_cost(*p) ? (unsigned)(*p++ - 'A') : 0;
    entry->readings = p;
    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))
        p++;
    entry->readings_length = (size_t)(p - entry->readings);
    *at = p;
    return true;
}

/* chars[n] as the tables write them; text[n * UTF8_HAN + 1]. Returns how many characters of the tables these are, from
 * the first on. */
static size_t write_chars(const uint32_t *chars, size_t n, char *text)
{
    for (size_t i = 0; i < n; i++) {
        if (chars[i] < ZH_FIRST_CHAR || chars[i] > ZH_LAST_CHAR)
            return i;
        (void)base_utf8_put(text + i * UTF8_HAN, chars[i]);
    }
    return n;
}

size_t zh_segment(const uint32_t *chars, size_t n, uint8_t *lengths)
{
    unsigned best[ZH_MAX_RUN + 1]; /* least cost of chars[i ... n) */
    uint8_t taken[ZH_MAX_RUN];     /* length of its first word */
    best[n] = 0;
    for (size_t i = n; i-- > 0;) {
        char text[ZH_MAX_WORD * UTF8_HAN + 1];
        const size_t most = n - i < ZH_MAX_WORD ? n - i : ZH_MAX_WORD, known = write_chars(chars + i, most, text);
        const char *line = find_line(chars[i]);
        struct entry entry;
        best[i] = best[i + 1] + ZH_UNKNOWN_COST;
        taken[i] = 1;
        while (line && next_entry(&line, &entry)) {
            const size_t word = 1 + entry.length / UTF8_HAN;
            if (word > known || memcmp(entry.rest, text + UTF8_HAN, entry.length) != 0 ||
                best[i + word] + entry.cost > best[i])
                continue;
            best[i] = best[i + word] + entry.cost;
            taken[i] = (uint8_t)word;
        }
    }
    size_t words = 0;
    for (size_t i = 0; i < n; i += taken[i])
        lengths[words++] = taken[i];
    return words;
}

enum zh_word zh_word_readings(const uint32_t *chars, size_t n, zh_reading *readings)
{
    char text[ZH_MAX_WORD * UTF8_HAN + 1];
    if (n < 2 || n > ZH_MAX_WORD || write_chars(chars, n, text) < n)
        return ZH_NO_WORD;
    const char *line = find_line(chars[0]);
    struct entry entry;
    while (line && next_entry(&line, &entry)) {
        if (entry.length != (n - 1) * UTF8_HAN || memcmp(entry.rest, text + UTF8_HAN, entry.length) != 0)
            continue;
        const char *syllable = entry.readings;
        for (size_t i = 0; i < n && entry.readings_length; i++) {
            const size_t length = strcspn(syllable, "12345") + 1;
            readings[i] = zh_reading_find(syllable, length);
            syllable += length;
        }
        return entry.readings_length ? ZH_OWN_READINGS : ZH_WORD;
    }
    return ZH_NO_WORD;
}

/* ---- examples ---- */

/* The likeliest word of two characters in a line, whose second one is text[UTF8_HAN] unless that is NULL. */
static bool best_of_line(const char *line, const char *second, struct entry *best)
{
    struct entry entry;
    bool found = false;
    while (next_entry(&line, &entry)) {
        if (entry.length != UTF8_HAN || entry.cost >= best->cost ||
            (second && memcmp(entry.rest, second, UTF8_HAN) != 0))
            continue;
        *best = entry;
        found = true;
    }
    return found;
}

bool zh_example(uint32_t c, uint32_t word[2])
{
    char text[UTF8_HAN + 1];
    struct entry best = {.cost = ZH_UNKNOWN_COST};
    const char *const own = find_line(c);
    if (write_chars(&c, 1, text) < 1)
        return false;
    if (own && best_of_line(own, NULL, &best)) {
        word[0] = c;
        word[1] = base_utf8_next(best.rest, UTF8_HAN).value;
        return true;
    }
    bool found = false;
    for (size_t i = 0; i < zh_n_lines; i++) {
        if (!best_of_line(zh_words + zh_lines[i].at + UTF8_HAN, text, &best))
            continue;
        word[0] = zh_lines[i].first;
        word[1] = c;
        found = true;
    }
    return found;
}
