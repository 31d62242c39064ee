/* Status codes inside Linnet: the public ones of linnet.h, and the one way to attach a message to an error.
 *
 * Every fallible function returns an int status (LINNET_OK or a negative enum linnet_status) and, where a person will
 * read about it, fills a struct base_error that the caller passes in. The error is a plain buffer: no allocation, so an
 * out-of-memory error can be reported too. */
#ifndef LINNET_BASE_STATUS_H
#define LINNET_BASE_STATUS_H

#include "compiler.h"
#include "linnet.h"

struct base_error {
    char text[512]; /* UTF-8, NUL-terminated, "what: where: why"; empty when there was no error */
};

/* Of the library: "0.1.0". */
const char *base_version(void);

/* A short English text for a status, static storage, never NULL. */
const char *base_status_text(int status);

/* Formats a message into *err (which may be NULL) and returns `status`, so that callers write
 * `return base_fail(err, LINNET_ERR_VOICE, "...")`. */
BASE_PRINTF(3, 4)
int base_fail(struct base_error *err, int status, const char *format, ...);

#endif
