/* What characters and keys are called in a language. */
#ifndef LINNET_FRONTEND_NAMES_H
#define LINNET_FRONTEND_NAMES_H

#include <stdbool.h>
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
    const struct fe_char_name *chars;
    size_t n_chars;
    const struct fe_key_name *keys; /* "kp": the keypad, before the name of a key of it */
    size_t n_keys;
    const char *const *phonetic; /* [26] "Alpha" ... */
    const char *capital;         /* said before a capital letter */
    const char *point;           /* the decimal separator between digits */
    const char *times;           /* "12 mal Strich"; NULL: the plural, "12 dashes" */
    /* Tells a character apart from those that sound like it; fills words[size]. false: it can't. NULL: no character
     * needs it. */
    bool (*describe)(uint32_t codepoint, char *words, size_t size);
    const char *(*plural)(const char *name); /* the ending of it */
};

/* NULL: it has none. */
const struct fe_char_name *fe_names_char(const struct fe_names *names, uint32_t codepoint);
/* Of a key, given without regard to case; NULL: it has none. */
const char *fe_names_key(const struct fe_names *names, const char *key, size_t length);

#endif
