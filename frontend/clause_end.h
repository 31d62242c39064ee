/* Where sentences end. Private to the sentence split (clause*.c). */
#ifndef LINNET_FRONTEND_CLAUSE_END_H
#define LINNET_FRONTEND_CLAUSE_END_H

#include "clause_gap.h"

/* Does the sentence end behind the chunk whose tokens start at chunk_start? `hard`: its last mark ends one without
 * white space behind it. Gives dots that belong to abbreviations to their words. */
bool fe_clause_ends(const struct clause_reader *reader, struct utterance *utt, size_t chunk_start,
                    const struct fe_gap *gap, bool hard);

/* A full stop, question or exclamation mark at `position`, in the chunk from `start` on, with no white space behind it
 * and a new sentence all the same: "the end.Then". */
bool fe_clause_lacks_space(const struct clause_reader *reader, size_t start, size_t position);

#endif
