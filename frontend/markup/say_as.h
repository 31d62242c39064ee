/* <say-as>: text whose kind the author names, into words; whatever stands around it. The work is done by the normaliser
 * and the reading modes, on the text in a form that leaves them no choice. */
#ifndef LINNET_FRONTEND_SAY_AS_H
#define LINNET_FRONTEND_SAY_AS_H

#include "base/status.h"
#include "frontend/edit.h"
#include "frontend/language/normalize.h"

#define FE_SAY_AS_BYTES 1000 /* of a text; a longer one is read as it is */

/* Starts as {0}; reused. */
struct say_as {
    struct fe_edit edit;        /* the result; when it isn't changed the text is read as it is */
    struct base_buffer written; /* a form that the normaliser can't mistake */
    struct norm_output out;
};

/* `as`, `format` and `detail` are the attributes; the latter two may be NULL. `language` is a BCP 47 tag or a voice of
 * espeak-ng. */
BASE_MUST_USE int fe_say_as(struct say_as *work, const char *language, const char *as, const char *format,
                            const char *detail, const char *text, size_t size, struct base_error *err);
void fe_say_as_free(struct say_as *work);

#endif
