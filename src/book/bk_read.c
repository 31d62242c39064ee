/* Reads books by their endings, and Markdown by cmark-gfm (CommonMark with tables and footnotes), which becomes HTML:
 * the only file that includes it. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "book/bk_book.h"

#include "linnet.h"
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_MARKDOWN ((size_t)64 << 20)

static int read_file(const char *path, char **data, size_t *size, struct base_error *err)
{
    FILE *const file = fopen(path, "re");
    *data = file ? malloc(MAX_MARKDOWN) : NULL;
    if (!file)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno));
    *size = *data ? fread(*data, 1, MAX_MARKDOWN, file) : 0;
    const bool whole = *data && *size < MAX_MARKDOWN && !ferror(file); /* room for a NUL is left */
    fclose(file);
    if (!whole)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: it is no text, or over %zu MB", path, MAX_MARKDOWN >> 20);
    return LINNET_OK;
}

/* A value of the head's block, "key: value", without quotes; NULL: it has none. */
static char *head_value(const char *head, const char *end, const char *key)
{
    const size_t n = strlen(key);
    for (const char *line = head, *next; line < end; line = next) {
        next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next + 1 : end;
        if ((size_t)(next - line) <= n + 1 || strncmp(line, key, n) || line[n] != ':')
            continue;
        const char *from = line + n + 1, *to = next;
        while (from < to && strchr(" \t\"'", *from))
            from++;
        while (to > from && strchr(" \t\r\n\"'", to[-1]))
            to--;
        return to > from ? strndup(from, (size_t)(to - from)) : NULL;
    }
    return NULL;
}

/* The block of metadata at a text's start, between "---" and "---" or "...", as pandoc has it. Returns what follows. */
static const char *read_head(struct bk_book *book, const char *text)
{
    const char *const dashes = !strncmp(text, "---\n", 4) ? strstr(text, "\n---\n") : NULL;
    const char *const dots = !strncmp(text, "---\n", 4) ? strstr(text, "\n...\n") : NULL;
    const char *const end = dots && (!dashes || dots < dashes) ? dots : dashes;
    if (!end)
        return text;
    book->title = head_value(text + 4, end + 1, "title");
    book->author = head_value(text + 4, end + 1, "author");
    book->language = head_value(text + 4, end + 1, "lang");
    return end + 5;
}

/* NULL: out of memory. */
static char *to_html(const char *text)
{
    const int options = CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES;
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *const parser = cmark_parser_new(options);
    cmark_syntax_extension *const tables = cmark_find_syntax_extension("table");
    if (tables)
        cmark_parser_attach_syntax_extension(parser, tables);
    cmark_parser_feed(parser, text, strlen(text));
    cmark_node *const document = cmark_parser_finish(parser);
    char *const html =
        document ? cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) : NULL;
    cmark_node_free(document);
    cmark_parser_free(parser);
    return html;
}

static int read_markdown(struct bk_book *book, const char *path, struct base_error *err)
{
    char *data = NULL;
    size_t size = 0;
    int status = read_file(path, &data, &size, err);
    if (status == LINNET_OK && memchr(data, '\0', size))
        status = base_fail(err, LINNET_ERR_SYNTAX, "%s: it is no text", path);
    if (status == LINNET_OK) {
        data[size] = '\0';
        char *const html = to_html(read_head(book, data));
        status = html ? bk_html_read(book, html, strlen(html), err)
                      : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
        free(html);
    }
    free(data);
    return status;
}

int bk_book_read(struct bk_book *out, const char *path, struct base_error *err)
{
    const size_t n = strlen(path);
    *out = (struct bk_book){.n = 0};
    int status =
        n > 5 && !strcasecmp(path + n - 5, ".epub") ? bk_epub_read(out, path, err) : read_markdown(out, path, err);
    bk_book_end(out);
    if (status == LINNET_OK && out->n == 0)
        status = base_fail(err, LINNET_ERR_SYNTAX, "%s: there is nothing in it to be read", path);
    if (status == LINNET_OK && !out->title)
        out->title = strdup(out->chapters[0].title);
    if (status != LINNET_OK)
        bk_book_free(out);
    return status;
}
