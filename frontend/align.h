/* Which part of a clause's IPA belongs to which word of its text. */
#ifndef LINNET_FRONTEND_ALIGN_H
#define LINNET_FRONTEND_ALIGN_H

#include "base/compiler.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum align_kind { ALIGN_CONSONANT, ALIGN_VOWEL, ALIGN_SPACE, ALIGN_KINDS };

/* One character of IPA in the alignment, with the stress and length marks that belong to it. */
struct align_char {
    uint32_t codepoint;
    uint8_t kind;      /* of enum align_kind */
    size_t start, end; /* bytes in the string it comes from */
    size_t word;       /* expected: the word it belongs to; spoken: the word found for it */
};

/* Work space; grows and is reused. */
struct aligner {
    struct align_char *expected, *spoken;
    size_t n_expected, n_spoken, expected_capacity, spoken_capacity;
    uint32_t *costs; /* two rows of columns */
    uint8_t *moves;  /* [n_expected + 1][band] */
    size_t cost_capacity, move_capacity;
};

/* Begins a clause: the words' own phonemes are then added in order with align_expect(). */
void fe_align_start(struct aligner *aligner);
/* The phonemes that word number `word` has when it is spoken alone; may be empty. */
BASE_MUST_USE bool fe_align_expect(struct aligner *aligner, size_t word, const char *ipa, size_t size);

/* Aligns ipa[size] of the whole clause with what was expected. starts[i], ends[i] receive the bytes of word i, i <
 * n_words: in order, not overlapping, without spaces at their ends; a word that wasn't spoken is empty and stands
 * right behind the one before. false: out of memory. */
BASE_MUST_USE bool fe_align(struct aligner *aligner, const char *ipa, size_t size, size_t n_words, size_t *starts,
                            size_t *ends);

void fe_align_free(struct aligner *aligner);

#endif
