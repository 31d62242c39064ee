/* The dictionaries of a voice: the user's own for its language, then those of the configuration. The library reads a
 * changed file again by itself; the stamp tells the cache. */
#ifndef LINNET_SD_LEXICON_H
#define LINNET_SD_LEXICON_H

#include "linnet.h"
#include "speechd/sd_config.h"
#include "speechd/sd_log.h"
#include <stdint.h>

#define SD_MAX_LEXICONS 16 /* what the library takes */

struct sd_lexicons {
    char *paths[SD_MAX_LEXICONS]; /* [count] */
    size_t count;
};

/* Adds the user's own (linnet_user_lexicons()) and those of the configuration. What is wrong with one is a line in the
 * log. */
void sd_lexicons_add(struct sd_lexicons *lexicons, linnet_engine *engine, const char *language,
                     const struct sd_config *config, struct sd_log *log);
void sd_lexicons_clear(struct sd_lexicons *lexicons);

/* Differs when a file has changed. */
uint64_t sd_lexicons_stamp(const struct sd_lexicons *lexicons);

#endif
