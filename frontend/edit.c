/* Building and reading edited text. See edit.h. */
#include "edit.h"

#include "base/alloc.h"
#include <string.h>

bool fe_edit_start(struct fe_edit *edit)
{
    base_buffer_cut(&edit->text, 0);
    edit->n_pieces = 0;
    edit->changed = edit->wants_space = false;
    return base_buffer_add(&edit->text, "", 0);
}

static bool add_piece(struct fe_edit *edit, struct norm_piece piece)
{
    void *pieces = edit->pieces;
    if (!base_reserve(&pieces, &edit->piece_capacity, edit->n_pieces, sizeof piece))
        return false;
    edit->pieces = pieces;
    edit->pieces[edit->n_pieces++] = piece;
    return true;
}

/* The space that is owed to the words before. */
static bool part_from(struct fe_edit *edit, char next)
{
    const bool owed = edit->wants_space && !strchr(" \t\r\n,.;:!?", next);
    edit->wants_space = false;
    return !owed || base_buffer_add(&edit->text, " ", 1);
}

bool fe_edit_keep(struct fe_edit *edit, const char *input, size_t offset, size_t length)
{
    if (!length)
        return true;
    if (!part_from(edit, input[offset]))
        return false;
    struct norm_piece *const last = edit->n_pieces ? &edit->pieces[edit->n_pieces - 1] : NULL;
    const size_t start = edit->text.length;
    if (!base_buffer_add(&edit->text, input + offset, length))
        return false;
    if (last && !last->rewritten && last->in_offset + last->in_length == offset &&
        last->out_offset + last->out_length == start) {
        last->in_length += length;
        last->out_length += length;
        return true;
    }
    return add_piece(edit, (struct norm_piece){start, length, offset, length, false});
}

bool fe_edit_say(struct fe_edit *edit, size_t offset, size_t length, const char *words, size_t size)
{
    const size_t before = edit->text.length;
    edit->changed = true;
    if (!size)
        return true;
    edit->wants_space = before > 0 && edit->text.data[before - 1] != ' ';
    if (!part_from(edit, 'x'))
        return false;
    edit->wants_space = true;
    const size_t start = edit->text.length;
    return base_buffer_add(&edit->text, words, size) &&
           add_piece(edit, (struct norm_piece){start, size, offset, length, true});
}

bool fe_edit_say_more(struct fe_edit *edit, const char *words, size_t size)
{
    if (!base_buffer_add(&edit->text, " ", 1) || !base_buffer_add(&edit->text, words, size))
        return false;
    edit->pieces[edit->n_pieces - 1].out_length += size + 1;
    return true;
}

void fe_edit_free(struct fe_edit *edit)
{
    base_buffer_free(&edit->text);
    base_free(edit->pieces);
    *edit = (struct fe_edit){0};
}

/* The written bytes behind the spoken bytes of one piece. */
static struct fe_range written_in_piece(const struct norm_piece *piece, struct fe_range spoken)
{
    const struct fe_range all = {piece->in_offset, piece->in_offset + piece->in_length};
    if (piece->rewritten)
        return all;
    const size_t piece_end = piece->out_offset + piece->out_length;
    const size_t before = spoken.start > piece->out_offset ? spoken.start - piece->out_offset : 0;
    const size_t behind = spoken.end < piece_end ? piece_end - spoken.end : 0;
    return (struct fe_range){all.start + before, all.end - behind};
}

struct fe_range fe_written(const struct norm_piece *pieces, size_t n_pieces, size_t *piece, struct fe_range spoken)
{
    while (*piece + 1 < n_pieces && pieces[*piece].out_offset + pieces[*piece].out_length <= spoken.start)
        (*piece)++;
    struct fe_range found = written_in_piece(&pieces[*piece], spoken);
    for (size_t i = *piece + 1; i < n_pieces && pieces[i].out_offset < spoken.end; i++)
        found.end = written_in_piece(&pieces[i], spoken).end;
    return found;
}
