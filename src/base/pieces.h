/* Text that was made from another text, and which bytes of that each part of it comes from.
 *
 * It is made of pieces in order, on both sides. A piece is either a run of bytes taken over, or words said in place of
 * something. Between two pieces may stand bytes that come from nothing. */
#ifndef LINNET_BASE_PIECES_H
#define LINNET_BASE_PIECES_H

#include "buffer.h"

struct base_piece {
    size_t out_offset, out_length; /* in the text made; not 0 long */
    size_t in_offset, in_length;   /* in the text it was made from */
    bool rewritten;                /* false: the bytes are the same */
};

/* Starts as {0}, and again with base_text_start(), which keeps the memory. */
struct base_text {
    struct base_buffer bytes;
    struct base_piece *pieces;
    size_t n_pieces, piece_capacity;
};

struct base_range {
    size_t start, end;
};

/* All that add return false when out of memory. */
BASE_MUST_USE bool base_text_start(struct base_text *text);
/* Takes over bytes[size], which stand at in_offset. */
BASE_MUST_USE bool base_text_keep(struct base_text *text, const char *bytes, size_t size, size_t in_offset);
/* Says bytes[size] in place of in_length bytes at in_offset. Nothing to say: that is dropped. */
BASE_MUST_USE bool base_text_say(struct base_text *text, const char *bytes, size_t size, size_t in_offset,
                                 size_t in_length);
/* Makes a piece of what stands in `bytes` from out_offset on. */
BASE_MUST_USE bool base_text_add_piece(struct base_text *text, size_t out_offset, size_t in_offset, size_t in_length);
void base_text_free(struct base_text *text);

/* The bytes that a run of the text made comes from. *piece is the first that may matter, and moves on; it starts as
 * 0. */
struct base_range base_text_source(const struct base_text *text, size_t *piece, struct base_range made);

#endif
