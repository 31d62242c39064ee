/* Marks of Markdown (CommonMark) and of notes in one sentence: silent where they are unmistakable. */
#ifndef LINNET_FRONTEND_MARKDOWN_H
#define LINNET_FRONTEND_MARKDOWN_H

#include "edit.h"

/* Makes *edit of text[size] without paired marks of emphasis and code, heading marks, the targets of links and
 * pictures, borders of tables, lines that are only drawn, and numbers of notes behind clauses; edit->changed tells
 * whether there were any. `head`: the text starts a line. false: out of memory. */
BASE_MUST_USE bool fe_markdown_edit(const char *text, size_t size, bool head, struct fe_edit *edit);

#endif
