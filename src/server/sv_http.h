/* The HTTP side: OpenAI's and piper's interfaces, the page, health and metrics. */
#ifndef LINNET_SV_HTTP_H
#define LINNET_SV_HTTP_H

#include "server/sv_options.h"
#include "server/sv_pool.h"
#include <stdbool.h>

struct sv_http;

struct sv_http_options {
    int fd; /* listening; owned from now on */
    const struct sv_options *options;
    const struct sv_catalogue *catalogue;
    struct sv_pool *pool;
    struct sv_metrics *metrics;
};

/* Serves, in threads of its own. false, said in the log: it can't. */
bool sv_http_open(struct sv_http **out, const struct sv_http_options *options);
/* No new connections are taken from now on. */
void sv_http_quiesce(struct sv_http *http);
/* Ends the connections; the pool must be closed before. */
void sv_http_close(struct sv_http **http);

#endif
