/* Dictionaries: found, given to the engine, watched. */
#include "speechd/sd_lexicon.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add(struct sd_lexicons *lexicons, linnet_engine *engine, const char *path, struct sd_log *log)
{
    char *const kept = lexicons->count < SD_MAX_LEXICONS ? strdup(path) : NULL;
    const int status = kept ? linnet_add_lexicon(engine, path) : LINNET_ERR_MEMORY;
    if (status != LINNET_OK)
        sd_log(log, SD_LOG_WARNING, "lexicon: %s", kept ? linnet_error(engine) : "too many of them");
    if (status == LINNET_OK || status == LINNET_ERR_SYNTAX)
        lexicons->paths[lexicons->count++] = kept;
    else
        free(kept);
}

/* The user's own for the first n characters of the language, if there is one. */
static void add_own(struct sd_lexicons *lexicons, linnet_engine *engine, const char *language, size_t n,
                    struct sd_log *log)
{
    const char *const config = getenv("XDG_CONFIG_HOME"), *const home = getenv("HOME");
    const bool set = config && *config == '/';
    char path[2 * SD_MAX_PATH];
    if (!set && !home)
        return;
    const int length = snprintf(path, sizeof path, "%s%s/linnet/lexicon-%.*s.txt", set ? config : home,
                                set ? "" : "/.config", (int)n, language);
    if (length > 0 && (size_t)length < sizeof path && access(path, R_OK) == 0)
        add(lexicons, engine, path, log);
}

void sd_lexicons_add(struct sd_lexicons *lexicons, linnet_engine *engine, const char *language,
                     const struct sd_config *config, struct sd_log *log)
{
    const size_t whole = strlen(language), part = strcspn(language, "-_");
    add_own(lexicons, engine, language, part, log);
    if (part < whole)
        add_own(lexicons, engine, language, whole, log);
    for (size_t i = 0; i < config->n_lexicons; i++)
        add(lexicons, engine, config->lexicons[i], log);
}

void sd_lexicons_clear(struct sd_lexicons *lexicons)
{
    while (lexicons->count > 0)
        free(lexicons->paths[--lexicons->count]);
}

uint64_t sd_lexicons_stamp(const struct sd_lexicons *lexicons)
{
    uint64_t stamp = 0;
    for (size_t i = 0; i < lexicons->count; i++) {
        struct stat status;
        if (stat(lexicons->paths[i], &status) != 0)
            memset(&status, 0, sizeof status);
        stamp = 31 * stamp + (uint64_t)status.st_mtim.tv_sec;
        stamp = 31 * stamp + (uint64_t)status.st_mtim.tv_nsec;
        stamp = 31 * stamp + (uint64_t)status.st_size;
    }
    return stamp;
}
