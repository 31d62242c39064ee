/* espeak-ng's voice files, see espeak_voice.h. */
#include "espeak_voice.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MAX_PATH 1024

static bool exists(const char *home, const char *folder, const char *name)
{
    char path[MAX_PATH];
    return snprintf(path, sizeof path, "%s/%s/%s", home, folder, name) < (int)sizeof path && access(path, R_OK) == 0;
}

/* Counts the files of this name in a family of languages, and keeps the last one's identifier. */
static int look_in_family(const char *home, const char *family, const char *name, char identifier[FE_ESPEAK_IDENTIFIER])
{
    char path[MAX_PATH];
    int found = 0;
    DIR *const folder =
        snprintf(path, sizeof path, "%s/lang/%s", home, family) < (int)sizeof path ? opendir(path) : NULL;
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcasecmp(entry->d_name, name) == 0 &&
            snprintf(identifier, FE_ESPEAK_IDENTIFIER, "%s/%s", family, entry->d_name) < FE_ESPEAK_IDENTIFIER)
            found++;
    if (folder)
        closedir(folder);
    return found;
}

bool fe_espeak_voice_file(const char *home, const char *name, char identifier[FE_ESPEAK_IDENTIFIER])
{
    char path[MAX_PATH];
    int found = 0;
    if (exists(home, "voices", name) || exists(home, "lang", name))
        return false;
    DIR *const families = snprintf(path, sizeof path, "%s/lang", home) < (int)sizeof path ? opendir(path) : NULL;
    for (const struct dirent *entry; families && (entry = readdir(families));)
        if (entry->d_name[0] != '.')
            found += look_in_family(home, entry->d_name, name, identifier);
    if (families)
        closedir(families);
    return found == 1;
}
