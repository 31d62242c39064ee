/* Speed of the engine, through linnet.h, in a warm process:
 *
 *   bench_speak VOICE TEXT-FILE        real-time factor, time to first samples, what opening takes, resident memory
 *   bench_speak --cold COMMAND ...     starts the command several times: ms until the first byte of its standard output
 *   bench_speak --lines VOICE TEXT-FILE WORKERS   every line a text of its own, once, by so many threads
 *
 * Best and median of several runs. */
#include "linnet.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SENTENCE "This sentence has exactly forty letters." /* 40 characters */
#define RUNS 21
#define MAX_TEXT ((size_t)4 << 20) /* bytes of a file */

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

/* Of this process: for one thread's speed, so that other programs don't count. */
static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, double *ms, size_t n)
{
    qsort(ms, n, sizeof *ms, by_value);
    printf("%-44s %8.1f ms best, %.1f ms median\n", what, ms[0], ms[n / 2]);
}

struct clock {
    double started, first_ms; /* first samples after the call; 0: none yet */
    size_t n_samples;
};

static int on_event(void *user, const linnet_event *event)
{
    struct clock *const clock = user;
    if (event->type != LINNET_EVENT_AUDIO)
        return 0;
    if (clock->n_samples == 0)
        clock->first_ms = now_ms() - clock->started;
    clock->n_samples += event->n_samples;
    return 0;
}

/* Returns ms for all of it. */
static double speak(struct clock *clock, linnet_engine *engine, const char *text, size_t size)
{
    *clock = (struct clock){.started = now_ms()};
    if (linnet_speak(engine, text, size, on_event, clock) != LINNET_OK) {
        fprintf(stderr, "bench_speak: %s\n", linnet_error(engine));
        exit(1);
    }
    return now_ms() - clock->started;
}

static linnet_engine *open_or_exit(const char *voice, int threads)
{
    linnet_engine *engine;
    linnet_settings settings;
    linnet_settings_init(&settings);
    settings.threads = threads;
    if (linnet_engine_open(&engine, voice, &settings) != LINNET_OK) {
        fprintf(stderr, "bench_speak: %s\n", linnet_last_open_error());
        exit(1);
    }
    return engine;
}

/* The whole file, malloc()ed, with a NUL behind it. */
static char *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "rb");
    char *const text = malloc(MAX_TEXT + 1);
    if (!file || !text) {
        perror(path);
        exit(1);
    }
    *size = fread(text, 1, MAX_TEXT, file);
    text[*size] = '\0';
    fclose(file);
    return text;
}

static int bench_voice(const char *voice, const char *path)
{
    double ms[RUNS];
    struct clock clock;
    size_t size;
    char *const text = read_file(path, &size);
    const double started = now_ms();
    linnet_engine *engine = open_or_exit(voice, 1);
    printf("%-44s %8.1f ms\n", "linnet: opening the voice", now_ms() - started);
    linnet_voice_info info;
    if (linnet_voice(engine, &info) != LINNET_OK)
        return 1;

    for (size_t i = 0; i < RUNS; i++) {
        speak(&clock, engine, SENTENCE, strlen(SENTENCE));
        ms[i] = clock.first_ms;
    }
    print_times("linnet: first samples, 40 characters, warm", ms, RUNS);

    double best = 1e30;
    for (size_t i = 0; i < 3; i++) {
        const double start = cpu_ms();
        speak(&clock, engine, text, size);
        best = cpu_ms() - start < best ? cpu_ms() - start : best;
    }
    const double spoken = 1e3 * (double)clock.n_samples / info.sample_rate;
    printf("%-44s %8.1f times real time (%.1f s of speech in %.2f s, CPU time)\n", "linnet: one thread, warm",
           spoken / best, 1e-3 * spoken, 1e-3 * best);
    linnet_engine_close(&engine);
    free(text);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-44s %8.1f MB\n", "linnet: most memory resident", (double)usage.ru_maxrss / 1024.0);
    return 0;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

struct lines {
    const char *voice;
    char *text; /* with a NUL for each newline [size] */
    size_t size;
    pthread_mutex_t lock;
    size_t at; /* of the next line that nobody has */
    atomic_size_t n_samples;
};

/* The next line that isn't empty; NULL: there is none. */
static const char *take_line(struct lines *lines)
{
    const char *line = NULL;
    pthread_mutex_lock(&lines->lock);
    while (!line && lines->at < lines->size) {
        const char *const here = lines->text + lines->at;
        lines->at += strlen(here) + 1;
        line = *here ? here : NULL;
    }
    pthread_mutex_unlock(&lines->lock);
    return line;
}

static void *speak_lines(void *user)
{
    struct lines *const lines = user;
    linnet_engine *engine = open_or_exit(lines->voice, 1);
    struct clock clock;
    for (const char *line; (line = take_line(lines));) {
        speak(&clock, engine, line, strlen(line));
        atomic_fetch_add(&lines->n_samples, clock.n_samples);
    }
    linnet_engine_close(&engine);
    return NULL;
}

static int bench_lines(const char *voice, const char *path, size_t n_workers)
{
    struct lines lines = {.voice = voice};
    pthread_t threads[64];
    linnet_voice_info info;
    linnet_engine *engine = open_or_exit(voice, 1);
    if (n_workers < 1 || n_workers > 64 || linnet_voice(engine, &info) != LINNET_OK)
        return 1;
    linnet_engine_close(&engine);
    lines.text = read_file(path, &lines.size);
    for (size_t i = 0; i < lines.size; i++)
        if (lines.text[i] == '\n')
            lines.text[i] = '\0';
    pthread_mutex_init(&lines.lock, NULL);
    const double started = now_ms(), used = cpu_ms();
    for (size_t i = 0; i < n_workers; i++)
        if (pthread_create(&threads[i], NULL, speak_lines, &lines) != 0)
            return 1;
    for (size_t i = 0; i < n_workers; i++)
        pthread_join(threads[i], NULL);
    const double seconds = (double)lines.n_samples / info.sample_rate, wall = 1e-3 * (now_ms() - started),
                 cpu = 1e-3 * (cpu_ms() - used);
    printf("%.1f s of speech in %.2f s, %.2f s of CPU time\n", seconds, wall, cpu);
    pthread_mutex_destroy(&lines.lock);
    free(lines.text);
    return 0;
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

/* ms until the command's first byte; exits on failure. */
static double first_byte(char **command)
{
    int ends[2];
    char byte, rest[4096];
    const double started = now_ms();
    if (pipe(ends) != 0) {
        perror("pipe");
        exit(1);
    }
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execvp(command[0], command);
        _exit(127);
    }
    close(ends[1]);
    const bool got = child > 0 && read(ends[0], &byte, 1) == 1;
    const double took = now_ms() - started;
    while (got && read(ends[0], rest, sizeof rest) > 0)
        ; /* a closed pipe would be an error to the command */
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    if (!got) {
        fprintf(stderr, "bench_speak: %s: no output\n", command[0]);
        exit(1);
    }
    return took;
}

static int bench_cold(char **command)
{
    double ms[RUNS];
    char what[80];
    for (size_t i = 0; i < RUNS; i++)
        ms[i] = first_byte(command);
    const char *const slash = strrchr(command[0], '/');
    snprintf(what, sizeof what, "%.40s: cold start to first byte", slash ? slash + 1 : command[0]);
    print_times(what, ms, RUNS);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 3 && strcmp(argv[1], "--cold") == 0)
        return bench_cold(argv + 2);
    if (argc == 5 && strcmp(argv[1], "--lines") == 0)
        return bench_lines(argv[2], argv[3], strtoul(argv[4], NULL, 10));
    if (argc == 3)
        return bench_voice(argv[1], argv[2]);
    fprintf(stderr, "usage: bench_speak VOICE TEXT-FILE | bench_speak --cold COMMAND ... | bench_speak --lines VOICE "
                    "TEXT-FILE WORKERS\n");
    return 2;
}
