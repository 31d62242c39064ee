/* Regular expressions of dictionaries: POSIX extended ones (README.md, "Dictionaries"), whatever a stranger has
 * written.
 *
 * They are translated for PCRE2, whose memory and time can be bounded: glibc's regcomp() takes gigabytes for a line of
 * nested repeats. Leftmost and longest, as POSIX has it; no back references. One thread at a time. */
#ifndef LINNET_FRONTEND_EXPRESSION_H
#define LINNET_FRONTEND_EXPRESSION_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

#define FE_GROUPS 10 /* the whole match and \1 ... \9 */

struct fe_expression;

/* A match, in bytes of the text; start > end: the group took no part. */
struct fe_span {
    size_t start, end;
};

/* `pattern` is well-formed UTF-8 of at most a few kilobytes. LINNET_ERR_SYNTAX: err says why; LINNET_ERR_MEMORY. */
BASE_MUST_USE int fe_expression_compile(struct fe_expression **out, const char *pattern, size_t length, bool any_case,
                                        struct base_error *err);
void fe_expression_free(struct fe_expression *expression);

/* How many groups it has, the whole left out. */
size_t fe_expression_groups(const struct fe_expression *expression);

/* The first match of at least one byte that begins at `from` or behind it. `text` is well-formed. *effort is what may
 * still be spent on looking, about one for each step of the matcher; when it comes to 0 nothing is found. */
BASE_MUST_USE bool fe_expression_find(const struct fe_expression *expression, const char *text, size_t size,
                                      size_t from, struct fe_span groups[FE_GROUPS], size_t *effort);

#endif
