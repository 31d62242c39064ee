/* Timing as subtitles: SubRip (.srt) and WebVTT (.vtt; https://www.w3.org/TR/webvtt1/). A cue is a sentence, or as much
 * of it as two lines hold, up to a comma if one is near; in WebVTT each word after the first has its own time stamp
 * inside the cue. Phonemes have no place here. */
#include "base/chars.h"
#include "base/utf8.h"
#include "cli/timing_format.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LINE_COLUMNS 42  /* usual width of a subtitle; Chinese and the like take two columns a character */
#define LEAST_COLUMNS 16 /* what stands alone in a last cue */
#define COMMA_COLUMNS 12 /* how much less even two lines may be for a comma at the turn */

/* 01:02:03,456; the comma is a point in WebVTT. */
static void put_time(const struct timing_file *file, uint64_t samples, char point)
{
    const uint64_t rate = (uint64_t)file->sample_rate;
    const uint64_t ms = samples / rate * 1000 + (samples % rate * 1000 + rate / 2) / rate;
    fprintf(file->out, "%02" PRIu64 ":%02" PRIu64 ":%02" PRIu64 "%c%03" PRIu64, ms / 3600000, ms / 60000 % 60,
            ms / 1000 % 60, point, ms % 1000);
}

/* NULs are what is left of markup (plain.h). */
static bool is_blank(char c)
{
    return c == '\0' || base_is_ascii_space(c);
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

/* The last character in front of `end` that isn't blank; 0: there is none. */
static uint32_t character_before(const char *text, const char *end)
{
    while (end > text && is_blank(end[-1]))
        end--;
    const char *start = end;
    while (start > text && end - start < 4 && (start == end || ((unsigned char)*start & 0xC0) == 0x80))
        start--;
    return start < end ? base_utf8_next(start, (size_t)(end - start)).value : 0;
}

/* Columns of words first ... end-1, without space behind them. */
static size_t span_width(const struct timing_sentence *s, size_t first, size_t end)
{
    const char *const start = word_start(s, first);
    size_t width = 0, seen = 0;
    for (size_t i = 0, n = span_bytes(s, first, end - 1); i < n;) {
        const struct base_codepoint c = base_utf8_next(start + i, n - i);
        width += base_is_ascii_space(start[i]) ? 1 : base_columns(c.value);
        seen = is_blank(start[i]) ? seen : width;
        i += c.length;
    }
    return seen;
}

/* Whether word i follows the one before it without a space: "twenty-one". */
static bool is_joined(const struct timing_sentence *s, size_t i)
{
    const char *before = s->words[i].text - 1;
    while (before > s->text && !*before)
        before--;
    return !is_blank(*before);
}

/* Whether a line may end before word i. */
static bool may_turn(const struct timing_sentence *s, size_t i)
{
    return !is_joined(s, i) || base_columns(character_before(s->text, s->words[i].text)) > 1;
}

/* Whether a comma, or the like, stands before word i. */
static bool follows_comma(const struct timing_sentence *s, size_t i)
{
    switch (character_before(s->text, s->words[i].text)) {
    case ',':
    case ';':
    case ':':
    case 0x2013:
    case 0x2014:
    case 0x3001:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B: return true;
    default: return false;
    }
}

/* Words first ... end-1 as one line (*turn = end), or as two of which the second begins at word *turn: as even as can
 * be, but rather behind a comma. false: they are too long. */
static bool lay_out(const struct timing_sentence *s, size_t first, size_t end, size_t *turn)
{
    size_t least = SIZE_MAX;
    *turn = end;
    if (span_width(s, first, end) <= LINE_COLUMNS)
        return true;
    for (size_t i = first + 1; i < end; i++) {
        const size_t a = may_turn(s, i) ? span_width(s, first, i) : SIZE_MAX, b = span_width(s, i, end);
        if (a > LINE_COLUMNS || b > LINE_COLUMNS)
            continue;
        const size_t cost = (a > b ? a - b : b - a) + (follows_comma(s, i) ? 0 : COMMA_COLUMNS);
        if (cost < least) {
            least = cost;
            *turn = i;
        }
    }
    return *turn < end;
}

/* Where the cue that begins with word `first` ends: as late as two lines allow, but rather behind a comma that isn't
 * near its start, and not so that next to nothing is left. */
static size_t cue_end(const struct timing_sentence *s, size_t first)
{
    size_t most = first + 1, turn;
    while (most < s->n_words && (!may_turn(s, most) || lay_out(s, first, most + 1, &turn)))
        most++;
    while (most > first + 1 && most < s->n_words && !may_turn(s, most))
        most--;
    if (most == s->n_words)
        return most;
    const size_t least = span_width(s, first, most) / 3;
    for (size_t i = most; i > first + 1 && span_width(s, first, i) >= least; i--)
        if (follows_comma(s, i) && may_turn(s, i))
            return i;
    size_t end = most;
    while (end > first + 1 && (span_width(s, end, s->n_words) < LEAST_COLUMNS || !may_turn(s, end)))
        end--;
    return end;
}

/* Words first ... end-1 in at most two lines, where words allow it. */
static void put_words(const struct timing_file *file, const struct timing_sentence *s, size_t first, size_t end,
                      enum timing_escape escape)
{
    size_t turn;
    lay_out(s, first, end, &turn);
    uint64_t last = s->words[first].start;
    for (size_t i = first; i < end; i++) {
        const struct timing_word *const word = &s->words[i];
        if (i > first && (i == turn || !is_joined(s, i)))
            fputc(i == turn ? '\n' : ' ', file->out);
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
        const size_t end = s->n_words ? cue_end(s, first) : 0;
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
