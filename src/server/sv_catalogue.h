/* The voices that the server has, found once at its start. Read-only afterwards: any thread. */
#ifndef LINNET_SV_CATALOGUE_H
#define LINNET_SV_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

struct sv_voice {
    char *id; /* the file's name without ".gguf": what requests call it */
    char *path;
    char *name, *language, *gender, *license, *description;
    int sample_rate;
};

struct sv_catalogue {
    struct sv_voice *voices; /* [n_voices], the default one first */
    size_t n_voices;
};

/* `voice` (NULL: "linnet-en") is the default one, a name or a path. false: it can't be found; said in the log. */
bool sv_catalogue_open(struct sv_catalogue *out, const char *voice);
void sv_catalogue_close(struct sv_catalogue *catalogue);

/* A voice by its id, by what it is (linnet_voice_fits), or by one of the names that clients of OpenAI's API send
 * ("alloy" ...), which are the default voice; NULL or "": that, too. NULL: there is none. */
const struct sv_voice *sv_catalogue_find(const struct sv_catalogue *catalogue, const char *wish);

#endif
