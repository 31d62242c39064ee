/* Options, their help and their checks. */
#include "batch/bt_options.h"

#include "linnet.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define MAX_WORKERS 256
#define MAX_SHARDS 1000000

static const char help[] =
    "Usage: linnet-batch [options] MANIFEST\n\n"
    "Speaks many texts into as many sound files. MANIFEST is a folder of texts (.txt, .ssml), a table (.tsv, the "
    "first\n"
    "line names the columns), JSON lines (.jsonl), or plain text, a text a line. Fields: id, text or file, output, "
    "voice,\n"
    "rate, pitch, pitch_range, volume, ssml. A run that was stopped goes on where it was.\n\n"
    "  -o, --output DIR      write the sound files below DIR (default: the current folder)\n"
    "  -F, --format ENDING   of files that aren't named: wav (default), flac, ogg, opus, mp3\n"
    "  -v, --voice VOICE     for items that name none\n"
    "  -j, --workers N       texts spoken at once (default: processors)\n"
    "      --shard I/N       only every Nth item, from the Ith on: for job arrays and other machines\n"
    "      --journal FILE    what is done (default: MANIFEST.journal); shards write FILE.I-of-N and read all FILE.*\n"
    "      --summary FILE    write how it went, as JSON\n"
    "  -q, --quiet           no progress bar\n"
    "  -V, --version         print the version\n"
    "  -h, --help            print this help\n\n"
    "Exit status: 0, all is done; 1, something failed; 2, wrong options; 130, 143, 129 after a signal.\n";

static int usage(const char *format, const char *what)
{
    fprintf(stderr, "linnet-batch: ");
    fprintf(stderr, format, what);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

/* A whole number from 1 to `most` at *text, which moves behind it; 0: there is none. */
static size_t number_at(const char **text, size_t most)
{
    size_t n = 0;
    const char *c = *text;
    for (; *c >= '0' && *c <= '9' && n <= most; c++)
        n = 10 * n + (size_t)(*c - '0');
    *text = c;
    return n <= most ? n : 0;
}

static bool read_shard(struct bt_options *out, const char *text)
{
    out->shard = number_at(&text, MAX_SHARDS);
    if (!out->shard || *text++ != '/')
        return false;
    out->n_shards = number_at(&text, MAX_SHARDS);
    return !*text && out->shard <= out->n_shards;
}

static bool read_workers(struct bt_options *out, const char *text)
{
    out->workers = number_at(&text, MAX_WORKERS);
    return out->workers && !*text;
}

static bool is_ending(const char *format)
{
    static const char *const endings[] = {"wav", "flac", "ogg", "oga", "opus", "mp3"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (!strcmp(endings[i], format))
            return true;
    return false;
}

static int show(int letter)
{
    const int printed = letter == 'h' ? fputs(help, stdout) : printf("linnet-batch %s\n", linnet_version());
    return printed >= 0 && fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int apply(struct bt_options *out, int letter)
{
    switch (letter) {
    case 'o': out->folder = optarg; return -1;
    case 'F':
        out->format = optarg + (*optarg == '.');
        return is_ending(out->format) ? -1 : usage("--format: '%s' is none of wav, flac, ogg, opus, mp3", optarg);
    case 'v': out->voice = optarg; return -1;
    case 'j': return read_workers(out, optarg) ? -1 : usage("--workers: '%s' is not a number from 1 to 256", optarg);
    case 's': return read_shard(out, optarg) ? -1 : usage("--shard: '%s' is not I/N, with I from 1 to N", optarg);
    case 'J': out->journal = optarg; return -1;
    case 'S': out->summary = optarg; return -1;
    case 'q': out->quiet = true; return -1;
    case 'h':
    case 'V': return show(letter);
    default: return EXIT_USAGE; /* getopt_long() has said why */
    }
}

int bt_options_read(struct bt_options *out, int argc, char **argv)
{
    static const struct option longs[] = {{"output", required_argument, NULL, 'o'},
                                          {"format", required_argument, NULL, 'F'},
                                          {"voice", required_argument, NULL, 'v'},
                                          {"workers", required_argument, NULL, 'j'},
                                          {"shard", required_argument, NULL, 's'},
                                          {"journal", required_argument, NULL, 'J'},
                                          {"summary", required_argument, NULL, 'S'},
                                          {"quiet", no_argument, NULL, 'q'},
                                          {"version", no_argument, NULL, 'V'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    int letter;
    *out = (struct bt_options){.folder = ".",
                               .format = "wav",
                               .shard = 1,
                               .n_shards = 1,
                               .workers = processors < 1             ? 1
                                          : processors > MAX_WORKERS ? MAX_WORKERS
                                                                     : (size_t)processors};
    while ((letter = getopt_long(argc, argv, "o:F:v:j:qVh", longs, NULL)) != -1) {
        const int status = apply(out, letter);
        if (status >= 0)
            return status;
    }
    if (optind + 1 != argc)
        return usage("%s; --help tells more", optind < argc ? "one manifest at a time" : "which manifest?");
    out->manifest = argv[optind];
    return -1;
}
