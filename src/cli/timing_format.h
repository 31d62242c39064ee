/* Between timing.c, which collects a sentence, and the file formats, which write it. */
#ifndef LINNET_TIMING_FORMAT_H
#define LINNET_TIMING_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Times in samples of the whole speech. */
struct timing_word {
    uint64_t start, end;
    const char *text; /* in the caller's text, not terminated */
    size_t size;
    uint64_t offset; /* in the whole text */
};

/* With its marks of stress and length, which the voice has as phonemes of their own. */
struct timing_phone {
    uint64_t start, end;
    char name[16], ipa[32]; /* in the voice's alphabet, and in IPA */
    float pitch_hz;
};

struct timing_sentence {
    uint64_t start, end;
    const char *text;
    size_t size;
    uint64_t offset;
    size_t n_words, n_phones;
    struct timing_word *words;   /* [n_words], in order */
    struct timing_phone *phones; /* [n_phones], in order */
};

struct timing_mark {
    uint64_t time;
    char *name;
};

/* A file being written. */
struct timing_file {
    FILE *out;
    size_t n_marks;
    struct timing_mark *marks; /* [n_marks], in order, for finish() */
    int sample_rate;           /* Hz */
    uint64_t n_written;        /* sentences, cues: what the format counts */
    bool failed;               /* other than by ferror(out) */
    struct {                   /* TextGrid only: tiers are written apart and joined at the end */
        FILE *part;
        uint64_t n_intervals, end;
    } tiers[3];
};

struct timing_format {
    const char *ending;
    bool (*begin)(struct timing_file *file);
    void (*sentence)(struct timing_file *file, const struct timing_sentence *sentence);
    void (*finish)(struct timing_file *file, uint64_t n_samples);
    void (*release)(struct timing_file *file);
};

extern const struct timing_format timing_json, timing_srt, timing_vtt, timing_textgrid;

static inline double timing_seconds(const struct timing_file *file, uint64_t samples)
{
    return (double)samples / file->sample_rate;
}

/* Write text as the format wants it. Bytes that aren't UTF-8 become U+FFFD, control characters a space (JSON: an
 * escape). */
enum timing_escape { ESCAPE_JSON, ESCAPE_VTT, ESCAPE_SRT, ESCAPE_TEXTGRID };
void timing_put_text(FILE *out, enum timing_escape escape, const char *text, size_t size);

#endif
