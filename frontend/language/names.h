/* What characters and keys are called, by language. To add a language: a file names_XX.c, and its line in names.c. */
#ifndef LINNET_FRONTEND_NAMES_H
#define LINNET_FRONTEND_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* From which level of punctuation on a character is named; LONE: only when it is all there is to read. */
enum fe_name_level { FE_NAME_SOME, FE_NAME_MOST, FE_NAME_ALL, FE_NAME_LEVELS, FE_NAME_LONE = FE_NAME_LEVELS };

struct fe_char_name {
    uint32_t codepoint;
    enum fe_name_level level;
    const char *name;
};

struct fe_key_name {
    const char *key, *name;
};

struct fe_names {
    const char *language;
    const struct fe_char_name *chars;
    size_t n_chars;
    const struct fe_key_name *keys;
    size_t n_keys;
    const char *const *digits;   /* [10] */
    const char *const *phonetic; /* [26] "Alpha" ... */
    const char *letter_a;        /* how espeak-ng is made to say the letter, not a word */
    const char *capital;         /* said before a capital letter */
    const char *point;           /* between digits */
    uint32_t decimal;            /* the character for it */
    const char *times;           /* "12 mal Strich"; NULL: English plurals, "12 dashes" */
};

/* For a BCP 47 tag or espeak-ng voice; NULL: there are none. */
const struct fe_names *fe_names_find(const char *language);

/* NULL: it has none. */
const struct fe_char_name *fe_names_char(const struct fe_names *names, uint32_t codepoint);
/* Of a key, given without regard to case; NULL: it has none. */
const char *fe_names_key(const struct fe_names *names, const char *key, size_t length);

extern const struct fe_names fe_names_en, fe_names_de;

#endif
