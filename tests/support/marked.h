/* Text with a mark before every word, as screen readers send it. */
#ifndef LINNET_TEST_MARKED_H
#define LINNET_TEST_MARKED_H

#include <stdio.h>
#include <string.h>

/* out[size] must have room for about 30 bytes more a word. */
static inline void add_marks(char *out, size_t size, const char *text)
{
    size_t n = (size_t)snprintf(out, size, "<speak>");
    for (const char *p = text; *p && n < size;) {
        const size_t word = strcspn(p, " "), spaces = strspn(p + word, " ");
        n += (size_t)snprintf(out + n, size - n, "<mark name=\"%d\"/>%.*s", (int)(p - text), (int)(word + spaces), p);
        p += word + spaces;
    }
    if (n < size)
        snprintf(out + n, size - n, "</speak>");
}

#endif
