/* Counters as Prometheus reads them (text format 0.0.4). */
#include "server/sv_metrics.h"
#include "server/sv_pool.h"

#include "linnet.h"
#include <stdio.h>
#include <stdlib.h>

static const char *const route_names[SV_ROUTES] = {"openai", "piper", "wyoming", "other"};
static const char *const outcome_names[SV_OUTCOMES] = {"done", "bad", "busy", "failed", "left"};

static void head(FILE *out, const char *name, const char *type, const char *help)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void number(FILE *out, const char *name, const char *type, const char *help, double value)
{
    head(out, name, type, help);
    fprintf(out, "%s %.9g\n", name, value);
}

static double seconds(atomic_ullong *microseconds)
{
    return (double)atomic_load(microseconds) / 1e6;
}

char *sv_metrics_text(struct sv_metrics *m, struct sv_pool *pool, size_t *size)
{
    char *text = NULL;
    FILE *const out = open_memstream(&text, size);
    if (!out)
        return NULL;
    head(out, "linnet_info", "gauge", "Version of the engine.");
    fprintf(out, "linnet_info{version=\"%s\"} 1\n", linnet_version());
    head(out, "linnet_requests_total", "counter", "Requests by protocol and outcome.");
    for (int i = 0; i < SV_ROUTES; i++)
        for (int j = 0; j < SV_OUTCOMES; j++)
            fprintf(out, "linnet_requests_total{protocol=\"%s\",outcome=\"%s\"} %llu\n", route_names[i],
                    outcome_names[j], atomic_load(&m->requests[i][j]));
    number(out, "linnet_characters_total", "counter", "Bytes of text spoken.", (double)atomic_load(&m->characters));
    number(out, "linnet_samples_total", "counter", "Samples made.", (double)atomic_load(&m->samples));
    number(out, "linnet_synthesis_seconds_total", "counter", "Time spent in the engines.", seconds(&m->synthesis_us));
    head(out, "linnet_first_block_seconds", "summary", "From a request's arrival to its first block of samples.");
    fprintf(out, "linnet_first_block_seconds_sum %.6f\nlinnet_first_block_seconds_count %llu\n",
            seconds(&m->first_block_us), atomic_load(&m->first_blocks));
    number(out, "linnet_jobs_working", "gauge", "Texts being spoken now.", atomic_load(&m->working));
    number(out, "linnet_jobs_waiting", "gauge", "Texts in the queue.", sv_pool_waiting(pool));
    number(out, "linnet_wyoming_connections", "gauge", "Open connections of the Wyoming protocol.",
           atomic_load(&m->wyoming_connections));
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}
