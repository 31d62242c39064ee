/* Messages of linnet-server on standard error, one line each. Any thread. */
#ifndef LINNET_SV_LOG_H
#define LINNET_SV_LOG_H

#include "base/compiler.h"
#include <stdbool.h>

void sv_log_open(bool verbose);
BASE_PRINTF(1, 2)
void sv_log(const char *format, ...); /* always */
BASE_PRINTF(1, 2)
void sv_debug(const char *format, ...); /* with --verbose */

#endif
