/* Text in a script that the voice doesn't read goes to one that does. */
#ifndef LINNET_FRONTEND_BY_SCRIPT_H
#define LINNET_FRONTEND_BY_SCRIPT_H

#include "base/records.h"
#include "document.h"

/* Who reads a text. */
struct by_script {
    /* As in ssml_settings; NULL: voice `number` reads it all. */
    size_t (*choose)(void *context, size_t current, const struct voice_wish *wish);
    void *context;
    size_t number;        /* the voice that is in force, and that reads what no other is for */
    const char *language; /* espeak-ng's voice that is in force; "": the voice's own */
    bool plain;           /* line ends stay; otherwise they are spaces, as in all XML */
};

/* Appends text[size], the caller's bytes at `offset`, for reading, in runs of several voices where it needs them: a
 * sentence that is mostly of another script is one run, and so are words of another script in a sentence. What is in
 * force stays so. false: out of memory. */
BASE_MUST_USE bool by_script_read(struct fe_document *doc, const struct by_script *who, const char *text, size_t size,
                                  size_t offset);

/* Whether any of it is of a script that some language but Latin ones is written in. Linear time. */
bool by_script_needed(const char *text, size_t size);

#endif
