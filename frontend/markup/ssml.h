/* SSML 1.1 (www.w3.org/TR/speech-synthesis11) -> struct fe_document. */
#ifndef LINNET_FRONTEND_SSML_H
#define LINNET_FRONTEND_SSML_H

#include "base/records.h"
#include "base/status.h"
#include "document.h"
#include "linnet.h"
#include "frontend/phone_map.h"
#include "ssml_values.h"
#include <stdatomic.h>

/* What the document is read for. */
struct ssml_settings {
    const struct phone_map *map; /* of the voice */
    const char *espeak_voice;
    const char *gender; /* of the voice: "female", "male", "neutral" */
    struct ssml_pitch pitch;
    const atomic_bool *cancelled; /* looked at now and then; NULL: never */
    bool lenient; /* wrong values count as not given, and text that isn't well-formed is read without its tags */
    /* Files that the document names, by local path; NULL: they aren't looked at. */
    const char *folder; /* that relative paths start from; NULL: the current one */
    void *context;
    bool (*load)(void *context, const char *path, float **samples, size_t *n_samples); /* a recording; false: can't */
    int (*add_lexicon)(void *context, const char *path, struct base_error *err);
    /* The number of the voice for a wish, where voice number `current` speaks; that one when there is none. 0 is the
     * voice of the front end that reads the document first. NULL: one voice speaks it all. */
    size_t (*choose)(void *context, size_t current, const struct voice_wish *wish);
};

/* Fills *doc, which was {0} or is reused. LINNET_ERR_SYNTAX: the message names line and column; LINNET_ERR_MEMORY; what
 * add_lexicon returned; LINNET_CANCELLED. */
BASE_MUST_USE int ssml_parse(struct fe_document *doc, const char *text, size_t size,
                             const struct ssml_settings *settings, struct base_error *err);

#endif
