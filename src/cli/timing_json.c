/* Timing as JSON (RFC 8259): one object with the sentences, each with its words and phonemes, one a line; then the
 * marks. A word's phonemes are in it; the sentence's are all, with the pauses at spaces and punctuation.
 *
 *   {"sample_rate": 24000, "sentences": [
 *   {"text": "Hello.", "start": 0.0, "end": 0.9, "byte_offset": 0, "byte_length": 6,
 *    "words": [{"text": "Hello", "start": ..., "end": ..., "byte_offset": ..., "byte_length": ...,
 *               "phonemes": [{"name": "h", "ipa": "h", "start": ..., "end": ..., "pitch_hz": ...}, ...]}, ...],
 *    "phonemes": [...]}
 *   ], "marks": [{"name": "here", "time": 0.3}, ...], "samples": 21600, "duration": 0.9} */
#include "cli/timing_format.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void put_string(FILE *out, const char *key, const char *text, size_t size)
{
    fprintf(out, "{\"%s\": \"", key);
    timing_put_text(out, ESCAPE_JSON, text, size);
    fputc('"', out);
}

static void put_span(const struct timing_file *file, uint64_t start, uint64_t end)
{
    fprintf(file->out, ", \"start\": %.6f, \"end\": %.6f", timing_seconds(file, start), timing_seconds(file, end));
}

static void put_bytes(FILE *out, uint64_t offset, size_t size)
{
    fprintf(out, ", \"byte_offset\": %" PRIu64 ", \"byte_length\": %zu", offset, size);
}

static bool begin(struct timing_file *file)
{
    fprintf(file->out, "{\"sample_rate\": %d, \"sentences\": [", file->sample_rate);
    return true;
}

/* s->phones[first ... end). */
static void put_phones(const struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end)
{
    FILE *const out = file->out;
    fputs(", \"phonemes\": [", out);
    for (size_t i = first; i < end; i++) {
        const struct timing_phone *const phone = &s->phones[i];
        const float pitch = isfinite(phone->pitch_hz) ? phone->pitch_hz : 0; /* JSON has no NaN */
        fputs(i > first ? ", " : "", out);
        put_string(out, "name", phone->name, strlen(phone->name));
        fputs(", \"ipa\": \"", out);
        timing_put_text(out, ESCAPE_JSON, phone->ipa, strlen(phone->ipa));
        fputc('"', out);
        put_span(file, phone->start, phone->end);
        fprintf(out, ", \"pitch_hz\": %.1f}", (double)pitch);
    }
    fputc(']', out);
}

static void put_word(const struct timing_file *file, const struct timing_sentence *s, const struct timing_word *word,
                     size_t *next)
{
    while (*next < s->n_phones && s->phones[*next].start < word->start)
        ++*next;
    const size_t first = *next;
    while (*next < s->n_phones && s->phones[*next].end <= word->end)
        ++*next;
    put_string(file->out, "text", word->text, word->size);
    put_span(file, word->start, word->end);
    put_bytes(file->out, word->offset, word->size);
    put_phones(file, s, first, *next);
    fputc('}', file->out);
}

static void sentence(struct timing_file *file, const struct timing_sentence *s)
{
    FILE *const out = file->out;
    size_t next = 0;
    fputs(file->n_written++ ? ",\n" : "\n", out);
    put_string(out, "text", s->text, s->size);
    put_span(file, s->start, s->end);
    put_bytes(out, s->offset, s->size);
    fputs(", \"words\": [", out);
    for (size_t i = 0; i < s->n_words; i++) {
        fputs(i ? ", " : "", out);
        put_word(file, s, &s->words[i], &next);
    }
    fputc(']', out);
    put_phones(file, s, 0, s->n_phones);
    fputc('}', out);
}

static void finish(struct timing_file *file, uint64_t n_samples)
{
    fputs("\n], \"marks\": [", file->out);
    for (size_t i = 0; i < file->n_marks; i++) {
        fputs(i ? ", " : "", file->out);
        put_string(file->out, "name", file->marks[i].name, strlen(file->marks[i].name));
        fprintf(file->out, ", \"time\": %.6f}", timing_seconds(file, file->marks[i].time));
    }
    fprintf(file->out, "], \"samples\": %" PRIu64 ", \"duration\": %.6f}\n", n_samples,
            timing_seconds(file, n_samples));
}

const struct timing_format timing_json = {.ending = ".json", .begin = begin, .sentence = sentence, .finish = finish};
