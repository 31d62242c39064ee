/* A file that appears under its name only when it is whole: written beside the target under a hidden name, renamed at
 * the end. A crash or a kill leaves the old file, or none, under the name. */
#define _XOPEN_SOURCE 700 /* realpath(): glibc counts it among the X/Open extensions */

#include "audio/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_ATTEMPTS 100

/* The target without symbolic links, so that a link stays one and its file is replaced. */
static char *resolve(const char *path)
{
    char *const real = realpath(path, NULL);
    return real ? real : strdup(path);
}

/* Makes DIR/.linnet-PID-N.part with the umask's permissions. */
static int open_beside(struct whole_file *file, const char *path, struct base_error *err)
{
    const char *const slash = strrchr(file->final_path, '/');
    const size_t folder = slash ? (size_t)(slash - file->final_path) + 1 : 0;
    const size_t size = folder + 64;
    file->temp_path = malloc(size);
    if (!file->temp_path)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
        snprintf(file->temp_path, size, "%.*s.linnet-%ld-%d.part", (int)folder, file->final_path, (long)getpid(), i);
        file->fd = open(file->temp_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->fd >= 0 || errno != EEXIST)
            break;
    }
    if (file->fd >= 0)
        return LINNET_OK;
    free(file->temp_path); /* never made: nothing to remove */
    file->temp_path = NULL;
    return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(errno));
}

int whole_file_open(struct whole_file *file, const char *path, struct base_error *err)
{
    *file = (struct whole_file){.fd = -1};
    if (strlen(path) >= PATH_MAX)
        return base_fail(err, LINNET_ERR_IO, "%.60s...: can't write: %s", path, strerror(ENAMETOOLONG));
    file->final_path = resolve(path);
    if (!file->final_path)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    struct stat info;
    const bool exists = stat(file->final_path, &info) == 0;
    int status = LINNET_OK;
    if (exists && S_ISDIR(info.st_mode)) {
        status = base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(EISDIR));
    } else if (exists && !S_ISREG(info.st_mode)) {
        file->fd = open(file->final_path, O_WRONLY | O_CLOEXEC);
        if (file->fd < 0)
            status = base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(errno));
    } else {
        status = open_beside(file, path, err);
    }
    if (status != LINNET_OK)
        whole_file_discard(file);
    return status;
}

int whole_file_commit(struct whole_file *file, struct base_error *err)
{
    int status = LINNET_OK;
    const int fd = file->fd;
    file->fd = -1;
    if (close(fd) != 0)
        status = base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", file->final_path, strerror(errno));
    else if (file->temp_path && rename(file->temp_path, file->final_path) != 0)
        status = base_fail(err, LINNET_ERR_IO, "%s: can't rename to it: %s", file->final_path, strerror(errno));
    if (status == LINNET_OK) {
        free(file->temp_path);
        file->temp_path = NULL;
    }
    whole_file_discard(file);
    return status;
}

void whole_file_discard(struct whole_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->temp_path)
        unlink(file->temp_path);
    free(file->temp_path);
    free(file->final_path);
    *file = (struct whole_file){.fd = -1};
}
