/* Corrects what espeak-ng says wrong, word by word, by what the language knows of it (struct language_words_said). Step
 * of the front end behind pronounce: espeak-ng has seen the words in context, and only those that are wrong are
 * replaced. */
#ifndef LINNET_FRONTEND_CORRECT_H
#define LINNET_FRONTEND_CORRECT_H

#include "base/status.h"
#include "frontend/language/language.h"
#include "phone_map.h"
#include "pronounce.h"
#include "utterance.h"

/* Work space; starts as {0}, grows and is reused. */
struct corrector {
    struct base_buffer word, ipa, row, scratch, out;
    const struct language_words_said *indexed; /* whose rows start at the bytes rows[n_rows] */
    uint32_t *rows;
    size_t n_rows, row_capacity;
    struct base_range *places; /* of each token's phonemes in the new string */
    size_t place_capacity;
    struct base_buffer why; /* which readings homographs got */
};

/* Words of `utt` that are in another voice than the front end's, which speaks `language`, are corrected by theirs. */
BASE_MUST_USE int fe_correct(struct corrector *corrector, const struct language *language,
                             struct pronouncer *pronouncer, const struct phone_map *map, struct utterance *utt,
                             struct base_error *err);
void fe_corrector_free(struct corrector *corrector);

#endif
