/* Finds the likeliest way to share words out to runs: a word that sounds like the whole run speaks for being alone in
 * it. Dynamic programming over runs, and joins so far. See runs.h. */
#include "runs.h"

#include "base/alloc.h"

enum { LIKE_LONG = 1, LIKE_SAME = 3 }; /* what speaks for a word to be alone in a run */

#define MOST_WORDS 4 /* in a run */

/* The best way to share the words before a run, of which `joins` more than the runs before it. */
struct run_state {
    int score;     /* -1: there is none */
    uint8_t ways;  /* how many have this score: 1, or 2 for more */
    uint8_t words; /* in the last run */
};

/* ---- runs ---- */

static bool add_run(struct runs *runs, size_t start, size_t end)
{
    void *list = runs->list;
    if (!base_reserve(&list, &runs->capacity, runs->n, sizeof *runs->list))
        return false;
    runs->list = list;
    runs->list[runs->n++] = (struct run){{start, end}, 0};
    return true;
}

bool fe_runs_start(struct runs *runs, const char *ipa, size_t size, size_t n_words)
{
    size_t start = 0;
    runs->ipa = ipa;
    runs->n = 0;
    for (size_t i = 0; i <= size; i++)
        if (i == size || ipa[i] == ' ') {
            if (!add_run(runs, start, i))
                return false;
            start = i + 1;
        }
    runs->n_words = n_words;
    runs->n_joins = n_words - runs->n;
    void *like = runs->like, *states = runs->states;
    if (!base_reserve(&like, &runs->like_capacity, n_words * (runs->n_joins + 1), sizeof *runs->like))
        return false;
    runs->like = like;
    if (!base_reserve(&states, &runs->state_capacity, (runs->n + 1) * (runs->n_joins + 1), sizeof *runs->states))
        return false;
    runs->states = states;
    return true;
}

/* ---- words ---- */

static size_t skip_stress(const char *ipa, size_t size, size_t at)
{
    while (at + 1 < size && ipa[at] == '\xCB' && (ipa[at + 1] == '\x88' || ipa[at + 1] == '\x8C'))
        at += 2;
    return at;
}

/* The same but for stress. */
static bool is_same(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, k = 0;
    for (;;) {
        i = skip_stress(a, n, i);
        k = skip_stress(b, m, k);
        if (i == n || k == m)
            return i == n && k == m;
        if (a[i++] != b[k++])
            return false;
    }
}

void fe_runs_expect(struct runs *runs, size_t word, const char *ipa, size_t size)
{
    uint8_t *const like = runs->like + word * (runs->n_joins + 1);
    for (size_t join = 0; join <= runs->n_joins; join++) {
        const struct base_range *const run =
            join <= word && word - join < runs->n ? &runs->list[word - join].bytes : NULL;
        like[join] = run && is_same(runs->ipa + run->start, run->end - run->start, ipa, size) ? LIKE_SAME : 0;
    }
}

void fe_runs_expect_long(struct runs *runs, size_t word)
{
    uint8_t *const like = runs->like + word * (runs->n_joins + 1);
    for (size_t join = 0; join <= runs->n_joins; join++)
        like[join] = LIKE_LONG;
}

/* ---- sharing out ---- */

/* A way into a state, by `words` in the last run. */
static void offer(struct run_state *state, const struct run_state *from, int like, size_t words)
{
    const int score = from->score + like;
    if (score < state->score)
        return;
    state->ways = score > state->score ? from->ways : 2;
    state->score = score;
    state->words = (uint8_t)words;
}

static void share_run(struct runs *runs, size_t run)
{
    const size_t width = runs->n_joins + 1;
    const struct run_state *const before = runs->states + run * width;
    struct run_state *const behind = runs->states + (run + 1) * width;
    for (size_t joins = 0; joins < width; joins++)
        behind[joins] = (struct run_state){.score = -1};
    for (size_t joins = 0; joins < width; joins++) {
        if (before[joins].score < 0)
            continue;
        offer(&behind[joins], &before[joins], runs->like[(run + joins) * width + joins], 1);
        for (size_t words = 2; words <= MOST_WORDS && joins + words - 1 < width; words++)
            offer(&behind[joins + words - 1], &before[joins], 0, words);
    }
}

bool fe_runs_share(struct runs *runs)
{
    const size_t width = runs->n_joins + 1;
    for (size_t joins = 0; joins < width; joins++)
        runs->states[joins] = (struct run_state){.score = joins ? -1 : 0, .ways = 1};
    for (size_t run = 0; run < runs->n; run++)
        share_run(runs, run);
    size_t joins = runs->n_joins;
    const struct run_state last = runs->states[runs->n * width + joins];
    for (size_t run = runs->n; last.score >= 0 && run-- > 0; joins -= runs->list[run].words - 1)
        runs->list[run].words = runs->states[(run + 1) * width + joins].words;
    return last.score >= 0 && last.ways == 1;
}

void fe_runs_free(struct runs *runs)
{
    base_free(runs->list);
    base_free(runs->like);
    base_free(runs->states);
    *runs = (struct runs){0};
}
