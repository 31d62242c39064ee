/* espeak-ng's options into ours. What differs stands in a table of the guide. */
#include "cli/espeak.h"
#include "cli/catalogue.h"
#include "cli/report.h"

#include <ctype.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum long_id {
    ID_HELP = 256,
    ID_STDIN,
    ID_STDOUT,
    ID_IPA,
    ID_PATH,
    ID_PUNCT,
    ID_SEP,
    ID_TIE,
    ID_SPLIT,
    ID_VOICES,
    ID_VERSION,
    ID_PHONOUT,
    ID_UNSUPPORTED
};

static const struct option longs[] = {
    {"help", no_argument, NULL, ID_HELP},
    {"stdin", no_argument, NULL, ID_STDIN},
    {"stdout", no_argument, NULL, ID_STDOUT},
    {"ipa", optional_argument, NULL, ID_IPA},
    {"path", required_argument, NULL, ID_PATH},
    {"punct", optional_argument, NULL, ID_PUNCT},
    {"sep", optional_argument, NULL, ID_SEP},
    {"tie", optional_argument, NULL, ID_TIE},
    {"split", optional_argument, NULL, ID_SPLIT},
    {"voices", optional_argument, NULL, ID_VOICES},
    {"version", no_argument, NULL, ID_VERSION},
    {"phonout", required_argument, NULL, ID_PHONOUT},
    {"pho", no_argument, NULL, ID_UNSUPPORTED},
    {"load", no_argument, NULL, ID_UNSUPPORTED},
    {"compile", optional_argument, NULL, ID_UNSUPPORTED},
    {"compile-debug", optional_argument, NULL, ID_UNSUPPORTED},
    {"compile-mbrola", optional_argument, NULL, ID_UNSUPPORTED},
    {"compile-intonations", no_argument, NULL, ID_UNSUPPORTED},
    {"compile-phonemes", optional_argument, NULL, ID_UNSUPPORTED},
    {NULL, 0, NULL, 0},
};

#define TIE "\xCD\xA1"            /* U+0361 */
#define JOINER "\xE2\x80\x8D"     /* U+200D */
#define NON_JOINER "\xE2\x80\x8C" /* U+200C */

bool espeak_is_called(const char *program)
{
    const char *const slash = program ? strrchr(program, '/') : NULL;
    const char *const name = slash ? slash + 1 : program;
    return name && (!strcmp(name, "espeak-ng") || !strcmp(name, "espeak"));
}

/* As atoi(), which espeak-ng reads numbers with; within the bounds. */
static int number(const char *text, int low, int high)
{
    const long value = strtol(text, NULL, 10);
    return value < low ? low : value > high ? high : (int)value;
}

static void print_version(void)
{
    printf("Linnet text-to-speech, as espeak-ng: %s  Data at: the voices of linnet --list-voices\n", linnet_version());
}

static void print_help(void)
{
    print_version();
    printf("\nespeak-ng [options] [\"<words>\"]\n\n"
           "-f <text file>, --stdin    where the text comes from\n"
           "-w <wave file>, --stdout   where the sound goes\n"
           "-v <language or voice>, -s <words a minute>, -p <pitch 0-99>, -P <range 0-99>, -a <amplitude 0-200>,\n"
           "-g <word gap, 10 ms>, -k <capitals>, -l <line length>, -b <encoding>, -d <device>, -m, -z,\n"
           "--punct[=<characters>], --split=<minutes>, --path=<path of espeak-ng-data>\n"
           "-q, -x, --ipa, --sep[=<character>], --tie[=<character>], --phonout=<file>\n"
           "--voices[=<language>], --version, -h\n\n"
           "The speech is Linnet's; man linnet, and the guide's page on espeak-ng, say more.\n");
}

/* --ipa, -x: with sound beside it, but for -q. */
static void trace(struct options *options, bool mnemonics)
{
    options->traced = true;
    options->notation.mnemonics = mnemonics;
}

static void set_ipa(struct options *options, const char *kind)
{
    trace(options, false);
    if (kind && *kind == '1')
        options->notation.tie = TIE;
    else if (kind && *kind == '2')
        options->notation.tie = JOINER;
    else if (kind && *kind == '3')
        options->notation.separator = "_";
}

static void set_capitals(struct options *options, int how)
{
    options->settings.capitals = how == 0   ? LINNET_CAPITALS_OFF
                                 : how == 2 ? LINNET_CAPITALS_WORD
                                            : LINNET_CAPITALS_PITCH;
}

static void set_punctuation(struct options *options, const char *characters)
{
    options->settings.punctuation = characters ? LINNET_PUNCTUATION_SOME : LINNET_PUNCTUATION_ALL;
    options->punctuation_lists[LINNET_PUNCTUATION_SOME] = characters;
}

static int set_phonout(const char *path)
{
    return freopen(path, "w", stdout) ? 0 : report_failure("%s: can't write", path);
}

static void set_split(struct options *options, const char *minutes)
{
    const int n = minutes ? number(minutes, 0, 1440) : 30;
    options->split = n > 0 ? SPLIT_MINUTES : SPLIT_NOT;
    options->split_minutes = n;
}

static int add_file(struct options *options, const char *path)
{
    options->inputs[0] = path;
    options->n_inputs = 1;
    return 0;
}

static int done(struct options *options, enum action action)
{
    if (action == ACTION_HELP)
        print_help();
    else
        print_version();
    options->action = action;
    return ESPEAK_DONE;
}

/* -b */
static const enum recode_kind encodings[] = {RECODE_UTF8, RECODE_UTF8, RECODE_1252, RECODE_1252, RECODE_UTF16};

/* 0, or what espeak_parse() returns. */
static int apply(struct options *options, int id, const char *value)
{
    linnet_settings *const settings = &options->settings;
    switch (id) {
    case 'a': settings->volume = (float)number(value, 0, 200) / 100; return 0;
    case 'b': options->encoding = encodings[number(value, 0, 4)]; return 0;
    case 'd': options->device = value; return 0;
    case 'f': return add_file(options, value);
    case 'g': settings->word_pause_ms = 10 * number(value, 0, LINNET_MAX_PAUSE_MS / 10); return 0;
    case 'k': set_capitals(options, number(value, 0, 1000)); return 0;
    case 'l': options->short_line = (size_t)number(value, 0, 10000); return 0;
    case 'm': settings->ssml = LINNET_SSML_LENIENT; return 0;
    case 'p': settings->pitch_semitones = (float)(number(value, 0, 99) - 50) * LINNET_MAX_PITCH / 50; return 0;
    case 'P': settings->pitch_range = (float)number(value, 0, 99) / 50; return 0;
    case 'q': options->silent = true; return 0;
    case 's': options->words_per_minute = number(value, 1, 2000); return 0;
    case 'v': options->voice = value; return 0;
    case 'w':
        options->output = value;
        options->kind = sound_kind_named("wav");
        return 0;
    case 'x': trace(options, true); return 0;
    case 'X': report_warning("-X: Linnet has no trace of rules; -x and --ipa print phonemes"); return 0;
    case ID_STDIN: options->from_stdin = true; return 0;
    case ID_STDOUT:
        options->output = "-";
        options->kind = NULL;
        return 0;
    case ID_IPA: set_ipa(options, value); return 0;
    case ID_PATH: return setenv("ESPEAK_DATA_PATH", value, 1) == 0 ? 0 : report_failure("--path: out of memory");
    case ID_PUNCT: set_punctuation(options, value); return 0;
    case ID_SEP: options->notation.separator = !value ? " " : *value == 'z' ? NON_JOINER : value; return 0;
    case ID_TIE: options->notation.tie = !value ? TIE : *value == 'z' ? JOINER : value; return 0;
    case ID_SPLIT: set_split(options, value); return 0;
    case ID_VOICES:
        options->action = ACTION_ESPEAK_VOICES;
        options->subject = value;
        return 0;
    case ID_PHONOUT: return set_phonout(value);
    case ID_HELP:
    case 'h': return done(options, ACTION_HELP);
    case ID_VERSION: return done(options, ACTION_VERSION);
    default: return 0; /* -D, -z: so it is */
    }
}

/* Where the text comes from: a file, standard input as a whole, the arguments, or the lines of standard input. */
static void choose_source(struct options *options, int n_words, char *const *words)
{
    if (options->n_inputs == 0 && !options->from_stdin) {
        options->n_words = n_words;
        options->words = words;
        options->live = n_words == 0;
    }
    if (options->split != SPLIT_NOT && (!options->output || !options->kind))
        options->split = SPLIT_NOT; /* only of -w */
    if (options->silent && options->action == ACTION_SPEAK)
        options->action = ACTION_TRACE;
    if (options->action == ACTION_TRACE)
        options->output = NULL;
    if (options->output)
        options->device = NULL;
}

int espeak_parse(struct options *options, int argc, char **argv)
{
    *options = (struct options){.action = ACTION_SPEAK, .quality = -1, .as_espeak = true};
    linnet_settings_init(&options->settings);
    int id, status = 0;
    opterr = 0;
    while (status == 0 && (id = getopt_long(argc, argv, "a:b:Dd:f:g:hk:l:mp:P:qs:v:w:xXz", longs, NULL)) != -1) {
        if (id == '?' || id == ID_UNSUPPORTED) {
            report_failure("%s: %s", argv[optind - 1],
                           id == '?' ? "unknown option, or its value is missing" : "only espeak-ng itself can do that");
            return id == '?' ? ESPEAK_DONE : EXIT_FAILED; /* espeak-ng, too, ends well there */
        }
        status = apply(options, id, optarg);
    }
    if (status == 0)
        choose_source(options, argc - optind, argv + optind);
    return status;
}

/* ---- voices ------------------------------------------------------------------------------------------------------ */

float espeak_variant_pitch(const char *voice, const char *gender)
{
    const char *const plus = voice ? strrchr(voice, '+') : NULL;
    const bool female = plus && plus[1] == 'f', male = plus && plus[1] == 'm';
    if ((!female && !male) || !isdigit((unsigned char)plus[2]))
        return 0;
    const int n = number(plus + 2, 1, 8);
    float shift = (female ? 1.0f : -1.0f) * (float)(n - 1) * 0.5f;
    if (female && !strcasecmp(gender, "male"))
        shift += 6;
    if (male && !strcasecmp(gender, "female"))
        shift -= 6;
    return shift;
}

struct listing {
    const char *language; /* NULL: all voices */
    bool begun;
};

static void print_header(struct listing *listing)
{
    if (!listing->begun)
        printf("Pty Language       Age/Gender VoiceName          File                 Other Languages\n");
    listing->begun = true;
}

/* In espeak-ng's columns; names have no spaces, languages no capitals. */
static int print_voice(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    struct listing *const listing = user;
    char name[64], language[32];
    (void)error;
    if (!info || (listing->language && !catalogue_speaks(info, listing->language)))
        return 0;
    print_header(listing);
    const char *file;
    const int length = (int)catalogue_name(path, &file);
    snprintf(name, sizeof name, "%.*s", length, file);
    snprintf(language, sizeof language, "%s", info->language);
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '_' : *c;
    for (char *c = language; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    printf("%2d  %-15s --/%c      %-18s %-20s \n", 5, language,
           !strcasecmp(info->gender, "female") ? 'F'
           : !strcasecmp(info->gender, "male") ? 'M'
                                               : '-',
           name, name);
    return 0;
}

int espeak_voices(const char *language)
{
    struct listing listing = {.language = language && *language ? language : NULL};
    const int status = linnet_list_voices(print_voice, &listing);
    if (status != LINNET_OK)
        return report_failure("list of voices: %s", linnet_status_text(status));
    print_header(&listing);
    return report_stdout();
}
