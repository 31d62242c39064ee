/* What a file is written in -> UTF-8, as its bytes come: UTF-16 by its mark or its zeros, and Windows-1252 where bytes
 * aren't UTF-8. */
#ifndef LINNET_RECODE_H
#define LINNET_RECODE_H

#include <stdbool.h>
#include <stddef.h>

#define RECODE_BYTES 16384 /* read at a time */
#define RECODE_GROWTH 3    /* a byte becomes at most so many */

enum recode_kind {
    RECODE_UNKNOWN,
    RECODE_UTF8,  /* what isn't is Windows-1252 */
    RECODE_1252,  /* all is, and so Latin-1 */
    RECODE_UTF16, /* by its mark or zeros, else little-endian */
    RECODE_UTF16_LE,
    RECODE_UTF16_BE
};

/* Starts with n at 0 for each file, and the kind that is known of it. */
struct recoder {
    enum recode_kind kind;
    unsigned char bytes[RECODE_BYTES]; /* [n] as they were read; what is left of them waits for more */
    size_t n;
    size_t n_foreign; /* bytes read as Windows-1252 */
};

/* Rewrites recoder->bytes into out, which has room for RECODE_GROWTH * n; returns the number of bytes. `ended`: no more
 * will come. A byte order mark of UTF-16 is left out, UTF-8's isn't. The start of a file is kept until there is enough
 * of it to tell its kind. */
size_t recode(struct recoder *recoder, bool ended, char *out);

#endif
