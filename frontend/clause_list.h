/* Marks of lists in running text: "1.) one 2.) two". Private to the sentence split (clause*.c). */
#ifndef LINNET_FRONTEND_CLAUSE_LIST_H
#define LINNET_FRONTEND_CLAUSE_LIST_H

#include "clause_gap.h"

/* The sentence is only the mark of an item so far: "1.", "b.", "iv)". `mark` is the token that could end it. */
bool fe_list_is_mark(const struct utterance *utt, size_t mark);

/* The sentence begins with the mark of an item, and behind the gap stands that of the next one: "b)" behind "a)". */
bool fe_list_goes_on(const struct clause_reader *reader, const struct utterance *utt, const struct fe_gap *gap);

#endif
