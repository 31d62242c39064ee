/* Speed of the engine, through linnet.h, in a warm process:
 *
 *   bench_speak VOICE TEXT-FILE        real-time factor, time to first samples, what opening takes, resident memory
 *   bench_speak --cold COMMAND ...     starts the command several times: ms until the first byte of its standard output
 *
 * Best and median of several runs. */
#include "linnet.h"

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
    *clock = (struct clock){ .started = now_ms() };
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

/* The whole file, malloc()ed. */
static char *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "rb");
    char *const text = malloc(1 << 20);
    if (!file || !text) {
        perror(path);
        exit(1);
    }
    *size = fread(text, 1, 1 << 20, file);
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
    printf("%-44s %8.1f times real time (%.1f s of speech in %.2f s, CPU time)\n", "linnet: one thread, warm", spoken / best,
           1e-3 * spoken, 1e-3 * best);
    linnet_engine_close(&engine);
    free(text);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-44s %8.1f MB\n", "linnet: most memory resident", (double)usage.ru_maxrss / 1024.0);
    return 0;
}

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
    if (argc == 3)
        return bench_voice(argv[1], argv[2]);
    fprintf(stderr, "usage: bench_speak VOICE TEXT-FILE | bench_speak --cold COMMAND ...\n");
    return 2;
}
