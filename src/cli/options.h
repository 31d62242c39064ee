/* The command line, parsed and checked. */
#ifndef LINNET_OPTIONS_H
#define LINNET_OPTIONS_H

#include "audio/sound_file.h"
#include "cli/notation.h"
#include "cli/recode.h"
#include "linnet.h"
#include <stdbool.h>

enum exit_status { EXIT_SPOKEN = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_SIGNAL = 128 /* plus the signal's number */ };

#define MAX_INPUTS 1000
#define MAX_LEXICONS 14 /* with the user's own two the library's limit */

/* What to do; the names are those of the options. */
enum action {
    ACTION_SPEAK,
    ACTION_TRACE,
    ACTION_PHONEMES,
    ACTION_IPA,
    ACTION_EXPLAIN,
    ACTION_VOICE_INFO,
    ACTION_LIST_VOICES,
    ACTION_LIST_DEVICES,
    ACTION_ESPEAK_VOICES,
    ACTION_VERSION,
    ACTION_HELP
};

/* Where the sound goes on in another file. */
enum split { SPLIT_NOT, SPLIT_MINUTES, SPLIT_SENTENCES, SPLIT_LINES, SPLIT_PARAGRAPHS };

struct options {
    enum action action;
    const char *output;            /* -o; NULL: none */
    const struct sound_kind *kind; /* of the output; NULL: by its ending */
    double quality;                /* of the output, 0 ... 10; negative: its own */
    enum split split;
    double split_minutes; /* of SPLIT_MINUTES */
    bool raw;
    struct sound_tags tags; /* of the sound file */
    size_t n_inputs;
    const char *inputs[MAX_INPUTS]; /* -f; "-": standard input */
    bool live;                      /* speak lines as they come, whatever the output is */
    bool allow_audio;               /* markup may play sound files */
    const char *voice;              /* NULL: the default one */
    const char *subject;            /* of --voice-info a voice, of --list-voices a language; NULL: none */
    const char *timing;             /* NULL: none */
    const char *timing_format;      /* NULL: by its ending */
    const char *device;             /* NULL: the default one */
    double words_per_minute;        /* 0: not given, settings.rate holds */
    bool quiet;
    size_t n_lexicons;
    const char *lexicons[MAX_LEXICONS];
    const char *punctuation_lists[LINNET_PUNCTUATION_ALL + 1]; /* by level; NULL: the usual one */
    linnet_settings settings;
    const char *plot; /* a picture; NULL: none */
    /* What espeak-ng's command line has beside all this (espeak.h): */
    bool as_espeak;
    bool silent, from_stdin;
    bool traced;               /* print the phonemes, beside speaking */
    struct notation notation;  /* how */
    enum recode_kind encoding; /* of the files */
    size_t short_line;         /* a line of fewer bytes ends a clause; 0: none does */
    int n_words;               /* the text, when it is given as arguments */
    char *const *words;        /* [n_words], borrowed from argv */
};

/* Fills *options from the arguments. 0, or EXIT_USAGE after printing one line on standard error. */
int options_parse(struct options *options, int argc, char **argv);

/* Prints --help on standard output. */
void options_help(void);

#endif
