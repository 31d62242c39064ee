/* linnet.conf, the module's configuration: a line an option, "Name value" or "Name "value"", comments after '#'. */
#ifndef LINNET_SD_CONFIG_H
#define LINNET_SD_CONFIG_H

#include "speechd/sd_log.h"
#include <stdbool.h>
#include <stddef.h>

#define SD_MAX_PATH 1024
#define SD_CONFIG_LEXICONS 8

struct sd_config {
    char voice[SD_MAX_PATH];                /* Voice: the default voice, a name or path; "": the library's default */
    double min_rate, normal_rate, max_rate; /* words a minute at speech-dispatcher's rate -100, 0 and 100 */
    double rate_boost;                      /* factor on max_rate */
    double cache_megabytes;                 /* of rendered samples */
    double threads;                         /* linnet_settings.threads */
    char sound_icons[SD_MAX_PATH];          /* folder of sound icons; "": their names are spoken */
    char log[SD_MAX_PATH];                  /* file for the log, besides standard error */
    char lexicons[SD_CONFIG_LEXICONS][SD_MAX_PATH]; /* Lexicon, each time: a dictionary; [n_lexicons] */
    size_t n_lexicons;
    char punctuation[3][SD_MAX_PATH]; /* what is named at "some", "most", "all"; "": what the library names */
    bool pause_event;                 /* PauseReply "pause": a mark and 704, instead of 703 */
};

void sd_config_init(struct sd_config *config);

/* Reads `path`. Lines that can't be understood are skipped with a line in the log; so is a file that isn't there. */
void sd_config_read(struct sd_config *config, const char *path, struct sd_log *log);

#endif
