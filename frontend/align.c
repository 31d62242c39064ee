/* Alignment of words with phonemes. espeak-ng answers one string for a clause, in which the spaces aren't those of
 * the text: it joins "of the", says three words for "101", nothing for "-". So the phonemes that each word has alone,
 * with borders between, are matched with the clause's by least edit cost (Needleman and Wunsch 1970, in a band around
 * the diagonal), where a border likes to meet a space. Vowels change in context and are cheap to replace; nothing
 * here can fail but for memory. */
#include "align.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "utterance.h"
#include <string.h>

enum { BORDER = 1, SPACE = ' ' }; /* code points of a word border in `expected`, and of a space in either */

enum move { MOVE_MATCH, MOVE_DROP, MOVE_INSERT }; /* both; only expected; only spoken */

enum { COST_PHONE = 3, COST_BORDER_LOST = 1, COST_SPACE_LOST = 1, COST_EXTRA = 3, COST_NEVER = 1000 };

#define BAND_MARGIN 24 /* half width of the band beyond the difference in length */
#define UNREACHED (UINT32_MAX / 2)
#define MAX_CELLS 8388608 /* of the table of moves; larger clauses are shared out evenly */

/* ---- the two strings ----------------------------------------------------------------------------------------------
 * */

static bool is_mark_before(uint32_t c)
{
    return c == 0x2C8 || c == 0x2CC; /* primary and secondary stress */
}

static bool is_mark_behind(uint32_t c)
{
    return (c >= 0x2B0 && c <= 0x2DF) || (c >= 0x300 && c <= 0x36F); /* length, aspiration, diacritics */
}

static bool add_char(struct align_char **chars, size_t *count, size_t *capacity, struct align_char c)
{
    void *array = *chars;
    if (!base_reserve(&array, capacity, *count, sizeof c))
        return false;
    *chars = array;
    (*chars)[(*count)++] = c;
    return true;
}

/* Vowels of IPA and of the letters that voices use for diphthongs. */
static bool is_vowel(uint32_t c)
{
    static const uint32_t vowels[] = {
        'A',   'I',   'O',   'Q',   'W',   'Y',   'a',   'e',   'i',   'o',    'u',    'y',   0xE6,
        0xF8,  0x153, 0x250, 0x251, 0x252, 0x254, 0x258, 0x259, 0x25A, 0x25B,  0x25C,  0x25D, 0x25E,
        0x264, 0x268, 0x26A, 0x26F, 0x275, 0x289, 0x28A, 0x28C, 0x28F, 0x1D4A, 0x1D7B,
    };
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (vowels[i] == c)
            return true;
    return false;
}

static uint8_t kind_of(uint32_t c)
{
    return c == SPACE ? ALIGN_SPACE : is_vowel(c) ? ALIGN_VOWEL : ALIGN_CONSONANT;
}

/* Splits IPA into characters, marks joined to what they mark. */
static bool add_string(struct align_char **chars, size_t *count, size_t *capacity, size_t word, const char *ipa,
                       size_t size)
{
    const size_t first = *count;
    size_t start = 0;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(ipa + i, size - i);
        i += c.length;
        if (is_mark_before(c.value) && i < size)
            continue;
        if (is_mark_behind(c.value) && *count > first && (*chars)[*count - 1].end == start)
            (*chars)[*count - 1].end = i;
        else if (!add_char(chars, count, capacity, (struct align_char){c.value, kind_of(c.value), start, i, word}))
            return false;
        start = i;
    }
    return true;
}

void fe_align_start(struct aligner *aligner)
{
    aligner->n_expected = 0;
}

bool fe_align_expect(struct aligner *aligner, size_t word, const char *ipa, size_t size)
{
    const struct align_char border = {.codepoint = BORDER, .word = word};
    if (word > 0 && !add_char(&aligner->expected, &aligner->n_expected, &aligner->expected_capacity, border))
        return false;
    return add_string(&aligner->expected, &aligner->n_expected, &aligner->expected_capacity, word, ipa, size);
}

/* ---- costs --------------------------------------------------------------------------------------------------------
 * */

/* What it costs to meet another character than the expected one, by the kind of that. */
static void set_match_costs(const struct align_char *expected, uint32_t costs[ALIGN_KINDS])
{
    const bool vowel = expected->kind == ALIGN_VOWEL;
    costs[ALIGN_CONSONANT] = vowel ? 2 * COST_PHONE : COST_PHONE;
    costs[ALIGN_VOWEL] = vowel ? COST_PHONE - 1 : 2 * COST_PHONE;
    costs[ALIGN_SPACE] = COST_NEVER;
    if (expected->codepoint == BORDER || expected->codepoint == SPACE)
        costs[ALIGN_CONSONANT] = costs[ALIGN_VOWEL] = COST_NEVER;
    if (expected->codepoint == BORDER)
        costs[ALIGN_SPACE] = 0;
}

static uint32_t drop_cost(uint32_t expected)
{
    return expected == BORDER ? COST_BORDER_LOST : expected == SPACE ? COST_SPACE_LOST : COST_PHONE;
}

/* ---- the table ----------------------------------------------------------------------------------------------------
 * */

/* Row i of the table covers spoken characters low ... low + width - 1, around the diagonal. */
struct band {
    size_t rows, columns, width; /* rows = n_expected + 1, columns = n_spoken + 1 */
};

static struct band make_band(size_t n_expected, size_t n_spoken)
{
    const size_t apart = n_expected > n_spoken ? n_expected - n_spoken : n_spoken - n_expected;
    struct band band = {n_expected + 1, n_spoken + 1, 2 * (apart + BAND_MARGIN) + 1};
    if (band.width > band.columns)
        band.width = band.columns;
    return band;
}

static size_t band_low(const struct band *band, size_t row)
{
    const size_t centre = band->rows > 1 ? row * (band->columns - 1) / (band->rows - 1) : 0;
    const size_t half = band->width / 2;
    const size_t last = band->columns - band->width;
    const size_t low = centre > half ? centre - half : 0;
    return low < last ? low : last;
}

static bool reserve_table(struct aligner *aligner, const struct band *band)
{
    const size_t cells = band->rows * band->width;
    if (aligner->cost_capacity < 2 * band->columns) {
        uint32_t *const costs = base_resize(aligner->costs, 0, 2 * band->columns, sizeof *costs);
        if (!costs)
            return false;
        aligner->costs = costs;
        aligner->cost_capacity = 2 * band->columns;
    }
    if (aligner->move_capacity < cells) {
        uint8_t *const moves = base_resize(aligner->moves, 0, cells, 1);
        if (!moves)
            return false;
        aligner->moves = moves;
        aligner->move_capacity = cells;
    }
    return true;
}

/* Row 0: all that is spoken is extra. Cells to the right of a row's band can't be reached until the band has moved on. */
static void fill_first_row(const struct band *band, uint32_t *row, uint32_t *other)
{
    for (size_t j = 0; j < band->columns; j++) {
        row[j] = j < band->width ? (uint32_t)j * COST_EXTRA : UNREACHED;
        other[j] = UNREACHED;
    }
}

/* Row i > 0; rows are indexed by column. The band moves to the right only. */
static void fill_row(struct aligner *aligner, const struct band *band, size_t i, const uint32_t *above, uint32_t *row)
{
    const struct align_char *const expected = &aligner->expected[i - 1], *const spoken = aligner->spoken;
    const uint32_t codepoint = expected->codepoint, drop = drop_cost(codepoint);
    const size_t low = band_low(band, i), end = low + band->width;
    uint8_t *const moves = aligner->moves + i * band->width - low;
    uint32_t costs[ALIGN_KINDS];
    set_match_costs(expected, costs);
    uint32_t last = UNREACHED, met = UNREACHED; /* of the cells to the left, and above that */
    if (low > 0) {
        row[low - 1] = UNREACHED;
        met = above[low - 1];
    }
    for (size_t j = low; j < end; j++) {
        uint32_t best = j ? met + (spoken[j - 1].codepoint == codepoint ? 0 : costs[spoken[j - 1].kind]) : UNREACHED;
        uint8_t move = MOVE_MATCH;
        met = above[j];
        if (met + drop < best) {
            best = met + drop;
            move = MOVE_DROP;
        }
        if (last + COST_EXTRA < best) {
            best = last + COST_EXTRA;
            move = MOVE_INSERT;
        }
        row[j] = last = best;
        moves[j] = move;
    }
}

/* Walks back and notes for each spoken character the word of the expected one that it met, or that stands before it. */
static void trace_back(struct aligner *aligner, const struct band *band)
{
    size_t i = band->rows - 1, j = band->columns - 1;
    while (j > 0) {
        uint8_t move = MOVE_INSERT;
        if (i > 0)
            move = aligner->moves[i * band->width + (j - band_low(band, i))];
        if (move != MOVE_DROP) {
            aligner->spoken[j - 1].word = aligner->expected[i ? i - 1 : 0].word;
            j--;
        }
        i -= move != MOVE_INSERT;
    }
}

static bool align_by_cost(struct aligner *aligner, const struct band *band)
{
    if (!reserve_table(aligner, band))
        return false;
    uint32_t *above = aligner->costs, *row = aligner->costs + band->columns;
    fill_first_row(band, above, row);
    for (size_t i = 1; i < band->rows; i++) {
        fill_row(aligner, band, i, above, row);
        uint32_t *const swap = above;
        above = row;
        row = swap;
    }
    trace_back(aligner, band);
    return true;
}

/* For clauses too long for the table, or with nothing expected: equal shares. */
static void align_evenly(struct aligner *aligner, size_t n_words)
{
    for (size_t j = 0; j < aligner->n_spoken; j++)
        aligner->spoken[j].word = j * n_words / aligner->n_spoken;
}

/* ---- result -------------------------------------------------------------------------------------------------------
 * */

static void collect(const struct aligner *aligner, size_t n_words, size_t *starts, size_t *ends)
{
    size_t j = 0, done = 0;
    for (size_t w = 0; w < n_words; w++) {
        starts[w] = ends[w] = done;
        bool empty = true;
        for (; j < aligner->n_spoken && aligner->spoken[j].word <= w; j++) {
            if (aligner->spoken[j].codepoint == SPACE)
                continue;
            if (empty)
                starts[w] = aligner->spoken[j].start;
            empty = false;
            ends[w] = done = aligner->spoken[j].end;
        }
    }
}

bool fe_align(struct aligner *aligner, const char *ipa, size_t size, size_t n_words, size_t *starts, size_t *ends)
{
    aligner->n_spoken = 0;
    if (!add_string(&aligner->spoken, &aligner->n_spoken, &aligner->spoken_capacity, 0, ipa, size))
        return false;
    const struct band band = make_band(aligner->n_expected, aligner->n_spoken);
    if (aligner->n_expected == 0 || band.rows > MAX_CELLS / band.width)
        align_evenly(aligner, n_words);
    else if (!align_by_cost(aligner, &band))
        return false;
    collect(aligner, n_words, starts, ends);
    return true;
}

void fe_align_free(struct aligner *aligner)
{
    base_free(aligner->expected);
    base_free(aligner->spoken);
    base_free(aligner->costs);
    base_free(aligner->moves);
    *aligner = (struct aligner){0};
}
