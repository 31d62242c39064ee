/* Dots that belong to the word before them: abbreviations, initials, ordinals. Private to the sentence split
 * (clause*.c). */
#ifndef LINNET_FRONTEND_CLAUSE_DOT_H
#define LINNET_FRONTEND_CLAUSE_DOT_H

#include "clause_gap.h"

/* Whether the dot tokens[dot] is no full stop, given what follows the chunk. */
bool fe_dot_is_inner(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                     const struct fe_gap *gap);

#endif
