/* linnet-server: speech for other programs, over HTTP and the Wyoming protocol. */
#include "sandbox/sandbox.h"
#include "server/sv_catalogue.h"
#include "server/sv_http.h"
#include "server/sv_log.h"
#include "server/sv_metrics.h"
#include "server/sv_options.h"
#include "server/sv_pool.h"
#include "server/sv_socket.h"
#include "server/sv_wyoming.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct server {
    struct sv_options options;
    struct sv_catalogue catalogue;
    struct sv_metrics metrics;
    struct sv_pool *pool;
    struct sv_http *http;
    struct sv_wyoming *wyoming;
};

static bool is_local(const char *host)
{
    return !strncmp(host, "127.", 4) || !strcmp(host, "localhost") || !strcmp(host, "::1");
}

/* A socket that listens. fd: -1 if there is none. */
struct port {
    int fd, number;
};

static bool listen_at(struct port *out, const char *host, const char *number)
{
    *out = (struct port){.fd = -1};
    if (number)
        out->fd = sv_listen(host, number, &out->number);
    return !number || out->fd >= 0;
}

static bool open_http(struct server *s, struct port port)
{
    const struct sv_http_options with = {port.fd, &s->options, &s->catalogue, s->pool, &s->metrics};
    if (!sv_http_open(&s->http, &with))
        return false;
    sv_log("HTTP at http://%s:%d/", s->options.host, port.number);
    if (!is_local(s->options.host) && !s->options.api_key)
        sv_log("warning: everybody who reaches %s may use it: --api-key-file asks for a key", s->options.host);
    return true;
}

static bool open_wyoming(struct server *s, struct port port)
{
    const struct sv_wyoming_options with = {port.fd, &s->options, &s->catalogue, s->pool, &s->metrics};
    if (port.fd < 0)
        return true;
    if (!sv_wyoming_open(&s->wyoming, &with))
        return false;
    sv_log("Wyoming at tcp://%s:%d", s->options.host, port.number);
    return true;
}

/* The sandbox lets nobody listen or connect any more, so the ports come first. */
static bool open_all(struct server *s)
{
    struct port http, wyoming;
    const struct sv_pool_options pool = {.n_workers = s->options.workers,
                                         .max_queue = s->options.queue,
                                         .job_seconds = s->options.job_seconds,
                                         .stall_seconds = s->options.stall_seconds};
    if (!listen_at(&http, s->options.host, s->options.port) ||
        !listen_at(&wyoming, s->options.host, s->options.wyoming_port))
        return false;
    if (!sandbox_enter(NULL, 0))
        sv_log("warning: the sandbox isn't whole: %s", strerror(errno));
    return sv_catalogue_open(&s->catalogue, s->options.voice) &&
           sv_pool_open(&s->pool, &pool, &s->catalogue, &s->metrics) && open_http(s, http) && open_wyoming(s, wyoming);
}

/* The pool ends first: connections that wait for it are answered then, and end. */
static void close_all(struct server *s)
{
    if (s->http)
        sv_http_quiesce(s->http);
    sv_pool_close(&s->pool);
    sv_wyoming_close(&s->wyoming);
    sv_http_close(&s->http);
    sv_catalogue_close(&s->catalogue);
    sv_options_free(&s->options);
}

int main(int argc, char **argv)
{
    static struct server server;
    sigset_t ends;
    int number;
    const int status = sv_options_read(&server.options, argc, argv);
    if (status >= 0) {
        sv_options_free(&server.options);
        return status;
    }
    sv_log_open(server.options.verbose);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* in all threads: they are waited for below */
    if (!open_all(&server)) {
        close_all(&server);
        return EXIT_FAILURE;
    }
    sigwait(&ends, &number);
    close_all(&server);
    return EXIT_SUCCESS;
}
