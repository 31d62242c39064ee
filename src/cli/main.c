/* The `linnet` command: options, voice, text, and what to do with them. */
#include "cli/catalogue.h"
#include "cli/dictionaries.h"
#include "cli/espeak.h"
#include "cli/explain.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/recordings.h"
#include "cli/report.h"
#include "cli/speak.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int print_version(void)
{
    printf("linnet %s\n", linnet_version());
    return report_stdout();
}

static int print_help(void)
{
    options_help();
    return report_stdout();
}

/* Turns --wpm into a rate for this voice; espeak-ng takes the nearest that it can do. */
static int set_pace(linnet_engine *engine, const struct options *options)
{
    linnet_settings settings = options->settings;
    double natural = 0;
    if (linnet_pace(engine, &natural) != LINNET_OK)
        return report_failure("--wpm: can't measure the voice: %s", linnet_error(engine));
    double rate = options->words_per_minute / natural;
    if (options->as_espeak)
        rate = fmin(fmax(rate, (double)LINNET_MIN_RATE), (double)LINNET_MAX_RATE);
    if (rate < (double)LINNET_MIN_RATE || rate > (double)LINNET_MAX_RATE)
        return report_usage("--wpm: %g is outside %.0f to %.0f, what this voice can do", options->words_per_minute,
                            natural * (double)LINNET_MIN_RATE, natural * (double)LINNET_MAX_RATE);
    settings.rate = (float)rate;
    if (linnet_set(engine, &settings) != LINNET_OK)
        return report_failure("--wpm: %s", linnet_error(engine));
    return 0;
}

static int explain_all(linnet_engine *engine, const struct options *options, struct input *input)
{
    struct input_chunk chunk;
    unsigned long n_sentences = 0;
    size_t invalid = 0;
    bool told = false;
    int status;
    while ((status = input_next(input, &chunk)) == 0 && chunk.size > 0) {
        status = recordings_allow(engine, options, chunk.path);
        if (status == 0)
            status = explain_chunk(engine, &chunk, options, &n_sentences);
        if (status != 0)
            return status;
        invalid += linnet_invalid_bytes(engine);
        dictionaries_check(engine, options, &told);
    }
    if (!options->quiet)
        input_warn(input, invalid);
    return status;
}

/* "linnet book.txt" is taken for the text that it is. */
static void hint_at_file(const struct options *options)
{
    struct stat info;
    if (options->n_words == 1 && !options->quiet && stat(options->words[0], &info) == 0 && S_ISREG(info.st_mode))
        report_warning("\"%s\" is spoken as a text; to read the file of this name: -f %s", options->words[0],
                       options->words[0]);
}

/* Whether somebody listens while the text comes: then lines go out as they come. What is written for later is cut where
 * paragraphs end, wherever its producer pauses. */
static bool is_live(const struct options *options)
{
    struct stat info;
    if (options->live || options->raw)
        return true;
    if (options->action != ACTION_SPEAK || (options->timing && !options->output))
        return false;
    return !options->output || !strcmp(options->output, "-") ||
           (stat(options->output, &info) == 0 && !S_ISREG(info.st_mode)); /* a named pipe */
}

/* espeak-ng takes the lines of standard input one by one. */
static enum input_unit unit_of(const struct options *options)
{
    if (options->as_espeak && !options->from_stdin && options->n_inputs == 0 && options->n_words == 0)
        return INPUT_LINE;
    return options->split == SPLIT_LINES        ? INPUT_LINE
           : options->split == SPLIT_PARAGRAPHS ? INPUT_PARAGRAPH
                                                : INPUT_ANY;
}

/* What needs the text too. */
static int run_text(linnet_engine *engine, const struct options *options)
{
    struct input *input;
    int status = options->words_per_minute > 0 ? set_pace(engine, options) : 0;
    if (status == 0)
        status = dictionaries_add(engine, options);
    if (status != 0)
        return status;
    hint_at_file(options);
    const struct input_source source = {.paths = options->inputs,
                                        .n_paths = options->n_inputs,
                                        .words = options->words,
                                        .n_words = options->n_words,
                                        .live = is_live(options),
                                        .unit = unit_of(options),
                                        .whole = options->settings.ssml ? LINNET_SSML_MAX_BYTES : 0,
                                        .encoding = options->encoding,
                                        .short_line = options->short_line};
    status = input_open(&input, &source);
    if (status != 0)
        return status;
    if (options->action == ACTION_SPEAK)
        status = speak_all(engine, options, input);
    else
        status = explain_all(engine, options, input);
    input_close(&input);
    return status;
}

/* espeak-ng's variants: "en+f3". */
static int set_variant(linnet_engine *engine, struct options *options)
{
    linnet_voice_info info;
    float *const pitch = &options->settings.pitch_semitones;
    if (linnet_voice(engine, &info) != LINNET_OK)
        return 0;
    *pitch =
        fminf(fmaxf(*pitch + espeak_variant_pitch(options->voice, info.gender), -LINNET_MAX_PITCH), LINNET_MAX_PITCH);
    return linnet_set(engine, &options->settings) == LINNET_OK ? 0 : report_failure("%s", linnet_error(engine));
}

/* What needs a voice. */
static int run_voice(struct options *options)
{
    linnet_engine *engine;
    const int opened =
        linnet_engine_open(&engine, options->subject ? options->subject : options->voice, &options->settings);
    if (opened != LINNET_OK)
        return report_failure("%s", linnet_last_open_error());
    interrupt_set_engine(engine);
    int status = options->as_espeak ? set_variant(engine, options) : 0;
    if (status == 0)
        status = options->action == ACTION_VOICE_INFO ? catalogue_voice(engine) : run_text(engine, options);
    interrupt_set_engine(NULL);
    linnet_engine_close(&engine);
    return status;
}

static int run(struct options *options)
{
    switch (options->action) {
    case ACTION_VERSION: return print_version();
    case ACTION_HELP: return print_help();
    case ACTION_ESPEAK_VOICES: return espeak_voices(options->subject);
    case ACTION_LIST_VOICES: return catalogue_voices(options->subject);
    case ACTION_LIST_DEVICES: return catalogue_devices();
    default: return run_voice(options);
    }
}

/* A standard stream that the caller closed would have its number given to the next file opened. /dev/null takes it,
 * in the direction that makes every use an error. */
static bool guard_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            return false;
    return true;
}

/* A pipe or terminal that doesn't wait for its reader: stdio can't write to one. Opened anew it waits, and whoever
 * shares it with us isn't disturbed. */
static void make_output_wait(void)
{
    struct stat info;
    const int flags = fcntl(STDOUT_FILENO, F_GETFL);
    if (flags < 0 || !(flags & O_NONBLOCK) || fstat(STDOUT_FILENO, &info) != 0 ||
        !(S_ISFIFO(info.st_mode) || S_ISCHR(info.st_mode)))
        return;
    const int fd = open("/proc/self/fd/1", O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    dup2(fd, STDOUT_FILENO);
    close(fd);
}

int main(int argc, char **argv)
{
    static struct options options; /* 8 kB, which a small stack may not have */
    if (!guard_standard_streams())
        return EXIT_FAILED; /* there may be nothing to say it on */
    make_output_wait();
    report_start();
    if (!interrupt_install())
        return report_failure("signals: %s", strerror(errno));
    const bool as_espeak = espeak_is_called(argc > 0 ? argv[0] : NULL);
    const int parsed = as_espeak ? espeak_parse(&options, argc, argv) : options_parse(&options, argc, argv);
    const int status = parsed == 0 ? run(&options) : parsed == ESPEAK_DONE ? report_stdout() : parsed;
    return interrupt_pending() ? EXIT_SIGNAL + interrupt_signal() : status;
}
