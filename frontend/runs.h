/* Which runs of a clause's IPA hold which words. espeak-ng parts words by spaces but joins some little ones, "of the":
 * a run of IPA between two spaces holds one word, or several. */
#ifndef LINNET_FRONTEND_RUNS_H
#define LINNET_FRONTEND_RUNS_H

#include "base/compiler.h"
#include "base/pieces.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One run; words: how many it holds, set by fe_runs_share(). */
struct run {
    struct base_range bytes;
    size_t words;
};

/* Work space; grows and is reused. */
struct runs {
    const char *ipa;
    struct run *list; /* [n] */
    size_t n, capacity;
    size_t n_words, n_joins;  /* words, and how many of them share a run with the word before */
    uint8_t *like;            /* [n_words][n_joins + 1]: what speaks for word w in run number w - join */
    struct run_state *states; /* [n + 1][n_joins + 1] */
    size_t like_capacity, state_capacity;
};

/* Begins: the runs of ipa[size], which n_words words share, at least as many as there are runs. `ipa` must live until
 * fe_runs_share(). */
BASE_MUST_USE bool fe_runs_start(struct runs *runs, const char *ipa, size_t size, size_t n_words);
/* Says that word number `word` sounds like ipa[size] when it is spoken alone. */
void fe_runs_expect(struct runs *runs, size_t word, const char *ipa, size_t size);
/* Says that it is too long to be joined with others, whatever it sounds like. */
void fe_runs_expect_long(struct runs *runs, size_t word);
/* Finds the words of each run. false: there is more than one way. */
bool fe_runs_share(struct runs *runs);

void fe_runs_free(struct runs *runs);

#endif
