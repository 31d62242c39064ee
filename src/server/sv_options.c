/* Options, their help and their checks, from one table. */
#include "server/sv_options.h"
#include "server/sv_log.h"

#include "linnet.h"
#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_USAGE 2
#define MAX_KEY 4096 /* bytes of an API key's file */

enum kind { TEXT, PORT, NUMBER, KEY_FILE, FLAG, HELP, VERSION };

struct option_info {
    char letter; /* 0: none */
    const char *name, *argument, *help;
    enum kind kind;
    size_t offset; /* in struct sv_options */
    unsigned low, high;
};

#define AT(field) offsetof(struct sv_options, field)
static const struct option_info infos[] = {
    {'b', "host", "ADDRESS", "listen here (default 127.0.0.1; 0.0.0.0 is every address)", TEXT, AT(host), 0, 0},
    {'p', "port", "N", "HTTP port (default 5002; 0 takes a free one)", PORT, AT(port), 0, 65535},
    {'w', "wyoming-port", "N", "serve the Wyoming protocol here, too (Home Assistant; usually 10200)", PORT,
     AT(wyoming_port), 0, 65535},
    {'v', "voice", "VOICE", "the default voice: a name, a language, or a .gguf file", TEXT, AT(voice), 0, 0},
    {'k', "api-key-file", "FILE", "ask for the key that is in FILE (or LINNET_API_KEY)", KEY_FILE, 0, 0, 0},
    {'j', "workers", "N", "texts spoken at once (default: processors)", NUMBER, AT(workers), 1, 256},
    {0, "queue", "N", "texts that may wait; more are refused with 503 (default 256)", NUMBER, AT(queue), 0, 65536},
    {0, "connections", "N", "open connections (default 512)", NUMBER, AT(connections), 1, 16384},
    {0, "max-body", "BYTES", "of a request (default 1048576)", NUMBER, AT(max_body), 1, 1u << 28},
    {0, "max-seconds", "N", "for one text, waiting and speaking (default 600)", NUMBER, AT(job_seconds), 1, 86400},
    {0, "stall-seconds", "N", "a client that takes nothing for so long is given up (default 20)", NUMBER,
     AT(stall_seconds), 1, 3600},
    {0, "verbose", NULL, "a line for every request", FLAG, AT(verbose), 0, 0},
    {'V', "version", NULL, "print the version", VERSION, 0, 0, 0},
    {'h', "help", NULL, "print this help", HELP, 0, 0, 0},
};
#define N_INFOS (sizeof infos / sizeof *infos)

static int help(void)
{
    puts("Usage: linnet-server [options]\n\n"
         "Speaks for other programs: OpenAI's /v1/audio/speech, piper's HTTP, Wyoming; a page to try at /.\n");
    for (size_t i = 0; i < N_INFOS; i++) {
        char left[64];
        snprintf(left, sizeof left, "%c%c%s --%s %s", infos[i].letter ? '-' : ' ',
                 infos[i].letter ? infos[i].letter : ' ', infos[i].letter ? "," : " ", infos[i].name,
                 infos[i].argument ? infos[i].argument : "");
        printf("  %-28s %s\n", left, infos[i].help);
    }
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool read_number(const struct option_info *info, const char *text, unsigned *out)
{
    char *end;
    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || value < info->low || value > info->high) {
        sv_log("--%s: '%s' is not a number from %u to %u", info->name, text, info->low, info->high);
        return false;
    }
    *out = (unsigned)value;
    return true;
}

/* A key without the white space around it. */
static bool set_key(struct sv_options *options, const char *text, const char *where)
{
    const char *const start = text + strspn(text, " \t\r\n");
    const size_t length = strcspn(start, " \t\r\n");
    if (length == 0 || start[length + strspn(start + length, " \t\r\n")]) {
        sv_log("%s: an API key is one word", where);
        return false;
    }
    free(options->api_key);
    options->api_key = strndup(start, length);
    return options->api_key != NULL;
}

static bool read_key(struct sv_options *options, const char *path)
{
    char text[MAX_KEY] = "";
    FILE *const file = fopen(path, "re");
    if (!file) {
        sv_log("%s: can't read: %s", path, strerror(errno));
        return false;
    }
    const size_t n = fread(text, 1, sizeof text - 1, file);
    const bool good = !ferror(file);
    fclose(file);
    text[n] = 0;
    if (!good)
        sv_log("%s: can't read", path);
    return good && set_key(options, text, path);
}

static bool apply(struct sv_options *options, const struct option_info *info, const char *value)
{
    char *const field = (char *)options + info->offset;
    unsigned number;
    switch (info->kind) {
    case TEXT:
    case PORT: *(const char **)(void *)field = value; return info->kind == TEXT || read_number(info, value, &number);
    case NUMBER: return read_number(info, value, (unsigned *)(void *)field);
    case KEY_FILE: return read_key(options, value);
    case FLAG: *(bool *)(void *)field = true; return true;
    case HELP:
    case VERSION: break;
    }
    return true;
}

static const struct option_info *info_of(int letter, int index)
{
    for (size_t i = 0; i < N_INFOS; i++)
        if (letter && infos[i].letter == letter)
            return &infos[i];
    return index >= 0 ? &infos[index] : NULL;
}

static void make_getopt(struct option *longs, char *shorts)
{
    for (size_t i = 0; i < N_INFOS; i++) {
        longs[i] =
            (struct option){infos[i].name, infos[i].argument ? required_argument : no_argument, NULL, infos[i].letter};
        if (!infos[i].letter)
            continue;
        *shorts++ = infos[i].letter;
        if (infos[i].argument)
            *shorts++ = ':';
    }
    longs[N_INFOS] = (struct option){0};
    *shorts = 0;
}

static unsigned processors(void)
{
    const long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

int sv_options_read(struct sv_options *out, int argc, char **argv)
{
    struct option longs[N_INFOS + 1];
    char shorts[2 * N_INFOS + 1];
    int letter, index = -1;
    *out = (struct sv_options){.host = "127.0.0.1",
                               .port = "5002",
                               .workers = processors(),
                               .queue = 256,
                               .connections = 512,
                               .max_body = 1 << 20,
                               .job_seconds = 600,
                               .stall_seconds = 20};
    if (getenv("LINNET_API_KEY") && !set_key(out, getenv("LINNET_API_KEY"), "LINNET_API_KEY"))
        return EXIT_USAGE;
    make_getopt(longs, shorts);
    while ((letter = getopt_long(argc, argv, shorts, longs, &index)) != -1) {
        const struct option_info *const info = letter == '?' ? NULL : info_of(letter, index);
        if (!info)
            return EXIT_USAGE;
        if (info->kind == HELP)
            return help();
        if (info->kind == VERSION)
            return printf("linnet-server %s\n", linnet_version()) > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
        if (!apply(out, info, optarg))
            return EXIT_USAGE;
        index = -1;
    }
    if (optind < argc) {
        sv_log("'%s' is no option; --help lists them", argv[optind]);
        return EXIT_USAGE;
    }
    return -1;
}

void sv_options_free(struct sv_options *options)
{
    free(options->api_key);
}
