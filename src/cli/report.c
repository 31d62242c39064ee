/* Messages of the command. */
#include "cli/report.h"
#include "cli/options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void print_line(const char *prefix, const char *format, va_list args)
{
    fputs(prefix, stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

int report_failure(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_line("linnet: ", format, args);
    va_end(args);
    return EXIT_FAILED;
}

int report_usage(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_line("linnet: ", format, args);
    va_end(args);
    return EXIT_USAGE;
}

void report_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_line("linnet: warning: ", format, args);
    va_end(args);
}

int report_stdout(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_SPOKEN;
    return report_failure("standard output: can't write: %s",
                          errno == EPIPE ? "its reader has closed it" : strerror(errno));
}
