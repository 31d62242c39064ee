/* HTML that comes as plain text: its tags aren't read. */
#ifndef LINNET_FRONTEND_HTML_H
#define LINNET_FRONTEND_HTML_H

#include "by_script.h"
#include "document.h"

/* Whether text[size] is surely HTML: it has the end tag of one of its elements, a line break, or its head. Linear
 * time. */
bool html_is(const char *text, size_t size);

/* Makes *doc of text[size], which `who` reads: without tags, comments, scripts and heads; elements that stand for themselves are
 * paragraphs, a picture is its text, entities are their characters. Tags that aren't HTML's stay. false: out of
 * memory. */
BASE_MUST_USE bool html_parse(struct fe_document *doc, const struct by_script *who, const char *text, size_t size);

#endif
