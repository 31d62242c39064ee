/* Error messages, see status.h. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

int base_fail(struct base_error *err, int status, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        if (vsnprintf(err->text, sizeof err->text, format, args) < 0)
            err->text[0] = '\0';
        va_end(args);
    }
    return status;
}
