/* The journal: "done KEY SAMPLES TIME OUTPUT", tabs between them; TIME in ns since 1970. Lines that aren't whole are
 * passed over; of those with one output, in whichever journal, the latest counts. */
#define _XOPEN_SOURCE 700 /* pwrite(), glob() */

#include "batch/bt_journal.h"

#include "linnet.h"
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_LINE 8192

struct bt_journal {
    char *path;
    int fd;
    struct done *done; /* [n], sorted */
    size_t n, capacity;
};

struct done {
    uint64_t output; /* hash of its name */
    uint64_t key, time;
};

static int by_output(const void *a, const void *b)
{
    const struct done *const x = a, *const y = b;
    return (x->output > y->output) - (x->output < y->output);
}

/* The latest first. */
static int compare(const void *a, const void *b)
{
    const struct done *const x = a, *const y = b;
    const int order = by_output(a, b);
    return order ? order : (x->time < y->time) - (x->time > y->time);
}

static uint64_t hash_of(const char *output, size_t size) /* FNV-1a */
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)output[i]) * 0x100000001B3u;
    return hash;
}

static bool keep(struct bt_journal *j, const struct done *done)
{
    if (j->n == j->capacity) {
        const size_t capacity = 2 * j->capacity + 1024;
        struct done *const grown = realloc(j->done, capacity * sizeof *grown);
        if (!grown)
            return false;
        j->done = grown;
        j->capacity = capacity;
    }
    j->done[j->n++] = *done;
    return true;
}

static bool read_one(struct bt_journal *j, const char *path)
{
    char line[MAX_LINE];
    struct done done;
    int start;
    bool kept = true;
    struct stat info;
    FILE *const file = stat(path, &info) == 0 && S_ISREG(info.st_mode) ? fopen(path, "re") : NULL;
    if (!file)
        return true; /* there is none yet; a device has no end */
    while (kept && fgets(line, sizeof line, file))
        if (strchr(line, '\n') &&
            sscanf(line, "done\t%16" SCNx64 "\t%*u\t%" SCNu64 "%n", &done.key, &done.time, &start) == 2 &&
            line[start] == '\t') {
            done.output = hash_of(line + start + 1, strcspn(line + start + 1, "\n"));
            kept = keep(j, &done);
        }
    fclose(file);
    return kept;
}

/* Names are plain characters to glob(): what isn't is escaped. */
static char *pattern_of(const char *path)
{
    char *const pattern = malloc(2 * strlen(path) + 3);
    char *out = pattern;
    if (!pattern)
        return NULL;
    for (; *path; path++) {
        if (strchr("*?[]\\", *path))
            *out++ = '\\';
        *out++ = *path;
    }
    strcpy(out, ".*");
    return pattern;
}

static bool read_others(struct bt_journal *j, const char *path)
{
    glob_t found;
    char *const pattern = pattern_of(path);
    bool kept = pattern && read_one(j, path);
    const int status = pattern ? glob(pattern, GLOB_NOSORT, NULL, &found) : GLOB_NOSPACE;
    free(pattern);
    if (status == GLOB_NOMATCH)
        return kept;
    if (status != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc && kept; i++)
        kept = read_one(j, found.gl_pathv[i]);
    globfree(&found);
    return kept;
}

/* Opens and locks; a last line that was cut off by a full disk is ended. */
static int open_own(struct bt_journal *j, struct base_error *err)
{
    char last = '\n';
    struct stat info;
    j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (j->fd < 0)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", j->path, strerror(errno));
    if (flock(j->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return base_fail(err, LINNET_ERR_IO, "%s: another run is at work on it", j->path);
    if (fstat(j->fd, &info) == 0 && info.st_size > 0 && pread(j->fd, &last, 1, info.st_size - 1) == 1 && last != '\n' &&
        write(j->fd, "\n", 1) != 1)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", j->path, strerror(errno));
    return LINNET_OK;
}

int bt_journal_open(struct bt_journal **out, const char *path, size_t shard, size_t n_shards, struct base_error *err)
{
    struct bt_journal *j = calloc(1, sizeof *j);
    const size_t size = strlen(path) + 64;
    *out = NULL;
    if (j)
        *j = (struct bt_journal){.path = malloc(size), .fd = -1};
    int status = j && j->path ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK && n_shards > 1)
        snprintf(j->path, size, "%s.%zu-of-%zu", path, shard, n_shards);
    else if (status == LINNET_OK)
        snprintf(j->path, size, "%s", path);
    if (status == LINNET_OK)
        status = open_own(j, err);
    if (status == LINNET_OK && !read_others(j, path))
        status = base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status != LINNET_OK) {
        bt_journal_close(&j);
        return status;
    }
    if (j->n > 0)
        qsort(j->done, j->n, sizeof *j->done, compare);
    *out = j;
    return LINNET_OK;
}

void bt_journal_close(struct bt_journal **journal)
{
    struct bt_journal *const j = *journal;
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    free(j->done);
    free(j->path);
    free(j);
    *journal = NULL;
}

bool bt_journal_has(const struct bt_journal *j, uint64_t key, const char *output)
{
    const struct done wanted = {.output = hash_of(output, strlen(output))};
    const struct done *found = j->n > 0 ? bsearch(&wanted, j->done, j->n, sizeof wanted, by_output) : NULL;
    while (found && found > j->done && found[-1].output == wanted.output)
        found--;
    return found && found->key == key;
}

int bt_journal_add(struct bt_journal *j, uint64_t key, uint64_t n_samples, const char *output, struct base_error *err)
{
    char line[MAX_LINE];
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    const uint64_t time = (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
    const int n = snprintf(line, sizeof line, "done\t%016" PRIx64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\n", key, n_samples,
                           time, output);
    if (n < 0 || (size_t)n >= sizeof line || write(j->fd, line, (size_t)n) != n)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", j->path, strerror(errno));
    return LINNET_OK;
}
