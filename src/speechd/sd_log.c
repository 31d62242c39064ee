/* Log lines. */
#include "speechd/sd_log.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

bool sd_log_open(struct sd_log *log)
{
    *log = (struct sd_log){.level = SD_LOG_NOTICE};
    return pthread_mutex_init(&log->lock, NULL) == 0;
}

static void replace_file(FILE **place, FILE *file)
{
    if (*place)
        fclose(*place);
    *place = file;
}

void sd_log_close(struct sd_log *log)
{
    replace_file(&log->file, NULL);
    replace_file(&log->debug, NULL);
    pthread_mutex_destroy(&log->lock);
}

void sd_log_set_level(struct sd_log *log, int level)
{
    pthread_mutex_lock(&log->lock);
    log->level = level;
    pthread_mutex_unlock(&log->lock);
}

static bool open_file(struct sd_log *log, FILE **place, const char *path)
{
    FILE *const file = path ? fopen(path, "ae") : NULL;
    const int why = errno;
    if (path && !file) {
        sd_log(log, SD_LOG_ERROR, "%s: can't be written: %s", path, strerror(why));
        return false;
    }
    pthread_mutex_lock(&log->lock);
    replace_file(place, file);
    pthread_mutex_unlock(&log->lock);
    return true;
}

bool sd_log_to_file(struct sd_log *log, const char *path)
{
    return open_file(log, &log->file, path);
}

bool sd_log_debug(struct sd_log *log, const char *path)
{
    return open_file(log, &log->debug, path);
}

static void print_line(FILE *file, const char *line)
{
    if (!file)
        return;
    fputs(line, file);
    fflush(file);
}

void sd_log(struct sd_log *log, enum sd_level level, const char *format, ...)
{
    char line[1024], when[32];
    const time_t now = time(NULL);
    struct tm parts;
    va_list args;
    if (!localtime_r(&now, &parts) || strftime(when, sizeof when, "%F %T", &parts) == 0)
        when[0] = '\0';
    int used = snprintf(line, sizeof line, "%s linnet: ", when);
    va_start(args, format);
    vsnprintf(line + used, sizeof line - (size_t)used - 1, format, args);
    va_end(args);
    strcat(line, "\n");
    pthread_mutex_lock(&log->lock);
    if ((int)level <= log->level)
        print_line(stderr, line);
    print_line(log->file, line);
    print_line(log->debug, line);
    pthread_mutex_unlock(&log->lock);
}
