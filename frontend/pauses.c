/* How long a reader pauses. See pauses.h. The lengths are what has to be added for the default voice to pause as long
 * at an ellipsis or a dash as at a full stop's half, at a bracket or a quotation's comma as at a comma, and longer
 * behind a heading or a paragraph than between sentences. They stand where the word before ends: behind the marks the
 * voice may be speaking the next word already. */
#include "pauses.h"

#define ELLIPSIS_MS 200.0f
#define DASH_MS 150.0f
#define BRACKET_MS 110.0f
#define QUOTED_COMMA_MS 120.0f
#define ITEM_MS 80.0f
#define PARAGRAPH_MS 250.0f
#define HEADING_MS 430.0f

static bool is_mark(const struct utterance *utt, size_t i, uint32_t punct)
{
    return i < utt->n_tokens && utt->tokens[i].kind == FE_PUNCT && utt->tokens[i].punct == punct;
}

static bool is_quote(const struct utterance *utt, size_t i)
{
    return is_mark(utt, i, '"') || is_mark(utt, i, 0x201C) || is_mark(utt, i, 0x201D);
}

/* What the marks before tokens[i], a word, need; `first`: the first of them. */
static float marks_ms(const struct utterance *utt, size_t first, size_t i)
{
    float ms = 0.0f;
    bool comma = false, quote = false;
    for (size_t k = first; k < i; k++) {
        const uint32_t punct = utt->tokens[k].punct;
        const float needed = punct == 0x2026                ? ELLIPSIS_MS
                             : punct == 0x2014              ? DASH_MS
                             : punct == '(' || punct == ')' ? BRACKET_MS
                                                            : 0.0f;
        ms = needed > ms ? needed : ms;
        comma = comma || punct == ',';
        quote = quote || is_quote(utt, k);
    }
    return comma && quote && ms < QUOTED_COMMA_MS ? QUOTED_COMMA_MS : ms;
}

/* One of the last marks makes a pause of its own: headings have none. */
static bool ends_with_pause(const struct utterance *utt)
{
    for (size_t i = utt->n_tokens; i-- > 0 && utt->tokens[i].kind == FE_PUNCT;)
        if (fe_punct_find(utt->tokens[i].punct)->flags & FE_PUNCT_CLAUSE)
            return true;
    return false;
}

/* What the end of a sentence needs beside its full stop. */
static float end_ms(const struct utterance *utt)
{
    switch (utt->behind) {
    case FE_GAP_PARAGRAPH: return ends_with_pause(utt) ? PARAGRAPH_MS : HEADING_MS;
    case FE_GAP_ITEM: return ITEM_MS;
    case FE_GAP_SPACE: break;
    }
    return 0.0f;
}

void fe_pause(struct utterance *utt, const struct fe_pauses *pauses)
{
    const float rate = pauses->rate > 0.0f ? pauses->rate : 1.0f;
    size_t first_mark = 0;
    for (size_t i = 0; i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        token->pause_ms = 0.0f;
        if (token->kind != FE_WORD)
            continue;
        if (first_mark > 0) { /* a word was before */
            const bool apart = token->space_before || first_mark < i;
            utt->tokens[first_mark].pause_ms = marks_ms(utt, first_mark, i) / rate + (apart ? pauses->word_ms : 0.0f);
        }
        first_mark = i + 1;
    }
    utt->pause_ms =
        end_ms(utt) / rate + pauses->sentence_ms + (utt->behind == FE_GAP_PARAGRAPH ? pauses->paragraph_ms : 0.0f);
}
