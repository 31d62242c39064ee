/* What the command says on standard error: one line a problem, "linnet: what: why". */
#ifndef LINNET_REPORT_H
#define LINNET_REPORT_H

#include "base/compiler.h"

/* Prints the line and returns EXIT_FAILED. */
BASE_PRINTF(1, 2) int report_failure(const char *format, ...);

/* Prints the line and returns EXIT_USAGE. */
BASE_PRINTF(1, 2) int report_usage(const char *format, ...);

/* Prints "linnet: warning: ...". */
BASE_PRINTF(1, 2) void report_warning(const char *format, ...);

/* Flushes standard output; EXIT_SPOKEN, or EXIT_FAILED with a line when something couldn't be written. */
int report_stdout(void);

#endif
