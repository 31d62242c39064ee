/* The files of an EPUB, in memory. An archive is hostile input: what is too much, or leaves the archive, is refused. */
#ifndef LINNET_BK_ARCHIVE_H
#define LINNET_BK_ARCHIVE_H

#include "base/status.h"
#include <stddef.h>

#define BK_MAX_FILES 20000
#define BK_MAX_FILE ((size_t)64 << 20) /* bytes of one, unpacked */
#define BK_MAX_TOTAL ((size_t)256 << 20)

struct bk_file {
    char *name; /* inside the archive */
    char *data; /* [size], and a NUL behind it */
    size_t size;
};

struct bk_archive {
    struct bk_file *files; /* [n] */
    size_t n;
};

/* LINNET_ERR_IO: it can't be read, is no zip archive, is damaged, or unpacks to more than the limits;
 * LINNET_ERR_MEMORY. */
BASE_MUST_USE int bk_archive_open(struct bk_archive *out, const char *path, struct base_error *err);
void bk_archive_close(struct bk_archive *archive);

/* NULL: there is none of that name. */
const struct bk_file *bk_archive_find(const struct bk_archive *archive, const char *name);
/* The file that `href` (its %XX decoded, what follows a '#' left out) in the file `from` means: NULL if there is none,
 * or it leaves the archive. */
const struct bk_file *bk_archive_resolve(const struct bk_archive *archive, const char *from, const char *href);

#endif
