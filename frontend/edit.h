/* Text with parts of it replaced by words: what the steps between a sentence as written and as spoken hand on. */
#ifndef LINNET_FRONTEND_EDIT_H
#define LINNET_FRONTEND_EDIT_H

#include "base/pieces.h"

struct fe_edit {
    struct base_text text;
    bool changed;     /* something isn't as it was */
    bool wants_space; /* before the next byte, unless it is white space or a mark of the clause */
};

BASE_MUST_USE bool fe_edit_start(struct fe_edit *edit);
/* Takes over input[offset ... offset + length). */
BASE_MUST_USE bool fe_edit_keep(struct fe_edit *edit, const char *input, size_t offset, size_t length);
/* Says these words in place of it; spaces part them from what stands around. Nothing to say: the input is dropped. */
BASE_MUST_USE bool fe_edit_say(struct fe_edit *edit, size_t offset, size_t length, const char *words, size_t size);
/* More words for the input of the last fe_edit_say(). */
BASE_MUST_USE bool fe_edit_say_more(struct fe_edit *edit, const char *words, size_t size);
void fe_edit_free(struct fe_edit *edit);

#endif
