/* Dictionaries: given to the engine, watched. */
#include "speechd/sd_lexicon.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct adding {
    struct sd_lexicons *lexicons;
    linnet_engine *engine;
    struct sd_log *log;
};

/* Returns 0: what is wrong with one keeps no other away. */
static int add(void *user, const char *path)
{
    const struct adding *const adding = user;
    struct sd_lexicons *const lexicons = adding->lexicons;
    char *const kept = lexicons->count < SD_MAX_LEXICONS ? strdup(path) : NULL;
    const int status = kept ? linnet_add_lexicon(adding->engine, path) : LINNET_ERR_MEMORY;
    if (status != LINNET_OK)
        sd_log(adding->log, SD_LOG_WARNING, "lexicon: %s", kept ? linnet_error(adding->engine) : "too many of them");
    if (status == LINNET_OK || status == LINNET_ERR_SYNTAX)
        lexicons->paths[lexicons->count++] = kept;
    else
        free(kept);
    return 0;
}

void sd_lexicons_add(struct sd_lexicons *lexicons, linnet_engine *engine, const char *language,
                     const struct sd_config *config, struct sd_log *log)
{
    struct adding adding = {lexicons, engine, log};
    linnet_user_lexicons(language, add, &adding);
    for (size_t i = 0; i < config->n_lexicons; i++)
        add(&adding, config->lexicons[i]);
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
