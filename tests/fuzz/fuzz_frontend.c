/* Fuzz target of the front end: the input is spoken by an English voice, and what comes out must keep the rules of
 * frontend.h. */
#include "frontend/frontend.h"

#include "tests/unit/test_frontend_voice.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check_seq(const struct phone_seq *seq, size_t size)
{
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
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *const copy = malloc(size ? size : 1); /* of the exact size, so that overreads show */
    const struct voice_meta meta = test_meta("en-us");
    struct frontend *fe = NULL;
    require(copy != NULL);
    require(fe_open_meta(&fe, &meta, NULL) == LINNET_OK);
    if (size)
        memcpy(copy, data, size);
    fe_set_text(fe, copy, size);
    const struct phone_seq *seq;
    do {
        require(fe_next(fe, &seq, NULL) == LINNET_OK);
        if (seq)
            check_seq(seq, size);
    } while (seq);
    fe_close(&fe);
    free(copy);
    return 0;
}
