/* Runs the normaliser and carries its pieces' bytes over to the tokens. See spoken.h. */
#include "spoken.h"

struct range {
    size_t start, end;
};

static bool is_rewritten(const struct norm_output *out)
{
    for (size_t i = 0; i < out->n_pieces; i++)
        if (out->pieces[i].rewritten)
            return true;
    return false;
}

/* The written bytes behind the spoken bytes [start, end) of one piece. */
static struct range written_in_piece(const struct norm_piece *piece, struct range spoken)
{
    const struct range all = {piece->in_offset, piece->in_offset + piece->in_length};
    if (piece->rewritten)
        return all;
    const size_t piece_end = piece->out_offset + piece->out_length;
    const size_t before = spoken.start > piece->out_offset ? spoken.start - piece->out_offset : 0;
    const size_t behind = spoken.end < piece_end ? piece_end - spoken.end : 0;
    return (struct range){all.start + before, all.end - behind};
}

/* The same over all pieces; *piece is the first that may matter, and moves on. A token lies in at least one. */
static struct range written(const struct norm_output *out, size_t *piece, struct range spoken)
{
    while (*piece + 1 < out->n_pieces && out->pieces[*piece].out_offset + out->pieces[*piece].out_length <= spoken.start)
        (*piece)++;
    struct range found = written_in_piece(&out->pieces[*piece], spoken);
    for (size_t i = *piece + 1; i < out->n_pieces && out->pieces[i].out_offset < spoken.end; i++)
        found.end = written_in_piece(&out->pieces[i], spoken).end;
    return found;
}

/* Turns the tokens' bytes from those of the spoken text into those of the caller's, where the sentence starts at `base`.
 * Tokens never overlap: they have the same bytes or follow each other. */
static void place_tokens(const struct norm_output *out, struct utterance *utt, size_t base)
{
    struct range last = {0, 0};
    size_t piece = 0;
    for (size_t i = 0; i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        const struct range spoken = {token->byte_offset, token->byte_offset + token->byte_length};
        struct range bytes = written(out, &piece, spoken);
        if (bytes.end <= last.end)
            bytes = last;
        else if (bytes.start < last.end)
            bytes.start = last.end;
        token->byte_offset = base + bytes.start;
        token->byte_length = bytes.end - bytes.start;
        last = bytes;
    }
}

int fe_spoken_text(struct spoken_text *spoken, const char *text, struct utterance *utt, struct base_error *err)
{
    if (!spoken->lang || !utt->n_tokens)
        return LINNET_OK;
    const size_t base = utt->byte_offset, size = utt->byte_length;
    const int status = norm_run(&spoken->out, spoken->lang, text + base, size, err);
    if (status != LINNET_OK || !is_rewritten(&spoken->out))
        return status;
    fe_clause_start(&spoken->reader, spoken->out.text, spoken->out.length);
    if (!fe_clause_all(&spoken->reader, utt))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    place_tokens(&spoken->out, utt, base);
    utt->byte_offset = base;
    utt->byte_length = size;
    return LINNET_OK;
}

void fe_spoken_free(struct spoken_text *spoken)
{
    norm_output_free(&spoken->out);
    fe_clause_free(&spoken->reader);
}
