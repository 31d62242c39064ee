/* A book as it is read aloud: chapters of plain text, and what players show of it. */
#ifndef LINNET_BK_BOOK_H
#define LINNET_BK_BOOK_H

#include "base/buffer.h"
#include "base/status.h"
#include <stddef.h>

struct bk_chapter {
    char *title;
    struct base_buffer text; /* UTF-8: paragraphs with an empty line between them, the title first */
};

struct bk_book {
    char *title, *author, *language; /* NULL: not known */
    struct bk_chapter *chapters;     /* [n], none of them empty */
    size_t n;
    unsigned char *cover; /* JPEG or PNG [cover_size]; NULL: none */
    size_t cover_size;
    size_t n_missing; /* pages that an EPUB's spine names and that aren't in it */
};

/* Reads an EPUB (*.epub) or Markdown (others). LINNET_ERR_IO, LINNET_ERR_SYNTAX (no book), LINNET_ERR_MEMORY. */
BASE_MUST_USE int bk_book_read(struct bk_book *out, const char *path, struct base_error *err);
void bk_book_free(struct bk_book *book);

/* For the readers of formats. A new chapter; an empty one that was open is dropped. LINNET_ERR_MEMORY. */
BASE_MUST_USE int bk_book_begin(struct bk_book *book, const char *title, struct base_error *err);
/* Appends to the chapter that is open; opens one called by the book's title if none is. */
BASE_MUST_USE int bk_book_add(struct bk_book *book, const char *text, size_t size, struct base_error *err);

/* Behind the last chapter: drops it when it is empty. */
void bk_book_end(struct bk_book *book);

/* XHTML or HTML: text goes into chapters, which headings of the first two levels begin. Footnotes, their marks, scripts
 * and the like are left out. */
BASE_MUST_USE int bk_html_read(struct bk_book *book, const char *html, size_t size, struct base_error *err);
BASE_MUST_USE int bk_epub_read(struct bk_book *book, const char *path, struct base_error *err);

#endif
