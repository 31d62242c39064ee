/* Reads dictionaries from the disk. See lexicon_file.h. */
#include "lexicon_file.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "lexicon_plain.h"
#include "lexicon_pls.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILE ((size_t)8 << 20) /* bytes */

/* Reads all of the file into *text. */
static int read_text(const char *path, struct base_buffer *text, struct base_error *err)
{
    char block[4096];
    size_t n;
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return base_fail(err, LINNET_ERR_IO, "%s: %s", path, strerror(errno));
    int status = base_buffer_add(text, "", 0) ? LINNET_OK : LINNET_ERR_MEMORY;
    while (status == LINNET_OK && (n = fread(block, 1, sizeof block, stream)) > 0) {
        if (text->length + n > MAX_FILE)
            status = base_fail(err, LINNET_ERR_IO, "%s: over %zu bytes", path, MAX_FILE);
        else if (!base_buffer_add(text, block, n))
            status = base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    }
    if (status == LINNET_OK && ferror(stream))
        status = base_fail(err, LINNET_ERR_IO, "%s: %s", path, strerror(errno));
    fclose(stream);
    return status;
}

static int stat_file(struct lex_file *file, struct base_error *err)
{
    struct stat info;
    if (stat(file->path, &info) != 0)
        return base_fail(err, LINNET_ERR_IO, "%s: %s", file->path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return base_fail(err, LINNET_ERR_IO, "%s: not a file", file->path);
    file->seconds = info.st_mtim.tv_sec;
    file->nanoseconds = info.st_mtim.tv_nsec;
    file->size = (unsigned long long)info.st_size;
    return LINNET_OK;
}

static int parse(const struct phone_map *map, const char *language, struct lex_file *file,
                 const struct base_buffer *text, struct base_error *err)
{
    struct lex_source source = {.map = map, .language = language, .file = file};
    const size_t mark = text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t first = mark;
    while (first < text->length && base_is_blank(text->data[first]))
        first++;
    if (first < text->length && text->data[first] == '<')
        lex_read_pls(&source, text->data + mark, text->length - mark);
    else
        lex_read_plain(&source, text->data + mark, text->length - mark);
    if (source.out_of_memory || !lex_index(file))
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", file->path);
    if (!source.n_errors)
        return LINNET_OK;
    if (source.n_errors == 1)
        return base_fail(err, LINNET_ERR_SYNTAX, "%s", source.first.text);
    return base_fail(err, LINNET_ERR_SYNTAX, "%.400s (and %zu more)", source.first.text, source.n_errors - 1);
}

int lex_open(struct lex_file **out, const struct phone_map *map, const char *language, const char *path,
             struct base_error *err)
{
    struct lex_file *const file = base_alloc(1, sizeof *file);
    struct base_buffer text = {0};
    *out = NULL;
    if (file)
        file->path = base_alloc(strlen(path) + 1, 1);
    int status = file && file->path ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK) {
        memcpy(file->path, path, strlen(path) + 1);
        status = stat_file(file, err);
    }
    if (status == LINNET_OK)
        status = read_text(path, &text, err);
    if (status == LINNET_OK)
        status = parse(map, language, file, &text, err);
    base_buffer_free(&text);
    if (status == LINNET_OK || status == LINNET_ERR_SYNTAX)
        *out = file;
    else
        lex_close(file);
    return status;
}

int lex_reopen(struct lex_file **out, const struct lex_file *old, const struct phone_map *map, const char *language,
               struct base_error *err)
{
    struct lex_file seen = {.path = old->path};
    *out = NULL;
    const int status = stat_file(&seen, err);
    if (status != LINNET_OK ||
        (seen.seconds == old->seconds && seen.nanoseconds == old->nanoseconds && seen.size == old->size))
        return status;
    return lex_open(out, map, language, old->path, err);
}
