/* Markup as people want to see it in subtitles: without its tags. */
#ifndef LINNET_PLAIN_H
#define LINNET_PLAIN_H

#include <stddef.h>

/* A copy of text[size] for reading, every byte at its place: tags, comments and the like are NUL bytes, with a space
 * where they part words; characters that are written as entities are followed by NULs. To be free()d; NULL: out of
 * memory. */
char *plain_copy(const char *text, size_t size);

#endif
