/* An audiobook in one file: M4B (MPEG-4, AAC) or Opus (Ogg), with chapters, tags and cover, by ffmpeg's libraries. */
#ifndef LINNET_BK_MEDIA_H
#define LINNET_BK_MEDIA_H

#include "base/status.h"
#include "book/bk_book.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bk_media;

/* Whether a path's ending is one of these. */
bool bk_media_takes(const char *path);

/* Begins the file in fd, which stays the caller's, is empty and can seek. `path` (for its ending and messages) and
 * `book` are borrowed until the end. LINNET_ERR_IO, LINNET_ERR_MEMORY; *out is NULL then. */
BASE_MUST_USE int bk_media_open(struct bk_media **out, const char *path, int fd, int sample_rate,
                                const struct bk_book *book, struct base_error *err);
/* Mono, -1 ... 1. */
BASE_MUST_USE int bk_media_write(struct bk_media *media, const float *samples, size_t n, struct base_error *err);
/* A chapter from `start` to `end`, in samples; in order. */
BASE_MUST_USE int bk_media_chapter(struct bk_media *media, const char *title, uint64_t start, uint64_t end,
                                   struct base_error *err);
/* Writes what is left and releases; sets *media to NULL. */
BASE_MUST_USE int bk_media_close(struct bk_media **media, struct base_error *err);
/* Releases only. NULL in it is fine. */
void bk_media_abandon(struct bk_media **media);

#endif
