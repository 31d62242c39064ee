/* Reads recordings for the library. See recordings.h. */
#include "cli/recordings.h"
#include "audio/sound_file.h"
#include "cli/report.h"

#include <stdio.h>
#include <string.h>

#define MAX_PATH 4096

static int load(void *user, const char *path, int sample_rate, float **samples, size_t *n_samples)
{
    const struct options *const options = user;
    struct base_error err = {""};
    const int status = sound_read(path, sample_rate, samples, n_samples, &err);
    if (status != LINNET_OK && !options->quiet)
        report_warning("%s", err.text);
    return status;
}

int recordings_allow(linnet_engine *engine, const struct options *options, const char *path)
{
    const char *const slash = path ? strrchr(path, '/') : NULL;
    char folder[MAX_PATH];
    if (slash && (size_t)(slash - path) + 2 > sizeof folder)
        return report_failure("%s: the path is too long", path);
    if (slash)
        snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    void *const user = (void *)options; /* only read */
    if (linnet_set_files(engine, slash ? folder : NULL, options->allow_audio ? load : NULL, user) != LINNET_OK)
        return report_failure("%s", linnet_error(engine));
    return 0;
}
