/* The tables of Chinese that voices/train/words_zh.py makes, and what is looked up in them: characters, their readings,
 * words. */
#ifndef LINNET_FRONTEND_LANGUAGE_ZH_WORDS_ZH_H
#define LINNET_FRONTEND_LANGUAGE_ZH_WORDS_ZH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- the tables ---- */

struct zh_syllable {
    const char *pinyin, *ipa; /* without tone */
};
extern const struct zh_syllable zh_syllables[]; /* sorted by pinyin */
extern const size_t zh_n_syllables;

#define ZH_FIRST_CHAR 0x3400u
#define ZH_LAST_CHAR 0x9FFFu
extern const uint16_t zh_char_readings[ZH_LAST_CHAR - ZH_FIRST_CHAR + 1]; /* the commonest ones */
extern const char zh_simple_pairs[]; /* [6 * zh_n_simple_pairs]: a traditional character, the simplified one, sorted */
extern const size_t zh_n_simple_pairs;
/* A line a first character, sorted: "CHARACTER COST? (REST-OF-WORD COST READINGS?)*" without the spaces. A cost is a
 * letter, A the commonest, in steps of 0.75 of -ln p; readings are pinyin with digits for tones. */
extern const char zh_words[];
/* Where each line starts in zh_words. */
struct zh_line {
    uint16_t first; /* its character */
    uint32_t at;
};
extern const struct zh_line zh_lines[];
extern const size_t zh_n_lines;
#define ZH_UNKNOWN_COST 23 /* of a character without one */

/* ---- what is looked up ---- */

/* A syllable with its tone: 1 + 5 * index in zh_syllables + tone - 1, tone 5 the neutral one; 0: none. */
typedef uint16_t zh_reading;

/* "hang2" of pinyin[length]; 0: there is no such syllable. */
zh_reading zh_reading_find(const char *pinyin, size_t length);
static inline unsigned zh_tone(zh_reading reading)
{
    return reading ? (reading - 1u) % 5 + 1 : 0;
}
static inline const struct zh_syllable *zh_syllable_of(zh_reading reading)
{
    return &zh_syllables[(reading - 1u) / 5];
}

/* A Chinese character, read or not. */
bool zh_is_char(uint32_t c);
/* The commonest reading of a character; 0: it has none. */
zh_reading zh_char_reading(uint32_t c);
/* The simplified form of a traditional character, else itself. */
uint32_t zh_simplified(uint32_t c);

#define ZH_MAX_WORD 8 /* characters */
#define ZH_MAX_RUN 64 /* characters cut into words at once */

/* Cuts a run of n <= ZH_MAX_RUN simplified characters into the likeliest words: lengths[0 ... ) receives how many
 * characters each has. Returns the number of words. */
size_t zh_segment(const uint32_t *chars, size_t n, uint8_t *lengths);
/* Looks n > 1 simplified characters up; readings[n] are filled where they aren't the characters' own. */
enum zh_word { ZH_NO_WORD, ZH_WORD, ZH_OWN_READINGS };
enum zh_word zh_word_readings(const uint32_t *chars, size_t n, zh_reading *readings);

/* The likeliest word of two simplified characters that this one stands in, as its first if there is such a word. false:
 * there is none. */
bool zh_example(uint32_t c, uint32_t word[2]);

#endif
