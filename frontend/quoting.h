/* Quoted mail: "> > " at the start of lines. */
#ifndef LINNET_FRONTEND_QUOTING_H
#define LINNET_FRONTEND_QUOTING_H

#include <stddef.h>

/* Bytes of the marks at the start of text[size], a line, and how many; 0: none. */
size_t fe_quote_marks(const char *text, size_t size, size_t *depth);

#endif
