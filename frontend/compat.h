/* Characters that stand for plain letters and digits -> those: Unicode's compatibility forms (UAX 15) as people use
 * them for looks, combining marks, invisible characters, words that a line's end cuts. */
#ifndef LINNET_FRONTEND_COMPAT_H
#define LINNET_FRONTEND_COMPAT_H

#include "edit.h"

/* Makes *edit of text[size]; edit->changed tells whether anything was to be done. `entities`: "&amp;" is '&', and so on.
 * false: out of memory. */
BASE_MUST_USE bool fe_compat_edit(const char *text, size_t size, bool entities, struct fe_edit *edit);

#endif
