/* Dictionaries in the W3C's Pronunciation Lexicon Specification 1.0. */
#ifndef LINNET_FRONTEND_LEXICON_PLS_H
#define LINNET_FRONTEND_LEXICON_PLS_H

#include "lexicon_entries.h"

void lex_read_pls(struct lex_source *source, const char *text, size_t size);

#endif
