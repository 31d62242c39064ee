/* Cuts names of keys into their parts. See modes_key.h. */
#include "modes_key.h"

#include "base/chars.h"
#include <string.h>

/* A key without a name of its own: the parts between its hyphens, "kp-enter", which may have one. */
static bool say_words(const struct fe_names *names, const char *text, size_t start, size_t end,
                      bool (*say)(void *context, size_t start, size_t length, const char *name), void *context)
{
    for (size_t i = start; i < end;) {
        const char *const hyphen = i + 1 < end ? memchr(text + i + 1, '-', end - i - 1) : NULL;
        const size_t next = hyphen ? (size_t)(hyphen - text) : end;
        if (!say(context, i, next - i, fe_names_key(names, text + i, next - i)))
            return false;
        i = next + (hyphen != NULL && next + 1 < end);
    }
    return true;
}

bool fe_key_parts(const struct fe_names *names, const char *text, size_t size,
                  bool (*say)(void *context, size_t start, size_t length, const char *name), void *context)
{
    size_t i = 0;
    while (size > 1 && base_is_blank(text[size - 1]))
        size--;
    while (i + 1 < size && base_is_blank(text[i]))
        i++;
    while (i < size) {
        const char *const line = i + 1 < size ? memchr(text + i + 1, '_', size - i - 1) : NULL;
        const size_t end = line ? (size_t)(line - text) : size;
        const char *const name = fe_names_key(names, text + i, end - i);
        if (!(name ? say(context, i, end - i, name) : say_words(names, text, i, end, say, context)))
            return false;
        i = end + (line != NULL && end + 1 < size);
    }
    return true;
}
