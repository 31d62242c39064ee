/* espeak-ng's IPA -> the voice's own characters and ids (voices/FORMAT.md section 3). */
#ifndef LINNET_FRONTEND_PHONE_MAP_H
#define LINNET_FRONTEND_PHONE_MAP_H

#include "base/records.h"
#include "base/status.h"
#include "edit.h"
#include "utterance.h"
#include "voice/voice_file.h"

struct phone_map;

/* Of a voice's table and pairs, which its file was checked for. LINNET_ERR_MEMORY. `meta` must outlive the map. */
BASE_MUST_USE int fe_map_open(struct phone_map **out, const struct voice_meta *meta, struct base_error *err);
void fe_map_close(struct phone_map **map);

/* Steps 2 and 3 of FORMAT.md on ipa->data[from ... ): rewrite pairs, marks of language switches, ties, double spaces.
 * `scratch` is for its own use. */
BASE_MUST_USE int fe_map_rewrite(const struct phone_map *map, struct base_buffer *ipa, size_t from,
                                 struct base_buffer *scratch, struct base_error *err);

/* IPA as people and dictionaries write it -> *out in the voice's characters: without ties between letters of one
 * phoneme, or with those of IPA, with dots between syllables and stress before them, "g" and "'" from the keyboard.
 * *unknown receives the first character that the voice lacks, 0: none. */
BASE_MUST_USE int fe_map_given(const struct phone_map *map, const char *ipa, size_t size, struct base_buffer *out,
                               struct base_buffer *scratch, uint32_t *unknown, struct base_error *err);

/* A part of a sentence as ids: what a struct phone_seq points into. Grows and is reused. */
struct fe_part {
    int32_t *ids;
    size_t n_ids, id_capacity;
    float *semitones; /* [n_ids] that capitals are raised by */
    size_t semitone_capacity;
    struct phone_word *words;
    size_t n_words, word_capacity;
    struct base_range *spans; /* of each token put, from the first: its ids, without the space before */
    size_t span_capacity;
    struct base_buffer ipa;
    size_t n_spoken;              /* ids that are neither boundary, space nor punctuation */
    size_t unknown;               /* characters that the voice lacks */
    size_t next_token, next_byte; /* where the rest of the sentence starts: token, byte in its IPA */
};

/* Makes the part of the sentence that starts at tokens[token], byte `byte` of its IPA: all of the rest when that is
 * at most max_phones ids (without the two boundary marks), else up to a clause or word border. part->next_token is
 * utt->n_tokens when nothing is left. */
BASE_MUST_USE int fe_map_part(const struct phone_map *map, const struct utterance *utt, size_t token, size_t byte,
                              size_t max_phones, struct fe_part *part, struct base_error *err);
void fe_part_free(struct fe_part *part);

#endif
