/* Wyoming: one thread takes connections, each has a thread of its own.
 *
 * A streaming client sends synthesize-start, pieces of text and synthesize-stop; what is complete of the text is spoken
 * while the rest still comes, as the front end cuts it. */
#include "server/sv_wyoming.h"
#include "base/thread.h"
#include "server/sv_audio.h"
#include "server/sv_json.h"
#include "server/sv_log.h"

#include "linnet.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_LINE ((size_t)64 << 10)
#define READ_BYTES 4096
#define CHUNK_BYTES 4096 /* of samples in an event */
#define IDLE_SECONDS 600

struct client {
    struct sv_wyoming *server;
    struct client *next; /* of the open ones */
    int fd;
    char in[READ_BYTES]; /* what was read but not taken: in[at, end) */
    size_t at, end;
    char *line, *data; /* the event at hand; the line is [MAX_LINE] */
    size_t line_size, data_size;
    /* A streaming request. */
    bool is_streaming, has_audio;
    char *text; /* not spoken yet [text_size] */
    size_t text_size;
    char voice[128];
    uint64_t n_samples; /* sent since audio-start */
    int sample_rate;
};

struct sv_wyoming {
    struct sv_wyoming_options with;
    pthread_t thread;
    int stop[2]; /* a pipe: written to end the thread that takes connections */
    pthread_mutex_t lock;
    pthread_cond_t gone;
    struct client *clients;
    unsigned n_clients;
};

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

static bool send_all(struct client *c, const void *data, size_t size)
{
    const char *from = data;
    while (size > 0) {
        const ssize_t n = send(c->fd, from, size, MSG_NOSIGNAL);
        if (n <= 0 && !(n < 0 && errno == EINTR))
            return false;
        if (n > 0) {
            from += n;
            size -= (size_t)n;
        }
    }
    return true;
}

/* Sends an event and frees it. */
static bool send_event(struct client *c, char *event)
{
    const bool sent = event && send_all(c, event, strlen(event));
    free(event);
    return sent;
}

static bool fill(struct client *c)
{
    ssize_t n;
    do
        n = recv(c->fd, c->in, sizeof c->in, 0);
    while (n < 0 && errno == EINTR);
    c->at = 0;
    c->end = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static bool read_line(struct client *c)
{
    c->line_size = 0;
    for (;;) {
        if (c->at == c->end && !fill(c))
            return false;
        const char byte = c->in[c->at++];
        if (byte == '\n')
            return true;
        if (c->line_size == MAX_LINE)
            return false;
        c->line[c->line_size++] = byte;
    }
}

/* `out` NULL: passes over them. */
static bool read_bytes(struct client *c, char *out, size_t size)
{
    while (size > 0) {
        if (c->at == c->end && !fill(c))
            return false;
        const size_t n = size < c->end - c->at ? size : c->end - c->at;
        if (out) {
            memcpy(out, c->in + c->at, n);
            out += n;
        }
        c->at += n;
        size -= n;
    }
    return true;
}

/* The next event; false: the connection is over, or what came is none. */
static bool read_event(struct client *c, struct sv_wyoming_header *header)
{
    const size_t limit = c->server->with.options->max_body;
    free(c->data);
    c->data = NULL;
    if (!read_line(c) || !sv_json_wyoming_header(header, c->line, c->line_size) || header->data_length > limit ||
        header->payload_length > limit)
        return false;
    c->data_size = header->data_length;
    c->data = malloc(c->data_size + 1);
    return c->data && read_bytes(c, c->data, c->data_size) && read_bytes(c, NULL, header->payload_length);
}

/* ---- speaking ---------------------------------------------------------------------------------------------------- */

static void count(struct client *c, enum sv_outcome outcome)
{
    atomic_fetch_add(&c->server->with.metrics->requests[SV_ROUTE_WYOMING][outcome], 1);
}

static bool complain(struct client *c, enum sv_outcome outcome, const char *why)
{
    count(c, outcome);
    sv_debug("wyoming: %s", why);
    return send_event(c, sv_json_wyoming_error(why));
}

static bool send_audio_event(struct client *c, const char *type, size_t payload)
{
    const unsigned long long ms = 1000 * c->n_samples / (unsigned long long)c->sample_rate;
    return send_event(c, sv_json_wyoming_audio(type, c->sample_rate, ms, payload));
}

/* Sends a job's samples as they come; the first of a request open the audio. */
static bool send_samples(struct client *c, struct sv_job *job)
{
    char chunk[CHUNK_BYTES];
    size_t n;
    while ((n = sv_pipe_get(&job->pipe, chunk, sizeof chunk)) > 0) {
        if (!c->has_audio) {
            c->sample_rate = job->voice->sample_rate;
            c->n_samples = 0;
            c->has_audio = send_audio_event(c, "audio-start", 0);
        }
        if (!c->has_audio || !send_audio_event(c, "audio-chunk", n) || !send_all(c, chunk, n))
            return false;
        c->n_samples += n / 2;
    }
    return true;
}

/* Speaks text[size], of an open text what is complete; *consumed bytes of it. Takes over `text`. false: the connection
 * is over. */
static bool speak(struct client *c, char *text, size_t size, bool is_ssml, bool is_open, size_t *consumed)
{
    const struct sv_voice *const voice = sv_catalogue_find(c->server->with.catalogue, c->voice);
    struct sv_job *const job = sv_job_new(text, size);
    *consumed = size;
    if (!job || !voice) {
        sv_job_release(job);
        return complain(c, SV_BAD, job ? "there is no such voice" : "out of memory");
    }
    job->voice = voice;
    job->format = sv_format_pcm;
    job->is_ssml = is_ssml;
    job->is_open = is_open;
    if (!sv_pool_add(c->server->with.pool, job)) {
        sv_job_release(job);
        return complain(c, SV_BUSY, "too many texts are waiting: try again later");
    }
    bool connected = send_samples(c, job);
    sv_pipe_leave(&job->pipe);
    if (connected && job->pipe.status != LINNET_OK)
        connected = complain(c, SV_FAILED, job->pipe.message);
    else if (connected)
        *consumed = job->n_consumed;
    else
        count(c, SV_LEFT);
    sv_job_release(job);
    return connected;
}

/* Every answer has a start and a stop, also when there was nothing to say. */
static bool end_audio(struct client *c)
{
    if (!c->has_audio) {
        c->sample_rate = c->server->with.catalogue->voices[0].sample_rate;
        c->n_samples = 0;
        if (!send_audio_event(c, "audio-start", 0))
            return false;
    }
    c->has_audio = false;
    count(c, SV_DONE);
    return send_event(c, sv_json_wyoming_plain("audio-stop"));
}

static void set_voice(struct client *c, const struct sv_speech *speech)
{
    snprintf(c->voice, sizeof c->voice, "%s", speech->voice);
}

static bool synthesize(struct client *c, struct sv_speech *speech)
{
    size_t consumed;
    if (c->is_streaming) { /* the whole text once more, for servers that can't stream */
        sv_speech_free(speech);
        return true;
    }
    set_voice(c, speech);
    return speak(c, speech->text, speech->size, speech->is_ssml, false, &consumed) && end_audio(c);
}

/* Appends to the text that waits. */
static bool add_text(struct client *c, const struct sv_speech *speech)
{
    if (speech->size > c->server->with.options->max_body - c->text_size)
        return false;
    char *const grown = realloc(c->text, c->text_size + speech->size + 1);
    if (!grown)
        return false;
    memcpy(grown + c->text_size, speech->text, speech->size);
    c->text = grown;
    c->text_size += speech->size;
    return true;
}

static bool has_end(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr(".!?:;\n", text[i]) || (unsigned char)text[i] >= 0xE3) /* full stops of East Asia are above, too */
            return true;
    return false;
}

/* Speaks of the text that waits what is complete; all of it at the end. */
static bool speak_waiting(struct client *c, bool is_open)
{
    size_t consumed;
    char *const copy = malloc(c->text_size + 1);
    if (!copy)
        return false;
    memcpy(copy, c->text, c->text_size);
    if (!speak(c, copy, c->text_size, false, is_open, &consumed))
        return false;
    memmove(c->text, c->text + consumed, c->text_size - consumed);
    c->text_size -= consumed;
    return true;
}

static bool stream_chunk(struct client *c, struct sv_speech *speech)
{
    const bool ends = has_end(speech->text, speech->size);
    const bool added = c->is_streaming && add_text(c, speech);
    sv_speech_free(speech);
    return added && (!ends || speak_waiting(c, true));
}

static bool stream_stop(struct client *c)
{
    const bool spoken = c->is_streaming && (c->text_size == 0 || speak_waiting(c, false));
    c->is_streaming = false;
    return spoken && end_audio(c) && send_event(c, sv_json_wyoming_plain("synthesize-stopped"));
}

static bool stream_start(struct client *c, struct sv_speech *speech)
{
    set_voice(c, speech);
    sv_speech_free(speech);
    c->is_streaming = true;
    c->has_audio = false;
    c->text_size = 0;
    return true;
}

/* ---- a connection ------------------------------------------------------------------------------------------------ */

static bool answer(struct client *c, const struct sv_wyoming_header *header)
{
    struct sv_speech speech;
    struct sv_json_error why;
    switch (header->type) {
    case SV_WYOMING_DESCRIBE: return send_event(c, sv_json_wyoming_info(c->server->with.catalogue));
    case SV_WYOMING_PING: return send_event(c, sv_json_wyoming_plain("pong"));
    case SV_WYOMING_STOP: return stream_stop(c);
    case SV_WYOMING_SYNTHESIZE:
    case SV_WYOMING_START:
    case SV_WYOMING_CHUNK:
        if (!sv_json_wyoming_speech(&speech, c->line, c->line_size, c->data, c->data_size, &why))
            return complain(c, SV_BAD, why.text);
        return header->type == SV_WYOMING_SYNTHESIZE ? synthesize(c, &speech)
               : header->type == SV_WYOMING_START    ? stream_start(c, &speech)
                                                     : stream_chunk(c, &speech);
    case SV_WYOMING_OTHER: break;
    }
    return true; /* events that a later version may have are passed over */
}

static void leave(struct client *c)
{
    struct sv_wyoming *const server = c->server;
    pthread_mutex_lock(&server->lock);
    struct client **place = &server->clients;
    while (*place != c)
        place = &(*place)->next;
    *place = c->next;
    close(c->fd);
    free(c->line);
    free(c->data);
    free(c->text);
    free(c);
    server->n_clients--;
    atomic_store(&server->with.metrics->wyoming_connections, server->n_clients);
    pthread_cond_signal(&server->gone);
    pthread_mutex_unlock(&server->lock);
}

static void *serve(void *user)
{
    struct client *const c = user;
    struct sv_wyoming_header header;
    while (read_event(c, &header) && answer(c, &header)) {
    }
    leave(c);
    return NULL;
}

static void set_timeout(int fd, int option, unsigned seconds)
{
    const struct timeval limit = {.tv_sec = (time_t)seconds};
    setsockopt(fd, SOL_SOCKET, option, &limit, sizeof limit);
}

/* A thread for a new connection, or its end. */
static void take(struct sv_wyoming *server, int fd)
{
    struct client *const c = calloc(1, sizeof *c);
    pthread_t thread;
    if (c)
        *c = (struct client){.server = server, .fd = fd, .line = malloc(MAX_LINE)};
    set_timeout(fd, SO_RCVTIMEO, IDLE_SECONDS);
    set_timeout(fd, SO_SNDTIMEO, server->with.options->stall_seconds);
    pthread_mutex_lock(&server->lock);
    bool taken = c && c->line && server->n_clients < server->with.options->connections;
    if (taken && base_thread_start(&thread, serve, c)) {
        pthread_detach(thread);
        c->next = server->clients;
        server->clients = c;
        atomic_store(&server->with.metrics->wyoming_connections, ++server->n_clients);
    } else {
        close(fd);
        if (c)
            free(c->line);
        free(c);
    }
    pthread_mutex_unlock(&server->lock);
}

static void *accept_all(void *user)
{
    struct sv_wyoming *const server = user;
    struct pollfd wait[2] = {{.fd = server->with.fd, .events = POLLIN}, {.fd = server->stop[0], .events = POLLIN}};
    while (poll(wait, 2, -1) < 0 || !wait[1].revents) {
        const int fd = wait[0].revents ? accept(server->with.fd, NULL, NULL) : -1;
        if (fd >= 0)
            take(server, fd);
        else if (errno == EMFILE || errno == ENFILE)
            poll(NULL, 0, 50); /* until a connection ends */
    }
    return NULL;
}

bool sv_wyoming_open(struct sv_wyoming **out, const struct sv_wyoming_options *options)
{
    struct sv_wyoming *const server = calloc(1, sizeof *server);
    *out = NULL;
    if (!server || pipe(server->stop) != 0) {
        free(server);
        sv_log("can't serve Wyoming");
        return false;
    }
    server->with = *options;
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->gone, NULL);
    if (!base_thread_start(&server->thread, accept_all, server)) {
        sv_log("can't start a thread");
        free(server);
        return false;
    }
    *out = server;
    return true;
}

void sv_wyoming_close(struct sv_wyoming **wyoming)
{
    struct sv_wyoming *const server = *wyoming;
    if (!server)
        return;
    close(server->stop[1]); /* its other end becomes readable */
    pthread_join(server->thread, NULL);
    close(server->with.fd);
    pthread_mutex_lock(&server->lock);
    for (const struct client *c = server->clients; c; c = c->next)
        shutdown(c->fd, SHUT_RDWR);
    while (server->n_clients > 0)
        pthread_cond_wait(&server->gone, &server->lock);
    pthread_mutex_unlock(&server->lock);
    close(server->stop[0]);
    pthread_cond_destroy(&server->gone);
    pthread_mutex_destroy(&server->lock);
    free(server);
    *wyoming = NULL;
}
