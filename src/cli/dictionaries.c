/* Finds the user's dictionaries and tells what is wrong with them. */
#include "cli/dictionaries.h"
#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PATH 4096

static int add(linnet_engine *engine, const struct options *options, const char *path)
{
    const int status = linnet_add_lexicon(engine, path);
    if (status == LINNET_OK)
        return 0;
    if (status != LINNET_ERR_SYNTAX)
        return report_failure("--lexicon: %s", linnet_error(engine));
    if (!options->quiet)
        report_warning("%s", linnet_error(engine));
    return 0;
}

/* lexicon-LANGUAGE.txt for the first n characters of the language, if there is one. */
static int add_own(linnet_engine *engine, const struct options *options, const char *language, size_t n)
{
    const char *const config = getenv("XDG_CONFIG_HOME"), *const home = getenv("HOME");
    const bool set = config && *config == '/';
    char path[MAX_PATH];
    if (!set && !home)
        return 0;
    const int length = snprintf(path, sizeof path, "%s%s/linnet/lexicon-%.*s.txt", set ? config : home,
                                set ? "" : "/.config", (int)n, language);
    if (length < 0 || (size_t)length >= sizeof path || access(path, R_OK) != 0)
        return 0;
    return add(engine, options, path);
}

int dictionaries_add(linnet_engine *engine, const struct options *options)
{
    linnet_voice_info info;
    const int found = linnet_voice(engine, &info);
    if (found != LINNET_OK)
        return report_failure("voice: %s", linnet_status_text(found));
    const size_t whole = strlen(info.language), part = strcspn(info.language, "-_");
    int status = add_own(engine, options, info.language, part);
    if (status == 0 && part < whole)
        status = add_own(engine, options, info.language, whole);
    for (size_t i = 0; i < options->n_lexicons && status == 0; i++)
        status = add(engine, options, options->lexicons[i]);
    for (int level = 0; level <= LINNET_PUNCTUATION_ALL && status == 0; level++)
        if (options->punctuation_lists[level] &&
            linnet_set_punctuation(engine, level, options->punctuation_lists[level]) != LINNET_OK)
            status = report_failure("--punctuation: %s", linnet_error(engine));
    return status;
}

void dictionaries_check(const linnet_engine *engine, const struct options *options, bool *told)
{
    const char *const error = linnet_lexicon_error(engine);
    if (*error && !*told && !options->quiet)
        report_warning("%s", error);
    *told = *error != '\0';
}
