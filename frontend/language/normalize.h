/* Text as people write it -> text as it is spoken: numbers, dates, money, abbreviations, addresses of the web. Works on
 * the text of one sentence, behind the sentence split and before espeak-ng.
 *
 * A piece of the output either is a run without white space taken over unchanged, or the spoken form of something
 * ("twelve dollars" for "$12"), in which white space may occur. Between two pieces stands the white space of the input,
 * or one space, or nothing. What no rule knows passes unchanged, invalid UTF-8 too. */
#ifndef LINNET_FRONTEND_NORMALIZE_H
#define LINNET_FRONTEND_NORMALIZE_H

#include "base/status.h"
#include "base/pieces.h"

struct language;
struct norm_token;

/* The result of norm_run(). Start it with {0}; each run replaces the content and reuses the memory. */
struct norm_output {
    struct base_text text;
    struct norm_token *tokens; /* work space */
    size_t token_capacity;
};

#define NORM_MAX_EXPANSION 32 /* a piece is at most so many times as long as its input, and so is the output */
#define NORM_MAX_INPUT ((size_t)1 << 26) /* bytes; more is LINNET_ERR_ARGUMENT */

/* Normalises text[size] into *out in linear time. A language without a normaliser (language.h): taken over unchanged.
 * LINNET_OK, LINNET_ERR_MEMORY or LINNET_ERR_ARGUMENT; after an error *out is empty. */
BASE_MUST_USE int norm_run(struct norm_output *out, const struct language *lang, const char *text, size_t size,
                           struct base_error *err);
/* The ordinal of a whole number, "third" of "3": digits[n], up to 36 of them. it has no pieces. The language has a
 * normaliser. */
BASE_MUST_USE int norm_run_ordinal(struct norm_output *out, const struct language *lang, const char *digits, size_t n,
                                   struct base_error *err);
void norm_output_free(struct norm_output *out);

#endif
