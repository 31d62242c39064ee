/* What the command says on standard error: one line a problem, "linnet: what: why". */
#ifndef LINNET_REPORT_H
#define LINNET_REPORT_H

#include "base/compiler.h"
#include <stdio.h>

/* Keeps a way of our own to standard error, which sound libraries are cut off from while they play (sink_portaudio.c).
 * Once a process, before any of them is opened. */
void report_start(void);

/* That way, unbuffered; standard error itself before report_start(). */
FILE *report_stream(void);

/* Prints the line and returns EXIT_FAILED. */
BASE_PRINTF(1, 2) int report_failure(const char *format, ...);

/* Prints the line and returns EXIT_USAGE. */
BASE_PRINTF(1, 2) int report_usage(const char *format, ...);

/* Prints "linnet: warning: ...". */
BASE_PRINTF(1, 2) void report_warning(const char *format, ...);

/* Flushes standard output; EXIT_SPOKEN, or EXIT_FAILED with a line when something couldn't be written. */
int report_stdout(void);

#endif
