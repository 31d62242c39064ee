/* The user's own dictionaries, found by their names. */
#include "engine/user_lexicons.h"

#include "base/user_folder.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_NAME 256
#define MAX_PATH 4096

/* lexicon-LANGUAGE.txt for the first n characters of the language, if there is one. */
static int report(const char *language, size_t n, linnet_path_callback callback, void *user)
{
    char name[MAX_NAME], path[MAX_PATH];
    const int length = snprintf(name, sizeof name, "linnet/lexicon-%.*s.txt", (int)n, language);
    const bool found = length > 0 && (size_t)length < sizeof name &&
                       base_user_folder(path, sizeof path, "XDG_CONFIG_HOME", ".config", name) &&
                       access(path, R_OK) == 0;
    return found ? callback(user, path) : 0;
}

int user_lexicons(const char *language, linnet_path_callback callback, void *user)
{
    const size_t whole = strlen(language), part = strcspn(language, "-_");
    if (whole >= MAX_NAME || strchr(language, '/'))
        return LINNET_OK;
    const int stop = report(language, part, callback, user);
    return stop == 0 && part < whole ? report(language, whole, callback, user) : stop;
}
