/* What the server counts, for /metrics. Any thread. */
#ifndef LINNET_SV_METRICS_H
#define LINNET_SV_METRICS_H

#include <stdatomic.h>
#include <stddef.h>

struct sv_pool;

/* Requests by what was asked for. */
enum sv_route { SV_ROUTE_OPENAI, SV_ROUTE_PIPER, SV_ROUTE_WYOMING, SV_ROUTE_OTHER, SV_ROUTES };
/* And by how they ended: spoken, refused for what they are, refused because of load, failed or left midway. */
enum sv_outcome { SV_DONE, SV_BAD, SV_BUSY, SV_FAILED, SV_LEFT, SV_OUTCOMES };

struct sv_metrics {
    atomic_ullong requests[SV_ROUTES][SV_OUTCOMES];
    atomic_ullong samples, characters;          /* spoken */
    atomic_ullong first_blocks, first_block_us; /* jobs with a first block; their time from arrival to it */
    atomic_ullong synthesis_us;                 /* time in the engines */
    atomic_uint working, wyoming_connections;
};

/* Text of the Prometheus exposition format, to be free()d; NULL: out of memory. */
char *sv_metrics_text(struct sv_metrics *metrics, struct sv_pool *pool, size_t *size);

#endif
