/* Dictionaries in plain text. */
#ifndef LINNET_FRONTEND_LEXICON_PLAIN_H
#define LINNET_FRONTEND_LEXICON_PLAIN_H

#include "lexicon_entries.h"

void lex_read_plain(struct lex_source *source, const char *text, size_t size);

#endif
