/* From events to sentences. See timing_collect.h. */
#include "cli/timing_collect.h"

#include "base/alloc.h"
#include "base/buffer.h"
#include "cli/notation.h"
#include <stdio.h>
#include <string.h>

void timing_collector_flush(struct timing_collector *c)
{
    if (c->has_sentence)
        c->sentence(c->user, &c->collected);
    c->has_sentence = false;
    c->collected.n_words = c->collected.n_phones = 0;
}

void timing_collector_free(struct timing_collector *c)
{
    base_free(c->collected.words);
    base_free(c->collected.phones);
}

static void start_sentence(struct timing_collector *c, const linnet_event *event, const struct input_chunk *chunk,
                           uint64_t start)
{
    struct timing_sentence *const s = &c->collected;
    timing_collector_flush(c);
    c->has_sentence = true;
    s->start = start;
    s->end = start + event->n_samples;
    s->text = chunk->text + event->byte_offset;
    s->size = event->byte_length;
    s->offset = chunk->offset + event->byte_offset;
}

static bool add_word(struct timing_collector *c, const linnet_event *event, const struct input_chunk *chunk,
                     uint64_t start)
{
    struct timing_sentence *const s = &c->collected;
    void *words = s->words;
    if (!base_reserve(&words, &c->words_capacity, s->n_words, sizeof *s->words))
        return false;
    s->words = words;
    s->words[s->n_words++] = (struct timing_word){.start = start,
                                                  .end = start + event->n_samples,
                                                  .text = chunk->text + event->byte_offset,
                                                  .size = event->byte_length,
                                                  .offset = chunk->offset + event->byte_offset};
    return true;
}

/* A mark of stress alone, which its vowel still has to follow. */
static bool is_stress(const char *name)
{
    return notation_is_stress(name) && !name[2];
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
    if ((!stressed && !notation_is_modifier(phone->name)) || before->end != phone->start ||
        !extend_phone(before, phone))
        return false;
    if (stressed)
        before->pitch_hz = phone->pitch_hz;
    return true;
}

static bool add_phone(struct timing_collector *c, const linnet_event *event, uint64_t start)
{
    struct timing_sentence *const s = &c->collected;
    struct timing_phone phone = {.start = start, .end = start + event->n_samples, .pitch_hz = event->pitch_hz};
    void *phones = s->phones;
    snprintf(phone.name, sizeof phone.name, "%s", event->name ? event->name : "");
    snprintf(phone.ipa, sizeof phone.ipa, "%s", event->ipa ? event->ipa : phone.name);
    if (s->n_phones > 0 && join_phone(&s->phones[s->n_phones - 1], &phone))
        return true;
    if (!base_reserve(&phones, &c->phones_capacity, s->n_phones, sizeof *s->phones))
        return false;
    s->phones = phones;
    s->phones[s->n_phones++] = phone;
    return true;
}

bool timing_collect(struct timing_collector *c, const linnet_event *event, const struct input_chunk *chunk,
                    uint64_t first_sample)
{
    const uint64_t start = first_sample + event->time;
    switch (event->type) {
    case LINNET_EVENT_SENTENCE: start_sentence(c, event, chunk, start); return true;
    case LINNET_EVENT_WORD: return add_word(c, event, chunk, start);
    case LINNET_EVENT_PHONEME: return add_phone(c, event, start);
    case LINNET_EVENT_END: timing_collector_flush(c); return true;
    default: return true;
    }
}
