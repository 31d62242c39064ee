/* Messages of the command. */
#include "cli/report.h"
#include "cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static FILE *stream; /* set once, by report_start() */

void report_start(void)
{
    const int fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    stream = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (stream)
        setvbuf(stream, NULL, _IONBF, 0);
    else if (fd >= 0)
        close(fd);
}

FILE *report_stream(void)
{
    return stream ? stream : stderr;
}

static void print_line(const char *prefix, const char *format, va_list args)
{
    FILE *const out = report_stream();
    fputs(prefix, out);
    vfprintf(out, format, args);
    fputc('\n', out);
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
