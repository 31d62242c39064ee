/* linnet-book: an EPUB or a Markdown text into an audiobook. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "audio/sink.h"
#include "audio/whole_file.h"
#include "book/bk_book.h"
#include "book/bk_media.h"
#include "cli/endings.h"
#include "cli/progress.h"
#include "linnet.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define GAP_SECONDS 2 /* between chapters */
#define MAX_NAME 80   /* bytes of a chapter's title in a file's name */

static const char help[] =
    "Usage: linnet-book [options] BOOK\n\n"
    "Reads an EPUB or a Markdown text into an audiobook, with chapters, and subtitles (.vtt) beside it.\n\n"
    "  -o, --output FILE     .m4b or .opus: one file with chapters; NAME/: a folder, an Opus file a chapter\n"
    "                        (default: the book's name, .m4b)\n"
    "  -v, --voice VOICE     a voice's name, a language, or a .gguf file (default: by the book's language)\n"
    "  -r, --rate FACTOR     speed, 0.25 to 6 (default 1)\n"
    "  -l, --list            list the chapters, speak nothing\n"
    "  -q, --quiet           no progress bar\n"
    "  -V, --version         print the version\n"
    "  -h, --help            print this help\n";

struct options {
    const char *book, *output, *voice;
    float rate;
    bool list, quiet;
};

static struct {
    _Atomic(linnet_engine *) engine;
    atomic_int signal;
} interrupt;

static void on_signal(int number)
{
    atomic_store(&interrupt.signal, number);
    linnet_cancel(atomic_load(&interrupt.engine));
}

/* ---- subtitles --------------------------------------------------------------------------------------------------- */

struct subtitles {
    struct whole_file file;
    FILE *out; /* NULL: none */
};

static void put_time(FILE *out, double seconds)
{
    const unsigned long ms = (unsigned long)lround(1000 * seconds);
    fprintf(out, "%02lu:%02lu:%02lu.%03lu", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

/* WebVTT's cue text: what is markup there is escaped, a line of its own can't be empty. */
static void put_cue(FILE *out, double start, double end, const char *text, size_t size)
{
    put_time(out, start);
    fputs(" --> ", out);
    put_time(out, end);
    fputc('\n', out);
    for (size_t i = 0; i < size; i++) {
        const char c = text[i];
        if (c == '&' || c == '<' || c == '>')
            fputs(c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;", out);
        else if (c != '\n' || (i > 0 && text[i - 1] != '\n'))
            fputc(c == '\n' ? ' ' : c, out);
    }
    fputs("\n\n", out);
}

static int open_subtitles(struct subtitles *s, const char *sound, struct base_error *err)
{
    char path[4096];
    const char *const dot = strrchr(sound, '.');
    const int n = snprintf(path, sizeof path, "%.*s.vtt", (int)(dot ? dot - sound : (long)strlen(sound)), sound);
    *s = (struct subtitles){.file = {.fd = -1}};
    if (n < 0 || (size_t)n >= sizeof path)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%.60s...: the name is too long", sound);
    const int status = whole_file_open(&s->file, path, err);
    const int copy = status == LINNET_OK ? dup(s->file.fd) : -1;
    s->out = copy >= 0 ? fdopen(copy, "w") : NULL;
    if (status == LINNET_OK && !s->out)
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(errno));
    if (s->out)
        fputs("WEBVTT\n\n", s->out);
    return status;
}

static int close_subtitles(struct subtitles *s, bool keep, struct base_error *err)
{
    const bool good = s->out && fflush(s->out) == 0 && !ferror(s->out);
    if (s->out)
        fclose(s->out);
    s->out = NULL;
    if (keep && good)
        return whole_file_commit(&s->file, err);
    whole_file_discard(&s->file);
    return keep ? base_fail(err, LINNET_ERR_IO, "subtitles: can't write: %s", strerror(errno)) : LINNET_OK;
}

/* ---- speaking ---------------------------------------------------------------------------------------------------- */

/* Where samples go: one book or one chapter's file. */
struct reading {
    linnet_engine *engine;
    const struct bk_book *book;
    struct bk_media *media;
    struct sink *sink;
    struct subtitles subtitles;
    struct progress progress;
    struct base_error error;
    const struct bk_chapter *chapter;
    size_t n_before;    /* bytes of the chapters before */
    uint64_t n_samples; /* in this file */
    uint64_t start;     /* of the chapter */
    uint64_t n_total;
    int sample_rate;
};

static int write_samples(struct reading *r, const float *samples, size_t n)
{
    r->n_samples += n;
    r->n_total += n;
    return r->media ? bk_media_write(r->media, samples, n, &r->error) : sink_write(r->sink, samples, n, &r->error);
}

static int on_event(void *user, const linnet_event *event)
{
    struct reading *const r = user;
    if (event->type == LINNET_EVENT_AUDIO)
        return write_samples(r, event->samples, event->n_samples) == LINNET_OK ? 0 : 1;
    if (event->type != LINNET_EVENT_SENTENCE)
        return 0;
    const double start = (double)(r->start + event->time) / r->sample_rate;
    put_cue(r->subtitles.out, start, start + (double)event->n_samples / r->sample_rate,
            r->chapter->text.data + event->byte_offset, event->byte_length);
    progress_update(&r->progress, r->n_before + event->byte_offset, (double)r->n_total / r->sample_rate);
    return 0;
}

static int speak_chapter(struct reading *r, const struct bk_chapter *chapter, struct base_error *err)
{
    r->chapter = chapter;
    r->start = r->n_samples;
    const int status = linnet_speak(r->engine, chapter->text.data, chapter->text.length, on_event, r);
    r->n_before += chapter->text.length;
    if (status == LINNET_OK)
        return status;
    return base_fail(err, status, "%s", r->error.text[0] ? r->error.text : linnet_error(r->engine));
}

static int write_gap(struct reading *r)
{
    static const float silence[1024];
    int status = LINNET_OK;
    for (size_t left = (size_t)(GAP_SECONDS * r->sample_rate); left > 0 && status == LINNET_OK;) {
        const size_t n = left < 1024 ? left : 1024;
        status = write_samples(r, silence, n);
        left -= n;
    }
    return status;
}

static int speak_all(struct reading *r, struct base_error *err)
{
    int status = LINNET_OK;
    for (size_t i = 0; i < r->book->n && status == LINNET_OK; i++) {
        const struct bk_chapter *const chapter = &r->book->chapters[i];
        status = speak_chapter(r, chapter, err);
        if (status == LINNET_OK && i + 1 < r->book->n && write_gap(r) != LINNET_OK)
            status = base_fail(err, LINNET_ERR_IO, "%s", r->error.text);
        if (status == LINNET_OK)
            status = bk_media_chapter(r->media, chapter->title, r->start, r->n_samples, err);
    }
    return status;
}

static int make_one_file(struct reading *r, const char *path, struct base_error *err)
{
    struct whole_file file;
    int status = whole_file_open(&file, path, err);
    if (status == LINNET_OK)
        status = bk_media_open(&r->media, path, file.fd, r->sample_rate, r->book, err);
    if (status == LINNET_OK)
        status = open_subtitles(&r->subtitles, path, err);
    if (status == LINNET_OK)
        status = speak_all(r, err);
    if (status == LINNET_OK)
        status = bk_media_close(&r->media, err);
    if (status == LINNET_OK)
        status = whole_file_commit(&file, err);
    bk_media_abandon(&r->media);
    whole_file_discard(&file);
    const int told = close_subtitles(&r->subtitles, status == LINNET_OK, status == LINNET_OK ? err : NULL);
    return status == LINNET_OK ? told : status;
}

/* "FOLDER/03 The title.opus"; what file systems don't like is left out. */
static void chapter_path(char *out, size_t size, const char *folder, size_t number, size_t count, const char *title)
{
    char name[MAX_NAME + 1];
    size_t n = 0;
    for (; *title && n < MAX_NAME; title++)
        if (!iscntrl((unsigned char)*title) && !strchr("/\\:*?\"<>|", *title))
            name[n++] = *title;
    while (n > 0 && ((unsigned char)name[n - 1] & 0xC0) == 0x80 && *title)
        n--; /* no half character where it was cut */
    name[n] = '\0';
    snprintf(out, size, "%s%0*zu %s.opus", folder, count > 99 ? 3 : 2, number, name);
}

static int make_chapter_file(struct reading *r, const char *folder, size_t i, struct base_error *err)
{
    char path[4096], track[32];
    const struct bk_chapter *const chapter = &r->book->chapters[i];
    chapter_path(path, sizeof path, folder, i + 1, r->book->n, chapter->title);
    snprintf(track, sizeof track, "%zu/%zu", i + 1, r->book->n);
    const struct sink_options options = {
        .sample_rate = r->sample_rate, .path = path, .tags = {chapter->title, r->book->author, r->book->title, track}};
    r->n_samples = 0;
    int status = sink_open(&r->sink, sink_by_name("file"), &options, err);
    if (status == LINNET_OK)
        status = open_subtitles(&r->subtitles, path, err);
    if (status == LINNET_OK)
        status = speak_chapter(r, chapter, err);
    if (status == LINNET_OK)
        status = sink_finish(&r->sink, err);
    sink_cancel(&r->sink);
    const int told = close_subtitles(&r->subtitles, status == LINNET_OK, status == LINNET_OK ? err : NULL);
    return status == LINNET_OK ? told : status;
}

static int make_folder(struct reading *r, const char *folder, struct base_error *err)
{
    int status = LINNET_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return base_fail(err, LINNET_ERR_IO, "%s: can't make the folder: %s", folder, strerror(errno));
    for (size_t i = 0; i < r->book->n && status == LINNET_OK; i++)
        status = make_chapter_file(r, folder, i, err);
    return status;
}

/* ---- the program ------------------------------------------------------------------------------------------------- */

static int usage(const char *format, const char *what)
{
    fputs("linnet-book: ", stderr);
    fprintf(stderr, format, what);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

static int read_options(struct options *out, int argc, char **argv)
{
    static const struct option longs[] = {
        {"output", required_argument, NULL, 'o'}, {"voice", required_argument, NULL, 'v'},
        {"rate", required_argument, NULL, 'r'},   {"list", no_argument, NULL, 'l'},
        {"quiet", no_argument, NULL, 'q'},        {"version", no_argument, NULL, 'V'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    int letter;
    char *end;
    *out = (struct options){.rate = 1};
    while ((letter = getopt_long(argc, argv, "o:v:r:lqVh", longs, NULL)) != -1) {
        switch (letter) {
        case 'o': out->output = optarg; break;
        case 'v': out->voice = optarg; break;
        case 'l': out->list = true; break;
        case 'q': out->quiet = true; break;
        case 'r':
            out->rate = strtof(optarg, &end);
            if (*end || end == optarg || !(out->rate >= LINNET_MIN_RATE && out->rate <= LINNET_MAX_RATE))
                return usage("--rate: '%s' is not a number from 0.25 to 6", optarg);
            break;
        case 'h': return fputs(help, stdout) >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        case 'V':
            return printf("linnet-book %s\n", linnet_version()) > 0 && fflush(stdout) == 0 ? EXIT_SUCCESS
                                                                                           : EXIT_FAILURE;
        default: return EXIT_USAGE;
        }
    }
    if (optind + 1 != argc)
        return usage("%s; --help tells more", optind < argc ? "one book at a time" : "which book?");
    out->book = argv[optind];
    return -1;
}

/* The voice of the options, or the one for the book's language, or the default one. */
static int open_engine(linnet_engine **out, const struct options *options, const struct bk_book *book,
                       struct base_error *err)
{
    linnet_settings settings;
    linnet_settings_init(&settings);
    settings.rate = options->rate;
    settings.voices = 1;
    const char *const wish = options->voice ? options->voice : book->language;
    int status = linnet_engine_open(out, wish, &settings);
    if (status == LINNET_ERR_NOT_FOUND && !options->voice) {
        fprintf(stderr,
                "linnet-book: warning: no voice speaks the book's language, %s: reading it with the default voice\n",
                wish);
        status = linnet_engine_open(out, NULL, &settings);
    }
    return status == LINNET_OK ? status : base_fail(err, status, "%s", linnet_last_open_error());
}

static int list_chapters(const struct bk_book *book)
{
    printf("%s%s%s\n", book->title ? book->title : "", book->author ? ", by " : "", book->author ? book->author : "");
    for (size_t i = 0; i < book->n; i++)
        printf("%3zu  %s (%zu bytes)\n", i + 1, book->chapters[i].title, book->chapters[i].text.length);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* The book's name with another ending, in the current folder. */
static char *usual_output(const char *book)
{
    const char *const slash = strrchr(book, '/'), *const name = slash ? slash + 1 : book,
                      *const dot = strrchr(name, '.');
    const size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    char *const path = malloc(n + 8);
    if (path)
        snprintf(path, n + 8, "%.*s.m4b", (int)n, name);
    return path;
}

static int speak_book(const struct options *options, const struct bk_book *book, const char *output,
                      struct base_error *err)
{
    struct reading r = {.book = book, .subtitles = {.file = {.fd = -1}}};
    linnet_voice_info info;
    size_t total = 0;
    const size_t n = strlen(output);
    int status = open_engine(&r.engine, options, book, err);
    if (status == LINNET_OK)
        status = linnet_voice(r.engine, &info);
    if (status != LINNET_OK)
        return status;
    for (size_t i = 0; i < book->n; i++)
        total += book->chapters[i].text.length;
    r.sample_rate = info.sample_rate;
    atomic_store(&interrupt.engine, r.engine);
    progress_start(&r.progress, stderr, total, 2000, options->quiet);
    status = output[n - 1] == '/' ? make_folder(&r, output, err) : make_one_file(&r, output, err);
    progress_clear(&r.progress);
    atomic_store(&interrupt.engine, NULL);
    linnet_engine_close(&r.engine);
    return status;
}

int main(int argc, char **argv)
{
    struct options options;
    struct bk_book book;
    struct base_error err = {.text = ""};
    const int wrong = read_options(&options, argc, argv);
    if (wrong >= 0)
        return wrong;
    if (options.output && !bk_media_takes(options.output) &&
        (!*options.output || options.output[strlen(options.output) - 1] != '/'))
        return usage("--output: '%s' is none of .m4b, .opus, or a folder with a / behind it", options.output);
    endings_catch(on_signal, 0);
    int status = bk_book_read(&book, options.book, &err);
    if (status == LINNET_OK && book.n_missing > 0)
        fprintf(stderr, "linnet-book: %s: warning: %zu of its pages %s in it\n", options.book, book.n_missing,
                book.n_missing == 1 ? "isn't" : "aren't");
    if (status == LINNET_OK && options.list) {
        const int listed = list_chapters(&book);
        bk_book_free(&book);
        return listed;
    }
    char *const output = options.output ? strdup(options.output) : usual_output(options.book);
    if (status == LINNET_OK)
        status =
            output ? speak_book(&options, &book, output, &err) : base_fail(&err, LINNET_ERR_MEMORY, "out of memory");
    bk_book_free(&book);
    free(output);
    if (atomic_load(&interrupt.signal))
        return 128 + atomic_load(&interrupt.signal);
    if (status != LINNET_OK)
        fprintf(stderr, "linnet-book: %s\n", err.text);
    return status == LINNET_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
