/* One sentence on its way through the front end: its tokens, their spoken text and their phonemes.
 *
 * A token is a word or one punctuation character. Each step of the front end reads what the step before has filled in:
 *   clause      tokens with their bytes in the caller's text, and their spoken text;
 *   pronounce   the phonemes of each token (IPA in the voice's characters);
 *   phone map   ids.
 * A step in between (normaliser, dictionary) may give a token another spoken text: the caller's bytes stay with it.
 * Everything grows on demand and is reused by the next sentence. */
#ifndef LINNET_FRONTEND_UTTERANCE_H
#define LINNET_FRONTEND_UTTERANCE_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/records.h"
#include "frontend/language/sentence.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fe_token_kind { FE_WORD, FE_PUNCT };

struct fe_token {
    enum fe_token_kind kind;
    uint32_t punct;                  /* FE_PUNCT: the character in its canonical form (fe_punct_find) */
    bool space_before;               /* white space stood before it */
    bool capital;                    /* starts with a capital letter in the caller's text */
    bool rest;                       /* FE_WORD: markup has a pause between it and the word before it */
    const char *voice;               /* espeak-ng's voice that pronounces it; borrowed; NULL: the voice's own */
    const char *given;               /* FE_WORD: its phonemes, when they are prescribed; borrowed; NULL: none */
    size_t byte_offset, byte_length; /* in the caller's text */
    size_t text_offset, text_length; /* in utterance.text */
    float pause_ms; /* silence behind the word or mark before it, beside what the voice makes of the marks */
    size_t ipa_offset, ipa_length; /* in utterance.ipa; FE_WORD only. Two words of one piece whose phonemes touch were
                                        spoken as one ("of the"); others have one space between them */
};

/* What stands behind a sentence. */
enum fe_gap_kind { FE_GAP_SPACE, FE_GAP_ITEM, FE_GAP_PARAGRAPH };

struct utterance {
    struct fe_token *tokens;
    size_t n_tokens, token_capacity;
    struct base_buffer text;         /* spoken text: the tokens, one space between those that are apart */
    struct base_buffer ipa;          /* phonemes, piece after piece */
    size_t byte_offset, byte_length; /* the sentence in the caller's text */
    enum fe_gap_kind behind;
    float pause_ms;     /* silence behind it, as fe_token.pause_ms */
    bool rests;         /* some token has a rest before it */
    bool icons;         /* words with a capital ask for a sound */
    float raise;        /* and are spoken by so many semitones higher */
    size_t unread;      /* characters that have no reading */
    const char *joints; /* words before which it is best cut when it is too long, "and|or"; NULL: none */
};

void fe_utterance_clear(struct utterance *utt);
void fe_utterance_free(struct utterance *utt);

/* Adds an empty token behind the last, and the space before it to the text; NULL when out of memory. */
BASE_MUST_USE struct fe_token *fe_utterance_add(struct utterance *utt, enum fe_token_kind kind, bool space_before);
/* Adds the tokens of another one, which aren't pronounced yet; false: out of memory. */
BASE_MUST_USE bool fe_utterance_append(struct utterance *utt, const struct utterance *more, bool space_before);
/* Keeps the first n_tokens. */
void fe_utterance_cut(struct utterance *utt, size_t n_tokens);

/* As a language sees it. */
struct sentence fe_utterance_sentence(const struct utterance *utt);

/* Punctuation characters and what they do. */
enum {
    FE_PUNCT_INNER = 1,  /* parts words wherever it stands; the others only at the end of a word */
    FE_PUNCT_CLAUSE = 2, /* a pause: a long sentence may be cut after it */
    FE_PUNCT_END = 4,    /* may end a sentence */
    FE_PUNCT_HARD = 8,   /* ends a sentence without white space behind it (languages written without spaces) */
    FE_PUNCT_OPEN = 16,  /* belongs to what follows */
    FE_PUNCT_CLOSE = 32  /* belongs to what precedes, after the end of a sentence too */
};

struct fe_punct {
    uint32_t codepoint, canonical; /* canonical 0: parts words, but isn't kept */
    unsigned flags;
};

/* NULL when the character isn't punctuation. */
const struct fe_punct *fe_punct_find(uint32_t codepoint);

#endif
