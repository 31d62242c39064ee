/* Markup that isn't well-formed. */
#ifndef LINNET_FRONTEND_SSML_STRIP_H
#define LINNET_FRONTEND_SSML_STRIP_H

#include "document.h"

/* Text that isn't well-formed: read without its tags, but with its marks and breaks. What looks like no tag is text.
 * false: out of memory. */
BASE_MUST_USE bool ssml_strip(struct fe_document *doc, const char *text, size_t size);

#endif
