/* Messages of the server. */
#include "server/sv_log.h"

#include <stdarg.h>
#include <stdio.h>

static bool is_verbose;

void sv_log_open(bool verbose)
{
    is_verbose = verbose;
}

static void line(const char *format, va_list args)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, args);
    fprintf(stderr, "linnet-server: %s\n", text); /* one call: lines of several threads don't mix */
}

void sv_log(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line(format, args);
    va_end(args);
}

void sv_debug(const char *format, ...)
{
    va_list args;
    if (!is_verbose)
        return;
    va_start(args, format);
    line(format, args);
    va_end(args);
}
