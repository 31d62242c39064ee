/* Character references of HTML: "&amp;", "&eacute;", "&#39;", "&#x41;". */
#ifndef LINNET_FRONTEND_ENTITY_H
#define LINNET_FRONTEND_ENTITY_H

#include <stddef.h>
#include <stdint.h>

/* The character that text[size], which starts with '&', refers to, and the bytes of the reference; 0: it is none. The
 * commoner names are known. */
size_t fe_entity(const char *text, size_t size, uint32_t *codepoint);

#endif
