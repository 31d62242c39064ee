/* linnet.conf: a table of options. */
#include "speechd/sd_config.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINE 4096 /* bytes */
#define MAX_LINES 10000

enum kind { TEXT, NUMBER, LEXICON, PAUSE };

struct option {
    const char *name;
    enum kind kind;
    size_t offset;    /* in struct sd_config */
    double low, high; /* of numbers */
};

#define PLACE(field) offsetof(struct sd_config, field)

static const struct option options[] = {
    {"Voice", TEXT, PLACE(voice), 0, 0},
    {"MinRate", NUMBER, PLACE(min_rate), 20, 2000},
    {"NormalRate", NUMBER, PLACE(normal_rate), 20, 2000},
    {"MaxRate", NUMBER, PLACE(max_rate), 20, 2000},
    {"RateBoost", NUMBER, PLACE(rate_boost), 1, 4},
    {"CacheMegabytes", NUMBER, PLACE(cache_megabytes), 0, 1024},
    {"Threads", NUMBER, PLACE(threads), 0, 2},
    {"SoundIconFolder", TEXT, PLACE(sound_icons), 0, 0},
    {"Lexicon", LEXICON, PLACE(lexicons), 0, 0},
    {"PunctuationSome", TEXT, PLACE(punctuation[0]), 0, 0},
    {"PunctuationMost", TEXT, PLACE(punctuation[1]), 0, 0},
    {"PunctuationAll", TEXT, PLACE(punctuation[2]), 0, 0},
    {"Log", TEXT, PLACE(log), 0, 0},
    {"PauseReply", PAUSE, PLACE(pause_event), 0, 0},
};

void sd_config_init(struct sd_config *config)
{
    *config = (struct sd_config){.min_rate = 80,
                                 .normal_rate = 170,
                                 .max_rate = 449,
                                 .rate_boost = 1,
                                 .cache_megabytes = 16,
                                 .sound_icons = "/usr/share/sounds/sound-icons",
                                 .pause_event = true};
}

static const struct option *find_option(const char *name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static bool set_number(double *place, const struct option *option, const char *value)
{
    char *end;
    const double number = strtod(value, &end);
    if (end == value || *end || !isfinite(number) || number < option->low || number > option->high)
        return false;
    *place = number;
    return true;
}

static bool set_text(char *place, const char *value)
{
    if (strlen(value) >= SD_MAX_PATH)
        return false;
    strcpy(place, value);
    return true;
}

static bool add_lexicon(struct sd_config *config, const char *path)
{
    return config->n_lexicons < SD_CONFIG_LEXICONS && set_text(config->lexicons[config->n_lexicons], path) &&
           ++config->n_lexicons;
}

static bool set_option(struct sd_config *config, const struct option *option, const char *value)
{
    char *const place = (char *)config + option->offset;
    switch (option->kind) {
    case TEXT: return set_text(place, value);
    case LEXICON: return add_lexicon(config, value);
    case NUMBER: return set_number((double *)(void *)place, option, value);
    case PAUSE:
        *(bool *)(void *)place = strcmp(value, "pause") == 0;
        return strcmp(value, "pause") == 0 || strcmp(value, "stop") == 0;
    }
    return false;
}

/* Cuts one word or quoted text off *line; NULL when there is none. */
static char *next_word(char **line)
{
    char *word = *line + strspn(*line, " \t");
    if (*word == '\0' || *word == '#')
        return NULL;
    const bool quoted = *word == '"';
    word += quoted;
    char *const end = word + strcspn(word, quoted ? "\"" : " \t");
    *line = *end ? end + 1 : end;
    *end = '\0';
    return word;
}

static void read_line(struct sd_config *config, char *line, const char *path, int number, struct sd_log *log)
{
    const char *const name = next_word(&line);
    if (!name)
        return;
    const struct option *const option = find_option(name);
    const char *const value = next_word(&line);
    if (!option)
        sd_log(log, SD_LOG_WARNING, "%s:%d: there is no option %s", path, number, name);
    else if (!value || !set_option(config, option, value))
        sd_log(log, SD_LOG_WARNING, "%s:%d: %s can't have the value \"%s\"", path, number, name, value ? value : "");
}

static void skip_line(FILE *file)
{
    for (int c = getc(file); c != EOF && c != '\n'; c = getc(file))
        continue;
}

void sd_config_read(struct sd_config *config, const char *path, struct sd_log *log)
{
    FILE *const file = fopen(path, "re");
    if (!file) {
        sd_log(log, SD_LOG_WARNING, "%s: can't be read: %s", path, strerror(errno));
        return;
    }
    char line[MAX_LINE];
    int number = 1;
    for (; number <= MAX_LINES && fgets(line, sizeof line, file); number++) {
        const bool cut = !strchr(line, '\n') && !feof(file);
        if (cut) {
            sd_log(log, SD_LOG_WARNING, "%s:%d: the line is too long", path, number);
            skip_line(file);
            continue;
        }
        line[strcspn(line, "\r\n")] = '\0';
        read_line(config, line, path, number, log);
    }
    if (number > MAX_LINES)
        sd_log(log, SD_LOG_WARNING, "%s: only the first %d lines are read", path, MAX_LINES);
    fclose(file);
}
