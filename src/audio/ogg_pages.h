/* Pages of an Ogg stream (RFC 3533), given the serial number that we want: libsndfile takes one by chance, and the same
 * speech would not be the same file. */
#ifndef LINNET_OGG_PAGES_H
#define LINNET_OGG_PAGES_H

#include "base/compiler.h"
#include <stddef.h>
#include <stdint.h>

struct ogg_pages;

/* NULL: out of memory. */
BASE_MUST_USE struct ogg_pages *ogg_pages_open(uint32_t serial);
/* NULL in it is fine. */
void ogg_pages_close(struct ogg_pages **pages);

/* Takes bytes of the stream, in pieces of any size; whole pages go to `emit`, which returns 0 or an errno. Returns the
 * same. */
BASE_MUST_USE int ogg_pages_put(struct ogg_pages *pages, const void *data, size_t size,
                                int (*emit)(void *user, const void *data, size_t size), void *user);

#endif
