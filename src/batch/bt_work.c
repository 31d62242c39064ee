/* Workers. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "batch/bt_work.h"

#include "audio/sink.h"
#include "cli/progress.h"
#include "linnet.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define MAX_TEXT ((size_t)1 << 28)     /* bytes of a file */
#define FULL_BYTES ((uint64_t)1 << 20) /* a disk with less is full */

static atomic_bool stopping;

struct batch {
    const struct bt_options *options;
    const struct bt_items *items;
    struct bt_journal *journal;
    struct bt_summary *summary;
    struct progress progress;
    pthread_mutex_t lock;  /* of what follows, the summary, the progress bar and standard error */
    size_t next;           /* item that nobody has */
    atomic_bool is_broken; /* nothing more can be done: the journal's disk is full, say */
};

/* An engine by the name of its voice; voices are few. */
struct open_voice {
    const char *name; /* borrowed from an item or the options; NULL: the default voice */
    linnet_engine *engine;
};

struct worker {
    struct batch *batch;
    pthread_t thread;
    struct open_voice *voices; /* [n_voices] */
    size_t n_voices;
};

/* One item while it is spoken. */
struct speaking {
    struct sink *sink;
    struct base_error error; /* of the sink */
    uint64_t n_samples;
    double seconds; /* of speech, when it is done */
};

void bt_work_stop(void)
{
    atomic_store(&stopping, true);
}

/* ---- one item ---------------------------------------------------------------------------------------------------- */

static void hash(uint64_t *key, const void *data, size_t size) /* FNV-1a */
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        *key = (*key ^ bytes[i]) * 0x100000001B3u;
}

static void hash_text(uint64_t *key, const char *text)
{
    hash(key, text ? text : "", (text ? strlen(text) : 0) + 1);
}

/* All that the file depends on: when something of it changes, the item is done again. */
static uint64_t key_of(const struct bt_item *item, const char *voice, const char *text, size_t size)
{
    uint64_t key = 0xCBF29CE484222325u;
    const float numbers[] = {item->rate, item->pitch, item->pitch_range, item->volume, item->is_ssml};
    hash_text(&key, linnet_version());
    hash_text(&key, voice);
    hash_text(&key, item->output);
    hash(&key, numbers, sizeof numbers);
    hash(&key, text, size);
    return key;
}

static char *join(const char *folder, const char *name)
{
    const size_t n = strlen(folder);
    const size_t size = n + strlen(name) + 2;
    char *const path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", folder, n > 0 && folder[n - 1] != '/' ? "/" : "", name);
    return path;
}

static int read_fd(int fd, const char *path, char **text, size_t *size, struct base_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || (uint64_t)info.st_size > MAX_TEXT)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: no file, or too large", path);
    const size_t expected = (size_t)info.st_size;
    *text = malloc(expected + 1);
    if (!*text)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    for (ssize_t n = 1; n > 0 && *size<expected; *size += n> 0 ? (size_t)n : 0) {
        n = read(fd, *text + *size, expected - *size);
        if (n < 0)
            return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno));
    }
    return LINNET_OK;
}

/* An item's text: *text is to be free()d, also after an error. */
static int text_of(const struct batch *b, const struct bt_item *item, char **text, size_t *size, struct base_error *err)
{
    *size = 0;
    *text = item->text ? strdup(item->text) : NULL;
    if (item->text) {
        *size = strlen(item->text);
        return *text ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    }
    char *const path = item->file[0] == '/' ? strdup(item->file) : join(b->items->base, item->file);
    if (!path)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    const int status = fd < 0 ? base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno))
                              : read_fd(fd, path, text, size, err);
    if (fd >= 0)
        close(fd);
    free(path);
    return status;
}

/* Makes the folders above a path, from the one behind `start` on. */
static int make_folders(char *path, size_t start, struct base_error *err)
{
    for (char *slash = strchr(path + start, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const bool made = !*path || mkdir(path, 0777) == 0 || errno == EEXIST;
        if (!made)
            return base_fail(err, LINNET_ERR_IO, "%s: can't make the folder: %s", path, strerror(errno));
        *slash = '/';
    }
    return LINNET_OK;
}

static int on_event(void *user, const linnet_event *event)
{
    struct speaking *const s = user;
    if (atomic_load(&stopping))
        return 1;
    if (event->type != LINNET_EVENT_AUDIO)
        return 0;
    s->n_samples += event->n_samples;
    return sink_write(s->sink, event->samples, event->n_samples, &s->error) == LINNET_OK ? 0 : 1;
}

static int set_up(linnet_engine *engine, const struct bt_item *item, struct base_error *err)
{
    linnet_settings settings;
    linnet_settings_init(&settings);
    settings.threads = 1;
    settings.rate = item->rate;
    settings.pitch_semitones = item->pitch;
    settings.pitch_range = item->pitch_range;
    settings.volume = item->volume;
    settings.voices = 1;
    settings.ssml = item->is_ssml ? LINNET_SSML_STRICT : LINNET_SSML_OFF;
    const int status = linnet_set(engine, &settings);
    return status == LINNET_OK ? status : base_fail(err, status, "%s", linnet_error(engine));
}

static int speak_into(struct speaking *s, linnet_engine *engine, const char *path, const char *text, size_t size,
                      struct base_error *err)
{
    linnet_voice_info info;
    const struct sink_class *const type = sink_by_path(path);
    if (!type || !strcmp(type->name, "wav") || !strcmp(type->name, "raw"))
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: no kind of sound file that can be written ends so", path);
    int status = linnet_voice(engine, &info);
    const struct sink_options options = {.sample_rate = info.sample_rate, .path = path};
    if (status == LINNET_OK)
        status = sink_open(&s->sink, type, &options, err);
    if (status != LINNET_OK)
        return status;
    status = linnet_speak(engine, text, size, on_event, s);
    if (status == LINNET_OK)
        status = sink_finish(&s->sink, err);
    else if (s->error.text[0])
        base_fail(err, status, "%s", s->error.text);
    else
        base_fail(err, status, "%s", linnet_error(engine));
    sink_cancel(&s->sink);
    s->seconds = (double)s->n_samples / info.sample_rate;
    return status;
}

static int engine_of(struct worker *w, const char *name, linnet_engine **out, struct base_error *err)
{
    for (size_t i = 0; i < w->n_voices; i++)
        if (w->voices[i].name == name || (name && w->voices[i].name && !strcmp(w->voices[i].name, name))) {
            *out = w->voices[i].engine;
            return LINNET_OK;
        }
    struct open_voice *const grown = realloc(w->voices, (w->n_voices + 1) * sizeof *grown);
    if (!grown)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    w->voices = grown;
    const int status = linnet_engine_open(out, name, NULL);
    if (status != LINNET_OK)
        return base_fail(err, status, "%s", linnet_last_open_error());
    w->voices[w->n_voices++] = (struct open_voice){name, *out};
    return LINNET_OK;
}

/* ---- the batch --------------------------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void count_failure(struct batch *b, const struct bt_item *item, const char *why)
{
    struct bt_summary *const s = b->summary;
    struct bt_failure *const grown = realloc(s->failures, (s->n_failures + 1) * sizeof *grown);
    progress_pause(&b->progress);
    fprintf(stderr, "linnet-batch: %s:%zu: %s: %s\n", b->options->manifest, item->line, item->id, why);
    if (!grown)
        return;
    s->failures = grown;
    s->failures[s->n_failures++] = (struct bt_failure){item->id, item->line, strdup(why)};
}

/* How an item ended. */
enum outcome { DONE, SKIPPED, FAILED, STOPPED };

static void count(struct batch *b, const struct bt_item *item, enum outcome outcome, double seconds, const char *why)
{
    pthread_mutex_lock(&b->lock);
    b->summary->n_done += outcome == DONE;
    b->summary->n_skipped += outcome == SKIPPED;
    if (outcome == FAILED)
        count_failure(b, item, why);
    b->summary->speech_seconds += seconds;
    progress_update(&b->progress, b->summary->n_done + b->summary->n_skipped + b->summary->n_failures,
                    b->summary->speech_seconds);
    pthread_mutex_unlock(&b->lock);
}

static bool exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
}

/* What failed for one item fails for all: the rest isn't tried, and it is told once. */
static enum outcome give_up(struct batch *b)
{
    return atomic_exchange(&b->is_broken, true) ? STOPPED : FAILED;
}

/* No room for a file like these. */
static bool is_full(const char *folder)
{
    struct statvfs disk;
    return statvfs(*folder ? folder : ".", &disk) == 0 && (uint64_t)disk.f_bavail * disk.f_frsize < FULL_BYTES;
}

static int speak_item(struct speaking *s, linnet_engine *engine, const struct bt_item *item, char *path, size_t folder,
                      const char *text, size_t size, struct base_error *err)
{
    int status = make_folders(path, folder, err);
    if (status == LINNET_OK)
        status = set_up(engine, item, err);
    return status == LINNET_OK ? speak_into(s, engine, path, text, size, err) : status;
}

/* Speaks an item whose text is here to `path`, unless that was done before. */
static enum outcome do_text(struct worker *w, const struct bt_item *item, char *path, const char *text, size_t size,
                            double *seconds, struct base_error *err)
{
    struct batch *const b = w->batch;
    const char *const voice = item->voice ? item->voice : b->options->voice;
    const uint64_t key = key_of(item, voice, text, size);
    struct speaking s = {.sink = NULL};
    linnet_engine *engine;
    if (bt_journal_has(b->journal, key, path) && exists(path))
        return SKIPPED;
    if (engine_of(w, voice, &engine, err) != LINNET_OK)
        return item->voice ? FAILED : give_up(b);
    if (speak_item(&s, engine, item, path, strlen(b->options->folder), text, size, err) != LINNET_OK)
        return atomic_load(&stopping) ? STOPPED : is_full(b->options->folder) ? give_up(b) : FAILED;
    *seconds = s.seconds;
    return bt_journal_add(b->journal, key, s.n_samples, path, err) == LINNET_OK ? DONE : give_up(b);
}

static void do_item(struct worker *w, const struct bt_item *item)
{
    struct base_error err = {.text = ""};
    char *text = NULL, *const path = join(w->batch->options->folder, item->output);
    size_t size;
    double seconds = 0;
    enum outcome outcome = FAILED;
    if (item->error)
        base_fail(&err, LINNET_ERR_SYNTAX, "%s", item->error);
    else if (!path)
        base_fail(&err, LINNET_ERR_MEMORY, "out of memory");
    else if (text_of(w->batch, item, &text, &size, &err) == LINNET_OK)
        outcome = do_text(w, item, path, text, size, &seconds, &err);
    free(path);
    free(text);
    count(w->batch, item, outcome, outcome == DONE ? seconds : 0, err.text);
}

static const struct bt_item *take(struct batch *b)
{
    const struct bt_item *item = NULL;
    pthread_mutex_lock(&b->lock);
    if (!atomic_load(&stopping) && !atomic_load(&b->is_broken) && b->next < b->items->n)
        item = &b->items->items[b->next++];
    pthread_mutex_unlock(&b->lock);
    return item;
}

static void *work(void *user)
{
    struct worker *const w = user;
    const struct bt_item *item;
    while ((item = take(w->batch)))
        do_item(w, item);
    return NULL;
}

static void free_worker(struct worker *w)
{
    for (size_t i = 0; i < w->n_voices; i++)
        linnet_engine_close(&w->voices[i].engine);
    free(w->voices);
}

static int run_workers(struct batch *b, struct base_error *err)
{
    const size_t wanted = b->options->workers < b->items->n ? b->options->workers : b->items->n;
    struct worker *const workers = calloc(wanted + 1, sizeof *workers);
    size_t n = 0;
    if (!workers)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    for (; n < wanted; n++) {
        workers[n].batch = b;
        if (pthread_create(&workers[n].thread, NULL, work, &workers[n]) != 0)
            break;
    }
    b->summary->n_workers = n;
    for (size_t i = 0; i < n; i++) {
        pthread_join(workers[i].thread, NULL);
        free_worker(&workers[i]);
    }
    free(workers);
    return n > 0 || wanted == 0 ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "can't start a thread");
}

int bt_work(struct bt_summary *summary, const struct bt_options *options, const struct bt_items *items,
            struct bt_journal *journal, struct base_error *err)
{
    struct batch b = {.options = options, .items = items, .journal = journal, .summary = summary};
    const double start = now();
    *summary = (struct bt_summary){.n_items = items->n};
    pthread_mutex_init(&b.lock, NULL);
    progress_start(&b.progress, stderr, items->n, 10, options->quiet);
    const int status = run_workers(&b, err);
    progress_clear(&b.progress);
    pthread_mutex_destroy(&b.lock);
    summary->wall_seconds = now() - start;
    summary->is_complete = summary->n_done + summary->n_skipped == items->n;
    return status;
}
