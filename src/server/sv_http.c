/* HTTP, by libmicrohttpd: the only file that includes it. A thread a connection, which may wait for the pool's
 * bytes. */
#include "server/sv_http.h"
#include "base/base64.h"
#include "base/buffer.h"
#include "server/sv_audio.h"
#include "server/sv_json.h"
#include "server/sv_log.h"

#include "linnet.h"
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define THREAD_STACK                                                                                                   \
    ((size_t)1 << 20) /* address space alone, until a request nests JSON as deep as jansson lets it: 2,048 */
#define IDLE_SECONDS 60u
#define BLOCK_BYTES ((size_t)32 << 10)
#define SSE_BYTES ((size_t)9 << 10) /* of sound in one event; base64 makes 12 kB of them */

struct sv_http {
    struct MHD_Daemon *daemon;
    struct sv_http_options with;
};

/* A request while it arrives. */
struct request {
    struct base_buffer body;
    unsigned refused; /* HTTP status that it will get, whatever follows; 0: none */
};

/* A reply while it leaves. */
struct reply {
    struct sv_http *http;
    struct sv_job *job;
    enum sv_route route;
    bool is_done;
    char *event; /* server-sent event being sent [event_size], from event_at */
    size_t event_size, event_at;
};

static const char page[] =
#include "server/page.inc"
    ;

/* ---- plain replies ----------------------------------------------------------------------------------------------- */

static void count(struct sv_http *http, enum sv_route route, enum sv_outcome outcome)
{
    atomic_fetch_add(&http->with.metrics->requests[route][outcome], 1);
}

static enum MHD_Result queue(struct MHD_Connection *connection, unsigned status, struct MHD_Response *response,
                             const char *type)
{
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "1");
    if (status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    const enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

/* Takes over `text` (malloc). */
static enum MHD_Result reply_text(struct MHD_Connection *connection, unsigned status, char *text, const char *type)
{
    if (!text)
        return MHD_NO;
    return queue(connection, status, MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE), type);
}

static enum MHD_Result fail(struct MHD_Connection *connection, unsigned status, const struct sv_json_error *why)
{
    const char *const type = status >= 500                     ? "server_error"
                             : status == MHD_HTTP_UNAUTHORIZED ? "authentication_error"
                                                               : "invalid_request_error";
    sv_debug("%u: %s%s%s", status, why->field, why->field[0] ? ": " : "", why->text);
    return reply_text(connection, status, sv_json_failure(type, why), "application/json");
}

static enum MHD_Result fail_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct sv_json_error why = {.field = ""};
    snprintf(why.text, sizeof why.text, "%s", text);
    return fail(connection, status, &why);
}

/* ---- streams of sound -------------------------------------------------------------------------------------------- */

static enum sv_outcome outcome_of(const struct reply *reply)
{
    return !reply->is_done ? SV_LEFT : reply->job->pipe.status == LINNET_OK ? SV_DONE : SV_FAILED;
}

static void free_reply(void *user)
{
    struct reply *const reply = user;
    sv_pipe_leave(&reply->job->pipe);
    count(reply->http, reply->route, outcome_of(reply));
    sv_job_release(reply->job);
    free(reply->event);
    free(reply);
}

/* The end, or what went wrong after the first bytes: then the connection breaks, so that nobody takes half for the
 * whole. */
static ssize_t end_of(struct reply *reply)
{
    reply->is_done = true;
    if (reply->job->pipe.status == LINNET_OK)
        return MHD_CONTENT_READER_END_OF_STREAM;
    sv_log("a text was not spoken to its end: %s", reply->job->pipe.message);
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

static ssize_t read_sound(void *user, uint64_t position, char *out, size_t size)
{
    struct reply *const reply = user;
    (void)position;
    const size_t n = sv_pipe_get(&reply->job->pipe, out, size);
    return n > 0 ? (ssize_t)n : end_of(reply);
}

/* The next event: the next bytes in base64, then one that says that it was all. */
static bool make_event(struct reply *reply)
{
    unsigned char sound[SSE_BYTES];
    char text[BASE64_SIZE(SSE_BYTES)];
    const size_t n = sv_pipe_get(&reply->job->pipe, sound, sizeof sound);
    free(reply->event);
    reply->event = NULL;
    if (n == 0 && (reply->is_done || reply->job->pipe.status != LINNET_OK))
        return false;
    reply->is_done = n == 0;
    base64_encode(text, sound, n);
    reply->event = sv_json_sse(n > 0 ? text : NULL);
    reply->event_size = reply->event ? strlen(reply->event) : 0;
    reply->event_at = 0;
    return reply->event != NULL;
}

static ssize_t read_events(void *user, uint64_t position, char *out, size_t size)
{
    struct reply *const reply = user;
    (void)position;
    if (reply->event_at == reply->event_size && !make_event(reply))
        return end_of(reply);
    const size_t left = reply->event_size - reply->event_at, n = size < left ? size : left;
    memcpy(out, reply->event + reply->event_at, n);
    reply->event_at += n;
    return (ssize_t)n;
}

static unsigned status_of_failure(int status)
{
    switch (status) {
    case LINNET_ERR_SYNTAX:
    case LINNET_ERR_ARGUMENT: return MHD_HTTP_BAD_REQUEST;
    case LINNET_CANCELLED: return MHD_HTTP_SERVICE_UNAVAILABLE;
    default: return MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
}

/* Waits for the first bytes, so that an error before them has a status of its own. Takes over the job. */
static enum MHD_Result reply_sound(struct MHD_Connection *connection, struct sv_http *http, struct sv_job *job,
                                   enum sv_route route, bool is_sse)
{
    const int status = sv_pipe_wait(&job->pipe);
    struct reply *const reply = status == LINNET_OK ? calloc(1, sizeof *reply) : NULL;
    if (!reply) {
        const unsigned code = status_of_failure(status == LINNET_OK ? LINNET_ERR_MEMORY : status);
        count(http, route, code < 500 ? SV_BAD : SV_FAILED);
        const enum MHD_Result result = fail_text(connection, code, job->pipe.message);
        sv_job_release(job);
        return result;
    }
    *reply = (struct reply){.http = http, .job = job, .route = route};
    struct MHD_Response *const response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK_BYTES, is_sse ? read_events : read_sound, reply, free_reply);
    if (!response)
        free_reply(reply);
    return queue(connection, MHD_HTTP_OK, response, is_sse ? "text/event-stream" : job->format->type);
}

/* Speaks what a request asked for. Takes over `speech`. */
static enum MHD_Result speak(struct MHD_Connection *connection, struct sv_http *http, struct sv_speech *speech,
                             enum sv_route route, const struct sv_format *otherwise)
{
    const struct sv_format *const format = speech->format[0] ? sv_format_find(speech->format) : otherwise;
    const struct sv_voice *const voice = sv_catalogue_find(http->with.catalogue, speech->voice);
    struct sv_json_error why = {.field = ""};
    if (!format)
        snprintf(why.text, sizeof why.text, "response_format: '%s' can't be written; %s can", speech->format,
                 sv_format_names());
    else if (!voice)
        snprintf(why.text, sizeof why.text, "voice: there is no '%s'; GET /voices lists them", speech->voice);
    else if (speech->size == 0)
        snprintf(why.text, sizeof why.text, "there is no text");
    if (why.text[0]) {
        sv_speech_free(speech);
        count(http, route, SV_BAD);
        return fail(connection, MHD_HTTP_BAD_REQUEST, &why);
    }
    struct sv_job *const job = sv_job_new(speech->text, speech->size);
    if (!job)
        return MHD_NO;
    job->voice = voice;
    job->format = format;
    job->rate = (float)speech->rate;
    job->is_ssml = speech->is_ssml;
    sv_debug("%zu bytes of text, %s, %s", speech->size, voice->id, format->name);
    if (sv_pool_add(http->with.pool, job))
        return reply_sound(connection, http, job, route, speech->is_sse);
    sv_job_release(job);
    count(http, route, SV_BUSY);
    return fail_text(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "too many texts are waiting: try again later");
}

/* ---- routes ------------------------------------------------------------------------------------------------------ */

typedef enum MHD_Result route_function(struct MHD_Connection *connection, struct sv_http *http,
                                       const struct request *request);

static enum MHD_Result bad(struct MHD_Connection *connection, struct sv_http *http, enum sv_route route,
                           const struct sv_json_error *why)
{
    count(http, route, SV_BAD);
    return fail(connection, MHD_HTTP_BAD_REQUEST, why);
}

static enum MHD_Result post_openai(struct MHD_Connection *connection, struct sv_http *http,
                                   const struct request *request)
{
    struct sv_speech speech;
    struct sv_json_error why;
    if (!sv_json_openai(&speech, request->body.data, request->body.length, &why))
        return bad(connection, http, SV_ROUTE_OPENAI, &why);
    return speak(connection, http, &speech, SV_ROUTE_OPENAI, sv_format_find("mp3"));
}

/* A bare text, as older versions of piper's server take it: in the body or behind "?text=". */
static enum MHD_Result speak_bare(struct MHD_Connection *connection, struct sv_http *http, const char *text,
                                  size_t size)
{
    struct sv_speech speech = {.text = malloc(size + 1), .size = size, .rate = 1};
    const char *const voice = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "voice");
    if (!speech.text)
        return MHD_NO;
    memcpy(speech.text, text, size);
    speech.text[size] = 0;
    snprintf(speech.voice, sizeof speech.voice, "%s", voice ? voice : "");
    return speak(connection, http, &speech, SV_ROUTE_PIPER, sv_format_wav);
}

static enum MHD_Result post_piper(struct MHD_Connection *connection, struct sv_http *http,
                                  const struct request *request)
{
    struct sv_speech speech;
    struct sv_json_error why;
    const char *const type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    const bool is_json = (type && !strncasecmp(type, "application/json", 16)) ||
                         (request->body.length > 0 && request->body.data[0] == '{');
    if (!is_json)
        return speak_bare(connection, http, request->body.length > 0 ? request->body.data : "", request->body.length);
    if (!sv_json_piper(&speech, request->body.data, request->body.length, &why))
        return bad(connection, http, SV_ROUTE_PIPER, &why);
    return speak(connection, http, &speech, SV_ROUTE_PIPER, sv_format_wav);
}

static enum MHD_Result get_page(struct MHD_Connection *connection, struct sv_http *http, const struct request *request)
{
    const char *const text = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "text");
    (void)request;
    if (text)
        return speak_bare(connection, http, text, strlen(text));
    struct MHD_Response *const response =
        MHD_create_response_from_buffer(sizeof page - 1, (void *)(uintptr_t)page, MHD_RESPMEM_PERSISTENT);
    if (response)
        MHD_add_response_header(
            response, "Content-Security-Policy",
            "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; "
            "media-src blob:; img-src data:; frame-ancestors 'none'");
    return queue(connection, MHD_HTTP_OK, response, "text/html; charset=utf-8");
}

static enum MHD_Result get_models(struct MHD_Connection *connection, struct sv_http *http,
                                  const struct request *request)
{
    (void)http;
    (void)request;
    return reply_text(connection, MHD_HTTP_OK, sv_json_models(), "application/json");
}

static enum MHD_Result get_voices(struct MHD_Connection *connection, struct sv_http *http,
                                  const struct request *request)
{
    (void)request;
    return reply_text(connection, MHD_HTTP_OK, sv_json_voices(http->with.catalogue), "application/json");
}

static enum MHD_Result get_voice_list(struct MHD_Connection *connection, struct sv_http *http,
                                      const struct request *request)
{
    (void)request;
    return reply_text(connection, MHD_HTTP_OK, sv_json_voice_list(http->with.catalogue), "application/json");
}

static enum MHD_Result get_health(struct MHD_Connection *connection, struct sv_http *http,
                                  const struct request *request)
{
    (void)http;
    (void)request;
    return reply_text(connection, MHD_HTTP_OK, strdup("{\"status\":\"ok\"}"), "application/json");
}

static enum MHD_Result get_metrics(struct MHD_Connection *connection, struct sv_http *http,
                                   const struct request *request)
{
    size_t size;
    (void)request;
    return reply_text(connection, MHD_HTTP_OK, sv_metrics_text(http->with.metrics, http->with.pool, &size),
                      "text/plain; version=0.0.4");
}

static const struct route {
    const char *method, *url;
    route_function *run;
    bool is_open; /* without the API key */
} routes[] = {
    {"POST", "/v1/audio/speech", post_openai, false},
    {"GET", "/v1/models", get_models, false},
    {"GET", "/v1/audio/voices", get_voice_list, false},
    {"GET", "/voices", get_voices, false},
    {"POST", "/", post_piper, false},
    {"POST", "/synthesize", post_piper, false}, /* as later versions of piper have it */
    {"GET", "/", get_page, true},
    {"GET", "/healthz", get_health, true},
    {"GET", "/metrics", get_metrics, false},
};
#define N_ROUTES (sizeof routes / sizeof *routes)

/* The route of a request; *known: there is such a place, with this method or another. HEAD is answered as GET is. */
static const struct route *find_route(const char *method, const char *url, bool *known)
{
    const char *const asked = strcmp(method, "HEAD") ? method : "GET";
    *known = false;
    for (size_t i = 0; i < N_ROUTES; i++) {
        if (strcmp(routes[i].url, url))
            continue;
        *known = true;
        if (!strcmp(routes[i].method, asked))
            return &routes[i];
    }
    return NULL;
}

/* Takes as long whatever the key is. */
static bool same_key(const char *given, const char *key)
{
    const size_t n = strlen(given), m = strlen(key);
    unsigned different = n != m;
    for (size_t i = 0; i < m; i++)
        different |= (unsigned)(unsigned char)key[i] ^ (unsigned)(unsigned char)given[i < n ? i : n];
    return !different;
}

static bool may_enter(struct MHD_Connection *connection, const struct sv_http *http, const struct route *route)
{
    const char *const key = http->with.options->api_key;
    const char *const given = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);
    const bool asks_to_speak = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "text") != NULL;
    if (!key || (route->is_open && !asks_to_speak))
        return true;
    return given && !strncasecmp(given, "Bearer ", 7) && same_key(given + 7, key);
}

/* The status that refuses a request, by its head alone; 0: none. */
static unsigned refusal(struct MHD_Connection *connection, const struct sv_http *http, const char *method,
                        const char *url)
{
    bool known;
    const struct route *const route = find_route(method, url, &known);
    const char *const length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    if (!route)
        return known ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND;
    if (!may_enter(connection, http, route))
        return MHD_HTTP_UNAUTHORIZED;
    if (length && strtoull(length, NULL, 10) > http->with.options->max_body)
        return MHD_HTTP_CONTENT_TOO_LARGE;
    return 0;
}

/* 405 names the methods that there are (RFC 9110, 15.5.6). */
static enum MHD_Result refuse_method(struct MHD_Connection *connection, const char *url)
{
    const struct sv_json_error why = {.field = "", .text = "this place has no such method"};
    char *const text = sv_json_failure("invalid_request_error", &why), allowed[32] = "";
    for (size_t i = 0; i < N_ROUTES; i++) {
        const size_t n = strlen(allowed);
        if (!strcmp(routes[i].url, url))
            snprintf(allowed + n, sizeof allowed - n, "%s%s", n ? ", " : "",
                     strcmp(routes[i].method, "GET") ? routes[i].method : "GET, HEAD");
    }
    if (!text)
        return MHD_NO;
    struct MHD_Response *const response = MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, allowed);
    return queue(connection, MHD_HTTP_METHOD_NOT_ALLOWED, response, "application/json");
}

static enum MHD_Result refuse(struct MHD_Connection *connection, struct sv_http *http, const char *url, unsigned status)
{
    const char *text = "there is no such place here";
    count(http, SV_ROUTE_OTHER, SV_BAD);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        return refuse_method(connection, url);
    if (status == MHD_HTTP_UNAUTHORIZED)
        text = "the API key is missing or wrong";
    else if (status == MHD_HTTP_CONTENT_TOO_LARGE)
        text = "the request is too large";
    return fail_text(connection, status, text);
}

/* ---- libmicrohttpd's side ---------------------------------------------------------------------------------------- */

static bool take_body(struct request *request, const char *data, size_t size, size_t limit)
{
    return size <= limit - request->body.length && base_buffer_add(&request->body, data, size);
}

static enum MHD_Result handle(void *user, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state)
{
    struct sv_http *const http = user;
    struct request *request = *state;
    bool known;
    (void)version;
    if (!request) { /* the head has arrived */
        request = *state = calloc(1, sizeof *request);
        if (!request)
            return MHD_NO;
        request->refused = refusal(connection, http, method, url); /* said when the body, which is passed over, is in */
        return MHD_YES;
    }
    if (*size > 0) {
        if (!request->refused && !take_body(request, data, *size, http->with.options->max_body))
            request->refused = MHD_HTTP_CONTENT_TOO_LARGE;
        *size = 0;
        return MHD_YES;
    }
    if (request->refused)
        return refuse(connection, http, url, request->refused);
    const struct route *const route = find_route(method, url, &known);
    return route->run(connection, http, request);
}

static void completed(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode how)
{
    struct request *const request = *state;
    (void)user;
    (void)connection;
    (void)how;
    if (request)
        base_buffer_free(&request->body);
    free(request);
    *state = NULL;
}

BASE_PRINTF(2, 0)
static void log_line(void *user, const char *format, va_list args)
{
    char text[512];
    (void)user;
    vsnprintf(text, sizeof text, format, args);
    text[strcspn(text, "\n")] = 0;
    sv_debug("%s", text);
}

bool sv_http_open(struct sv_http **out, const struct sv_http_options *options)
{
    struct sv_http *const http = calloc(1, sizeof *http);
    *out = NULL;
    if (!http)
        return false;
    http->with = *options;
    http->daemon = MHD_start_daemon(
        MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ERROR_LOG |
            MHD_USE_ITC,
        0, NULL, NULL, handle, http, MHD_OPTION_EXTERNAL_LOGGER, log_line, NULL, MHD_OPTION_LISTEN_SOCKET, options->fd,
        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_CONNECTION_LIMIT, options->options->connections,
        MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, MHD_OPTION_THREAD_STACK_SIZE, THREAD_STACK, MHD_OPTION_END);
    if (!http->daemon) {
        sv_log("can't serve HTTP");
        free(http);
        return false;
    }
    *out = http;
    return true;
}

void sv_http_quiesce(struct sv_http *http)
{
    MHD_quiesce_daemon(http->daemon);
}

void sv_http_close(struct sv_http **http)
{
    if (!*http)
        return;
    MHD_stop_daemon((*http)->daemon);
    free(*http);
    *http = NULL;
}
