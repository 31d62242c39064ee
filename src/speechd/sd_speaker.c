/* The synthesis thread and its queue. */
#include "speechd/sd_speaker.h"
#include "base/thread.h"
#include "speechd/sd_cache.h"
#include "speechd/sd_render.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define QUEUE 8               /* packets: 0.6 s of speech */
#define MAX_CACHED_TEXT 100   /* bytes */
#define MAX_CACHED_PART 0.125 /* of the cache, for one message */
#define HOLD_S 0.05           /* see hold() */

struct queued {
    bool last; /* ends its message */
    struct sd_packet packet;
};

struct sd_speaker {
    struct sd_voices *voices;
    const struct sd_config *config;
    struct sd_log *log;
    pthread_t thread;
    int wake[2]; /* a pipe: written when the queue has got something */

    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    bool quit;
    struct sd_message *next; /* given, not begun; NULL: none */
    uint64_t number;         /* of the message whose packets are wanted; counts up with each message and each stop */
    bool busy;
    linnet_engine *speaking; /* the engine that is inside linnet_speak(); NULL: none */
    struct queued queue[QUEUE];
    size_t first, count;

    /* of the thread alone */
    struct sd_cache cache;
    struct sd_recording recording;
    bool recorded;  /* what goes to the queue is recorded as well */
    double sound_s; /* of the message, so far */
    bool held;      /* see hold() */
    uint64_t mine;  /* number of the message that it speaks */
};

/* ---- the queue, on the thread's side -------------------------------------------------------------------------- */

/* Makes the main thread look. Never under the lock: it may run at once, and would have to wait for it, while any other
 * thread gets this one's processor. */
static void wake_main(const struct sd_speaker *s)
{
    const ssize_t written = write(s->wake[1], "", 1);
    (void)written; /* a full pipe is readable already */
}

/* false: the message was stopped. */
static bool enqueue(struct sd_speaker *s, const struct sd_packet *packet, bool last)
{
    pthread_mutex_lock(&s->lock);
    while (s->count == QUEUE && s->number == s->mine)
        pthread_cond_wait(&s->changed, &s->lock);
    const bool wanted = s->number == s->mine;
    if (wanted) {
        struct queued *const place = &s->queue[(s->first + s->count++) % QUEUE];
        place->last = last;
        memcpy(&place->packet, packet, offsetof(struct sd_packet, bytes) + packet->size);
    }
    pthread_mutex_unlock(&s->lock);
    if (wanted)
        wake_main(s);
    return wanted;
}

static struct timespec from_now(double seconds)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)(seconds * 1e9);
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

/* Holds back the end of a message of hardly any sound, and the marks behind it, unless it is stopped. Clients of 0.11.4
 * (python3-speechd, and so Orca) listen to the events of a message when they have been told its number; what comes
 * before is lost to them, and they wait for the end for ever. */
static void hold(void *user)
{
    struct sd_speaker *const s = user;
    if (s->sound_s >= HOLD_S || s->held)
        return;
    s->held = true;
    const struct timespec until = from_now(HOLD_S);
    pthread_mutex_lock(&s->lock);
    while (s->number == s->mine && pthread_cond_timedwait(&s->changed, &s->lock, &until) == 0)
        continue;
    pthread_mutex_unlock(&s->lock);
}

static bool send_packet(void *user, const struct sd_packet *packet)
{
    struct sd_speaker *const s = user;
    if (packet->n_samples > 0)
        s->sound_s += (double)packet->n_samples / packet->sample_rate;
    if (s->recorded)
        sd_recording_add(&s->recording, packet, (size_t)((double)s->cache.limit * MAX_CACHED_PART));
    return enqueue(s, packet, false);
}

static bool send_text(struct sd_speaker *s, const char *text, bool last)
{
    struct sd_packet packet;
    sd_packet_text(&packet, "%s", text);
    return enqueue(s, &packet, last);
}

/* ---- speaking ------------------------------------------------------------------------------------------------- */

static const int units[] = {[SD_SPEAK] = LINNET_UNIT_TEXT,
                            [SD_CHAR] = LINNET_UNIT_CHARACTER,
                            [SD_KEY] = LINNET_UNIT_KEY,
                            [SD_SOUND_ICON] = LINNET_UNIT_TEXT};

/* The voice that shall speak the message, its engine set up for it; NULL: none can. */
static struct sd_voice *prepare(struct sd_speaker *s, const struct sd_message *message, linnet_settings *settings)
{
    for (size_t attempt = 0; attempt <= s->voices->count; attempt++) {
        double semitones;
        struct sd_voice *const voice = sd_voices_choose(s->voices, &message->params, &semitones);
        linnet_engine *const engine = sd_voices_engine(s->voices, voice);
        if (!engine)
            continue;
        linnet_settings_init(settings);
        settings->threads = (int)s->config->threads;
        settings->markdown = LINNET_MARKDOWN_OFF;
        settings->voices = 1;
        settings->unit = units[message->type];
        settings->ssml = message->type == SD_SPEAK ? LINNET_SSML_LENIENT : LINNET_SSML_OFF;
        sd_params_apply(&message->params, s->config, voice->pace, semitones, settings);
        if (linnet_set(engine, settings) == LINNET_OK)
            return voice;
        sd_log(s->log, SD_LOG_ERROR, "%s", linnet_error(engine));
        return NULL;
    }
    return NULL;
}

/* The server plays the file of a sound icon itself; false: there is none of that name. */
static bool icon_packet(const struct sd_speaker *s, const char *name, struct sd_packet *packet)
{
    char path[2 * SD_MAX_PATH];
    const int size = snprintf(path, sizeof path, "%s/%s", s->config->sound_icons, name);
    if (!*s->config->sound_icons || strchr(name, '/') || size >= (int)sizeof path || access(path, R_OK) != 0)
        return false;
    sd_packet_text(packet, "706-%s\n706 ICON\n", path);
    return true;
}

/* Makes linnet_cancel() reach the engine; false: the message was stopped before. */
static bool announce(struct sd_speaker *s, linnet_engine *engine)
{
    pthread_mutex_lock(&s->lock);
    const bool wanted = s->number == s->mine;
    s->speaking = wanted ? engine : NULL;
    pthread_mutex_unlock(&s->lock);
    return wanted;
}

static void render(struct sd_speaker *s, const struct sd_voice *voice, const struct sd_message *message)
{
    linnet_engine *const engine = voice->engine;
    if (!announce(s, engine)) {
        s->recording.failed = true;
        return;
    }
    sd_log(s->log, SD_LOG_DETAIL, "%zu bytes for %s", message->size, voice->name);
    struct sd_packet icon;
    const struct sd_render_job job = {.text = message->text,
                                      .size = message->size,
                                      .icon = icon_packet(s, "capital", &icon) ? &icon : NULL,
                                      .send = send_packet,
                                      .hold = hold,
                                      .user = s};
    const int status = sd_render(engine, &job);
    announce(s, NULL);
    if (status != LINNET_OK || s->sound_s < HOLD_S)
        s->recording.failed = true;
    if (status != LINNET_OK && status != LINNET_CANCELLED) {
        const char *const why = linnet_error(engine);
        sd_log(s->log, SD_LOG_ERROR, "a message of %zu bytes: %s", message->size,
               *why ? why : linnet_status_text(status));
    }
}

/* All that the sound of a short message depends on. */
struct key {
    const struct sd_voice *voice;
    uint64_t lexicons; /* their stamp */
    linnet_settings settings;
    enum sd_message_type type;
    char text[MAX_CACHED_TEXT];
};

static size_t fill_key(struct key *key, const struct sd_voice *voice, const linnet_settings *settings,
                       const struct sd_message *message)
{
    memset(key, 0, sizeof *key); /* gaps between the fields too */
    key->voice = voice;
    key->settings = *settings;
    key->type = message->type;
    key->lexicons = sd_lexicons_stamp(&voice->lexicons);
    memcpy(key->text, message->text, message->size);
    return offsetof(struct key, text) + message->size;
}

static void replay(struct sd_speaker *s, const struct sd_recording *recording)
{
    s->held = true; /* there is enough to be heard */
    for (const struct sd_recorded *of = recording->first; of; of = of->next)
        if (!enqueue(s, &of->packet, false))
            return;
}

static void speak_text(struct sd_speaker *s, const struct sd_message *message)
{
    linnet_settings settings;
    const struct sd_voice *const voice = prepare(s, message, &settings);
    struct key key;
    if (!voice)
        return;
    s->recorded = message->size <= MAX_CACHED_TEXT;
    const size_t key_size = s->recorded ? fill_key(&key, voice, &settings, message) : 0;
    const struct sd_recording *const known = s->recorded ? sd_cache_find(&s->cache, &key, key_size) : NULL;
    if (known) {
        replay(s, known);
        return;
    }
    render(s, voice, message);
    if (s->recorded)
        sd_cache_add(&s->cache, &key, key_size, &s->recording);
}

static void speak(struct sd_speaker *s, const struct sd_message *message)
{
    s->sound_s = 0;
    s->held = false;
    if (!send_text(s, "701 BEGIN\n", false))
        return;
    struct sd_packet icon;
    if (message->type == SD_SOUND_ICON && icon_packet(s, message->text, &icon))
        enqueue(s, &icon, false);
    else
        speak_text(s, message);
    hold(s);
    send_text(s, "702 END\n", true);
}

static void *work(void *context)
{
    struct sd_speaker *const s = context;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (!s->next && !s->quit)
            pthread_cond_wait(&s->changed, &s->lock);
        if (s->quit)
            break;
        struct sd_message *const message = s->next;
        s->next = NULL;
        s->mine = s->number;
        pthread_mutex_unlock(&s->lock);
        speak(s, message);
        free(message);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- the main thread's side ----------------------------------------------------------------------------------- */

void sd_speaker_speak(struct sd_speaker *s, struct sd_message *message)
{
    pthread_mutex_lock(&s->lock);
    s->next = message;
    s->number++;
    s->busy = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

void sd_speaker_stop(struct sd_speaker *s)
{
    pthread_mutex_lock(&s->lock);
    free(s->next);
    s->next = NULL;
    s->number++;
    s->busy = false;
    s->count = 0;
    linnet_cancel(s->speaking);
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

bool sd_speaker_busy(struct sd_speaker *s)
{
    pthread_mutex_lock(&s->lock);
    const bool busy = s->busy;
    pthread_mutex_unlock(&s->lock);
    return busy;
}

bool sd_speaker_take(struct sd_speaker *s, struct sd_packet *packet)
{
    char bytes[64];
    while (read(s->wake[0], bytes, sizeof bytes) > 0)
        continue;
    pthread_mutex_lock(&s->lock);
    const bool some = s->count > 0;
    if (some) {
        const struct queued *const place = &s->queue[s->first];
        memcpy(packet, &place->packet, offsetof(struct sd_packet, bytes) + place->packet.size);
        if (place->last)
            s->busy = false;
        s->first = (s->first + 1) % QUEUE;
        s->count--;
        pthread_cond_signal(&s->changed);
    }
    pthread_mutex_unlock(&s->lock);
    return some;
}

int sd_speaker_fd(const struct sd_speaker *s)
{
    return s->wake[0];
}

/* ---- life ----------------------------------------------------------------------------------------------------- */

static bool open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    for (int i = 0; i < 2; i++)
        if (fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0) {
            close(ends[0]);
            close(ends[1]);
            return false;
        }
    return true;
}

/* So that the first message doesn't wait for what is loaded and made on first use. */
static bool warm_up(struct sd_speaker *s)
{
    static const char text[] = "a";
    struct sd_message *const message = calloc(1, sizeof *message + sizeof text);
    linnet_settings settings;
    if (!message)
        return false;
    sd_params_init(&message->params);
    memcpy(message->text, text, sizeof text);
    message->size = sizeof text - 1;
    const struct sd_voice *const voice = prepare(s, message, &settings);
    free(message);
    return voice;
}

/* Waits by the clock that nobody sets. */
static bool start_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    const bool fine =
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(condition, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return fine;
}

static bool start(struct sd_speaker *s)
{
    if (pthread_mutex_init(&s->lock, NULL) != 0)
        return false;
    if (start_condition(&s->changed)) {
        if (open_pipe(s->wake)) {
            if (base_thread_start(&s->thread, work, s))
                return true;
            close(s->wake[0]);
            close(s->wake[1]);
        }
        pthread_cond_destroy(&s->changed);
    }
    pthread_mutex_destroy(&s->lock);
    return false;
}

bool sd_speaker_open(struct sd_speaker **out, struct sd_voices *voices, const struct sd_config *config,
                     struct sd_log *log)
{
    struct sd_speaker *const s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return false;
    s->voices = voices;
    s->config = config;
    s->log = log;
    s->cache.limit = (size_t)(config->cache_megabytes * 1e6);
    if (!warm_up(s) || !start(s)) {
        free(s);
        return false;
    }
    *out = s;
    return true;
}

void sd_speaker_close(struct sd_speaker *s)
{
    if (!s)
        return;
    sd_speaker_stop(s);
    pthread_mutex_lock(&s->lock);
    s->quit = true;
    pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    close(s->wake[0]);
    close(s->wake[1]);
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    sd_cache_clear(&s->cache);
    free(s);
}
