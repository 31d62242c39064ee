/* Text of markup as it is read. */
#ifndef LINNET_FRONTEND_SSML_TEXT_H
#define LINNET_FRONTEND_SSML_TEXT_H

#include "document.h"

/* Line ends become spaces, and so do characters that stand for words with given phonemes. */
void ssml_clean(char *text, size_t size);

/* Appends text[size], the caller's bytes at `offset`, for reading: line ends are spaces, as in all XML. */
BASE_MUST_USE bool ssml_read(struct fe_document *doc, const char *text, size_t size, size_t offset);

/* The same of plain text: line ends stay. */
BASE_MUST_USE bool ssml_read_plain(struct fe_document *doc, const char *text, size_t size, size_t offset);

#endif
