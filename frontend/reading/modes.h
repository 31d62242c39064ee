/* How text is read aloud to people who don't see it: punctuation by name, spelling, digits, capitals, keys. An edit of
 * the sentence before the normaliser; dictionaries' words and the marks of quoted mail are seen to in the same pass. */
#ifndef LINNET_FRONTEND_MODES_H
#define LINNET_FRONTEND_MODES_H

#include "base/records.h"
#include "frontend/edit.h"
#include "frontend/dictionary/lexicon.h"
#include "frontend/language/language.h"

struct fe_modes {
    struct reading_modes how;
    const struct language *language;
    struct base_buffer lists[FE_NAME_LEVELS]; /* characters instead of those of the level; data NULL: the usual ones */
};

/* Rewrites text[size] of one sentence into *edit. edit->changed tells whether there was anything to do. lexicon may be
 * NULL. false: out of memory. */
BASE_MUST_USE bool fe_modes_edit(const struct fe_modes *modes, const struct fe_lexicon *lexicon, const char *text,
                                 size_t size, struct fe_edit *edit);

/* Whether the level of punctuation names this character. */
bool fe_modes_named(const struct fe_modes *modes, uint32_t codepoint);

/* The text isn't split into sentences: it is characters or the name of a key. */
bool fe_modes_raw(const struct fe_modes *modes);

void fe_modes_free(struct fe_modes *modes);

#endif
