/* Zip archives, by libarchive: the only file that includes it. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "book/bk_archive.h"

#include "linnet.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define READ_BYTES 65536
#define MAX_NAME 4096

/* A name that stays below the archive's root. */
static bool is_inside(const char *name)
{
    if (!name || !*name || *name == '/' || strlen(name) >= MAX_NAME || strchr(name, '\\'))
        return false;
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
            return false;
    return true;
}

/* Unpacks an entry, never more than the limits whatever its header says. */
static int unpack(struct archive *a, struct bk_file *file, size_t *total, const char *path, struct base_error *err)
{
    size_t capacity = 0;
    for (;;) {
        if (capacity - file->size < READ_BYTES + 1) {
            capacity = 2 * capacity + 2 * READ_BYTES;
            char *const grown = realloc(file->data, capacity);
            if (!grown)
                return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
            file->data = grown;
        }
        const la_ssize_t n = archive_read_data(a, file->data + file->size, READ_BYTES);
        if (n < 0)
            return base_fail(err, LINNET_ERR_IO, "%s: %s: damaged: %s", path, file->name, archive_error_string(a));
        if (n == 0)
            break;
        file->size += (size_t)n;
        *total += (size_t)n;
        if (file->size > BK_MAX_FILE || *total > BK_MAX_TOTAL)
            return base_fail(err, LINNET_ERR_IO, "%s: unpacks to too much: over %zu MB", path,
                             (file->size > BK_MAX_FILE ? BK_MAX_FILE : BK_MAX_TOTAL) >> 20);
    }
    file->data[file->size] = '\0';
    return LINNET_OK;
}

static int add(struct bk_archive *out, struct archive *a, const char *name, size_t *total, const char *path,
               struct base_error *err)
{
    if (!is_inside(name))
        return base_fail(err, LINNET_ERR_IO, "%s: a file in it leaves the archive: '%.100s'", path, name ? name : "");
    if (out->n == BK_MAX_FILES)
        return base_fail(err, LINNET_ERR_IO, "%s: has more than %d files", path, BK_MAX_FILES);
    struct bk_file *const grown = realloc(out->files, (out->n + 1) * sizeof *grown);
    if (!grown)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    out->files = grown;
    struct bk_file *const file = &grown[out->n++];
    *file = (struct bk_file){.name = strdup(name)};
    if (!file->name)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    return unpack(a, file, total, path, err);
}

static int read_entries(struct bk_archive *out, struct archive *a, const char *path, struct base_error *err)
{
    struct archive_entry *entry;
    size_t total = 0;
    int found, status = LINNET_OK;
    while (status == LINNET_OK && (found = archive_read_next_header(a, &entry)) == ARCHIVE_OK)
        if (archive_entry_filetype(entry) == AE_IFREG)
            status = add(out, a, archive_entry_pathname(entry), &total, path, err);
    if (status == LINNET_OK && found != ARCHIVE_EOF)
        return base_fail(err, LINNET_ERR_IO, "%s: damaged: %s", path, archive_error_string(a));
    return status;
}

int bk_archive_open(struct bk_archive *out, const char *path, struct base_error *err)
{
    struct archive *const a = archive_read_new();
    *out = (struct bk_archive){.n = 0};
    if (!a)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    archive_read_support_format_zip(a);
    int status = archive_read_open_filename(a, path, READ_BYTES) == ARCHIVE_OK
                     ? read_entries(out, a, path, err)
                     : base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, archive_error_string(a));
    if (status == LINNET_OK && out->n == 0)
        status = base_fail(err, LINNET_ERR_IO, "%s: there is nothing in it", path);
    archive_read_free(a);
    if (status != LINNET_OK)
        bk_archive_close(out);
    return status;
}

void bk_archive_close(struct bk_archive *archive)
{
    for (size_t i = 0; i < archive->n; i++) {
        free(archive->files[i].name);
        free(archive->files[i].data);
    }
    free(archive->files);
    *archive = (struct bk_archive){.n = 0};
}

const struct bk_file *bk_archive_find(const struct bk_archive *archive, const char *name)
{
    for (size_t i = 0; i < archive->n; i++)
        if (!strcmp(archive->files[i].name, name))
            return &archive->files[i];
    return NULL;
}

static int hex(char c)
{
    const char *const digits = "0123456789abcdef", *const at =
                                                       c ? strchr(digits, c | ((c >= 'A' && c <= 'F') ? 32 : 0)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Decodes %XX up to a '#' or '?'. */
static void decode(char *out, size_t size, const char *href)
{
    size_t n = 0;
    for (; *href && *href != '#' && *href != '?' && n + 1 < size; href++) {
        const int high = *href == '%' ? hex(href[1]) : -1, low = high >= 0 ? hex(href[2]) : -1;
        out[n++] = low >= 0 ? (char)(16 * high + low) : *href;
        href += low >= 0 ? 2 : 0;
    }
    out[n] = '\0';
}

/* Takes "." and ".." out, in place. false: it leaves the root. */
static bool flatten(char *path)
{
    char *out = path;
    for (char *part = path, *next; part; part = next) {
        next = strchr(part, '/');
        const size_t n = next ? (size_t)(next++ - part) : strlen(part);
        if (n == 2 && !strncmp(part, "..", 2)) {
            if (out == path)
                return false;
            for (out--; out > path && out[-1] != '/'; out--) {
            }
        } else if (n > 0 && !(n == 1 && *part == '.')) {
            memmove(out, part, n);
            out += n;
            if (next)
                *out++ = '/';
        }
    }
    *out = '\0';
    return true;
}

const struct bk_file *bk_archive_resolve(const struct bk_archive *archive, const char *from, const char *href)
{
    char path[2 * MAX_NAME];
    const char *const slash = strrchr(from, '/');
    const size_t folder = slash ? (size_t)(slash - from) + 1 : 0;
    if (folder >= MAX_NAME || !href)
        return NULL;
    memcpy(path, from, folder);
    decode(path + folder, sizeof path - folder, href);
    return flatten(path) ? bk_archive_find(archive, path) : NULL;
}
