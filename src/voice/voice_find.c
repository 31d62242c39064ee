/* Search path of voices, see voice_find.h. */
#include "voice/voice_find.h"

#include "base/alloc.h"
#include "base/user_folder.h"
#include "linnet.h"
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef LINNET_DATADIR
#define LINNET_DATADIR "/usr/local/share/linnet"
#endif

#define SUFFIX ".gguf"
#define NOWHERE_ELSE "-" /* in LINNET_VOICE_PATH: the search ends here */
#define MAX_PATH_BYTES 4096

/* Walks the folders in order of precedence. */
struct folders {
    const char *listed; /* the rest of LINNET_VOICE_PATH */
    int fixed;          /* how many of the fixed folders have been given */
};

static struct folders first_folder(void)
{
    const char *const listed = getenv("LINNET_VOICE_PATH");
    return (struct folders){.listed = listed ? listed : ""};
}

static bool fits(int length, size_t size)
{
    return length >= 0 && (size_t)length < size;
}

static bool data_home(char *folder, size_t size)
{
    return base_user_folder(folder, size, "XDG_DATA_HOME", ".local/share", "linnet/voices");
}

/* "FOLDER/relative", FOLDER the path cut at its byte `end`. */
static bool join(char *folder, size_t size, const char *path, const char *end, const char *relative)
{
    return fits(snprintf(folder, size, "%.*s/%s", (int)(end - path), path, relative), size);
}

/* The path of the running program, links resolved. */
static bool program_path(char *path, size_t size)
{
    const ssize_t n = readlink("/proc/self/exe", path, size - 1);
    path[n > 0 ? n : 0] = '\0';
    return n > 0 && (size_t)n < size - 1;
}

/* The voices of the checkout in whose build folder the program lies. */
static bool checkout_voices(char *folder, size_t size)
{
    char path[MAX_PATH_BYTES];
    const char *const build = program_path(path, sizeof path) ? strstr(path, "/build/") : NULL;
    return build && join(folder, size, path, build, "voices");
}

/* Beside the program: FOLDER/bin/PROGRAM has FOLDER/`relative`. */
static bool beside_program(char *folder, size_t size, const char *relative)
{
    char path[MAX_PATH_BYTES];
    if (!program_path(path, sizeof path))
        return false;
    char *const program = strrchr(path, '/');
    *program = '\0';
    const char *const bin = strrchr(path, '/');
    return bin && join(folder, size, path, bin, relative);
}

/* Writes the next folder and returns true; false after the last. Folders that are too long or unset are passed over.
 * The current folder comes last: what lies there by chance mustn't get in front of what is installed. */
static bool next_folder(struct folders *state, char *folder, size_t size)
{
    while (state->listed[0]) {
        const size_t length = strcspn(state->listed, ":");
        const bool usable = length > 0 && length < size;
        if (usable) {
            memcpy(folder, state->listed, length);
            folder[length] = '\0';
        }
        state->listed += length + (state->listed[length] == ':');
        if (usable && !strcmp(folder, NOWHERE_ELSE))
            return false;
        if (usable)
            return true;
    }
    for (;;) {
        bool usable;
        switch (state->fixed++) {
        case 0: usable = checkout_voices(folder, size); break;
        case 1: usable = beside_program(folder, size, "voices"); break;
        case 2: usable = data_home(folder, size); break;
        case 3: usable = beside_program(folder, size, "share/linnet/voices"); break;
        case 4: usable = fits(snprintf(folder, size, "%s/voices", LINNET_DATADIR), size); break;
        case 5: usable = fits(snprintf(folder, size, "./voices"), size); break;
        default: return false;
        }
        if (usable)
            return true;
    }
}

static bool has_suffix(const char *text)
{
    const size_t length = strlen(text), suffix = strlen(SUFFIX);
    return length >= suffix && strcmp(text + length - suffix, SUFFIX) == 0;
}

static int not_found(const char *voice, struct base_error *err)
{
    char searched[320] = "", folder[MAX_PATH_BYTES];
    size_t used = 0;
    struct folders state = first_folder();
    while (next_folder(&state, folder, sizeof folder) && used < sizeof searched) {
        const int length = snprintf(searched + used, sizeof searched - used, "%s%s", used ? ", " : "", folder);
        used += length > 0 ? (size_t)length : 0;
    }
    return base_fail(err, LINNET_ERR_NOT_FOUND, "cannot find voice: %.64s: no %.64s%s in %s", voice, voice, SUFFIX,
                     searched);
}

int voice_find(char *path, size_t size, const char *voice, struct base_error *err)
{
    if (!voice)
        voice = VOICE_DEFAULT_NAME;
    if (voice[0] == '\0')
        return base_fail(err, LINNET_ERR_ARGUMENT, "cannot find voice: the name is empty");
    if (strchr(voice, '/') || has_suffix(voice)) {
        if (!fits(snprintf(path, size, "%s", voice), size))
            return base_fail(err, LINNET_ERR_ARGUMENT, "cannot find voice: the path is longer than %zu bytes",
                             size - 1);
        return LINNET_OK;
    }
    char folder[MAX_PATH_BYTES];
    struct folders state = first_folder();
    while (next_folder(&state, folder, sizeof folder))
        if (fits(snprintf(path, size, "%s/%s%s", folder, voice, SUFFIX), size) && access(path, R_OK) == 0)
            return LINNET_OK;
    return not_found(voice, err);
}

/* ---- listing ---- */

static bool list_has(const struct voice_list *list, const char *name, size_t length)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->entries[i].name) == length && memcmp(list->entries[i].name, name, length) == 0)
            return true;
    return false;
}

static int add_entry(struct voice_list *list, const char *folder, const char *file_name)
{
    const size_t name_length = strlen(file_name) - strlen(SUFFIX);
    const size_t path_size = strlen(folder) + 1 + strlen(file_name) + 1;
    if (list_has(list, file_name, name_length))
        return LINNET_OK;
    struct voice_entry *const entries = base_resize(list->entries, list->count, list->count + 1, sizeof *entries);
    if (!entries)
        return LINNET_ERR_MEMORY;
    list->entries = entries;
    struct voice_entry *const entry = &entries[list->count++];
    entry->name = base_alloc(name_length + 1, 1);
    entry->path = base_alloc(path_size, 1);
    if (!entry->name || !entry->path)
        return LINNET_ERR_MEMORY;
    memcpy(entry->name, file_name, name_length);
    snprintf(entry->path, path_size, "%s/%s", folder, file_name);
    return LINNET_OK;
}

static int list_folder(struct voice_list *list, const char *folder)
{
    DIR *const directory = opendir(folder);
    if (!directory)
        return LINNET_OK;
    int status = LINNET_OK;
    for (const struct dirent *item; status == LINNET_OK && (item = readdir(directory)) != NULL;)
        if (strlen(item->d_name) > strlen(SUFFIX) && has_suffix(item->d_name))
            status = add_entry(list, folder, item->d_name);
    closedir(directory);
    return status;
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct voice_entry *)a)->name, ((const struct voice_entry *)b)->name);
}

int voice_list_all(struct voice_list *list, struct base_error *err)
{
    *list = (struct voice_list){0};
    char folder[MAX_PATH_BYTES];
    struct folders state = first_folder();
    while (next_folder(&state, folder, sizeof folder))
        if (list_folder(list, folder) != LINNET_OK)
            return base_fail(err, LINNET_ERR_MEMORY, "cannot list voices: %.200s: out of memory", folder);
    if (list->count > 1)
        qsort(list->entries, list->count, sizeof *list->entries, compare_entries);
    return LINNET_OK;
}

void voice_list_free(struct voice_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        base_free(list->entries[i].name);
        base_free(list->entries[i].path);
    }
    base_free(list->entries);
    *list = (struct voice_list){0};
}
