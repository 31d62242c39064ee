/* The command line: getopt_long(), number and range checks, and --help made from the same table. */
#include "cli/options.h"
#include "cli/plot.h"
#include "cli/report.h"
#include "cli/timing.h"

#include "audio/sink.h"
#include "base/utf8.h"
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_id {
    ID_RAW = 256,
    ID_LIST_VOICES,
    ID_VOICE_INFO,
    ID_WPM,
    ID_PITCH_RANGE,
    ID_PHONEMES,
    ID_EXPLAIN,
    ID_TIMING,
    ID_THREADS,
    ID_LEXICON,
    ID_PUNCTUATION,
    ID_SPELL,
    ID_PHONETIC,
    ID_CAPITALS,
    ID_DIGITS,
    ID_CHARACTER,
    ID_KEY,
    ID_ALLOW_AUDIO,
    ID_DEVICE,
    ID_LIST_DEVICES,
    ID_TITLE,
    ID_ARTIST,
    ID_ALBUM,
    ID_TRACK,
    ID_SENTENCE_PAUSE,
    ID_PARAGRAPH_PAUSE,
    ID_WORD_PAUSE,
    ID_MARKDOWN,
    ID_LIVE,
    ID_INLINE_PHONEMES,
    ID_IPA,
    ID_FORMAT,
    ID_QUALITY,
    ID_SPLIT,
    ID_TIMING_FORMAT,
    ID_ONE_VOICE,
    ID_PLOT
};

/* An argument in brackets may be left out; it isn't for the letter. */
struct option_info {
    int id; /* its letter, or an option_id */
    const char *name, *argument, *help;
};

/* In the order of --help; NULL name: a heading. */
static const struct option_info infos[] = {
    {0, NULL, NULL, "Where to"},
    {'o', "output", "FILE", "write a sound file, its kind by the ending; - is WAV on standard output"},
    {ID_FORMAT, "format", "KIND", "the kind of sound file, whatever the ending: wav, flac, ogg, opus, mp3"},
    {ID_QUALITY, "quality", "N", "of .ogg, .opus and .mp3: small to good"},
    {ID_SPLIT, "split", "WHERE",
     "several files, FILE-001 and so on: after MINUTES, or every sentence, line, paragraph"},
    {ID_TITLE, "title", "TEXT", "the sound file's title, for players to show"},
    {ID_ARTIST, "artist", "TEXT", "its artist"},
    {ID_ALBUM, "album", "TEXT", "its album"},
    {ID_TRACK, "track", "N", "its number in the album: 3, or 3/12"},
    {ID_RAW, "raw", NULL, "write 16-bit little-endian samples to standard output, block by block"},
    {ID_DEVICE, "device", "NAME", "play on this device (name, part of a name, or number)"},
    {ID_LIST_DEVICES, "list-devices", NULL, "list the playback devices"},
    {ID_TIMING, "timing", "FILE", "write when each word is said; - is JSON on standard output"},
    {ID_TIMING_FORMAT, "timing-format", "KIND", "its kind, whatever the ending: json, srt, vtt, TextGrid"},
    {0, NULL, NULL, "What"},
    {'f', "file", "FILE", "read the text from FILE (- is standard input); may be repeated"},
    {ID_LIVE, "live", NULL, "speak each line as it comes, into a file too"},
    {'m', "ssml", "[=MODE]", "the text is SSML; MODE: strict (default), lenient (wrong markup is spoken as text)"},
    {ID_ALLOW_AUDIO, "allow-audio", NULL, "SSML may play local sound files (<audio>)"},
    {'v', "voice", "VOICE", "speak with this voice: a name, a language, male or female, or the path of a .gguf file"},
    {ID_ONE_VOICE, "one-voice", NULL, "one voice, whatever SSML or the script asks for"},
    {ID_LIST_VOICES, "list-voices", "[=LANGUAGE]", "list the voices; or those of a language: --list-voices de"},
    {ID_VOICE_INFO, "voice-info", "[=VOICE]", "tell about the voice, or this one: --voice-info NAME"},
    {0, NULL, NULL, "How"},
    {'r', "rate", "FACTOR", "speed; 1 is the voice's own"},
    {ID_WPM, "wpm", "N", "speed in words a minute, of everyday English"},
    {'p', "pitch", "SEMITONES", "higher or lower; 0 is the voice's own"},
    {ID_PITCH_RANGE, "pitch-range", "X", "how lively the melody is; 1 is the voice's own"},
    {'g', "volume", "X", "loudness; 1 is the voice's own"},
    {ID_SENTENCE_PAUSE, "sentence-pause", "MS", "silence added behind each sentence"},
    {ID_PARAGRAPH_PAUSE, "paragraph-pause", "MS", "silence added behind each paragraph"},
    {ID_WORD_PAUSE, "word-pause", "MS", "silence added between words"},
    {ID_THREADS, "threads", "N", "sentences that are made at a time; 0, the default, chooses"},
    {0, NULL, NULL, "Reading"},
    {ID_LEXICON, "lexicon", "FILE", "pronounce words as FILE says (plain text or PLS); may be repeated"},
    {ID_PUNCTUATION, "punctuation", "LEVEL", "name punctuation: none, some, most, all; some=CHARACTERS changes a list"},
    {ID_SPELL, "spell", NULL, "spell: every character by its name"},
    {ID_PHONETIC, "spell-phonetic", NULL, "spell with Alpha, Bravo, Charlie"},
    {ID_MARKDOWN, "markdown", "HOW", "marks of Markdown: auto (silent where they are unmistakable), off (read them)"},
    {ID_INLINE_PHONEMES, "inline-phonemes", NULL, "[[h@loU]] and [[ hə|ˈloʊ ]] in the text are phonemes"},
    {ID_CAPITALS, "capitals", "HOW", "tell capital letters: off, pitch, word, icon (an event only)"},
    {ID_DIGITS, "digits", NULL, "read numbers digit by digit"},
    {ID_CHARACTER, "character", NULL, "the text is one character, to be named"},
    {ID_KEY, "key", NULL, "the text is the name of a key, such as shift_a"},
    {0, NULL, NULL, "Instead of speaking"},
    {ID_PHONEMES, "phonemes", NULL, "print the phonemes in the voice's letters, one sentence a line"},
    {ID_IPA, "ipa", NULL, "the same in the International Phonetic Alphabet"},
    {ID_EXPLAIN, "explain", NULL, "print each sentence's phonemes, durations and pitch as a table"},
    {ID_PLOT, "plot", "FILE",
     "draw waveform, spectrogram, F0, words and phonemes (.png, .svg, .pdf); -o, too, writes the sound"},
    {0, NULL, NULL, "Other"},
    {'q', "quiet", NULL, "no progress bar and no warnings"},
    {'V', "version", NULL, "print the version"},
    {'h', "help", NULL, "print this help"},
};

#define N_INFOS (sizeof infos / sizeof *infos)

/* What the numbers may be; for the help and for the check. */
static const struct range {
    int id;
    double low, high;
} ranges[] = {
    {'r', LINNET_MIN_RATE, LINNET_MAX_RATE},
    {ID_WPM, 1, 2000},
    {'p', -LINNET_MAX_PITCH, LINNET_MAX_PITCH},
    {ID_PITCH_RANGE, 0, LINNET_MAX_PITCH_RANGE},
    {'g', 0, LINNET_MAX_VOLUME},
    {ID_SENTENCE_PAUSE, 0, LINNET_MAX_PAUSE_MS},
    {ID_PARAGRAPH_PAUSE, 0, LINNET_MAX_PAUSE_MS},
    {ID_WORD_PAUSE, 0, LINNET_MAX_PAUSE_MS},
    {ID_THREADS, 0, LINNET_MAX_THREADS},
    {ID_QUALITY, 0, 10},
    {ID_SPLIT, 0.01, 1440},
};

/* NULL: it is no number. */
static const struct range *range_of(int id)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (ranges[i].id == id)
            return &ranges[i];
    return NULL;
}

static bool is_optional(const struct option_info *info)
{
    return info->argument && info->argument[0] == '[';
}

void options_help(void)
{
    printf("Usage: linnet [options] [text ...]\n\n"
           "Speaks the text; without any, what it reads from standard input, line by line.\n"
           "Without -o or --raw it plays on the sound card.\n");
    for (size_t i = 0; i < N_INFOS; i++) {
        const struct option_info *const info = &infos[i];
        if (!info->name) {
            printf("\n%s:\n", info->help);
            continue;
        }
        char left[64];
        snprintf(left, sizeof left, "%c%c%s --%s%s%s", info->id < 256 ? '-' : ' ', info->id < 256 ? info->id : ' ',
                 info->id < 256 ? "," : " ", info->name, info->argument && !is_optional(info) ? " " : "",
                 info->argument ? info->argument : "");
        printf("  %-24s %s", left, info->help);
        const struct range *const range = range_of(info->id);
        if (range && info->id != ID_SPLIT)
            printf(" (%g to %g)", range->low, range->high);
        putchar('\n');
    }
    char sounds[128], timings[128];
    sound_endings(sounds, sizeof sounds, " ");
    timing_endings(timings, sizeof timings, " ");
    printf("\nEndings of sound files: %s; of timing files: %s\n", sounds, timings);
    printf("\nExit status: 0 spoken, 1 failed, 2 wrong options, 130 or 143 interrupted.\n");
}

/* The number in `text` within the option's range, or EXIT_USAGE with a message. */
static int parse_number(double *out, int id, const char *name, const char *text)
{
    const struct range *const range = range_of(id);
    char *end;
    const double value = strtod(text, &end);
    if (end == text || *end || !isfinite(value))
        return report_usage("--%s: \"%s\" isn't a number", name, text);
    if (value < range->low || value > range->high)
        return report_usage("--%s: %s is outside %g to %g", name, text, range->low, range->high);
    *out = value;
    return 0;
}

static int parse_float(float *out, int id, const char *name, const char *text)
{
    double value = 0;
    const int status = parse_number(&value, id, name, text);
    if (status == 0)
        *out = (float)value;
    return status;
}

static int parse_threads(int *out, const char *text)
{
    double value = 0;
    const int status = parse_number(&value, ID_THREADS, "threads", text);
    if (status == 0 && value != floor(value))
        return report_usage("--threads: \"%s\" isn't a whole number", text);
    if (status == 0)
        *out = (int)value;
    return status;
}

static int parse_pause(int *out, int id, const char *name, const char *text)
{
    double value;
    const int status = parse_number(&value, id, name, text);
    *out = status == 0 ? (int)(value + 0.5) : 0;
    return status;
}

/* The number of a word in a list; -1: it isn't there. */
static int find_word(const char *const *words, int n, const char *word, size_t length)
{
    for (int i = 0; i < n; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return i;
    return -1;
}

/* "most", or "most=CHARACTERS". */
static int parse_punctuation(struct options *options, const char *value)
{
    static const char *const levels[] = {"as-written", "none", "some", "most", "all"};
    const size_t length = strcspn(value, "=");
    const int level = find_word(levels, 5, value, length);
    const bool list = value[length] == '=';
    if (level < 0 || (list && level < LINNET_PUNCTUATION_SOME))
        return report_usage("--punctuation: \"%s\" isn't none, some, most, all or LEVEL=CHARACTERS", value);
    options->settings.punctuation = level;
    if (list)
        options->punctuation_lists[level] = value + length + 1;
    return 0;
}

static int parse_capitals(int *out, const char *value)
{
    static const char *const ways[] = {"off", "pitch", "word", "icon"};
    *out = find_word(ways, 4, value, strlen(value));
    return *out < 0 ? report_usage("--capitals: \"%s\" isn't off, pitch, word or icon", value) : 0;
}

static int parse_markdown(int *out, const char *value)
{
    static const char *const ways[] = {"auto", "off"};
    *out = find_word(ways, 2, value, strlen(value));
    return *out < 0 ? report_usage("--markdown: \"%s\" isn't auto or off", value) : 0;
}

static int parse_ssml(int *out, const char *value)
{
    static const char *const modes[] = {"strict", "lenient"};
    const int mode = value ? find_word(modes, 2, value, strlen(value)) : 0;
    *out = mode == 0 ? LINNET_SSML_STRICT : LINNET_SSML_LENIENT;
    return mode < 0 ? report_usage("--ssml: \"%s\" isn't strict or lenient", value) : 0;
}

static int parse_kind(const struct sound_kind **out, const char *value)
{
    *out = sound_kind_named(value);
    return *out ? 0 : report_usage("--format: \"%s\" isn't wav, flac, ogg, opus or mp3", value);
}

/* "10" (minutes), or a word. */
static int parse_split(struct options *options, const char *value)
{
    static const char *const words[] = {"sentence", "line", "paragraph"};
    const int word = find_word(words, 3, value, strlen(value));
    options->split = word < 0 ? SPLIT_MINUTES : SPLIT_SENTENCES + (enum split)word;
    if (word >= 0)
        return 0;
    if (!strchr("0123456789.", value[0]))
        return report_usage("--split: \"%s\" isn't sentence, line, paragraph or a number of minutes", value);
    return parse_number(&options->split_minutes, ID_SPLIT, "split", value);
}

static int add_lexicon(struct options *options, const char *path)
{
    if (options->n_lexicons == MAX_LEXICONS)
        return report_usage("--lexicon: over %d of them", MAX_LEXICONS);
    options->lexicons[options->n_lexicons++] = path;
    return 0;
}

/* Text for players: what isn't UTF-8 would make a file that they can't read. */
static int parse_tag(const char **out, const char *option, const char *value)
{
    size_t invalid;
    base_utf8_count(value, strlen(value), &invalid);
    *out = value;
    return invalid ? report_usage("--%s: it isn't UTF-8", option) : 0;
}

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* "3", or "3/12". */
static int parse_track(const char **out, const char *value)
{
    const size_t n = count_digits(value), of = value[n] == '/' ? count_digits(value + n + 1) : 0;
    const size_t length = of ? n + 1 + of : n;
    *out = value;
    return n == 0 || n > 5 || of > 5 || value[length]
               ? report_usage("--track: \"%s\" isn't a number such as 3, or 3/12", value)
               : 0;
}

static int add_input(struct options *options, const char *path)
{
    if (options->n_inputs == MAX_INPUTS)
        return report_usage("--file: over %d of them", MAX_INPUTS);
    options->inputs[options->n_inputs++] = path;
    return 0;
}

static int choose(struct options *options, enum action action)
{
    const bool finer = options->action == ACTION_PHONEMES && action == ACTION_IPA;
    if (options->action != ACTION_SPEAK && options->action != action && !finer)
        return report_usage("--phonemes or --ipa, --explain, --voice-info and the lists can't be combined");
    options->action = action;
    return 0;
}

/* The same for an action that is about something, which may stand behind "=". */
static int choose_about(struct options *options, enum action action, const char *subject)
{
    if (subject)
        options->subject = subject;
    return choose(options, action);
}

/* Applies one option, given by its id. */
static int apply(struct options *options, int id, const char *value)
{
    linnet_settings *const settings = &options->settings;
    switch (id) {
    case 'o': options->output = value; return 0;
    case 'f': return add_input(options, value);
    case ID_LIVE: options->live = true; return 0;
    case 'm': return parse_ssml(&settings->ssml, value);
    case ID_ALLOW_AUDIO: options->allow_audio = true; return 0;
    case 'v': options->voice = value; return 0;
    case 'q': options->quiet = true; return 0;
    case 'V': options->action = ACTION_VERSION; return 0;
    case 'h': options->action = ACTION_HELP; return 0;
    case ID_TITLE: return parse_tag(&options->tags.title, "title", value);
    case ID_ARTIST: return parse_tag(&options->tags.artist, "artist", value);
    case ID_ALBUM: return parse_tag(&options->tags.album, "album", value);
    case ID_TRACK: return parse_track(&options->tags.track, value);
    case ID_FORMAT: return parse_kind(&options->kind, value);
    case ID_QUALITY: return parse_number(&options->quality, id, "quality", value);
    case ID_SPLIT: return parse_split(options, value);
    case ID_RAW: options->raw = true; return 0;
    case ID_DEVICE: options->device = value; return 0;
    case ID_TIMING: options->timing = value; return 0;
    case ID_PLOT: options->plot = value; return 0;
    case ID_TIMING_FORMAT: options->timing_format = value; return 0;
    case ID_LEXICON: return add_lexicon(options, value);
    case ID_PUNCTUATION: return parse_punctuation(options, value);
    case ID_SPELL: settings->spelling = LINNET_SPELLING_LETTERS; return 0;
    case ID_PHONETIC: settings->spelling = LINNET_SPELLING_PHONETIC; return 0;
    case ID_MARKDOWN: return parse_markdown(&settings->markdown, value);
    case ID_CAPITALS: return parse_capitals(&settings->capitals, value);
    case ID_DIGITS: settings->digits = 1; return 0;
    case ID_CHARACTER: settings->unit = LINNET_UNIT_CHARACTER; return 0;
    case ID_KEY: settings->unit = LINNET_UNIT_KEY; return 0;
    case ID_LIST_VOICES: return choose_about(options, ACTION_LIST_VOICES, value);
    case ID_VOICE_INFO: return choose_about(options, ACTION_VOICE_INFO, value);
    case ID_PHONEMES: return options->action == ACTION_IPA ? 0 : choose(options, ACTION_PHONEMES);
    case ID_IPA: return choose(options, ACTION_IPA);
    case ID_ONE_VOICE: settings->voices = 0; return 0;
    case ID_INLINE_PHONEMES: settings->inline_phonemes = 1; return 0;
    case ID_EXPLAIN: return choose(options, ACTION_EXPLAIN);
    case ID_LIST_DEVICES: return choose(options, ACTION_LIST_DEVICES);
    case ID_WPM: return parse_number(&options->words_per_minute, id, "wpm", value);
    case 'r': options->words_per_minute = 0; return parse_float(&settings->rate, id, "rate", value);
    case 'p': return parse_float(&settings->pitch_semitones, id, "pitch", value);
    case ID_PITCH_RANGE: return parse_float(&settings->pitch_range, id, "pitch-range", value);
    case 'g': return parse_float(&settings->volume, id, "volume", value);
    case ID_SENTENCE_PAUSE: return parse_pause(&settings->sentence_pause_ms, id, "sentence-pause", value);
    case ID_PARAGRAPH_PAUSE: return parse_pause(&settings->paragraph_pause_ms, id, "paragraph-pause", value);
    case ID_WORD_PAUSE: return parse_pause(&settings->word_pause_ms, id, "word-pause", value);
    default: return parse_threads(&settings->threads, value);
    }
}

static bool has_tags(const struct sound_tags *tags)
{
    return tags->title || tags->artist || tags->album || tags->track;
}

static int unknown_ending(const char *path, void (*list)(char *, size_t, const char *))
{
    char endings[128];
    list(endings, sizeof endings, ", ");
    return report_usage("%s: unknown ending; known are %s", path, endings);
}

static bool is_stdout(const char *path)
{
    return path && !strcmp(path, "-");
}

/* What is about the sound file. */
static int check_sound(const struct options *options)
{
    const bool to_pipe = is_stdout(options->output);
    const struct sound_kind *const kind =
        options->kind || !options->output ? options->kind : sound_kind_of(options->output);
    if (has_tags(&options->tags) && (!options->output || (to_pipe && !options->kind)))
        return report_usage("--title, --artist, --album and --track: only with --output and a file");
    if (options->kind && !options->output)
        return report_usage("--format: only with --output");
    if (options->quality >= 0 && !(kind && sound_is_lossy(kind)))
        return report_usage("--quality: only with --output and .ogg, .opus or .mp3");
    if (options->split != SPLIT_NOT && (!options->output || to_pipe))
        return report_usage("--split: only with --output and a file");
    if ((options->split == SPLIT_LINES || options->split == SPLIT_PARAGRAPHS) && options->settings.ssml)
        return report_usage("--split: SSML can be split by sentence or minutes, not by line or paragraph");
    if (options->output && !options->kind && !sink_by_path(options->output))
        return unknown_ending(options->output, sound_endings);
    return 0;
}

static int check_timing(const struct options *options)
{
    const char *const format = options->timing_format;
    if (format && !options->timing)
        return report_usage("--timing-format: only with --timing");
    if (is_stdout(options->timing) && (options->raw || is_stdout(options->output)))
        return report_usage("--timing: standard output is taken by the sound");
    if (is_stdout(options->timing) && options->split != SPLIT_NOT)
        return report_usage("--timing: with --split only into files");
    if (options->timing && !timing_known(options->timing, format))
        return format ? report_usage("--timing-format: \"%s\" isn't json, srt, vtt or TextGrid", format)
                      : unknown_ending(options->timing, timing_endings);
    return 0;
}

/* What doesn't go together, once all is known. */
static int check(const struct options *options)
{
    const bool speaks = options->action == ACTION_SPEAK;
    if (options->raw && options->output)
        return report_usage("--raw and --output: only one of them");
    if (options->device && (options->raw || options->output))
        return report_usage("--device: only for playing, not with --raw or --output");
    if (!speaks && (options->raw || options->output || options->timing || options->plot))
        return report_usage("--raw, --output, --timing and --plot: only when speaking");
    if (options->plot && !plot_known(options->plot))
        return report_usage("%s: unknown ending; known are .png, .svg, .pdf", options->plot);
    if (options->settings.ssml && options->settings.unit)
        return report_usage("--ssml: not with --character or --key");
    if (options->allow_audio && !options->settings.ssml)
        return report_usage("--allow-audio: only with --ssml");
    if (options->n_inputs > 0 && options->n_words > 0)
        return report_usage("--file: the text is given twice, in a file and as arguments");
    const int status = check_sound(options);
    return status == 0 ? check_timing(options) : status;
}

/* getopt's own forms of the table. letters must hold 2 * N_INFOS + 2 characters, longs N_INFOS + 1. */
static void make_getopt_tables(char *letters, struct option *longs)
{
    *letters++ = ':'; /* tells a missing argument from an unknown option */
    for (size_t i = 0; i < N_INFOS; i++) {
        const struct option_info *const info = &infos[i];
        if (!info->name)
            continue;
        const int has_argument = is_optional(info) ? optional_argument
                                 : info->argument  ? required_argument
                                                   : no_argument;
        *longs++ = (struct option){info->name, has_argument, NULL, info->id};
        if (info->id < 256)
            *letters++ = (char)info->id;
        if (info->id < 256 && info->argument && !is_optional(info))
            *letters++ = ':';
    }
    *letters = '\0';
    *longs = (struct option){NULL, 0, NULL, 0};
}

static bool is_known(int id)
{
    for (size_t i = 0; i < N_INFOS; i++)
        if (infos[i].name && infos[i].id == id)
            return true;
    return false;
}

/* Long options that begin like "--pi=2", listed to out[size]; how many. */
static int find_beginnings(char *out, size_t size, const char *given)
{
    const size_t length = strcspn(given + 2, "=");
    size_t used = 0;
    int n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < N_INFOS; i++)
        if (infos[i].name && strncmp(infos[i].name, given + 2, length) == 0) {
            if (used < size)
                used += (size_t)snprintf(out + used, size - used, "%s--%s", n ? ", " : "", infos[i].name);
            n++;
        }
    return n;
}

static int complain(int problem, char *const *argv)
{
    const char *const given = argv[optind - 1];
    char beginnings[256];
    if (problem == ':')
        return report_usage("%s: needs a value; see linnet --help", given);
    if (is_known(optopt)) /* a letter of this kind would have been taken */
        return report_usage("%.*s: takes no value", (int)strcspn(given, "="), given);
    if (optopt > 0)
        return report_usage("-%c: unknown option; see linnet --help", optopt);
    if (find_beginnings(beginnings, sizeof beginnings, given) > 1)
        return report_usage("%.*s: ambiguous; it may be %s", (int)strcspn(given, "="), given, beginnings);
    return report_usage("%s: unknown option; see linnet --help", given);
}

/* "--voice-info NAME" as well as "--voice-info=NAME". */
static int take_subject(struct options *options)
{
    if (options->action != ACTION_VOICE_INFO && options->action != ACTION_LIST_VOICES)
        return 0;
    if (options->n_words > 0 && !options->subject) {
        options->subject = options->words[0];
        options->words++;
        options->n_words--;
    }
    if (options->n_words > 0)
        return report_usage("%s: one argument too many", options->words[0]);
    if (options->action == ACTION_VOICE_INFO && options->subject && options->voice)
        return report_usage("--voice-info: the voice is given twice");
    return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
    char letters[2 * N_INFOS + 2];
    struct option longs[N_INFOS + 1];
    *options = (struct options){.action = ACTION_SPEAK, .quality = -1};
    linnet_settings_init(&options->settings);
    options->settings.voices = 1;
    make_getopt_tables(letters, longs);
    opterr = 0;
    int id, status;
    while ((id = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        status = id == '?' || id == ':' ? complain(id, argv) : apply(options, id, optarg);
        if (status != 0)
            return status;
        if (options->action == ACTION_HELP || options->action == ACTION_VERSION)
            return 0; /* nothing after it matters */
    }
    options->n_words = argc - optind;
    options->words = argv + optind;
    status = take_subject(options);
    return status == 0 ? check(options) : status;
}
