/* The expressions of dictionaries, applied to a sentence. */
#ifndef LINNET_FRONTEND_LEXICON_REPLACE_H
#define LINNET_FRONTEND_LEXICON_REPLACE_H

#include "frontend/edit.h"
#include "lexicon_entries.h"

struct lex_replacer {
    struct lex_file *const *files; /* [n_files], borrowed; the last one wins */
    size_t n_files;
    struct base_error *err;               /* where it is told that they take too long */
    struct base_buffer text, replacement; /* the sentence as they can take it; what is said for a match */
};

/* Adds what they make of text[size] to *edit, which was started. false: out of memory. */
BASE_MUST_USE bool lex_replace(struct lex_replacer *replacer, const char *text, size_t size, struct fe_edit *edit);
void lex_replacer_free(struct lex_replacer *replacer);

#endif
