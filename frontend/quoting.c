/* Reads the marks of quoted mail. See quoting.h. */
#include "quoting.h"

#include "base/chars.h"

size_t fe_quote_marks(const char *text, size_t size, size_t *depth)
{
    size_t i = 0, end = 0;
    *depth = 0;
    while (i < size && (text[i] == '>' || (text[i] == ' ' && i == end + 1 && *depth))) {
        if (text[i] == '>') {
            ++*depth;
            end = i;
        }
        i++;
    }
    if (!*depth || (i < size && (text[i] == '=' || base_is_digit((unsigned char)text[i])) && text[i - 1] == '>')) {
        *depth = 0;
        return 0; /* ">= 5" */
    }
    return i;
}
