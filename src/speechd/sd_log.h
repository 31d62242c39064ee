/* The log: lines with date on standard error (speech-dispatcher collects it in a file), and in a file as well when the
 * configuration or DEBUG names one. */
#ifndef LINNET_SD_LOG_H
#define LINNET_SD_LOG_H

#include "base/compiler.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

/* speech-dispatcher's levels. */
enum sd_level { SD_LOG_ERROR = 1, SD_LOG_WARNING = 2, SD_LOG_NOTICE = 3, SD_LOG_DETAIL = 4, SD_LOG_ALL = 5 };

struct sd_log {
    pthread_mutex_t lock; /* guards all below */
    int level;            /* what is more detailed isn't written to standard error; files get everything */
    FILE *file;           /* "log" of the configuration, or NULL */
    FILE *debug;          /* of DEBUG ON, or NULL */
};

bool sd_log_open(struct sd_log *log);
void sd_log_close(struct sd_log *log);

void sd_log_set_level(struct sd_log *log, int level);

/* Appends to `path` from now on. false: it can't be opened, a line says why. */
bool sd_log_to_file(struct sd_log *log, const char *path);
/* The same for DEBUG; NULL ends it. */
bool sd_log_debug(struct sd_log *log, const char *path);

/* One line. Any thread. */
BASE_PRINTF(3, 4)
void sd_log(struct sd_log *log, enum sd_level level, const char *format, ...);

#endif
