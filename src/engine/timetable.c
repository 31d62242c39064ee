/* The timetable of a sentence. All times are computed from the same running sum of frames, so that neighbours touch and
 * nothing drifts; pauses come on top, each a whole number of samples. */
#include "engine/timetable.h"

#include "base/alloc.h"
#include "engine/tempo.h"
#include <string.h>

#define RAMP_S 0.01 /* for a change of volume */

/* *to becomes an array of `count` with the elements of `from`; NULL: with any. */
static int copy_array(void **to, size_t *capacity, const void *from, size_t count, size_t size, struct base_error *err)
{
    if (count > *capacity) {
        void *const grown = base_resize(*to, *capacity, count, size);
        if (!grown)
            return base_fail(err, LINNET_ERR_MEMORY, "sentence: out of memory");
        *to = grown;
        *capacity = count;
    }
    if (count > 0 && from)
        memcpy(*to, from, count * size);
    return LINNET_OK;
}

int timetable_copy(struct timetable *table, const struct phone_seq *seq, struct base_error *err)
{
    const size_t n_styles = seq->styles ? seq->n_phones : 0;
    void *words = table->words, *ids = table->ids, *pauses = table->pauses, *marks = table->marks,
         *styles = table->styles;
    int status = copy_array(&words, &table->words_capacity, seq->words, seq->n_words, sizeof *seq->words, err);
    if (status == LINNET_OK)
        status = copy_array(&ids, &table->ids_capacity, seq->ids, seq->n_phones, sizeof *seq->ids, err);
    if (status == LINNET_OK)
        status = copy_array(&pauses, &table->pauses_capacity, seq->pauses, seq->n_pauses, sizeof *seq->pauses, err);
    if (status == LINNET_OK)
        status = copy_array(&marks, &table->marks_capacity, seq->marks, seq->n_marks, sizeof *seq->marks, err);
    if (status == LINNET_OK)
        status = copy_array(&styles, &table->styles_capacity, seq->styles, n_styles, sizeof *seq->styles, err);
    table->words = words;
    table->ids = ids;
    table->pauses = pauses;
    table->marks = marks;
    table->styles = styles;
    table->n_words = seq->n_words;
    table->n_phones = seq->n_phones;
    table->n_pauses = seq->n_pauses;
    table->n_marks = seq->n_marks;
    table->n_styles = n_styles;
    table->recording = seq->samples;
    table->n_recording = seq->n_samples;
    table->byte_offset = seq->byte_offset;
    table->byte_length = seq->byte_length;
    return status;
}

void timetable_clear(struct timetable *table)
{
    base_free(table->words);
    base_free(table->ids);
    base_free(table->pauses);
    base_free(table->marks);
    base_free(table->styles);
    base_free(table->places);
    base_free(table->points);
    *table = (struct timetable){0};
}

void timetable_trim(struct timetable *table, const struct phone_prediction *prediction, size_t most_tail)
{
    const size_t n = prediction->n_phones;
    table->end_frame = table->n_phones ? prediction->n_frames : 0;
    if (!table->n_phones || n < 2 || table->ids[n - 1] != 0)
        return;
    const size_t tail = (size_t)prediction->dur_frames[n - 1];
    if (tail > most_tail)
        table->end_frame -= tail - most_tail;
}

size_t timetable_samples_in(const struct timetable *table)
{
    return table->end_frame * table->hop;
}

/* Sample, from the start of the sentence and before the change of tempo, at which a frame is heard; the frames cut off
 * are at the end. */
static size_t sample_of_frame(const struct timetable *table, size_t frame)
{
    return (frame < table->end_frame ? frame : table->end_frame) * table->hop;
}

static size_t time_of_frame(const struct timetable *table, size_t frame)
{
    return tempo_map(sample_of_frame(table, frame), table->tempo);
}

/* ---- pauses and volume ---- */

static size_t samples_of_ms(const struct timetable *table, float ms)
{
    return (size_t)((double)ms * (double)table->sample_rate / 1000 + 0.5);
}

/* Samples of all pauses up to the one before this phoneme. */
static size_t paused_until(const struct timetable *table, size_t phone)
{
    size_t total = 0;
    for (size_t i = 0; i < table->n_pauses && table->pauses[i].phone <= phone; i++)
        total += samples_of_ms(table, table->pauses[i].ms);
    return total;
}

/* The volume turns within this many samples on either side of a phoneme's start. */
static size_t half_ramp(const struct timetable *table)
{
    const size_t ramp = (size_t)(RAMP_S * (double)table->sample_rate);
    return (ramp < table->hop ? ramp : table->hop) / 2;
}

/* No phoneme that is heard is shorter than a frame, so ramps don't meet. */
static void place_volume(struct timetable *table, const struct phone_prediction *prediction)
{
    const size_t half = half_ramp(table);
    size_t frame = 0;
    float volume = table->n_styles ? table->styles[0].volume : 1.0f;
    bool changed = volume != 1.0f;
    table->n_points = 0;
    table->points[table->n_points++] = (struct voc_volume_point){0, volume};
    for (size_t i = 0; i < table->n_styles; i++) {
        const float next = table->styles[i].volume;
        const size_t at = sample_of_frame(table, frame);
        if (prediction->dur_frames[i] > 0 && next != volume) {
            table->points[table->n_points++] = (struct voc_volume_point){at > half ? at - half : 0, volume};
            table->points[table->n_points++] = (struct voc_volume_point){at + half, next};
            volume = next;
            changed = true;
        }
        frame += (size_t)prediction->dur_frames[i];
    }
    if (!changed)
        table->n_points = 0;
}

int timetable_place(struct timetable *table, const struct phone_prediction *prediction, struct base_error *err)
{
    void *places = table->places, *points = table->points;
    int status = copy_array(&places, &table->places_capacity, NULL, table->n_pauses, sizeof *table->places, err);
    table->places = places;
    if (status == LINNET_OK)
        status =
            copy_array(&points, &table->points_capacity, NULL, 2 * table->n_styles + 1, sizeof *table->points, err);
    table->points = points;
    if (status != LINNET_OK)
        return status;
    size_t frame = 0, phone = 0;
    for (size_t i = 0; i < table->n_pauses; i++) {
        for (; phone < table->pauses[i].phone; phone++)
            frame += (size_t)prediction->dur_frames[phone];
        table->places[i] =
            (struct delivery_pause){time_of_frame(table, frame), samples_of_ms(table, table->pauses[i].ms)};
    }
    place_volume(table, prediction);
    return LINNET_OK;
}

/* ---- events ---- */

/* Phonemes [first, end) from this frame on; end > first. */
static void set_span(linnet_event *event, const struct timetable *table, size_t first, size_t end, size_t first_frame,
                     size_t end_frame)
{
    const size_t begin = time_of_frame(table, first_frame) + paused_until(table, first);
    event->time = table->start + begin;
    event->n_samples = end > first ? time_of_frame(table, end_frame) + paused_until(table, end - 1) - begin : 0;
}

static size_t sum(const int32_t *dur_frames, size_t begin, size_t end)
{
    size_t total = 0;
    for (size_t i = begin; i < end; i++)
        total += (size_t)dur_frames[i];
    return total;
}

/* The sound for a capital letter, due with its word. */
static int send_icon(const struct timetable *table, const struct phone_word *word, size_t frame,
                     linnet_callback callback, void *user)
{
    linnet_event event = {.type = LINNET_EVENT_ICON,
                          .byte_offset = word->byte_offset,
                          .byte_length = word->byte_length,
                          .name = "capital"};
    set_span(&event, table, word->first_phone, word->first_phone, frame, frame);
    return callback(user, &event);
}

/* Marks come before the phoneme that they stand at, within the pause there. */
static int send_marks(const struct timetable *table, size_t *next, size_t phone, size_t frame, linnet_callback callback,
                      void *user)
{
    const size_t before = time_of_frame(table, frame) + (phone > 0 ? paused_until(table, phone - 1) : 0);
    int stop = 0;
    for (; *next < table->n_marks && table->marks[*next].phone <= phone && !stop; (*next)++) {
        const struct phone_mark *const mark = &table->marks[*next];
        const linnet_event event = {.type = LINNET_EVENT_MARK,
                                    .time = table->start + before + samples_of_ms(table, mark->after_ms),
                                    .name = mark->name};
        stop = callback(user, &event);
    }
    return stop;
}

static int send_word(const struct timetable *table, const struct phone_word *word, size_t frame,
                     const int32_t *dur_frames, linnet_callback callback, void *user)
{
    linnet_event event = {
        .type = LINNET_EVENT_WORD, .byte_offset = word->byte_offset, .byte_length = word->byte_length};
    set_span(&event, table, word->first_phone, word->end_phone, frame,
             frame + sum(dur_frames, word->first_phone, word->end_phone));
    return callback(user, &event);
}

static int send_phoneme(const struct timetable *table, const struct phone_prediction *prediction, size_t phone,
                        size_t frame, const struct phoneme_names *names, linnet_callback callback, void *user)
{
    const int32_t id = table->ids[phone];
    linnet_event event = {.type = LINNET_EVENT_PHONEME,
                          .name = names->own[id],
                          .ipa = names->ipa[id],
                          .pitch_hz = prediction->pitch_hz[phone]};
    set_span(&event, table, phone, phone + 1, frame, frame + (size_t)prediction->dur_frames[phone]);
    return callback(user, &event);
}

static int send_sentence(const struct timetable *table, linnet_callback callback, void *user)
{
    linnet_event event = {.type = LINNET_EVENT_SENTENCE,
                          .time = table->start,
                          .byte_offset = table->byte_offset,
                          .byte_length = table->byte_length};
    event.n_samples = time_of_frame(table, table->end_frame) + paused_until(table, table->n_phones);
    return callback(user, &event);
}

int timetable_send(const struct timetable *table, const struct phone_prediction *prediction,
                   const struct phoneme_names *names, linnet_callback callback, void *user)
{
    size_t frame = 0, word = 0, mark = 0;
    if (!table->n_phones)
        return send_marks(table, &mark, 0, 0, callback, user);
    int stop = send_sentence(table, callback, user);
    for (size_t i = 0; i < table->n_phones && !stop; i++) {
        stop = send_marks(table, &mark, i, frame, callback, user);
        for (; word < table->n_words && table->words[word].first_phone <= i && !stop; word++) {
            if (table->words[word].icon)
                stop = send_icon(table, &table->words[word], frame, callback, user);
            if (!stop)
                stop = send_word(table, &table->words[word], frame, prediction->dur_frames, callback, user);
        }
        if (!stop && table->ids[i] != 0)
            stop = send_phoneme(table, prediction, i, frame, names, callback, user);
        frame += (size_t)prediction->dur_frames[i];
    }
    return stop;
}
