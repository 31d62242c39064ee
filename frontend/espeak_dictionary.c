/* The form of espeak-ng's compiled dictionaries, as far as it tells damage. See espeak_dictionary.h.
 *
 * A dictionary XX_dict has two little-endian numbers of 32 bits, 1024 and where the rules begin; then 1024 lists of
 * words, each entry led by its length, each list closed by a zero; then the rules, which begin with a 6 and close with
 * 7, 0. */
#include "espeak_dictionary.h"

#include "base/alloc.h"
#include "linnet.h"
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MAX_PATH 1024
#define MAX_DICTIONARY ((size_t)64 << 20) /* bytes */
#define N_LISTS 1024
#define HEAD 8
#define RULE_GROUP_START 6
#define RULE_GROUP_END 7

/* The dictionary's name: the voice's "dictionary", or else its first "language" up to a hyphen. */
static bool read_name(FILE *voice, char name[64])
{
    char line[256], found[64];
    name[0] = '\0';
    while (fgets(line, sizeof line, voice)) {
        if (sscanf(line, "dictionary %63s", found) == 1) {
            strcpy(name, found);
            break;
        }
        if (!name[0] && sscanf(line, "language %63s", found) == 1)
            strcpy(name, found);
    }
    name[strcspn(name, "-")] = '\0';
    return name[0];
}

static bool find_name(const char *home, const char *identifier, char name[64])
{
    static const char *const folders[] = {"lang", "voices"};
    const int length = (int)strcspn(identifier, "+");
    char path[MAX_PATH];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const int size = snprintf(path, sizeof path, "%s/%s/%.*s", home, folders[i], length, identifier);
        FILE *const voice = size < (int)sizeof path ? fopen(path, "re") : NULL;
        if (!voice)
            continue;
        const bool found = read_name(voice, name);
        fclose(voice);
        return found;
    }
    return false;
}

static uint32_t number(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool is_whole(const uint8_t *data, size_t size)
{
    if (size < HEAD + N_LISTS + 3 || number(data) != N_LISTS)
        return false;
    const size_t rules = number(data + 4);
    if (rules < HEAD + N_LISTS || rules > size - 3)
        return false;
    size_t at = HEAD;
    for (size_t list = 0; list < N_LISTS; at += at < rules && data[at] ? data[at] : 1) {
        if (at >= rules)
            return false;
        list += data[at] == 0;
    }
    return at == rules && data[rules] == RULE_GROUP_START && data[size - 2] == RULE_GROUP_END && data[size - 1] == 0;
}

/* The whole file, to be freed; NULL with errno. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "re");
    if (!file)
        return NULL;
    uint8_t *data = NULL;
    errno = EIO;
    const long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (end >= 0 && (size_t)end <= MAX_DICTIONARY && fseek(file, 0, SEEK_SET) == 0)
        data = base_alloc((size_t)end + 1, 1);
    *size = data ? fread(data, 1, (size_t)end, file) : 0;
    fclose(file);
    return data;
}

static int check(const char *home, const char *name, bool needed, struct base_error *err)
{
    char path[MAX_PATH];
    size_t size;
    if (snprintf(path, sizeof path, "%s/%s_dict", home, name) >= (int)sizeof path)
        return LINNET_OK;
    uint8_t *const data = read_file(path, &size);
    if (!data)
        return !needed ? LINNET_OK
                       : base_fail(err, LINNET_ERR_ESPEAK, "espeak-ng: its dictionary can't be read: %s: %s", path,
                                   strerror(errno));
    const bool whole = is_whole(data, size);
    base_free(data);
    return whole ? LINNET_OK : base_fail(err, LINNET_ERR_ESPEAK, "espeak-ng: its dictionary is damaged: %s", path);
}

int fe_espeak_dictionary_guess(const char *home, const char *voice, struct base_error *err)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(voice, "-+"), voice);
    return check(home, name, false, err);
}

int fe_espeak_dictionary_check(const char *home, const char *identifier, struct base_error *err)
{
    char name[64];
    return find_name(home, identifier, name) ? check(home, name, true, err) : LINNET_OK;
}
