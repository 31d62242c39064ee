/* Pronunciation dictionaries: what the user says about words, which wins over espeak-ng and the normaliser.
 *
 * A plain file has one entry a line (README.md, "Dictionaries"):
 *   word = IPA            word ~ respelling            / regular expression / ~ replacement            # comment
 * Files that start with '<' are W3C PLS 1.0 (lexicon_pls.c). A word in lower case is found in any case, one with a
 * capital only as it stands; of several files the one added last wins, the longest entry wins over shorter ones.
 *
 * An entry with IPA becomes one character of private use in the text, by its number (given.h). */
#ifndef LINNET_FRONTEND_LEXICON_H
#define LINNET_FRONTEND_LEXICON_H

#include "base/status.h"
#include "frontend/edit.h"
#include "frontend/given.h"
#include "frontend/phone_map.h"

struct fe_lexicon;

/* `map` turns IPA into the voice's phonemes, `language` is the voice's; both must outlive the lexicon. */
BASE_MUST_USE int fe_lexicon_open(struct fe_lexicon **out, const struct phone_map *map, const char *language,
                                  struct base_error *err);
void fe_lexicon_close(struct fe_lexicon **lexicon);

/* Adds a file. Entries that are wrong are left out, and the first is told: LINNET_ERR_SYNTAX, with "file:line:column:
 * why". LINNET_ERR_IO: the file can't be read, LINNET_ERR_MEMORY: nothing was added. */
BASE_MUST_USE int fe_lexicon_add(struct fe_lexicon *lexicon, const char *path, struct base_error *err);

/* How many files there are; forgetting all but the first so many. */
size_t fe_lexicon_count(const struct fe_lexicon *lexicon);
void fe_lexicon_keep(struct fe_lexicon *lexicon, size_t count);

/* Reads files again whose size or time has changed. What went wrong with any file: fe_lexicon_error(), "" if nothing. A
 * file that can't be read any more stays in force. */
void fe_lexicon_refresh(struct fe_lexicon *lexicon);
const char *fe_lexicon_error(const struct fe_lexicon *lexicon);

/* Applies the regular expressions to text[size]. false: out of memory. lexicon NULL: nothing changes. */
BASE_MUST_USE bool fe_lexicon_replace(struct fe_lexicon *lexicon, const char *text, size_t size, struct fe_edit *edit);

/* The longest entry that starts at text[at]. */
struct fe_lexicon_match {
    size_t length;      /* bytes of the text; 0: there is none */
    const char *spoken; /* a respelling; NULL: the entry has IPA, and is */
    uint32_t given;     /* this character of private use */
};
struct fe_lexicon_match fe_lexicon_find(const struct fe_lexicon *lexicon, const char *text, size_t size, size_t at);

/* An entry with IPA by its number: what the register asks (given.h). Strings live until the next refresh. */
bool fe_lexicon_given(const void *lexicon, size_t number, struct given_word *found);

#endif
