/* Pieces of text: building and looking up. See pieces.h. */
#include "base/pieces.h"

#include "base/alloc.h"

bool base_text_start(struct base_text *text)
{
    base_buffer_cut(&text->bytes, 0);
    text->n_pieces = 0;
    return base_buffer_add(&text->bytes, "", 0);
}

static bool add_piece(struct base_text *text, struct base_piece piece)
{
    void *pieces = text->pieces;
    if (!base_reserve(&pieces, &text->piece_capacity, text->n_pieces, sizeof piece))
        return false;
    text->pieces = pieces;
    text->pieces[text->n_pieces++] = piece;
    return true;
}

bool base_text_keep(struct base_text *text, const char *bytes, size_t size, size_t in_offset)
{
    struct base_piece *const last = text->n_pieces ? &text->pieces[text->n_pieces - 1] : NULL;
    const size_t start = text->bytes.length;
    if (!size)
        return true;
    if (!base_buffer_add(&text->bytes, bytes, size))
        return false;
    if (!last || last->rewritten || last->in_offset + last->in_length != in_offset ||
        last->out_offset + last->out_length != start)
        return add_piece(text, (struct base_piece){start, size, in_offset, size, false});
    last->in_length += size;
    last->out_length += size;
    return true;
}

bool base_text_say(struct base_text *text, const char *bytes, size_t size, size_t in_offset, size_t in_length)
{
    const size_t start = text->bytes.length;
    return !size ||
           (base_buffer_add(&text->bytes, bytes, size) && base_text_add_piece(text, start, in_offset, in_length));
}

bool base_text_add_piece(struct base_text *text, size_t out_offset, size_t in_offset, size_t in_length)
{
    return add_piece(text,
                     (struct base_piece){out_offset, text->bytes.length - out_offset, in_offset, in_length, true});
}

void base_text_free(struct base_text *text)
{
    base_buffer_free(&text->bytes);
    base_free(text->pieces);
    *text = (struct base_text){0};
}

/* The bytes of one piece behind a run of what was made. */
static struct base_range source_in_piece(const struct base_piece *piece, struct base_range made)
{
    const struct base_range all = {piece->in_offset, piece->in_offset + piece->in_length};
    if (piece->rewritten)
        return all;
    const size_t piece_end = piece->out_offset + piece->out_length;
    const size_t before = made.start > piece->out_offset ? made.start - piece->out_offset : 0;
    const size_t behind = made.end < piece_end ? piece_end - made.end : 0;
    return (struct base_range){all.start + before, all.end - behind};
}

struct base_range base_text_source(const struct base_text *text, size_t *piece, struct base_range made)
{
    const struct base_piece *const pieces = text->pieces;
    if (!text->n_pieces)
        return (struct base_range){0, 0};
    while (*piece + 1 < text->n_pieces && pieces[*piece].out_offset + pieces[*piece].out_length <= made.start)
        (*piece)++;
    struct base_range found = source_in_piece(&pieces[*piece], made);
    for (size_t i = *piece + 1; i < text->n_pieces && pieces[i].out_offset < made.end; i++)
        found.end = source_in_piece(&pieces[i], made).end;
    return found;
}
