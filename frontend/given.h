/* Characters of private use that stand in a text for words whose phonemes are prescribed, so that no step takes them
 * for words. This is the one register of who owns which; clause.c makes words of them again. */
#ifndef LINNET_FRONTEND_GIVEN_H
#define LINNET_FRONTEND_GIVEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each has a plane of its own. */
enum given_owner { GIVEN_BY_DICTIONARY, GIVEN_BY_MARKUP, GIVEN_OWNERS };

#define GIVEN_MAX 65000 /* words of an owner */

struct given_word {
    const char *word, *ipa; /* owned by the owner */
};

/* Where an owner's words are looked up, by number. find NULL: it has none. */
struct given_source {
    bool (*find)(const void *owner, size_t number, struct given_word *found);
    const void *owner;
};

uint32_t given_character(enum given_owner owner, size_t number);
/* Whether a character is in an owner's plane. */
bool given_is(enum given_owner owner, uint32_t codepoint);
/* The word behind a character; false: it is none. */
bool given_find(const struct given_source sources[GIVEN_OWNERS], uint32_t codepoint, struct given_word *found);

#endif
