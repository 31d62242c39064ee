/* Growable parts of an utterance, and the table of punctuation. See utterance.h. */
#include "utterance.h"

#include "base/alloc.h"
#include "base/chars.h"
#include <string.h>

void fe_utterance_clear(struct utterance *utt)
{
    utt->n_tokens = 0;
    utt->behind = FE_GAP_SPACE;
    utt->pause_ms = 0.0f;
    utt->unread = 0;
    base_buffer_cut(&utt->text, 0);
    base_buffer_cut(&utt->ipa, 0);
}

void fe_utterance_free(struct utterance *utt)
{
    base_free(utt->tokens);
    base_buffer_free(&utt->text);
    base_buffer_free(&utt->ipa);
    *utt = (struct utterance){0};
}

struct fe_token *fe_utterance_add(struct utterance *utt, enum fe_token_kind kind, bool space_before)
{
    void *tokens = utt->tokens;
    if (!base_reserve(&tokens, &utt->token_capacity, utt->n_tokens, sizeof *utt->tokens))
        return NULL;
    utt->tokens = tokens;
    if (!base_buffer_add(&utt->text, " ", space_before && utt->n_tokens ? 1 : 0))
        return NULL;
    struct fe_token *const token = &utt->tokens[utt->n_tokens++];
    *token = (struct fe_token){.kind = kind, .space_before = space_before, .text_offset = utt->text.length};
    return token;
}

bool fe_utterance_append(struct utterance *utt, const struct utterance *more, bool space_before)
{
    for (size_t i = 0; i < more->n_tokens; i++) {
        const struct fe_token *const from = &more->tokens[i];
        struct fe_token *const to = fe_utterance_add(utt, from->kind, i ? from->space_before : space_before);
        if (!to || !base_buffer_add(&utt->text, more->text.data + from->text_offset, from->text_length))
            return false;
        const struct fe_token added = *to;
        *to = *from;
        to->space_before = added.space_before;
        to->text_offset = added.text_offset;
    }
    return true;
}

void fe_utterance_cut(struct utterance *utt, size_t n_tokens)
{
    utt->n_tokens = n_tokens;
    const struct fe_token *const last = n_tokens ? &utt->tokens[n_tokens - 1] : NULL;
    base_buffer_cut(&utt->text, last ? last->text_offset + last->text_length : 0);
}

/* Sorted by code point. */
static const struct fe_punct punct_table[] = {
    {'!', '!', FE_PUNCT_CLAUSE | FE_PUNCT_END},
    {'"', '"', FE_PUNCT_INNER | FE_PUNCT_CLOSE},
    {'(', '(', FE_PUNCT_INNER | FE_PUNCT_OPEN},
    {')', ')', FE_PUNCT_INNER | FE_PUNCT_CLOSE},
    {',', ',', FE_PUNCT_CLAUSE},
    {'.', '.', FE_PUNCT_CLAUSE | FE_PUNCT_END},
    {':', ':', FE_PUNCT_CLAUSE},
    {';', ';', FE_PUNCT_CLAUSE},
    {'?', '?', FE_PUNCT_CLAUSE | FE_PUNCT_END},
    {'|', ',', FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                                   /* border of a table's cells */
    {0xA1, 0, FE_PUNCT_INNER},                                                      /* inverted ! */
    {0xAB, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                                 /* << */
    {0xBB, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                                /* >> */
    {0xBF, 0, FE_PUNCT_INNER},                                                      /* inverted ? */
    {0x589, '.', FE_PUNCT_CLAUSE | FE_PUNCT_END},                                   /* Armenian full stop */
    {0x60C, ',', FE_PUNCT_CLAUSE},                                                  /* Arabic comma */
    {0x61B, ';', FE_PUNCT_CLAUSE},                                                  /* Arabic semicolon */
    {0x61F, '?', FE_PUNCT_CLAUSE | FE_PUNCT_END},                                   /* Arabic question mark */
    {0x6D4, '.', FE_PUNCT_CLAUSE | FE_PUNCT_END},                                   /* Urdu full stop */
    {0x964, '.', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END | FE_PUNCT_HARD},  /* danda */
    {0x965, '.', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END | FE_PUNCT_HARD},  /* double danda */
    {0x2014, 0x2014, FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                             /* em dash */
    {0x2015, 0x2014, FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                             /* horizontal bar */
    {0x201C, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* left double quote */
    {0x201D, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                              /* right double quote */
    {0x201E, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* low double quote */
    {0x2026, 0x2026, FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END},              /* ellipsis */
    {0x3001, ',', FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                                /* ideographic comma */
    {0x3002, '.', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END | FE_PUNCT_HARD}, /* ideographic full stop */
    {0x3008, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* title bracket */
    {0x3009, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                              /* title bracket */
    {0x300A, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* double title bracket */
    {0x300B, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                              /* double title bracket */
    {0x300C, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* corner bracket */
    {0x300D, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                              /* corner bracket */
    {0x300E, 0x201C, FE_PUNCT_INNER | FE_PUNCT_OPEN},                               /* white corner bracket */
    {0x300F, 0x201D, FE_PUNCT_INNER | FE_PUNCT_CLOSE},                              /* white corner bracket */
    {0x3010, '(', FE_PUNCT_INNER | FE_PUNCT_OPEN},                                  /* black lenticular bracket */
    {0x3011, ')', FE_PUNCT_INNER | FE_PUNCT_CLOSE},                                 /* black lenticular bracket */
    {0xFF01, '!', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END | FE_PUNCT_HARD}, /* fullwidth ! */
    {0xFF08, '(', FE_PUNCT_INNER | FE_PUNCT_OPEN},                                  /* fullwidth ( */
    {0xFF09, ')', FE_PUNCT_INNER | FE_PUNCT_CLOSE},                                 /* fullwidth ) */
    {0xFF0C, ',', FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                                /* fullwidth , */
    {0xFF1A, ':', FE_PUNCT_INNER | FE_PUNCT_CLAUSE},                                /* fullwidth : */
    {0xFF1B, ';', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_HARD},                /* fullwidth ; */
    {0xFF1F, '?', FE_PUNCT_INNER | FE_PUNCT_CLAUSE | FE_PUNCT_END | FE_PUNCT_HARD}, /* fullwidth ? */
};

const struct fe_punct *fe_punct_find(uint32_t codepoint)
{
    size_t low = 0, high = sizeof punct_table / sizeof *punct_table;
    if (base_is_ascii_letter(codepoint)) /* most are */
        return NULL;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (punct_table[middle].codepoint == codepoint)
            return &punct_table[middle];
        if (punct_table[middle].codepoint < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- as a language sees it ---- */

static struct sentence_token token_of(const void *of, size_t i)
{
    const struct utterance *const utt = of;
    const struct fe_token *const token = &utt->tokens[i];
    return (struct sentence_token){
        .text = utt->text.data + token->text_offset,
        .length = token->text_length,
        .ipa = utt->ipa.data ? utt->ipa.data + token->ipa_offset : NULL,
        .ipa_length = token->ipa_length,
        .word = token->kind == FE_WORD,
        .opens = token->kind == FE_PUNCT && (fe_punct_find(token->punct)->flags & FE_PUNCT_OPEN),
        .rest = token->rest,
    };
}

struct sentence fe_utterance_sentence(const struct utterance *utt)
{
    return (struct sentence){utt->n_tokens, utt, token_of};
}
