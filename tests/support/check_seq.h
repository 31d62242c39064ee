/* What frontend.h promises about each sentence, for the fuzz targets that speak. */
#ifndef LINNET_FUZZ_CHECK_SEQ_H
#define LINNET_FUZZ_CHECK_SEQ_H

#include "frontend/frontend.h"

#include "base/utf8.h"
#include "tests/support/frontend_voice.h"
#include <stdlib.h>
#include <string.h>

/* Tests that have a better way to fail define it before. */
#ifndef require
#define require(condition) ((condition) ? (void)0 : abort())
#endif

/* A sentence of a text of `size` bytes; `most` bounds the length of what is spoken for a byte. */
static inline void check_seq(struct frontend *fe, const struct phone_seq *seq, size_t size, size_t most)
{
    size_t invalid;
    const char *ipa;
    require(seq->n_phones > 2 && seq->n_phones <= FE_MAX_PHONES + 2);
    require(seq->ids[0] == 0 && seq->ids[seq->n_phones - 1] == 0);
    for (size_t i = 1; i + 1 < seq->n_phones; i++)
        require(seq->ids[i] > 0 && (size_t)seq->ids[i] < TEST_COUNT(test_phonemes));
    require(seq->byte_offset <= size && seq->byte_length <= size - seq->byte_offset);
    size_t byte = seq->byte_offset, phone = 1;
    for (size_t i = 0; i < seq->n_words; i++) {
        const struct phone_word *const word = &seq->words[i];
        require(word->byte_offset >= byte && word->first_phone >= phone && word->end_phone >= word->first_phone);
        byte = word->byte_offset + word->byte_length;
        phone = word->end_phone;
    }
    require(byte <= seq->byte_offset + seq->byte_length && phone < seq->n_phones);
    require(strlen(seq->text) <= most * (size + 1));
    base_utf8_count(seq->text, strlen(seq->text), &invalid);
    require(invalid == 0);
    require(fe_ipa(fe, &ipa, NULL) == LINNET_OK);
    base_utf8_count(ipa, strlen(ipa), &invalid);
    require(invalid == 0);
}

/* Speaks text[size], copied to a block of just that size, so that overreads show. */
static inline void speak_all(struct frontend *fe, const void *text, size_t size, size_t most)
{
    char *const copy = malloc(size ? size : 1);
    const struct phone_seq *seq;
    require(copy != NULL);
    if (size)
        memcpy(copy, text, size);
    fe_set_text(fe, copy, size);
    do {
        require(fe_next(fe, &seq, NULL) == LINNET_OK);
        if (seq)
            check_seq(fe, seq, size, most);
    } while (seq);
    fe_set_text(fe, "", 0);
    free(copy);
}

#endif
