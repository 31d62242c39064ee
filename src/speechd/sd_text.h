/* The words of a message without its markup, until the library reads SSML itself: tags are dropped, entities decoded,
 * marks and breaks kept with their place. Marks leave the text around them as it is; a break cuts the phrase. Broken
 * markup is spoken as far as it can be read. */
#ifndef LINNET_SD_TEXT_H
#define LINNET_SD_TEXT_H

#include "base/compiler.h"
#include <stdbool.h>
#include <stddef.h>

struct sd_text_mark {
    size_t offset;     /* in text: the first byte after the mark */
    char *name;        /* NULL: a break */
    unsigned pause_ms; /* of a break */
};

struct sd_text {
    char *text; /* [size], NUL-terminated */
    size_t size, capacity;
    struct sd_text_mark *marks; /* [n_marks], in order */
    size_t n_marks, mark_capacity;
    bool failed; /* out of memory */
};

/* false: out of memory; close it all the same. */
BASE_MUST_USE bool sd_text_open(struct sd_text *text, const char *ssml, size_t size);
void sd_text_close(struct sd_text *text);

#endif
