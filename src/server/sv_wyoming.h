/* The Wyoming protocol, by which Home Assistant asks for speech: lines of JSON over TCP, samples behind them. */
#ifndef LINNET_SV_WYOMING_H
#define LINNET_SV_WYOMING_H

#include "server/sv_options.h"
#include "server/sv_pool.h"
#include <stdbool.h>

struct sv_wyoming;

struct sv_wyoming_options {
    int fd; /* listening; owned from now on */
    const struct sv_options *options;
    const struct sv_catalogue *catalogue;
    struct sv_pool *pool;
    struct sv_metrics *metrics;
};

/* Serves, in threads of its own. false, said in the log: it can't. */
bool sv_wyoming_open(struct sv_wyoming **out, const struct sv_wyoming_options *options);
/* Ends the connections; the pool must be closed before. NULL in *wyoming is fine. */
void sv_wyoming_close(struct sv_wyoming **wyoming);

#endif
