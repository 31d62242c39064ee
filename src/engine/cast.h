/* The voices that speak one text: the engine's own, and others that markup asks for and that are installed. Each of
 * those is an engine of its own, opened when it is first needed and kept. Private to src/engine. */
#ifndef LINNET_ENGINE_CAST_H
#define LINNET_ENGINE_CAST_H

#include "base/records.h"
#include "base/status.h"
#include "linnet.h"
#include <stdbool.h>
#include <stddef.h>

/* An installed voice of the engine's sample rate. */
struct cast_member {
    char *path, *name, *language, *gender;
    linnet_engine *engine; /* NULL: not opened */
    bool broken;           /* opening it has failed */
    bool reads;            /* its front end has the markup in hand */
};

/* Starts as {0}. */
struct cast {
    struct cast_member *members; /* [n_members]: numbers 1 ... n_members of voices; 0 is the engine itself */
    size_t n_members, capacity;
    bool listed;
};

/* The voice for a wish, in place of voice number `current`; that one when there is none, or none of the engine's sample
 * rate. Finds out what is installed when it is first called. */
size_t cast_choose(linnet_engine *engine, size_t current, const struct voice_wish *wish);
void cast_free(struct cast *cast);

#endif
