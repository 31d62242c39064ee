/* Which voices there are. */
#include "server/sv_catalogue.h"
#include "server/sv_log.h"

#include "linnet.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What clients of OpenAI's API offer their users. */
static const char *const openai_names[] = {"alloy", "ash",  "ballad", "cedar", "coral",   "echo", "fable",
                                           "marin", "nova", "onyx",   "sage",  "shimmer", "verse"};

static char *copy(const char *text)
{
    return strdup(text ? text : "");
}

static char *id_of(const char *path)
{
    const char *const slash = strrchr(path, '/');
    char *const id = copy(slash ? slash + 1 : path);
    const size_t n = id ? strlen(id) : 0;
    if (n > 5 && !strcmp(id + n - 5, ".gguf"))
        id[n - 5] = 0;
    return id;
}

static int add(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    struct sv_catalogue *const all = user;
    if (!info) {
        sv_log("%s: can't be used: %s", path, error);
        return 0;
    }
    struct sv_voice *const grown = realloc(all->voices, (all->n_voices + 1) * sizeof *grown);
    if (!grown)
        return 1;
    all->voices = grown;
    struct sv_voice *const voice = &grown[all->n_voices];
    *voice = (struct sv_voice){.id = id_of(path),
                               .path = copy(path),
                               .name = copy(info->name),
                               .language = copy(info->language),
                               .gender = copy(info->gender),
                               .license = copy(info->license),
                               .description = copy(info->description),
                               .sample_rate = info->sample_rate};
    all->n_voices++;
    return voice->id && voice->path && voice->name && voice->language && voice->gender && voice->license &&
                   voice->description
               ? 0
               : 1;
}

/* The default voice is opened here: by name or path, as linnet_engine_open() finds it. */
static bool add_default(struct sv_catalogue *all, const char *voice)
{
    linnet_engine *engine;
    linnet_voice_info info;
    if (linnet_engine_open(&engine, voice, NULL) != LINNET_OK) {
        sv_log("%s", linnet_last_open_error());
        return false;
    }
    const bool added = linnet_voice(engine, &info) == LINNET_OK && add(all, info.path, &info, NULL) == 0;
    linnet_engine_close(&engine);
    return added;
}

static void free_voice(struct sv_voice *voice)
{
    free(voice->id);
    free(voice->path);
    free(voice->name);
    free(voice->language);
    free(voice->gender);
    free(voice->license);
    free(voice->description);
}

/* The default voice came first: when the search found it again, that is dropped. */
static void drop_double(struct sv_catalogue *all)
{
    size_t kept = 1;
    for (size_t i = 1; i < all->n_voices; i++) {
        if (strcmp(all->voices[i].id, all->voices[0].id))
            all->voices[kept++] = all->voices[i];
        else
            free_voice(&all->voices[i]);
    }
    all->n_voices = kept;
}

bool sv_catalogue_open(struct sv_catalogue *out, const char *voice)
{
    *out = (struct sv_catalogue){.n_voices = 0};
    if (!add_default(out, voice))
        return false;
    if (linnet_list_voices(add, out) != LINNET_OK) {
        sv_log("can't list the voices: out of memory");
        return false;
    }
    drop_double(out);
    return true;
}

void sv_catalogue_close(struct sv_catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->n_voices; i++)
        free_voice(&catalogue->voices[i]);
    free(catalogue->voices);
    *catalogue = (struct sv_catalogue){.n_voices = 0};
}

static bool is_openai_name(const char *wish)
{
    for (size_t i = 0; i < sizeof openai_names / sizeof *openai_names; i++)
        if (!strcasecmp(openai_names[i], wish))
            return true;
    return false;
}

const struct sv_voice *sv_catalogue_find(const struct sv_catalogue *catalogue, const char *wish)
{
    const struct sv_voice *best = NULL;
    int most = 0;
    if (!wish || !*wish || is_openai_name(wish))
        return &catalogue->voices[0];
    for (size_t i = 0; i < catalogue->n_voices; i++) {
        const struct sv_voice *const voice = &catalogue->voices[i];
        const linnet_voice_info info = {
            .path = voice->path, .name = voice->name, .language = voice->language, .gender = voice->gender};
        const int fits = linnet_voice_fits(&info, wish);
        if (fits > most) {
            best = voice;
            most = fits;
        }
    }
    return best;
}
