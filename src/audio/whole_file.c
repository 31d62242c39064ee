/* A file that appears under its name only when it is whole: written beside the target under a hidden name, renamed at
 * the end. A crash or a kill leaves the old file, or none, under the name; the hidden one goes when the next file is
 * written there. */
#define _DEFAULT_SOURCE /* flock(), and realpath(), which glibc counts among the X/Open extensions */

#include "audio/whole_file.h"

#include "linnet.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_ATTEMPTS 100
#define MAX_LINKS 40   /* one behind the other, as the kernel has it */
#define ABANDONED_S 60 /* a partial file that nobody locks is left alone for so long */

static int fail_errno(struct base_error *err, const char *path, int code)
{
    const size_t shown = 60;
    const bool cut = strlen(path) >= PATH_MAX;
    return base_fail(err, code == ENOMEM ? LINNET_ERR_MEMORY : LINNET_ERR_IO, "%.*s%s: can't write: %s",
                     cut ? (int)shown : PATH_MAX, path, cut ? "..." : "", strerror(code));
}

/* "folder of `link`/`target`", or the target when that is absolute. */
static char *join_link(const char *link, const char *target)
{
    const char *const slash = strrchr(link, '/');
    const size_t folder = *target != '/' && slash ? (size_t)(slash - link) + 1 : 0, size = strlen(target) + 1;
    char *const path = malloc(folder + size);
    if (path) {
        memcpy(path, link, folder);
        memcpy(path + folder, target, size);
    }
    return path;
}

/* The target without symbolic links, so that a link stays one and its file is replaced, or made where there is none.
 * NULL with errno. */
static char *resolve(const char *path)
{
    char target[PATH_MAX];
    struct stat info;
    char *place = realpath(path, NULL);
    if (place || errno != ENOENT)
        return place;
    place = strdup(path);
    for (int i = 0; place && i < MAX_LINKS; i++) {
        if (lstat(place, &info) != 0)
            break;
        const ssize_t n = S_ISLNK(info.st_mode) ? readlink(place, target, sizeof target - 1) : -1;
        if (n < 0)
            break;
        target[n] = '\0';
        char *const next = join_link(place, target);
        free(place);
        place = next;
    }
    return place;
}

/* Folder part of a path with its slash: how many bytes. */
static size_t folder_length(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* Removes a partial file whose writer was killed: old, ours, and locked by nobody. */
static void remove_abandoned(int folder, const char *name)
{
    struct stat info;
    const int fd = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
        time(NULL) - info.st_mtime > ABANDONED_S && flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlinkat(folder, name, 0);
    close(fd);
}

/* Whether a folder is to be looked through. Not for every file that is made in it, which would take the longer the more
 * there are: what is abandoned now is found as well when ABANDONED_S have passed. */
static bool is_due(int folder)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct {
        dev_t device;
        ino_t inode;
        time_t when;
    } seen[64]; /* by a folder's inode; another with the same place forgets it */
    struct stat info;
    const time_t now = time(NULL);
    if (fstat(folder, &info) != 0)
        return false;
    const size_t at = (size_t)(info.st_ino % 64);
    pthread_mutex_lock(&lock);
    const bool due =
        seen[at].device != info.st_dev || seen[at].inode != info.st_ino || now - seen[at].when > ABANDONED_S;
    if (due) {
        seen[at].device = info.st_dev;
        seen[at].inode = info.st_ino;
        seen[at].when = now;
    }
    pthread_mutex_unlock(&lock);
    return due;
}

/* What SIGKILL left behind in the target's folder. */
static void tidy_folder(const char *path)
{
    const size_t length = folder_length(path);
    char *const name = strndup(length ? path : ".", length ? length : 1);
    DIR *const folder = name ? opendir(name) : NULL;
    const struct dirent *entry;
    free(name);
    if (!folder)
        return;
    const bool due = is_due(dirfd(folder));
    while (due && (entry = readdir(folder))) {
        long pid;
        int number, end = 0;
        if (sscanf(entry->d_name, ".linnet-%ld-%d.part%n", &pid, &number, &end) == 2 && end && !entry->d_name[end])
            remove_abandoned(dirfd(folder), entry->d_name);
    }
    closedir(folder);
}

/* Makes DIR/.linnet-PID-N.part, with the permissions of the file that it replaces or else the umask's; locked while it
 * is written. */
static int open_beside(struct whole_file *file, const struct stat *replaced)
{
    const size_t folder = folder_length(file->final_path), size = folder + 64;
    file->temp_path = malloc(size);
    if (!file->temp_path)
        return ENOMEM;
    for (int i = 0; i < MAX_ATTEMPTS; i++) {
        snprintf(file->temp_path, size, "%.*s.linnet-%ld-%d.part", (int)folder, file->final_path, (long)getpid(), i);
        file->fd = open(file->temp_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, replaced ? 0600 : 0666);
        if (file->fd >= 0 || errno != EEXIST)
            break;
    }
    if (file->fd < 0) {
        const int code = errno;
        free(file->temp_path); /* never made: nothing to remove */
        file->temp_path = NULL;
        return code;
    }
    flock(file->fd, LOCK_EX | LOCK_NB); /* where there are no locks, time alone tells what is abandoned */
    if (replaced) {
        if (replaced->st_gid != getegid() && fchown(file->fd, (uid_t)-1, replaced->st_gid) != 0 &&
            replaced->st_mode & 070)
            return fchmod(file->fd, replaced->st_mode & 0707) == 0 ? 0 : errno; /* not for another group */
        return fchmod(file->fd, replaced->st_mode & 0777) == 0 ? 0 : errno;
    }
    return 0;
}

/* 0, or an errno. */
static int open_target(struct whole_file *file)
{
    struct stat info;
    const bool exists = stat(file->final_path, &info) == 0;
    if (!exists && errno != ENOENT) /* a name that can't be, a folder that can't be searched: now, not at the end */
        return errno;
    if (exists && S_ISDIR(info.st_mode))
        return EISDIR;
    if (exists && !S_ISREG(info.st_mode)) {
        file->fd = open(file->final_path, O_WRONLY | O_CLOEXEC);
        return file->fd < 0 ? errno : 0;
    }
    tidy_folder(file->final_path);
    return open_beside(file, exists ? &info : NULL);
}

int whole_file_open(struct whole_file *file, const char *path, struct base_error *err)
{
    *file = (struct whole_file){.fd = -1};
    if (strlen(path) >= PATH_MAX)
        return fail_errno(err, path, ENAMETOOLONG);
    file->final_path = resolve(path);
    const int code = file->final_path ? open_target(file) : errno;
    if (code == 0)
        return LINNET_OK;
    whole_file_discard(file);
    return fail_errno(err, path, code);
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
