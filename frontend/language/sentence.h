/* A sentence as a language sees it that chooses how a word is pronounced. */
#ifndef LINNET_FRONTEND_SENTENCE_H
#define LINNET_FRONTEND_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/* A word or a mark. What it points to holds until the sentence changes. */
struct sentence_token {
    const char *text; /* [length], as it is spoken */
    size_t length;
    const char *ipa; /* [ipa_length]; 0: it isn't pronounced, or not yet */
    size_t ipa_length;
    bool word;  /* not a mark */
    bool rest;  /* a word: a pause stands before it */
    bool opens; /* a mark that belongs to what follows */
};

struct sentence {
    size_t n_tokens;
    const void *of;
    struct sentence_token (*token)(const void *of, size_t i); /* i < n_tokens */
};

static inline struct sentence_token sentence_at(const struct sentence *sentence, size_t i)
{
    return sentence->token(sentence->of, i);
}

#endif
