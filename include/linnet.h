/* Linnet: neural text-to-speech. This is the whole public API.
 *
 * Text goes through three stages: front end (text to phonemes, espeak-ng), acoustic model (FastSpeech 2: phonemes to
 * mel frames) and vocoder (WaveNet stack with a source-filter head: mel frames to samples). linnet_speak() runs all
 * three and hands you blocks of samples as soon as they exist; the functions at the end run one stage at a time.
 *
 * Usage (tests/api compiles exactly this):
 *
 * @example
 *   static int on_event(void *user, const linnet_event *event)
 *   {
 *       if (event->type == LINNET_EVENT_AUDIO)
 *           fwrite(event->samples, sizeof(float), event->n_samples, (FILE *)user);
 *       return 0;    // anything else stops
 *   }
 *
 *   int main(void)
 *   {
 *       linnet_engine *engine;
 *       linnet_settings settings;
 *       linnet_settings_init(&settings);
 *       if (linnet_engine_open(&engine, "voices/linnet-en.gguf", &settings) != LINNET_OK) {
 *           fprintf(stderr, "%s\n", linnet_last_open_error());
 *           return 1;
 *       }
 *       const char *text = "Hello, world.";
 *       int status = linnet_speak(engine, text, strlen(text), on_event, stdout);
 *       linnet_engine_close(&engine);
 *       return status == LINNET_OK ? 0 : 1;
 *   }
 * @end
 *
 * Threads: an engine belongs to one thread at a time, except for linnet_cancel(), which any thread may call at any time
 * while the engine is open. Different engines are independent of each other (espeak-ng, which is one per process, is
 * locked inside).
 *
 * A program that uses espeak-ng itself may do so beside Linnet: it may start it before or after, and the voice that it
 * has chosen is chosen again when a function of Linnet returns. It must not call espeak-ng while another thread is in a
 * function of Linnet, and must not end it (espeak_Terminate()) while an engine is open.
 *
 * Determinism: the same text, voice and settings give the same samples, whatever the block size and number of threads.
 */
#ifndef LINNET_H
#define LINNET_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LINNET_API __attribute__((visibility("default")))
#else
#define LINNET_API
#endif

#define LINNET_VERSION_MAJOR 0
#define LINNET_VERSION_MINOR 1
#define LINNET_VERSION_PATCH 0

/* "0.1.0": of the library that is linked at run time. Static storage. */
LINNET_API const char *linnet_version(void);

/* What functions return: 0 or a negative value. The values are stable. */
enum linnet_status {
    LINNET_OK = 0,
    LINNET_ERR_ARGUMENT = -1,  /* a pointer or value that the function's comment doesn't allow */
    LINNET_ERR_MEMORY = -2,    /* out of memory */
    LINNET_ERR_NOT_FOUND = -3, /* no such voice file */
    LINNET_ERR_VOICE = -4,     /* the voice file is damaged or not a Linnet voice */
    LINNET_ERR_IO = -5,        /* reading a file failed */
    LINNET_ERR_ESPEAK = -6,    /* espeak-ng or its data is missing or failed */
    LINNET_CANCELLED = -7,     /* linnet_cancel() was called, or the callback returned non-zero */
    LINNET_ERR_SYNTAX = -8     /* a dictionary or markup isn't well-formed; the message names line and column */
};

/* A short English text for a status, static storage, never NULL. */
LINNET_API const char *linnet_status_text(int status);

typedef struct linnet_engine linnet_engine;

/* Which characters are said by their name. The lists: linnet_set_punctuation(). Numbers, and apostrophes in words, stay
 * what they are. Four or more of one character are counted: "12 dashes". */
enum linnet_punctuation {
    LINNET_PUNCTUATION_AS_WRITTEN = 0, /* none; marks make pauses and melody, signs with a meaning are said: "50%" */
    LINNET_PUNCTUATION_NONE = 1,       /* the same, and signs that stand alone are silent */
    LINNET_PUNCTUATION_SOME = 2,       /* # % & * + / < = > @ and the like */
    LINNET_PUNCTUATION_MOST = 3,       /* quotes, brackets, dashes, colons and \ ^ _ ` | ~ too */
    LINNET_PUNCTUATION_ALL = 4         /* . , ! ? ' and signs of currencies too */
};

enum linnet_spelling {
    LINNET_SPELLING_OFF = 0,
    LINNET_SPELLING_LETTERS = 1, /* every character by its name */
    LINNET_SPELLING_PHONETIC = 2 /* letters as "Alpha", "Bravo" */
};

/* How capital letters are told: in text those that start a word; in spelling, and for single characters, each. */
enum linnet_capitals {
    LINNET_CAPITALS_OFF = 0,
    LINNET_CAPITALS_PITCH = 1, /* a higher pitch */
    LINNET_CAPITALS_WORD = 2,  /* the word "capital" before it */
    LINNET_CAPITALS_ICON = 3   /* LINNET_EVENT_ICON with the name "capital" before it */
};

/* What the text is. */
enum linnet_unit {
    LINNET_UNIT_TEXT = 0,
    LINNET_UNIT_CHARACTER = 1, /* one character (or a few), said by name, white space too */
    LINNET_UNIT_KEY = 2        /* a key: "a", "shift_a", "control_alt_delete", "space", "f5", "kp-enter", "_" */
};

/* Marks of Markdown, and tags of HTML, in a text that isn't SSML, where no punctuation is named. A text that has tags
 * of HTML is read as a whole before anything is heard. */
enum linnet_markdown {
    LINNET_MARKDOWN_AUTO = 0, /* silent where they can't be anything else: **bold**, # heading, [label](target), <p> */
    LINNET_MARKDOWN_OFF = 1   /* read like other signs */
};

/* Whether the text is SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/); which elements do what is told in
 * linnet-ssml(7). */
enum linnet_ssml {
    LINNET_SSML_OFF = 0,
    LINNET_SSML_STRICT = 1, /* what isn't well-formed, or has values that mean nothing, is LINNET_ERR_SYNTAX */
    LINNET_SSML_LENIENT = 2 /* such values count as not given; what isn't well-formed is spoken without its tags */
};
#define LINNET_SSML_MAX_BYTES ((size_t)16 << 20) /* of a text that is markup; larger ones are LINNET_ERR_SYNTAX */

/* The ranges of the settings. */
#define LINNET_MIN_RATE 0.25f
#define LINNET_MAX_RATE 6.0f
#define LINNET_MAX_PITCH 12.0f /* semitones, up and down */
#define LINNET_MAX_PITCH_RANGE 2.0f
#define LINNET_MAX_VOLUME 4.0f
#define LINNET_MAX_PAUSE_MS 10000
#define LINNET_MAX_THREADS 64

/* How to speak. Fill it with linnet_settings_init() first, then change what you want. Values that aren't finite or are
 * outside the ranges are LINNET_ERR_ARGUMENT. Later versions take their fields from `reserved`. */
typedef struct linnet_settings {
    size_t size;           /* set by linnet_settings_init() */
    float rate;            /* factor on speed, LINNET_MIN_RATE ... LINNET_MAX_RATE; default 1 */
    float pitch_semitones; /* -LINNET_MAX_PITCH ... LINNET_MAX_PITCH; default 0 */
    float pitch_range;     /* liveliness: factor on the movement of pitch, 0 ... LINNET_MAX_PITCH_RANGE; default 1 */
    float volume;          /* factor on the samples, 0 ... LINNET_MAX_VOLUME (limited without clipping); default 1 */
    /* How many sentences are made at the same time, up to LINNET_MAX_THREADS, each beyond the first with 7 MB of its
     * own; 1: all work on the calling thread; 0 (default): choose. */
    int threads;
    int block_frames;       /* mel frames a block of samples, 1 ... 512; 0 (default): small at first, then larger */
    int punctuation;        /* enum linnet_punctuation; the four below default to 0 too */
    int spelling;           /* enum linnet_spelling */
    int capitals;           /* enum linnet_capitals */
    int digits;             /* 1: numbers digit by digit */
    int unit;               /* enum linnet_unit */
    int ssml;               /* enum linnet_ssml, of texts: characters and keys are never markup; default 0 */
    int sentence_pause_ms;  /* silence added behind every sentence, behind every paragraph too, and between words: */
    int paragraph_pause_ms; /* 0 ... LINNET_MAX_PAUSE_MS; default 0 */
    int word_pause_ms;
    int markdown; /* enum linnet_markdown; default 0 */
    /* 1: "[[h@loU]]" (espeak-ng's mnemonics) and "[[ hə|ˈloʊ ]]" (IPA behind a space) in a text that isn't SSML are
     * words with these phonemes; such a text is read as a whole before anything is heard. Default 0. */
    int inline_phonemes;
    /* 1: where SSML asks for another voice (<voice>, xml:lang), or a text has sentences or words in a script that the
     * voice doesn't read, and a voice for them is installed, it speaks them in linnet_speak(). Such voices are opened
     * when they are first asked for, and kept; they have to have the sample rate of the engine's own. Dictionaries that were added are for the engine's own voice. Default 0. */
    int voices;
    uint32_t reserved[4]; /* 0 */
} linnet_settings;

LINNET_API void linnet_settings_init(linnet_settings *settings);

/* Opens a voice.
 *   out       receives the engine; close it with linnet_engine_close(). NULL after an error.
 *   voice     a path (when it contains a '/' or ends in .gguf), or a name that is looked up as NAME.gguf in the folders
 *             of LINNET_VOICE_PATH (separated by ':'; "-" ends the search), in ../voices beside the program (or those
 *             of the checkout that it was built in), $XDG_DATA_HOME/linnet/voices, ../share/linnet/voices beside the
 *             program, PREFIX/share/linnet/voices, ./voices; or, when there is none of that name, a language ("de",
 *             "en-GB"), "male" or "female", or a language with one of espeak-ng's variants ("en+f3"): the voice there
 *             that fits best; NULL: the default voice, "linnet-en".
 *   settings  copied; NULL: defaults.
 * Errors: any status; linnet_last_open_error() has the message. Any thread. */
LINNET_API int linnet_engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings);

/* Closes the engine and sets *engine to NULL. NULL and pointer to NULL are fine. Not while another thread uses it. */
LINNET_API void linnet_engine_close(linnet_engine **engine);

/* The message of the last failed linnet_engine_open() of this thread; "" if none. Valid until its next call in this
 * thread. */
LINNET_API const char *linnet_last_open_error(void);

/* The message of the last error of this engine, "" if none. Valid until the next call with this engine. */
LINNET_API const char *linnet_error(const linnet_engine *engine);

/* Changes the settings for what is spoken from now on. LINNET_ERR_ARGUMENT (with message) leaves them as they were. */
LINNET_API int linnet_set(linnet_engine *engine, const linnet_settings *settings);

/* Names these characters (UTF-8) at a level from LINNET_PUNCTUATION_SOME on, instead of the level's usual ones; NULL:
 * those. LINNET_OK, LINNET_ERR_ARGUMENT, LINNET_ERR_MEMORY. */
LINNET_API int linnet_set_punctuation(linnet_engine *engine, int level, const char *characters);

/* Adds a dictionary of pronunciations, whose words win over all others: plain text ("word = IPA", "word ~ respelling",
 * "/expression/ ~ replacement", one a line) or W3C PLS. Of several the one added last wins. It is read again at the
 * start of a text when the file has changed; linnet_lexicon_error() tells what was wrong then, "" if nothing.
 * LINNET_OK; LINNET_ERR_SYNTAX when lines were left out, the message names the first as "file:line:column: why", the
 * rest is in force; LINNET_ERR_IO, LINNET_ERR_MEMORY, LINNET_ERR_ARGUMENT (over 16 of them): nothing was added. */
LINNET_API int linnet_add_lexicon(linnet_engine *engine, const char *path);
LINNET_API const char *linnet_lexicon_error(const linnet_engine *engine);

/* Calls back with the path of each of the user's own dictionaries for a language that is there, in the order to add
 * them: for "en-US" lexicon-en.txt, then lexicon-en-US.txt, in $XDG_CONFIG_HOME/linnet (~/.config/linnet). Returns 0,
 * or what the callback returned when that was something else, which ends it; LINNET_ERR_ARGUMENT for NULL. Any thread.
 */
typedef int (*linnet_path_callback)(void *user, const char *path);
LINNET_API int linnet_user_lexicons(const char *language, linnet_path_callback callback, void *user);

/* Reads a recording that markup names (<audio>): mono, at sample_rate, n_samples of them in memory from malloc(), which
 * the library frees. Returns 0, or anything else when it can't be played: its text is spoken then. Called on the thread
 * that called linnet_speak() or linnet_text(), before anything is heard, once a path; it may call linnet_cancel(),
 * nothing else of the engine. */
typedef int (*linnet_audio_callback)(void *user, const char *path, int sample_rate, float **samples, size_t *n_samples);

/* Files that markup names, always local ones. `folder` is what relative paths start from (copied; NULL: the current
 * folder). `callback` reads recordings; NULL, as at first: none is played. Dictionaries (<lexicon>) are read by the
 * library. Recordings keep their own loudness, but for a volume below 1. LINNET_OK, LINNET_ERR_ARGUMENT,
 * LINNET_ERR_MEMORY. */
LINNET_API int linnet_set_files(linnet_engine *engine, const char *folder, linnet_audio_callback callback, void *user);

/* How many words a minute the voice speaks at rate 1, by its own predictions for a passage of everyday English: to turn
 * the words a minute that people ask for into a rate. Ends a text that linnet_text() began. Any status. */
LINNET_API int linnet_pace(linnet_engine *engine, double *words_per_minute);

/* What the voice is. Strings belong to the engine. */
typedef struct linnet_voice_info {
    const char *path, *name, *language, *speaker, *gender, *license, *description;
    const char *teacher, *data_license, *scores;
    float data_hours;
    int sample_rate;       /* Hz, of all samples */
    int hop_samples;       /* samples a mel frame */
    int n_mels;            /* mel bins, M */
    int n_phonemes;        /* size of the phoneme table */
    int has_vocoder;       /* 0: heard through Griffin-Lim */
    int lookahead_frames;  /* frames of look-ahead, decoder and vocoder together; 0 in linnet_list_voices() */
    uint64_t n_parameters; /* numbers in the tensors */
    uint64_t reserved[8];  /* for later versions */
} linnet_voice_info;

/* Fills *info. LINNET_OK, or LINNET_ERR_ARGUMENT for NULL. */
LINNET_API int linnet_voice(const linnet_engine *engine, linnet_voice_info *info);

/* Called once a voice file: *info is what it is; or NULL when the file can't be used, and `error` says why. All strings
 * are valid during the callback. Return 0 to go on, anything else to stop. */
typedef int (*linnet_voice_callback)(void *user, const char *path, const linnet_voice_info *info, const char *error);

/* Finds the voices (*.gguf) in the folders that linnet_engine_open() searches, sorted by name. A name that
 * is in several folders comes once, as opening it by name would find it. espeak-ng isn't started.
 * LINNET_OK, also when there is none; LINNET_CANCELLED when the callback stopped it; LINNET_ERR_MEMORY. Any thread. */
LINNET_API int linnet_list_voices(linnet_voice_callback callback, void *user);

/* How well a voice is what somebody wishes, for a choice among those that linnet_list_voices() tells of: 0 not at all,
 * more is better. The wish is a name (of the voice, or of its file with or without folder and ending), a BCP 47 tag or
 * a locale ("de", "en-GB", "pt_BR"), of which the better agreement counts more than the gender, "male" or "female", or
 * a tag with one of espeak-ng's variants ("en+f3": female, "+m1": male). NULL or "": any voice will do. Of *info the
 * path, name, language and gender are looked at; NULL there is "". Any thread. */
#define LINNET_FITS_BY_NAME 1000 /* and more: the wish is its name */
LINNET_API int linnet_voice_fits(const linnet_voice_info *info, const char *wish);

enum linnet_event_type {
    LINNET_EVENT_AUDIO = 1,    /* samples[n_samples], valid during the callback; time = its first sample */
    LINNET_EVENT_SENTENCE = 2, /* a sentence starts at `time`; byte_offset, byte_length; n_samples = its length */
    LINNET_EVENT_WORD =
        3, /* a word starts at `time` and lasts n_samples; byte_offset, byte_length in the caller's text. What is
                                  written as one and spoken as several words ("$12.50") is one */
    LINNET_EVENT_PHONEME = 4, /* a phoneme starts at `time` and lasts n_samples; name = its character, UTF-8. Marks of
                                  stress and length are phonemes of their own. The pause that opens
                                  and closes a sentence has none; pauses at spaces and punctuation have */
    LINNET_EVENT_MARK =
        5, /* a mark (SSML) is reached at `time`; name. Between sentences it may come without one, before the
                                  silence or recording that stands there */
    LINNET_EVENT_ICON =
        7,               /* a sound that the caller may play is due at `time`: name "capital" (LINNET_CAPITALS_ICON) */
    LINNET_EVENT_END = 6 /* all has been delivered; time = number of samples. Not sent after a cancel or error */
};

typedef struct linnet_event {
    int type;             /* enum linnet_event_type */
    uint64_t time;        /* in samples from the start of this linnet_speak() */
    const float *samples; /* mono, -1 ... 1 */
    size_t n_samples;
    size_t byte_offset, byte_length;
    const char *name; /* valid during the callback */
    float pitch_hz;   /* PHONEME: its predicted F0 */
    const char *ipa;  /* PHONEME: the same in the International Phonetic Alphabet, "aɪ" for "I" */
} linnet_event;

/* Called on the thread that called linnet_speak(). Events of a sentence come before its audio, in order of time within
 * the sentence. Return 0 to go on, anything else to stop. Don't call functions of the same engine from it, except
 * linnet_cancel(). */
typedef int (*linnet_callback)(void *user, const linnet_event *event);

/* Speaks `size` bytes of UTF-8 text (no terminator needed; bytes that aren't UTF-8 are replaced) and returns when all
 * has been delivered. Memory doesn't grow with the length of the text, but for markup, which is read as a whole before
 * anything is heard. LINNET_OK; LINNET_CANCELLED; an error with message: that of markup names line and column. */
LINNET_API int linnet_speak(linnet_engine *engine, const char *text, size_t size, linnet_callback callback, void *user);

/* Makes the linnet_speak() that is running in another thread (or in this one, from the callback) return
 * LINNET_CANCELLED within one block. Without one running it does nothing; nor does NULL. Lock-free; safe in a signal
 * handler. */
LINNET_API void linnet_cancel(linnet_engine *engine);

/* Bytes that weren't UTF-8, and phonemes that the voice hasn't, in the last text spoken. */
LINNET_API size_t linnet_invalid_bytes(const linnet_engine *engine);
LINNET_API size_t linnet_unknown_phonemes(const linnet_engine *engine);

/* ---- Stage by stage -------------------------------------------------------------------------------------------- */

/* A sentence on its way. Made by linnet_sentence_next(), owned by the engine, valid until the engine's next call that
 * says so. */
typedef struct linnet_sentence {
    size_t byte_offset, byte_length; /* in the caller's text */
    const char *text;                /* as spoken: numbers, abbreviations and the like in words */
    const char *phonemes; /* as characters of the voice's table, one each, which has its own for diphthongs */
    size_t n_phonemes;    /* N, with a boundary mark at both ends */
    const int32_t *ids;   /* [N] */
    const char *readings; /* which of its pronunciations each homograph got, and why; "" if there is none */
    const char *ipa;      /* the phonemes in the International Phonetic Alphabet */
} linnet_sentence;

/* Front end alone. linnet_text() sets the text (it must stay valid while sentences are taken; markup needn't),
 * linnet_sentence_next() gives one sentence after another, *out NULL at the end. Each call invalidates the sentence
 * before. */
LINNET_API int linnet_text(linnet_engine *engine, const char *text, size_t size);
LINNET_API int linnet_sentence_next(linnet_engine *engine, const linnet_sentence **out);

/* Acoustic model alone. Predictions for N phonemes under the engine's settings, then the mel. */
typedef struct linnet_prosody {
    size_t n_phonemes, n_frames; /* N, T */
    const int32_t *dur_frames;   /* [N], sum T */
    const float *pitch_hz;       /* [N] */
    const float *energy;         /* [N] */
    uint64_t reserved[4];        /* for later versions */
} linnet_prosody;

/* Predicts prosody of ids[n]; that of the sentence given out last as its markup asks. *out belongs to the engine until
 * its next call. Ids outside the table: LINNET_ERR_ARGUMENT. */
LINNET_API int linnet_predict(linnet_engine *engine, const int32_t *ids, size_t n, linnet_prosody *out);

/* Mel of ids[n]: frames [T][M + 2], each row M log-mels, log F0 in Hz, voicing 0 ... 1. Any of dur_frames, pitch_hz and
 * energy ([n] each) replaces the prediction; NULL predicts. *frames is malloc()ed: give it to linnet_free(). */
LINNET_API int linnet_mel(linnet_engine *engine, const int32_t *ids, size_t n, const int32_t *dur_frames,
                          const float *pitch_hz, const float *energy, float **frames, size_t *n_frames);

/* Mel, F0 and voicing of a recording at the voice's sample rate (copy synthesis): *frames [T][M + 2] with T =
 * ceil(n_samples / hop), to be given to linnet_free(). F0 by autocorrelation. Samples that aren't numbers or are beyond
 * a million: LINNET_ERR_ARGUMENT. */
LINNET_API int linnet_analyse(linnet_engine *engine, const float *samples, size_t n_samples, float **frames,
                              size_t *n_frames);

/* Vocoder alone: frames [T][M + 2] -> T * hop samples, to be given to linnet_free(). griffin_lim != 0 uses Griffin-Lim
 * instead of the voice's vocoder. */
LINNET_API int linnet_vocode(linnet_engine *engine, const float *frames, size_t n_frames, int griffin_lim,
                             float **samples, size_t *n_samples);

/* Frees what linnet_mel(), linnet_analyse() and linnet_vocode() allocated. NULL is fine. */
LINNET_API void linnet_free(void *memory);

#ifdef __cplusplus
}
#endif

#endif
