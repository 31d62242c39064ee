/* Adds dictionaries and tells what is wrong with them. */
#include "cli/dictionaries.h"
#include "cli/report.h"

struct adding {
    linnet_engine *engine;
    const struct options *options;
};

static int add(void *user, const char *path)
{
    const struct adding *const adding = user;
    const int status = linnet_add_lexicon(adding->engine, path);
    if (status == LINNET_OK)
        return 0;
    if (status != LINNET_ERR_SYNTAX)
        return report_failure("--lexicon: %s", linnet_error(adding->engine));
    if (!adding->options->quiet)
        report_warning("%s", linnet_error(adding->engine));
    return 0;
}

int dictionaries_add(linnet_engine *engine, const struct options *options)
{
    linnet_voice_info info;
    const int found = linnet_voice(engine, &info);
    if (found != LINNET_OK)
        return report_failure("voice: %s", linnet_status_text(found));
    struct adding adding = {engine, options};
    int status = linnet_user_lexicons(info.language, add, &adding);
    for (size_t i = 0; i < options->n_lexicons && status == 0; i++)
        status = add(&adding, options->lexicons[i]);
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
