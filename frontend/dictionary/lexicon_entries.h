/* The entries of one dictionary: adding them while it is read, and looking words up. */
#ifndef LINNET_FRONTEND_LEXICON_ENTRIES_H
#define LINNET_FRONTEND_LEXICON_ENTRIES_H

#include "expression.h"
#include "frontend/phone_map.h"

#define LEX_MAX_VALUE 1000 /* bytes of a word, of what is said for it, or of an expression */
#define LEX_MAX_PATTERNS 64

/* A word or several. Offsets are in lex_file.strings, NUL-terminated there. */
struct lex_entry {
    uint32_t hash; /* of the word's head, folded */
    bool exact;    /* the word has a capital: only as it stands */
    bool ipa;
    size_t word, word_length, value;
    const char *written; /* the word, from lex_index() on */
    size_t number;       /* among those with IPA */
};

struct lex_pattern {
    struct fe_expression *expression;
    size_t value;
    bool found; /* of the sentence in hand: its next match is groups */
    struct fe_span groups[FE_GROUPS];
};

struct lex_file {
    char *path;
    long long seconds, nanoseconds; /* of its last change */
    unsigned long long size;
    struct lex_entry *entries; /* sorted by hash, longest first, by bytes, last first */
    size_t n_entries, entry_capacity;
    struct lex_pattern *patterns;
    size_t n_patterns, pattern_capacity;
    size_t *given, n_ipa; /* [n_ipa] entries with IPA, by number */
    struct base_buffer strings, scratch;
};

/* Where reading stands, for messages. */
struct lex_source {
    const struct phone_map *map;
    const char *language;
    struct lex_file *file;
    size_t line, column; /* from 1 */
    size_t n_errors;
    struct base_error first; /* the first error */
    bool out_of_memory;
};

/* Notes "path:line:column: why"; only the first is kept. */
BASE_PRINTF(2, 3)
void lex_complain(struct lex_source *source, const char *format, ...);

/* Adds an entry; complains when its word or value isn't allowed. */
void lex_add_word(struct lex_source *source, const char *word, size_t word_length, bool ipa, const char *value,
                  size_t value_length);
void lex_add_pattern(struct lex_source *source, const char *pattern, size_t length, bool any_case, const char *value,
                     size_t value_length);

/* Behind the last of them: sorts the words, and numbers those with IPA. false: out of memory. */
BASE_MUST_USE bool lex_index(struct lex_file *file);
/* The longest word that starts at text[0]; *length are its bytes there. NULL: there is none. `hash` is that of the
 * text's head. */
const struct lex_entry *lex_find(const struct lex_file *file, uint32_t hash, const char *text, size_t size,
                                 size_t *length);
/* Hash of the head of a word: its letters and digits, or its first character. */
uint32_t lex_head_hash(const char *text, size_t size);
void lex_close(struct lex_file *file); /* NULL is fine */

#endif
