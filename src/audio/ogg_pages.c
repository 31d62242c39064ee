/* libogg behind ogg_pages.h: the only file that includes it. */
#include "audio/ogg_pages.h"

#include <errno.h>
#include <ogg/ogg.h>
#include <stdlib.h>
#include <string.h>

#define SERIAL_AT 14 /* bytes into a page's header */

struct ogg_pages {
    ogg_sync_state sync;
    uint32_t serial;
};

struct ogg_pages *ogg_pages_open(uint32_t serial)
{
    struct ogg_pages *const pages = calloc(1, sizeof *pages);
    if (pages) {
        ogg_sync_init(&pages->sync);
        pages->serial = serial;
    }
    return pages;
}

void ogg_pages_close(struct ogg_pages **pages)
{
    if (*pages)
        ogg_sync_clear(&(*pages)->sync);
    free(*pages);
    *pages = NULL;
}

static void set_serial(ogg_page *page, uint32_t serial)
{
    for (int i = 0; i < 4; i++)
        page->header[SERIAL_AT + i] = (unsigned char)(serial >> 8 * i & 0xFF);
    ogg_page_checksum_set(page);
}

int ogg_pages_put(struct ogg_pages *pages, const void *data, size_t size,
                  int (*emit)(void *user, const void *data, size_t size), void *user)
{
    ogg_page page;
    int error = 0;
    char *const room = ogg_sync_buffer(&pages->sync, (long)size);
    if (!room)
        return ENOMEM;
    memcpy(room, data, size);
    ogg_sync_wrote(&pages->sync, (long)size);
    while (!error && ogg_sync_pageout(&pages->sync, &page) == 1) {
        set_serial(&page, pages->serial);
        error = emit(user, page.header, (size_t)page.header_len);
        if (!error)
            error = emit(user, page.body, (size_t)page.body_len);
    }
    return error;
}
