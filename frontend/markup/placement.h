/* From positions in a document to phonemes of a sentence: what markup says, for a part that is about to be given
 * out. */
#ifndef LINNET_FRONTEND_PLACEMENT_H
#define LINNET_FRONTEND_PLACEMENT_H

#include "base/status.h"
#include "document.h"
#include "frontend/phone_map.h"

/* How far the document is read, and what the sentence given out last points into. Starts as {0}. */
struct fe_placement {
    const struct fe_document *doc; /* NULL: plain text */
    size_t next_point, end_point;  /* points of the run in hand that are still to come */
    size_t piece;
    struct phone_style *styles;
    size_t style_capacity;
    struct phone_pause *pauses;
    size_t n_pauses, pause_capacity;
    struct phone_mark *marks;
    size_t n_marks, mark_capacity;
};

/* Begins a document; NULL: plain text. */
void fe_placement_start(struct fe_placement *place, const struct fe_document *doc);
/* Goes on with a run of it (document.h); they come in order, some may be left out. */
void fe_placement_run(struct fe_placement *place, size_t run);
void fe_placement_free(struct fe_placement *place);

/* espeak-ng's voice at a position; NULL: the voice's own. */
const char *fe_place_language(const struct fe_placement *place, size_t position);
/* Where that changes next; SIZE_MAX: nowhere. */
size_t fe_place_language_end(const struct fe_placement *place, size_t position);

/* Tells the words of a sentence, which is about to be pronounced, that a pause stands before them. There the phrase
 * ends, as it does at a comma. */
void fe_place_rests(const struct fe_placement *place, struct utterance *utt);

/* Gives *seq, which is the part of the sentence from tokens[first] on, its styles, pauses and marks, and turns the
 * bytes of it and of its words into the caller's. */
BASE_MUST_USE int fe_place_part(struct fe_placement *place, const struct utterance *utt, size_t first,
                                struct fe_part *part, struct phone_seq *seq, struct base_error *err);

/* Makes *seq an interlude when something is to be heard before the text at `position`: a recording; at the end of the
 * text, when `last`, a pause or mark too. *due tells whether. */
BASE_MUST_USE int fe_place_interlude(struct fe_placement *place, size_t position, bool last, struct phone_seq *seq,
                                     bool *due, struct base_error *err);

#endif
