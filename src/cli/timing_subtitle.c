/* Timing as subtitles: SubRip (.srt) and WebVTT (.vtt; https://www.w3.org/TR/webvtt1/). A cue is a sentence, or as
 * much of it as two lines hold; in WebVTT each word after the first has its own time stamp inside the cue. Phonemes
 * have no place here. */
#include "cli/timing_format.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 42 /* usual width of a subtitle */
#define CUE_BYTES (2 * LINE_BYTES)

/* 01:02:03,456; the comma is a point in WebVTT. */
static void put_time(const struct timing_file *file, uint64_t samples, char point)
{
    const uint64_t rate = (uint64_t)file->sample_rate;
    const uint64_t ms = samples / rate * 1000 + (samples % rate * 1000 + rate / 2) / rate;
    fprintf(file->out, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%c%03" PRIu64, ms / 3600000, ms / 60000 % 60,
            ms / 1000 % 60, point, ms % 1000);
}

/* NULs are what is left of markup (plain.h). */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_blank(char c)
{
    return c == '\0' || is_space(c);
}

/* Writes text[size] without space at its ends and without line ends inside. */
static void put_trimmed(FILE *out, enum timing_escape escape, const char *text, size_t size)
{
    while (size > 0 && is_blank(text[size - 1]))
        size--;
    while (size > 0 && is_blank(*text)) {
        text++;
        size--;
    }
    timing_put_text(out, escape, text, size);
}

/* Where the text of word i ends: at the next word, so that punctuation goes with the word before it. */
static const char *word_end(const struct timing_sentence *s, size_t i)
{
    return i + 1 < s->n_words ? s->words[i + 1].text : s->text + s->size;
}

/* The first word takes what stands before it. */
static const char *word_start(const struct timing_sentence *s, size_t i)
{
    return i == 0 ? s->text : s->words[i].text;
}

/* Bytes from the start of word `first` to the end of word `last`. */
static size_t span_bytes(const struct timing_sentence *s, size_t first, size_t last)
{
    const char *const start = word_start(s, first), *const end = word_end(s, last);
    return end > start ? (size_t)(end - start) : 0;
}

/* How many of them are seen. */
static size_t span_width(const struct timing_sentence *s, size_t first, size_t last)
{
    const char *const start = word_start(s, first);
    size_t width = span_bytes(s, first, last);
    for (size_t i = span_bytes(s, first, last); i-- > 0;)
        width -= start[i] == '\0';
    return width;
}

/* Whether word i follows the one before it without a space: "twenty-one". */
static bool is_joined(const struct timing_sentence *s, size_t i)
{
    const char *before = s->words[i].text - 1;
    while (before > s->text && !*before)
        before--;
    return !is_blank(*before);
}

/* Words first ... end-1 as lines of at most LINE_BYTES, where words allow it. */
static void put_words(const struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end,
                      enum timing_escape escape)
{
    size_t column = 0;
    uint64_t last = s->words[first].start;
    for (size_t i = first; i < end; i++) {
        const struct timing_word *const word = &s->words[i];
        const size_t width = span_width(s, i, i);
        if (i > first && !is_joined(s, i))
            fputc(column + width > LINE_BYTES ? '\n' : ' ', file->out);
        column = column + width > LINE_BYTES ? width : column + width;
        if (escape == ESCAPE_VTT && i > first && word->start > last) {
            fputc('<', file->out);
            put_time(file, word->start, '.');
            fputc('>', file->out);
            last = word->start;
        }
        put_trimmed(file->out, escape, word_start(s, i), span_bytes(s, i, i));
    }
}

/* SubRip has no escapes and takes "-->" for a time line: of the hyphens before a '>' one stays. */
static void put_without_arrows(FILE *out, const char *text)
{
    for (const char *p = text; *p;) {
        const size_t hyphens = strspn(p, "-");
        const bool arrow = hyphens > 1 && p[hyphens] == '>';
        fwrite(p, 1, arrow ? 1 : hyphens ? hyphens : 1, out);
        p += hyphens ? hyphens : 1;
    }
}

/* The words of a cue, or a sentence that has none. */
static void put_text(const struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end,
                     enum timing_escape escape)
{
    if (s->n_words > 0)
        put_words(file, s, first, end, escape);
    else
        put_trimmed(file->out, escape, s->text, s->size);
}

/* What is joined of several words is looked at as a whole. */
static void put_text_srt(struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end)
{
    char *text = NULL;
    size_t size;
    struct timing_file memory = {.out = open_memstream(&text, &size), .sample_rate = file->sample_rate};
    if (memory.out)
        put_text(&memory, s, first, end, ESCAPE_SRT);
    if (memory.out && fclose(memory.out) == 0)
        put_without_arrows(file->out, text);
    else
        file->failed = true;
    free(text);
}

static void put_cue(struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end,
                    enum timing_escape escape)
{
    const char point = escape == ESCAPE_VTT ? '.' : ',';
    fprintf(file->out, "%" PRIu64 "\n", ++file->n_written);
    put_time(file, first == 0 ? s->start : s->words[first].start, point);
    fputs(" --> ", file->out);
    put_time(file, end == s->n_words ? s->end : s->words[end].start, point);
    fputc('\n', file->out);
    if (escape == ESCAPE_SRT)
        put_text_srt(file, s, first, end);
    else
        put_text(file, s, first, end, escape);
    fputs("\n\n", file->out);
}

static void put_sentence(struct timing_file *file, const struct timing_sentence *s, enum timing_escape escape)
{
    size_t first = 0;
    do {
        size_t end = first;
        while (end < s->n_words && (end == first || span_width(s, first, end) <= CUE_BYTES))
            end++;
        put_cue(file, s, first, end, escape);
        first = end;
    } while (first < s->n_words);
}

static bool begin_srt(struct timing_file *file)
{
    (void)file;
    return true;
}

static bool begin_vtt(struct timing_file *file)
{
    fputs("WEBVTT\n\n", file->out);
    return true;
}

static void sentence_srt(struct timing_file *file, const struct timing_sentence *s)
{
    put_sentence(file, s, ESCAPE_SRT);
}

static void sentence_vtt(struct timing_file *file, const struct timing_sentence *s)
{
    put_sentence(file, s, ESCAPE_VTT);
}

static void finish(struct timing_file *file, uint64_t n_samples)
{
    (void)file;
    (void)n_samples;
}

const struct timing_format timing_srt = {
    .ending = ".srt", .begin = begin_srt, .sentence = sentence_srt, .finish = finish};
const struct timing_format timing_vtt = {
    .ending = ".vtt", .begin = begin_vtt, .sentence = sentence_vtt, .finish = finish};
