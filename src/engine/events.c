/* Events of a sentence. All times are computed from the same running sum of frames, so that neighbours touch and nothing
 * drifts. */
#include "engine/events.h"

#include "base/alloc.h"
#include "engine/tempo.h"
#include <string.h>

#define LEAD_FRAMES 2

static int copy_array(void **to, size_t *capacity, const void *from, size_t count, size_t size, struct base_error *err)
{
    if (count > *capacity) {
        void *const grown = base_resize(*to, *capacity, count, size);
        if (!grown)
            return base_fail(err, LINNET_ERR_MEMORY, "sentence: out of memory");
        *to = grown;
        *capacity = count;
    }
    if (count > 0)
        memcpy(*to, from, count * size);
    return LINNET_OK;
}

int timetable_copy(struct timetable *table, const struct phone_seq *seq, struct base_error *err)
{
    void *words = table->words, *ids = table->ids;
    int status = copy_array(&words, &table->words_capacity, seq->words, seq->n_words, sizeof *seq->words, err);
    if (status == LINNET_OK)
        status = copy_array(&ids, &table->ids_capacity, seq->ids, seq->n_phones, sizeof *seq->ids, err);
    table->words = words;
    table->ids = ids;
    table->n_words = seq->n_words;
    table->n_phones = seq->n_phones;
    table->byte_offset = seq->byte_offset;
    table->byte_length = seq->byte_length;
    return status;
}

void timetable_clear(struct timetable *table)
{
    base_free(table->words);
    base_free(table->ids);
    *table = (struct timetable){ 0 };
}

void timetable_trim(struct timetable *table, const struct phone_prediction *prediction, bool first_sentence,
                    size_t most_tail)
{
    const size_t n = prediction->n_phones;
    table->first_frame = 0;
    table->end_frame = prediction->n_frames;
    if (n < 2 || table->ids[0] != 0 || table->ids[n - 1] != 0)
        return;
    const size_t lead = (size_t)prediction->dur_frames[0], tail = (size_t)prediction->dur_frames[n - 1];
    if (first_sentence && lead > LEAD_FRAMES)
        table->first_frame = lead - LEAD_FRAMES;
    if (tail > most_tail)
        table->end_frame -= tail - most_tail;
}

size_t timetable_samples_in(const struct timetable *table)
{
    return (table->end_frame - table->first_frame) * table->hop;
}

size_t timetable_samples_out(const struct timetable *table)
{
    return tempo_map(timetable_samples_in(table), table->tempo);
}

/* Sample, from the start of the sentence, at which a frame is heard; the frames cut off are at the ends. */
static size_t time_of_frame(const struct timetable *table, size_t frame)
{
    const size_t first = table->first_frame, end = table->end_frame;
    const size_t heard = frame < first ? 0 : (frame < end ? frame : end) - first;
    return tempo_map(heard * table->hop, table->tempo);
}

static void set_span(linnet_event *event, const struct timetable *table, size_t first_frame, size_t end_frame)
{
    const size_t begin = time_of_frame(table, first_frame), end = time_of_frame(table, end_frame);
    event->time = table->start + begin;
    event->n_samples = end - begin;
}

static size_t sum(const int32_t *dur_frames, size_t begin, size_t end)
{
    size_t total = 0;
    for (size_t i = begin; i < end; i++)
        total += (size_t)dur_frames[i];
    return total;
}

/* The sound for a capital letter, due with its word. */
static int send_icon(const struct timetable *table, const struct phone_word *word, size_t frame, linnet_callback callback,
                     void *user)
{
    linnet_event event = { .type = LINNET_EVENT_ICON,
                           .byte_offset = word->byte_offset,
                           .byte_length = word->byte_length,
                           .name = "capital" };
    set_span(&event, table, frame, frame);
    return callback(user, &event);
}

static int send_word(const struct timetable *table, const struct phone_word *word, size_t frame,
                     const int32_t *dur_frames, linnet_callback callback, void *user)
{
    linnet_event event = { .type = LINNET_EVENT_WORD,
                           .byte_offset = word->byte_offset,
                           .byte_length = word->byte_length };
    set_span(&event, table, frame, frame + sum(dur_frames, word->first_phone, word->end_phone));
    return callback(user, &event);
}

static int send_phoneme(const struct timetable *table, const struct phone_prediction *prediction, size_t phone,
                        size_t frame, const char *name, linnet_callback callback, void *user)
{
    linnet_event event = { .type = LINNET_EVENT_PHONEME, .name = name, .pitch_hz = prediction->pitch_hz[phone] };
    set_span(&event, table, frame, frame + (size_t)prediction->dur_frames[phone]);
    return callback(user, &event);
}

int timetable_send(const struct timetable *table, const struct phone_prediction *prediction,
                   const char *const *phonemes, linnet_callback callback, void *user)
{
    const linnet_event sentence = { .type = LINNET_EVENT_SENTENCE,
                                    .time = table->start,
                                    .n_samples = timetable_samples_out(table),
                                    .byte_offset = table->byte_offset,
                                    .byte_length = table->byte_length };
    int stop = callback(user, &sentence);
    size_t frame = 0, word = 0;
    for (size_t i = 0; i < table->n_phones && !stop; i++) {
        for (; word < table->n_words && table->words[word].first_phone <= i && !stop; word++) {
            if (table->words[word].icon)
                stop = send_icon(table, &table->words[word], frame, callback, user);
            if (!stop)
                stop = send_word(table, &table->words[word], frame, prediction->dur_frames, callback, user);
        }
        if (!stop && table->ids[i] != 0)
            stop = send_phoneme(table, prediction, i, frame, phonemes[table->ids[i]], callback, user);
        frame += (size_t)prediction->dur_frames[i];
    }
    return stop;
}
