/* Voices and the choice among them. */
#include "speechd/sd_voices.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_OPEN 3 /* a voice in use takes 10 to 20 MB */

/* ---- the list ------------------------------------------------------------------------------------------------- */

static char *copy(const char *text)
{
    return strdup(text ? text : "");
}

/* What a table of voices can't hold: columns are divided by tabs. */
static bool plain_name(const char *name)
{
    return name && *name && !strpbrk(name, "\t\r\n");
}

static int add_voice(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    struct sd_voices *const voices = user;
    if (!info || !plain_name(info->name) || !info->language || strpbrk(info->language, "\t\r\n")) {
        sd_log(voices->log, SD_LOG_ERROR, "voice skipped: %s", info ? path : error);
        return 0;
    }
    struct sd_voice *const items = realloc(voices->items, (voices->count + 1) * sizeof *items);
    if (!items)
        return -1;
    voices->items = items;
    struct sd_voice *const voice = &items[voices->count];
    *voice = (struct sd_voice){
        .name = copy(info->name), .language = copy(info->language), .gender = copy(info->gender), .path = copy(path)};
    voices->count++; /* what copy() failed to make is freed with the list */
    return voice->name && voice->language && voice->gender && voice->path ? 0 : -1;
}

int sd_voice_fits(const struct sd_voice *voice, const char *wish)
{
    const linnet_voice_info info = {
        .path = voice->path, .name = voice->name, .language = voice->language, .gender = voice->gender};
    return linnet_voice_fits(&info, wish);
}

/* What it is called, not what it is. */
static struct sd_voice *find_voice(const struct sd_voices *voices, const char *name)
{
    for (size_t i = 0; i < voices->count; i++)
        if (sd_voice_fits(&voices->items[i], name) >= LINNET_FITS_BY_NAME)
            return &voices->items[i];
    return NULL;
}

static void choose_usual(struct sd_voices *voices, const char *wanted)
{
    voices->usual = find_voice(voices, *wanted ? wanted : "linnet-en");
    if (!voices->usual && *wanted)
        sd_log(voices->log, SD_LOG_ERROR, "there is no voice \"%s\"", wanted);
    if (!voices->usual)
        voices->usual = &voices->items[0];
}

bool sd_voices_open(struct sd_voices *voices, const struct sd_config *config, struct sd_log *log, const char **why)
{
    *voices = (struct sd_voices){.log = log, .config = config};
    const int status = linnet_list_voices(add_voice, voices);
    *why = status != LINNET_OK ? linnet_status_text(LINNET_ERR_MEMORY) : "no usable voice is installed";
    if (status != LINNET_OK || voices->count == 0)
        return false;
    choose_usual(voices, config->voice);
    return true;
}

static void close_engine(struct sd_voice *voice)
{
    linnet_engine_close(&voice->engine);
    sd_lexicons_clear(&voice->lexicons);
}

void sd_voices_close(struct sd_voices *voices)
{
    for (size_t i = 0; i < voices->count; i++) {
        struct sd_voice *const voice = &voices->items[i];
        close_engine(voice);
        free(voice->name);
        free(voice->language);
        free(voice->gender);
        free(voice->path);
    }
    free(voices->items);
    *voices = (struct sd_voices){.count = 0};
}

/* ---- the choice ----------------------------------------------------------------------------------------------- */

/* Which gender a type asks for, the how-many-th voice of it, and what makes the first one pass for it. */
static const struct {
    const char *gender;
    size_t number;
    double semitones;
} types[] = {
    [SD_MALE1] = {"male", 0, 0},      [SD_MALE2] = {"male", 1, -2},         [SD_MALE3] = {"male", 2, 2},
    [SD_FEMALE1] = {"female", 0, 0},  [SD_FEMALE2] = {"female", 1, -2},     [SD_FEMALE3] = {"female", 2, 2},
    [SD_CHILD_MALE] = {"male", 0, 6}, [SD_CHILD_FEMALE] = {"female", 0, 4},
};
#define BETWEEN_GENDERS 5 /* semitones that a woman's voice is moved for a man's, and the other way */

/* The `number`-th voice of those that speak the language as well as `fluency` says; gender "" is any. The default
 * voice comes first. */
static struct sd_voice *nth_voice(struct sd_voices *voices, const char *language, int fluency, const char *gender,
                                  size_t number)
{
    for (size_t i = 0; i <= voices->count; i++) {
        struct sd_voice *const voice = i == 0 ? voices->usual : &voices->items[i - 1];
        if ((i > 0 && voice == voices->usual) || voice->broken || sd_voice_fits(voice, language) < fluency)
            continue;
        if ((*gender == '\0' || strcmp(voice->gender, gender) == 0) && number-- == 0)
            return voice;
    }
    return NULL;
}

static int best_fluency(const struct sd_voices *voices, const char *language)
{
    int best = 0;
    for (size_t i = 0; i < voices->count; i++) {
        const int speaks = voices->items[i].broken ? 0 : sd_voice_fits(&voices->items[i], language);
        best = speaks > best ? speaks : best;
    }
    return best;
}

struct sd_voice *sd_voices_choose(struct sd_voices *voices, const struct sd_params *params, double *semitones)
{
    struct sd_voice *const named = *params->voice ? find_voice(voices, params->voice) : NULL;
    *semitones = 0;
    if (named && !named->broken)
        return named;
    const int fluency = best_fluency(voices, params->language), type = params->voice_type;
    const char *const gender = types[type].gender;
    struct sd_voice *const first = nth_voice(voices, params->language, fluency, "", 0);
    if (!first || type == SD_MALE1) /* what the server sends when nobody has chosen */
        return first ? first : voices->usual;
    struct sd_voice *const exact = nth_voice(voices, params->language, fluency, gender, types[type].number);
    struct sd_voice *const same = nth_voice(voices, params->language, fluency, gender, 0);
    *semitones = exact && types[type].number > 0 ? 0 : types[type].semitones;
    if (!same)
        *semitones += strcmp(gender, "male") == 0 ? -BETWEEN_GENDERS : BETWEEN_GENDERS;
    return exact ? exact : same ? same : first;
}

/* ---- engines -------------------------------------------------------------------------------------------------- */

static void make_room(struct sd_voices *voices)
{
    struct sd_voice *oldest = NULL;
    size_t n_open = 0;
    for (size_t i = 0; i < voices->count; i++) {
        struct sd_voice *const voice = &voices->items[i];
        if (!voice->engine)
            continue;
        n_open++;
        if (!oldest || voice->used < oldest->used)
            oldest = voice;
    }
    if (n_open >= MAX_OPEN)
        close_engine(oldest);
}

/* What the configuration and the user want of every voice. */
static void set_up(const struct sd_voices *voices, struct sd_voice *voice)
{
    for (int i = 0; i < 3; i++) {
        const char *const characters = voices->config->punctuation[i];
        if (*characters && linnet_set_punctuation(voice->engine, LINNET_PUNCTUATION_SOME + i, characters) != LINNET_OK)
            sd_log(voices->log, SD_LOG_WARNING, "punctuation \"%s\": %s", characters, linnet_error(voice->engine));
    }
    sd_lexicons_add(&voice->lexicons, voice->engine, voice->language, voices->config, voices->log);
}

linnet_engine *sd_voices_engine(struct sd_voices *voices, struct sd_voice *voice)
{
    voice->used = ++voices->clock;
    if (voice->engine || voice->broken)
        return voice->engine;
    make_room(voices);
    const char *why = NULL;
    if (linnet_engine_open(&voice->engine, voice->path, NULL) != LINNET_OK)
        why = linnet_last_open_error();
    else if (linnet_pace(voice->engine, &voice->pace) != LINNET_OK)
        why = linnet_error(voice->engine);
    if (!why) {
        set_up(voices, voice);
        return voice->engine;
    }
    sd_log(voices->log, SD_LOG_ERROR, "voice skipped: %s", why);
    close_engine(voice);
    voice->broken = true;
    return NULL;
}
