/* Prints phonemes; with durations, pitch and energy on request. Goes stage by stage through the public API. */
#include "cli/explain.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Bytes of the UTF-8 character at text[0]; the library's strings are well-formed. */
static size_t character_bytes(const char *text)
{
    size_t n = *text != '\0';
    while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* A row a phoneme; the boundary marks at both ends are written "_", as in the voice file. */
static void print_rows(const linnet_sentence *sentence, const linnet_prosody *prosody, double ms_per_frame)
{
    const char *name = sentence->phonemes;
    double start = 0;
    printf("  %4s %4s %-7s %9s %9s %8s %7s\n", "#", "id", "phoneme", "start ms", "length ms", "pitch Hz", "energy");
    for (size_t i = 0; i < prosody->n_phonemes; i++) {
        const bool boundary = i == 0 || i + 1 == prosody->n_phonemes;
        const size_t bytes = boundary ? 1 : character_bytes(name);
        const double length = prosody->dur_frames[i] * ms_per_frame;
        /* one column a character: pads by hand, because printf counts bytes */
        printf("  %4zu %4" PRId32 " %.*s%*s %9.1f %9.1f %8.1f %7.2f\n", i, sentence->ids[i], (int)bytes,
               boundary ? "_" : name, 7 - (bytes > 0), "", start, length, (double)prosody->pitch_hz[i],
               (double)prosody->energy[i]);
        name += boundary ? 0 : bytes;
        start += length;
    }
}

/* The caller's own bytes: whatever could move a terminal's cursor becomes a space. */
static void print_on_one_line(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        putchar((unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i]);
}

static int print_table(linnet_engine *engine, const linnet_sentence *sentence, const struct input_chunk *chunk,
                       unsigned long number)
{
    linnet_prosody prosody;
    linnet_voice_info info;
    int status = linnet_predict(engine, sentence->ids, sentence->n_phonemes, &prosody);
    if (status == LINNET_OK)
        status = linnet_voice(engine, &info);
    if (status != LINNET_OK)
        return report_failure("%s", linnet_error(engine));
    const double ms_per_frame = 1000.0 * info.hop_samples / info.sample_rate;
    const uint64_t first = chunk->offset + sentence->byte_offset;
    printf("Sentence %lu, bytes %" PRIu64 " to %" PRIu64 ", %zu phonemes, %.0f ms\n  written   ", number, first,
           first + sentence->byte_length, sentence->n_phonemes, (double)prosody.n_frames * ms_per_frame);
    print_on_one_line(chunk->text + sentence->byte_offset, sentence->byte_length);
    printf("\n  spoken    %s\n  phonemes  %s\n", sentence->text, sentence->phonemes);
    if (*sentence->readings)
        printf("  readings  %s\n", sentence->readings);
    print_rows(sentence, &prosody, ms_per_frame);
    putchar('\n');
    return 0;
}

static int print_sentence(linnet_engine *engine, const linnet_sentence *sentence, const struct input_chunk *chunk,
                          const struct options *options, unsigned long number)
{
    if (options->action == ACTION_EXPLAIN)
        return print_table(engine, sentence, chunk, number);
    if (options->traced)
        notation_print(sentence->ipa, &options->notation);
    else if (!options->as_espeak)
        puts(options->action == ACTION_IPA ? sentence->ipa : sentence->phonemes);
    return 0;
}

int explain_chunk(linnet_engine *engine, const struct input_chunk *chunk, const struct options *options,
                  unsigned long *n_sentences)
{
    const linnet_sentence *sentence = NULL;
    int status = linnet_text(engine, chunk->text, chunk->size);
    while (status == LINNET_OK && !interrupt_pending()) {
        status = linnet_sentence_next(engine, &sentence);
        if (status != LINNET_OK || !sentence)
            break;
        ++*n_sentences;
        const int printed = print_sentence(engine, sentence, chunk, options, *n_sentences);
        if (printed != 0)
            return printed;
    }
    if (status != LINNET_OK)
        return report_failure("%s", linnet_error(engine));
    return report_stdout(); /* a reader of a live pipe gets the lines now */
}
