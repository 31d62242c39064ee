/* Collects the events of one sentence, then hands it to the file format. */
#include "cli/timing.h"
#include "audio/whole_file.h"
#include "cli/timing_format.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct timing_format *const formats[] = {&timing_json, &timing_srt, &timing_vtt, &timing_textgrid};

#define N_FORMATS (sizeof formats / sizeof *formats)

struct timing {
    char *path;
    const struct timing_format *format;
    struct whole_file part;
    struct timing_file file;
    struct timing_sentence sentence; /* being collected */
    size_t words_capacity, phones_capacity, marks_capacity;
    bool has_sentence;
};

static bool is_stdout(const char *path)
{
    return !strcmp(path, "-");
}

static const struct timing_format *format_of(const char *path, const char *format)
{
    const size_t length = strlen(path);
    if (!format && is_stdout(path))
        return &timing_json;
    for (size_t i = 0; i < N_FORMATS; i++) {
        const char *const ending = formats[i]->ending;
        const size_t n = strlen(ending);
        if (format ? !strcasecmp(format, ending + 1) : length > n && !strcasecmp(path + length - n, ending))
            return formats[i];
    }
    return NULL;
}

bool timing_known(const char *path, const char *format)
{
    return format_of(path, format) != NULL;
}

void timing_endings(char *out, size_t size, const char *between)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < N_FORMATS && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", used ? between : "", formats[i]->ending);
}

static int open_parts(struct timing *timing, const char *path, struct base_error *err)
{
    const int status = is_stdout(path) ? LINNET_OK : whole_file_open(&timing->part, path, err);
    if (status != LINNET_OK)
        return status;
    const int copy = dup(is_stdout(path) ? STDOUT_FILENO : timing->part.fd); /* the stream closes its own */
    timing->file.out = copy >= 0 ? fdopen(copy, "w") : NULL;
    if (!timing->file.out || !timing->format->begin(&timing->file)) {
        const int reason = errno;
        if (copy >= 0 && !timing->file.out)
            close(copy);
        return base_fail(err, LINNET_ERR_IO, "%s: can't write: %s", path, strerror(reason));
    }
    return LINNET_OK;
}

int timing_open(struct timing **out, const char *path, const char *format, int sample_rate, struct base_error *err)
{
    struct timing *timing = calloc(1, sizeof *timing);
    *out = NULL;
    if (!timing)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    timing->part.fd = -1;
    timing->format = format_of(path, format);
    timing->file.sample_rate = sample_rate;
    timing->path = strdup(path);
    assert(timing->format); /* the options were checked by timing_known() */
    const int status = timing->path ? open_parts(timing, path, err)
                                    : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK)
        *out = timing;
    else
        timing_cancel(&timing);
    return status;
}

static void flush_sentence(struct timing *timing)
{
    if (timing->has_sentence)
        timing->format->sentence(&timing->file, &timing->sentence);
    if (timing->has_sentence && timing->part.fd < 0) /* a reader of standard output gets it now */
        fflush(timing->file.out);
    timing->has_sentence = false;
    timing->sentence.n_words = timing->sentence.n_phones = 0;
}

/* Makes room for one more element; doubles. */
static bool reserve(void **array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return true;
    const size_t wanted = *capacity ? 2 * *capacity : 64;
    void *const grown = realloc(*array, wanted * size);
    if (!grown)
        return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

static void start_sentence(struct timing *timing, const linnet_event *event, const struct input_chunk *chunk,
                           uint64_t start)
{
    struct timing_sentence *const s = &timing->sentence;
    flush_sentence(timing);
    timing->has_sentence = true;
    s->start = start;
    s->end = start + event->n_samples;
    s->text = chunk->text + event->byte_offset;
    s->size = event->byte_length;
    s->offset = chunk->offset + event->byte_offset;
}

static bool add_word(struct timing *timing, const linnet_event *event, const struct input_chunk *chunk, uint64_t start)
{
    struct timing_sentence *const s = &timing->sentence;
    void *words = s->words;
    if (!reserve(&words, &timing->words_capacity, s->n_words, sizeof *s->words))
        return false;
    s->words = words;
    s->words[s->n_words++] = (struct timing_word){
        .start = start, .end = start + event->n_samples, .text = chunk->text + event->byte_offset,
        .size = event->byte_length, .offset = chunk->offset + event->byte_offset};
    return true;
}

/* Stress stands before its vowel. */
static bool is_stress(const char *name)
{
    return !strcmp(name, "\xCB\x88") || !strcmp(name, "\xCB\x8C");
}

/* Length, tone, and diacritics stand behind what they belong to: U+02B0 to U+036F but for stress, and arrows. */
static bool is_modifier(const char *name)
{
    const unsigned char a = (unsigned char)name[0], b = a ? (unsigned char)name[1] : 0, c = b ? (unsigned char)name[2] : 0;
    const unsigned codepoint = a >= 0xE0 ? (a & 0xFu) << 12 | (b & 0x3Fu) << 6 | (c & 0x3Fu) : (a & 0x1Fu) << 6 | (b & 0x3Fu);
    return a >= 0xC2 && a < 0xF0 && !is_stress(name) &&
           ((codepoint >= 0x2B0 && codepoint <= 0x36F) || (codepoint >= 0x2190 && codepoint <= 0x2199));
}

/* Makes the phoneme one with `mark`, which stands behind it; false: there is no room for its name. */
static bool extend_phone(struct timing_phone *phone, const struct timing_phone *mark)
{
    const size_t n = strlen(phone->name), m = strlen(phone->ipa);
    if (n + strlen(mark->name) >= sizeof phone->name || m + strlen(mark->ipa) >= sizeof phone->ipa)
        return false;
    memcpy(phone->name + n, mark->name, strlen(mark->name) + 1);
    memcpy(phone->ipa + m, mark->ipa, strlen(mark->ipa) + 1);
    phone->end = mark->end;
    return true;
}

/* Whether the new phoneme belongs to the one before it, which is what is kept. */
static bool join_phone(struct timing_phone *before, const struct timing_phone *phone)
{
    const bool stressed = is_stress(before->name);
    if ((!stressed && !is_modifier(phone->name)) || before->end != phone->start || !extend_phone(before, phone))
        return false;
    if (stressed)
        before->pitch_hz = phone->pitch_hz;
    return true;
}

static bool add_phone(struct timing *timing, const linnet_event *event, uint64_t start)
{
    struct timing_sentence *const s = &timing->sentence;
    struct timing_phone phone = {.start = start, .end = start + event->n_samples, .pitch_hz = event->pitch_hz};
    void *phones = s->phones;
    snprintf(phone.name, sizeof phone.name, "%s", event->name ? event->name : "");
    snprintf(phone.ipa, sizeof phone.ipa, "%s", event->ipa ? event->ipa : phone.name);
    if (s->n_phones > 0 && join_phone(&s->phones[s->n_phones - 1], &phone))
        return true;
    if (!reserve(&phones, &timing->phones_capacity, s->n_phones, sizeof *s->phones))
        return false;
    s->phones = phones;
    s->phones[s->n_phones++] = phone;
    return true;
}

static bool add_mark(struct timing *timing, const linnet_event *event, uint64_t time)
{
    struct timing_file *const file = &timing->file;
    void *marks = file->marks;
    if (!reserve(&marks, &timing->marks_capacity, file->n_marks, sizeof *file->marks))
        return false;
    file->marks = marks;
    char *const name = strdup(event->name);
    if (name)
        file->marks[file->n_marks++] = (struct timing_mark){.time = time, .name = name};
    return name != NULL;
}

bool timing_event(struct timing *timing, const linnet_event *event, const struct input_chunk *chunk,
                  uint64_t first_sample)
{
    const uint64_t start = first_sample + event->time;
    switch (event->type) {
    case LINNET_EVENT_SENTENCE: start_sentence(timing, event, chunk, start); return true;
    case LINNET_EVENT_WORD: return add_word(timing, event, chunk, start);
    case LINNET_EVENT_PHONEME: return add_phone(timing, event, start);
    case LINNET_EVENT_MARK: return add_mark(timing, event, start);
    case LINNET_EVENT_END: flush_sentence(timing); return true;
    default: return true;
    }
}

static void release(struct timing *timing)
{
    if (timing->file.out)
        fclose(timing->file.out);
    if (timing->format->release)
        timing->format->release(&timing->file);
    whole_file_discard(&timing->part);
    for (size_t i = 0; i < timing->file.n_marks; i++)
        free(timing->file.marks[i].name);
    free(timing->file.marks);
    free(timing->sentence.words);
    free(timing->sentence.phones);
    free(timing->path);
    free(timing);
}

int timing_finish(struct timing **out, uint64_t n_samples, struct base_error *err)
{
    struct timing *const timing = *out;
    *out = NULL;
    if (!timing)
        return LINNET_OK;
    flush_sentence(timing);
    errno = 0;
    timing->format->finish(&timing->file, n_samples);
    bool written = !timing->file.failed && !ferror(timing->file.out);
    written = fclose(timing->file.out) == 0 && written;
    timing->file.out = NULL;
    const bool to_stdout = is_stdout(timing->path);
    const int status = !written ? base_fail(err, LINNET_ERR_IO, "%s: can't write: %s",
                                            to_stdout ? "standard output" : timing->path, strerror(errno ? errno : EIO))
                       : to_stdout ? LINNET_OK
                                   : whole_file_commit(&timing->part, err);
    release(timing);
    return status;
}

void timing_cancel(struct timing **timing)
{
    if (*timing)
        release(*timing);
    *timing = NULL;
}
