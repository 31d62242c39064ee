/* Which voice speaks what. See cast.h. */
#include "engine/cast.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "engine/engine.h"
#include "engine/open.h"
#include "engine/voices.h"
#include "voice/voice_choose.h"
#include <string.h>
#include <strings.h>

#define MAX_OPEN 8 /* voices beside the engine's own */
#define MAX_WORD 64

void cast_free(struct cast *cast)
{
    for (size_t i = 0; i < cast->n_members; i++) {
        struct cast_member *const member = &cast->members[i];
        engine_close(&member->engine);
        base_free(member->path);
        base_free(member->name);
        base_free(member->language);
        base_free(member->gender);
    }
    base_free(cast->members);
    *cast = (struct cast){.members = NULL};
}

/* ---- what is installed ---- */

static char *copy(const char *text)
{
    const size_t size = text ? strlen(text) + 1 : 1;
    char *const made = base_alloc(size, 1);
    if (made && text)
        memcpy(made, text, size);
    return made;
}

static int add_member(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    linnet_engine *const engine = user;
    struct cast *const cast = &engine->cast;
    void *members = cast->members;
    (void)error;
    if (!info || info->sample_rate != (int)engine->meta->sample_rate || !strcmp(path, engine->path))
        return 0;
    if (!base_reserve(&members, &cast->capacity, cast->n_members, sizeof *cast->members))
        return -1;
    cast->members = members;
    struct cast_member *const member = &cast->members[cast->n_members++];
    *member = (struct cast_member){
        .path = copy(path), .name = copy(info->name), .language = copy(info->language), .gender = copy(info->gender)};
    return member->path && member->name && member->language && member->gender ? 0 : -1;
}

/* Without memory for the list there are no other voices. */
static void list_members(linnet_engine *engine)
{
    if (engine->cast.listed)
        return;
    if (voices_list(add_member, engine) != LINNET_OK)
        cast_free(&engine->cast);
    engine->cast.listed = true;
}

/* ---- choosing ---- */

static struct voice_traits traits_of(const linnet_engine *engine, size_t number)
{
    const struct cast_member *const member = number ? &engine->cast.members[number - 1] : NULL;
    if (!member)
        return (struct voice_traits){engine->path, engine->meta->name, engine->meta->language,
                                     engine->meta->gender ? engine->meta->gender : ""};
    return (struct voice_traits){member->path, member->name, member->language, member->gender};
}

/* Can be spoken with, after this. */
static bool is_open(linnet_engine *engine, size_t number)
{
    struct cast_member *const member = number ? &engine->cast.members[number - 1] : NULL;
    size_t n_open = 0;
    if (!member || member->engine)
        return true;
    for (size_t i = 0; i < engine->cast.n_members; i++)
        n_open += engine->cast.members[i].engine != NULL;
    if (member->broken || n_open == MAX_OPEN)
        return false;
    member->broken = engine_open(&member->engine, member->path, NULL, NULL) != LINNET_OK;
    return !member->broken;
}

/* How well voice `number` does for a name or language and a gender; 0: not. Of equals the one that speaks already is
 * the best, then the engine's own. */
static int rate(const linnet_engine *engine, size_t number, size_t current, const char *wish, const char *gender)
{
    const struct voice_traits traits = traits_of(engine, number);
    const bool broken = number && engine->cast.members[number - 1].broken;
    const int fits = broken ? 0 : voice_fits(&traits, wish);
    const bool has_gender = gender && !strcasecmp(gender, traits.gender);
    return fits ? 4 * fits + 16 * has_gender + 2 * (number == current) + (number == 0) : 0;
}

/* The best that can be opened, of at least `least`; false: there is none. */
static bool find_best(linnet_engine *engine, size_t current, const char *wish, const char *gender, int least,
                      size_t *found)
{
    for (;;) {
        int most = least - 1;
        size_t best = 0;
        for (size_t i = 0; i <= engine->cast.n_members; i++) {
            const int rated = rate(engine, i, current, wish, gender);
            if (rated > most) {
                best = i;
                most = rated;
            }
        }
        if (most < least)
            return false;
        *found = best;
        if (is_open(engine, best))
            return true;
        if (!engine->cast.members[best - 1].broken)
            return false; /* too many are open */
    }
}

/* The next word of a list into word[MAX_WORD], up to a colon; false: the end. */
static bool next_word(const char **list, char *word)
{
    *list += strspn(*list, " \t\r\n");
    const size_t size = strcspn(*list, " \t\r\n"), length = strcspn(*list, ": \t\r\n");
    if (!size)
        return false;
    const size_t kept = length < MAX_WORD ? length : 0; /* none is called so */
    memcpy(word, *list, kept);
    word[kept] = '\0';
    *list += size;
    return true;
}

/* The first of the words for which there is a voice. */
static bool find_first(linnet_engine *engine, size_t current, const char *list, const char *gender, int least,
                       size_t *found)
{
    char word[MAX_WORD];
    while (list && next_word(&list, word))
        if (*word && find_best(engine, current, word, gender, least, found))
            return true;
    return false;
}

static size_t choose_spoken(linnet_engine *engine, size_t current, const char *tag)
{
    char language[MAX_WORD];
    const size_t length = strcspn(tag, "-_");
    size_t found = current;
    if (length == 0 || length >= sizeof language)
        return current;
    memcpy(language, tag, length);
    language[length] = '\0';
    const struct voice_traits speaks = traits_of(engine, current);
    if (voice_fits(&speaks, language))
        return current;
    list_members(engine);
    (void)find_best(engine, current, tag, NULL, 1, &found);
    return found;
}

size_t cast_choose(linnet_engine *engine, size_t current, const struct voice_wish *wish)
{
    size_t found = current;
    if (wish->spoken)
        return choose_spoken(engine, current, wish->spoken);
    list_members(engine);
    if (find_first(engine, current, wish->names, NULL, 4 * LINNET_FITS_BY_NAME, &found) ||
        find_first(engine, current, wish->languages, wish->gender, 1, &found) || !wish->gender)
        return found;
    const struct voice_traits speaks = traits_of(engine, current); /* another speaker of the same language */
    size_t other;
    if (strcasecmp(speaks.gender, wish->gender) &&
        find_best(engine, current, speaks.language, wish->gender, 1, &other) &&
        !strcasecmp(traits_of(engine, other).gender, wish->gender))
        found = other;
    return found;
}
