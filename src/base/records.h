/* The only structs that cross a stage border. Shapes: N phonemes, T mel frames, M mel bins, S samples.
 *
 *   frontend --phone_seq--> acoustic --mel frames--> vocoder --samples--> engine
 */
#ifndef LINNET_BASE_RECORDS_H
#define LINNET_BASE_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word: a run of phonemes [first_phone, end_phone) made from the bytes [byte_offset, byte_offset + byte_length) of
 * the caller's text. Words come in order and don't overlap; a word may have no phonemes (first == end). */
struct phone_word {
    size_t byte_offset, byte_length;
    size_t first_phone, end_phone;
    bool icon; /* it has a capital letter, which a sound is to tell */
};

/* How the text asks for one phoneme to differ from the rest (markup, capital letters), on top of struct prosody;
 * neutral values in brackets. */
struct phone_style {
    float rate;      /* factor on speed, 0.2 ... 5 [1] */
    float semitones; /* -60 ... 60 [0] */
    float range;     /* factor on the deviation of log F0 from the voice's mean, 0 ... 4 [1] */
    float volume;    /* factor on the samples, 0 ... 4 [1] */
};

/* Silence before a phoneme. */
struct phone_pause {
    size_t phone;
    float ms;
};

/* A mark of the caller's, reached `after_ms` into the pause before a phoneme; 0 when there is none. */
struct phone_mark {
    size_t phone;
    float after_ms;
    const char *name; /* UTF-8, NUL-terminated */
};

/* One sentence (or a part of a long one), ready for the acoustic model. Owned by the front end that made it, borrowed
 * until the next call on it.
 *
 * With N = 0 it is an interlude between sentences: a pause, marks, a recording, and nothing else; their phoneme is
 * 0. */
struct phone_seq {
    size_t n_phones;
    const int32_t *ids; /* [N], boundary mark (0) first and last */
    size_t n_words;
    const struct phone_word *words;   /* [n_words] */
    size_t byte_offset, byte_length;  /* the sentence in the caller's text */
    const char *ipa;                  /* the characters behind ids[1] ... ids[N-2], UTF-8, NUL-terminated */
    const char *text;                 /* the sentence as it is spoken, UTF-8, NUL-terminated, for --explain */
    const char *readings;             /* which pronunciations its homographs got and why, for --explain */
    const struct phone_style *styles; /* [N]; NULL: all neutral */
    size_t n_pauses, n_marks;
    const struct phone_pause *pauses; /* [n_pauses], in order, at most one a phoneme */
    const struct phone_mark *marks;   /* [n_marks], in order of time */
    size_t n_samples;
    const float *samples; /* [n_samples] of a recording, behind the pause of an interlude */
};

/* Prosody that the caller asks for, within the ranges of linnet_settings; neutral values in brackets. */
struct prosody {
    float rate;                       /* factor on speed: what of it the network is asked for [1] */
    float speed;                      /* all of it: at more than 1 long sounds are shortened more than short ones [1] */
    float pitch_semitones;            /* [0] */
    float pitch_range;                /* factor on the deviation of log F0 from the voice's mean [1] */
    const struct phone_style *styles; /* [N] of each phoneme; their volume is the caller's affair [NULL: all neutral] */
};

/* How text is read aloud, as in linnet_settings; 0 is plain text. */
struct reading_modes {
    int punctuation; /* enum linnet_punctuation, and so on */
    int spelling;
    int capitals;
    int digits;
    int unit;
    int markdown;
};

/* What the acoustic model predicted for one sentence. Arrays of N, owned by the acoustic stream, valid until its next
 * sentence. */
struct phone_prediction {
    size_t n_phones, n_frames;
    double usual_frames;       /* that the sentence takes at rate 1, not rounded */
    const int32_t *dur_frames; /* [N], sums to n_frames */
    const float *pitch_hz;     /* [N] */
    const float *energy;       /* [N], log amplitude as in FORMAT.md */
};

/* One mel frame is one row of M + 2 floats: M natural-log mels, log F0 (natural log of Hz), voicing 0 ... 1. This is
 * both what the decoder writes and what the vocoder reads. */
#define MEL_EXTRA 2

/* Which voice markup asks for; NULL: it doesn't say. */
struct voice_wish {
    const char *names;     /* divided by spaces; the first that there is */
    const char *languages; /* BCP 47 tags divided by spaces, each perhaps with an accent behind a colon */
    const char *gender;
    const char *spoken; /* the text's language: any voice that speaks it will do, whatever the region */
};

#endif
