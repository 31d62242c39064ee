/* Where a user's own files are, see user_folder.h. */
#include "base/user_folder.h"

#include <stdio.h>
#include <stdlib.h>

bool base_user_folder(char *out, size_t size, const char *variable, const char *fallback, const char *relative)
{
    const char *const set = getenv(variable), *const home = getenv("HOME");
    int length = -1;
    if (set && set[0] == '/') /* the specification ignores relative ones */
        length = snprintf(out, size, "%s/%s", set, relative);
    else if (home && home[0])
        length = snprintf(out, size, "%s/%s/%s", home, fallback, relative);
    return length >= 0 && (size_t)length < size;
}
