/* A file that appears under its name only when it is whole: written beside the target under a hidden name, renamed at
 * the end. A crash or a kill leaves the old file, or none, under the name. */
#define _XOPEN_SOURCE 700 /* realpath(): glibc counts it among the X/Open extensions */

#include "audio/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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
static int open_beside(struct sink_part *part, const char *path, struct sink_error *err)
{
    const char *const slash = strrchr(part->final_path, '/');
    const size_t folder = slash ? (size_t)(slash - part->final_path) + 1 : 0;
    const size_t size = folder + 64;
    part->temp_path = malloc(size);
    if (!part->temp_path)
        return sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
        snprintf(part->temp_path, size, "%.*s.linnet-%ld-%d.part", (int)folder, part->final_path, (long)getpid(), i);
        part->fd = open(part->temp_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (part->fd >= 0 || errno != EEXIST)
            break;
    }
    if (part->fd >= 0)
        return LINNET_OK;
    free(part->temp_path); /* never made: nothing to remove */
    part->temp_path = NULL;
    return sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(errno));
}

int sink_part_open(struct sink_part *part, const char *path, struct sink_error *err)
{
    *part = (struct sink_part){.fd = -1};
    if (strlen(path) >= PATH_MAX)
        return sink_fail(err, LINNET_ERR_IO, "%.60s...: can't write: %s", path, strerror(ENAMETOOLONG));
    part->final_path = resolve(path);
    if (!part->final_path)
        return sink_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    struct stat info;
    const bool exists = stat(part->final_path, &info) == 0;
    int status = LINNET_OK;
    if (exists && S_ISDIR(info.st_mode)) {
        status = sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(EISDIR));
    } else if (exists && !S_ISREG(info.st_mode)) {
        part->fd = open(part->final_path, O_WRONLY | O_CLOEXEC);
        if (part->fd < 0)
            status = sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(errno));
    } else {
        status = open_beside(part, path, err);
    }
    if (status != LINNET_OK)
        sink_part_discard(part);
    return status;
}

int sink_part_commit(struct sink_part *part, struct sink_error *err)
{
    int status = LINNET_OK;
    const int fd = part->fd;
    part->fd = -1;
    if (close(fd) != 0)
        status = sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", part->final_path, strerror(errno));
    else if (part->temp_path && rename(part->temp_path, part->final_path) != 0)
        status = sink_fail(err, LINNET_ERR_IO, "%s: can't rename to it: %s", part->final_path, strerror(errno));
    if (status == LINNET_OK) {
        free(part->temp_path);
        part->temp_path = NULL;
    }
    sink_part_discard(part);
    return status;
}

void sink_part_discard(struct sink_part *part)
{
    if (part->fd >= 0)
        close(part->fd);
    if (part->temp_path)
        unlink(part->temp_path);
    free(part->temp_path);
    free(part->final_path);
    *part = (struct sink_part){.fd = -1};
}

int sink_write_fd(int fd, const void *data, size_t size, const char *what, struct sink_error *err)
{
    const char *from = data;
    while (size > 0) {
        const ssize_t n = write(fd, from, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return sink_fail(err, LINNET_ERR_IO, "%s: can't write: %s", what,
                             errno == EPIPE ? "its reader has closed it" : strerror(errno));
        from += n;
        size -= (size_t)n;
    }
    return LINNET_OK;
}
