/* Books: chapters, one behind the other. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "book/bk_book.h"

#include "linnet.h"
#include <stdlib.h>
#include <string.h>

static struct bk_chapter *last(const struct bk_book *book)
{
    return book->n > 0 ? &book->chapters[book->n - 1] : NULL;
}

static void free_chapter(struct bk_chapter *chapter)
{
    free(chapter->title);
    base_buffer_free(&chapter->text);
}

void bk_book_end(struct bk_book *book)
{
    if (book->n > 0 && last(book)->text.length == 0)
        free_chapter(&book->chapters[--book->n]);
}

int bk_book_begin(struct bk_book *book, const char *title, struct base_error *err)
{
    bk_book_end(book);
    struct bk_chapter *const grown = realloc(book->chapters, (book->n + 1) * sizeof *grown);
    if (!grown)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    book->chapters = grown;
    grown[book->n] = (struct bk_chapter){.title = strdup(title)};
    return grown[book->n++].title ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "out of memory");
}

int bk_book_add(struct bk_book *book, const char *text, size_t size, struct base_error *err)
{
    if (!last(book)) {
        const int status = bk_book_begin(book, book->title ? book->title : "Beginning", err);
        if (status != LINNET_OK)
            return status;
    }
    return base_buffer_add(&last(book)->text, text, size) ? LINNET_OK
                                                          : base_fail(err, LINNET_ERR_MEMORY, "out of memory");
}

void bk_book_free(struct bk_book *book)
{
    for (size_t i = 0; i < book->n; i++)
        free_chapter(&book->chapters[i]);
    free(book->chapters);
    free(book->title);
    free(book->author);
    free(book->language);
    free(book->cover);
    *book = (struct bk_book){.n = 0};
}
