/* Replaces the phonemes of words that espeak-ng says wrong. See correct.h.
 *
 * A word that has a row in the language's table gets its phonemes. One whose stem has a row ("Queensland's") keeps what
 * espeak-ng says behind the stem, if it says the stem as it does alone. So do the parts of "Queensland-born". */
#include "correct.h"

#include "base/alloc.h"
#include "base/chars.h"
#include <string.h>

#define LONGEST_WORD 64

static int out_of_memory(struct base_error *err)
{
    return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

/* A word in hand. */
struct search {
    struct corrector *work;
    const struct language_words_said *said;
    const char *voice; /* of espeak-ng; NULL: the pronouncer's */
    struct pronouncer *pronouncer;
    const struct phone_map *map;
};

/* ---- rows ---- */

/* Finds where the rows start, unless they are found already. */
static bool index_rows(struct corrector *work, const struct language_words_said *said)
{
    if (work->indexed == said)
        return true;
    work->indexed = NULL;
    work->n_rows = 0;
    for (size_t at = 0; said->rows && at < *said->size;) {
        void *starts = work->rows;
        if (!base_reserve(&starts, &work->row_capacity, work->n_rows, sizeof *work->rows))
            return false;
        work->rows = starts;
        work->rows[work->n_rows++] = (uint32_t)at;
        at = (size_t)((const char *)memchr(said->rows + at, '\n', *said->size - at) - said->rows) + 1;
    }
    work->indexed = said;
    return true;
}

/* < 0: word[n] comes before the row's word. */
static int compare(const char *word, size_t n, const char *row)
{
    const int order = strncmp(word, row, n);
    return order ? order : -(row[n] != ' ');
}

/* The IPA in the row of word[n]; NULL: there is none. */
static const char *find_row(const struct search *search, const char *word, size_t n, size_t *length)
{
    const struct corrector *const work = search->work;
    size_t low = 0, high = work->n_rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const char *const row = search->said->rows + work->rows[middle];
        const int order = compare(word, n, row);
        if (!order) {
            *length = strcspn(row + n + 1, "\n");
            return row + n + 1;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* The row of a word in the voice's characters -> work->row. */
static int row_of(const struct search *search, const char *word, size_t n, bool *found, struct base_error *err)
{
    size_t length;
    uint32_t unknown;
    const char *const ipa = find_row(search, word, n, &length);
    *found = ipa != NULL;
    return ipa ? fe_map_given(search->map, ipa, length, &search->work->row, &search->work->scratch, &unknown, err)
               : LINNET_OK;
}

/* ---- stems ---- */

/* Bytes of ipa[n] that are `stem`, but for the t that a vowel behind it softens; 0: it doesn't start so. */
static size_t starts_with_stem(const char *ipa, size_t n, const char *stem, size_t length, bool *soft)
{
    *soft = false;
    if (n > length && memcmp(ipa, stem, length) == 0)
        return length;
    static const char *const softened[] = {"T", "\u027E"};
    if (length < 2 || stem[length - 1] != 't' || n < length || memcmp(ipa, stem, length - 1) != 0)
        return 0;
    for (size_t i = 0; i < 2; i++) {
        const size_t k = strlen(softened[i]);
        *soft = n >= length - 1 + k && memcmp(ipa + length - 1, softened[i], k) == 0;
        if (*soft)
            return length - 1;
    }
    return 0;
}

/* Corrects ipa[n] of a word by the row of its stem -> work->ipa. */
static int by_stem(const struct search *search, const char *stem, size_t stem_size, const char *ipa, size_t n,
                   bool *done, struct base_error *err)
{
    struct corrector *const work = search->work;
    const char *wrong;
    size_t length;
    bool soft;
    int status = row_of(search, stem, stem_size, done, err);
    if (status != LINNET_OK || !*done)
        return status;
    status = fe_pronounce_alone(search->pronouncer, search->voice, stem, stem_size, &wrong, &length, err);
    if (status != LINNET_OK)
        return status;
    const size_t taken = length ? starts_with_stem(ipa, n, wrong, length, &soft) : 0;
    *done = taken > 0;
    if (!*done)
        return LINNET_OK;
    if (soft && work->row.data[work->row.length - 1] == 't')
        base_buffer_cut(&work->row, work->row.length - 1);
    base_buffer_cut(&work->ipa, 0);
    return base_buffer_add(&work->ipa, work->row.data, work->row.length) &&
                   base_buffer_add(&work->ipa, ipa + taken, n - taken)
               ? LINNET_OK
               : out_of_memory(err);
}

static int by_ending(const struct search *search, const char *word, size_t size, const char *ipa, size_t n, bool *done,
                     struct base_error *err)
{
    int status = LINNET_OK;
    *done = false;
    for (size_t i = 0; i < search->said->n_endings && status == LINNET_OK && !*done; i++) {
        const struct word_ending *const ending = &search->said->endings[i];
        const size_t letters = strlen(ending->letters), back = strlen(ending->stem);
        char stem[LONGEST_WORD + 8];
        if (size < letters + 2 || memcmp(word + size - letters, ending->letters, letters) != 0)
            continue;
        memcpy(stem, word, size - letters);
        memcpy(stem + size - letters, ending->stem, back);
        status = by_stem(search, stem, size - letters + back, ipa, n, done, err);
    }
    return status;
}

/* ---- words ---- */

/* The right phonemes of a part of a word, ipa[n] being what espeak-ng says -> work->ipa; *done false: it is right. */
static int correct_part(const struct search *search, const char *word, size_t size, const char *ipa, size_t n,
                        bool *done, struct base_error *err)
{
    int status = row_of(search, word, size, done, err);
    if (status != LINNET_OK)
        return status;
    if (!*done)
        return by_ending(search, word, size, ipa, n, done, err);
    base_buffer_cut(&search->work->ipa, 0);
    return base_buffer_add(&search->work->ipa, search->work->row.data, search->work->row.length) ? LINNET_OK
                                                                                                 : out_of_memory(err);
}

static bool is_of_word(char c)
{
    return c == '\'' || base_is_letter_byte(c);
}

/* Lower case of ASCII and Latin-1, without an apostrophe at the end. */
static bool fold(struct base_buffer *word, const char *text, size_t size)
{
    base_buffer_cut(word, 0);
    size -= size > 1 && text[size - 1] == '\'';
    if (!base_buffer_add(word, text, size))
        return false;
    for (size_t i = 0; i < size; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool latin = i && (unsigned char)text[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;
        if ((c >= 'A' && c <= 'Z') || latin)
            word->data[i] = (char)(c + 0x20);
    }
    return true;
}

static const char *find_bytes(const char *text, size_t size, const char *bytes, size_t n)
{
    for (size_t i = 0; n && i + n <= size; i++)
        if (memcmp(text + i, bytes, n) == 0)
            return text + i;
    return NULL;
}

/* Appends ipa[n], what espeak-ng says for the several words of work->word, to work->out with those corrected that it
 * says as it does alone. */
static int correct_parts(const struct search *search, const char *ipa, size_t n, struct base_error *err)
{
    const struct base_buffer *const word = &search->work->word;
    struct base_buffer *const out = &search->work->out;
    size_t at = 0;
    for (size_t start = 0, end; start < word->length; start = end + 1) {
        for (end = start; end < word->length && is_of_word(word->data[end]); end++)
            ;
        const char *alone;
        size_t length;
        bool done;
        int status =
            end - start > 2 ? correct_part(search, word->data + start, end - start, "", 0, &done, err) : LINNET_OK;
        if (status != LINNET_OK)
            return status;
        if (end - start <= 2 || !done)
            continue;
        status = fe_pronounce_alone(search->pronouncer, search->voice, word->data + start, end - start, &alone, &length,
                                    err);
        if (status != LINNET_OK)
            return status;
        const char *const hit = find_bytes(ipa + at, n - at, alone, length);
        if (!hit)
            continue;
        if (!base_buffer_add(out, ipa + at, (size_t)(hit - ipa) - at) ||
            !base_buffer_add(out, search->work->ipa.data, search->work->ipa.length))
            return out_of_memory(err);
        at = (size_t)(hit - ipa) + length;
    }
    return base_buffer_add(out, ipa + at, n - at) ? LINNET_OK : out_of_memory(err);
}

/* The end of the word whose phonemes are work->out[from ... ). */
static int mend_end(const struct search *search, size_t from, struct base_error *err)
{
    struct corrector *const work = search->work;
    size_t drop;
    uint32_t unknown;
    const char *const end = search->said->mend
                                ? search->said->mend(work->word.data, work->word.length, work->out.data + from,
                                                     work->out.length - from, &drop)
                                : NULL;
    if (!end)
        return LINNET_OK;
    base_buffer_cut(&work->out, work->out.length - drop);
    const int status = fe_map_given(search->map, end, strlen(end), &work->row, &work->scratch, &unknown, err);
    if (status != LINNET_OK)
        return status;
    return base_buffer_add(&work->out, work->row.data, work->row.length) ? LINNET_OK : out_of_memory(err);
}

/* Appends the right phonemes of a word to work->out. */
static int correct_word(const struct search *search, const char *text, size_t size, const char *ipa, size_t n,
                        struct base_error *err)
{
    struct corrector *const work = search->work;
    const size_t from = work->out.length;
    bool done = false, whole = true;
    if (!fold(&work->word, text, size))
        return out_of_memory(err);
    for (size_t i = 0; i < work->word.length && whole; i++)
        whole = is_of_word(work->word.data[i]);
    int status = LINNET_OK;
    if (whole)
        status = correct_part(search, work->word.data, work->word.length, ipa, n, &done, err);
    else
        status = correct_parts(search, ipa, n, err);
    if (status == LINNET_OK && whole &&
        !base_buffer_add(&work->out, done ? work->ipa.data : ipa, done ? work->ipa.length : n))
        status = out_of_memory(err);
    return status == LINNET_OK ? mend_end(search, from, err) : status;
}

/* Appends what is right for the word tokens[index], of which espeak-ng says ipa[n], to work->out. */
static int correct_token(const struct search *search, const struct language *language, const struct utterance *utt,
                         size_t index, const char *ipa, size_t n, struct base_error *err)
{
    struct corrector *const work = search->work;
    const struct fe_token *const token = &utt->tokens[index];
    size_t length;
    uint32_t unknown;
    const struct sentence sentence = fe_utterance_sentence(utt);
    const char *const reading =
        language->reading && !token->given ? language->reading(&sentence, index, &length, &work->why) : NULL;
    if (reading) {
        const int status = fe_map_given(search->map, reading, length, &work->row, &work->scratch, &unknown, err);
        if (status != LINNET_OK)
            return status;
        return base_buffer_add(&work->out, work->row.data, work->row.length) ? LINNET_OK : out_of_memory(err);
    }
    if (!search->said || token->given || token->text_length > LONGEST_WORD)
        return base_buffer_add(&work->out, ipa, n) ? LINNET_OK : out_of_memory(err);
    if (!index_rows(work, search->said))
        return out_of_memory(err);
    return correct_word(search, utt->text.data + token->text_offset, token->text_length, ipa, n, err);
}

/* What a pass over the words needs. */
struct pass {
    struct corrector *work;
    const struct language *language;
    struct pronouncer *pronouncer;
    const struct phone_map *map;
    const struct utterance *utt;
};

static const struct language *language_of(const struct pass *pass, const struct fe_token *token)
{
    return token->voice ? language_find(token->voice) : pass->language;
}

static int correct_one(const struct pass *pass, size_t index, const char *ipa, size_t n, struct base_error *err)
{
    const struct fe_token *const token = &pass->utt->tokens[index];
    const struct language *const language = language_of(pass, token);
    const struct search search = {pass->work, language->said, token->voice, pass->pronouncer, pass->map};
    return correct_token(&search, language, pass->utt, index, ipa, n, err);
}

/* The IPA that the language wants for a little word in its place; NULL: it has it. */
static const char *fitting(const struct pass *pass, size_t index)
{
    const struct fe_token *const token = &pass->utt->tokens[index];
    if (token->kind != FE_WORD || !token->ipa_length || token->given)
        return NULL;
    const struct language *const language = language_of(pass, token);
    const struct sentence sentence = fe_utterance_sentence(pass->utt);
    return language->fit ? language->fit(&sentence, index) : NULL;
}

static int fit_one(const struct pass *pass, size_t index, const char *ipa, size_t n, struct base_error *err)
{
    struct corrector *const work = pass->work;
    const char *const better = fitting(pass, index);
    uint32_t unknown;
    if (!better)
        return base_buffer_add(&work->out, ipa, n) ? LINNET_OK : out_of_memory(err);
    const int status = fe_map_given(pass->map, better, strlen(better), &work->row, &work->scratch, &unknown, err);
    if (status != LINNET_OK)
        return status;
    return base_buffer_add(&work->out, work->row.data, work->row.length) ? LINNET_OK : out_of_memory(err);
}

/* Makes the IPA of each word anew by one(), which appends it to work->out. */
static int each_word(const struct pass *pass, struct utterance *utt,
                     int (*one)(const struct pass *pass, size_t index, const char *ipa, size_t n,
                                struct base_error *err),
                     struct base_error *err)
{
    struct base_buffer *const out = &pass->work->out;
    size_t at = 0;
    base_buffer_cut(out, 0);
    for (size_t i = 0; i < utt->n_tokens; i++) {
        const struct fe_token before = utt->tokens[i];
        if (before.kind != FE_WORD || !before.ipa_length)
            continue;
        if (!base_buffer_add(out, utt->ipa.data + at, before.ipa_offset - at))
            return out_of_memory(err);
        const size_t start = out->length;
        const int status = one(pass, i, utt->ipa.data + before.ipa_offset, before.ipa_length, err);
        if (status != LINNET_OK)
            return status;
        at = before.ipa_offset + before.ipa_length;
        pass->work->places[i] = (struct base_range){start, out->length};
    }
    for (size_t i = 0; i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        if (token->kind == FE_WORD && token->ipa_length) {
            token->ipa_offset = pass->work->places[i].start;
            token->ipa_length = pass->work->places[i].end - pass->work->places[i].start;
        }
    }
    const struct base_buffer ipa = utt->ipa;
    utt->ipa = *out;
    *out = ipa;
    return LINNET_OK;
}

int fe_correct(struct corrector *work, const struct language *language, struct pronouncer *pronouncer,
               const struct phone_map *map, struct utterance *utt, struct base_error *err)
{
    const struct pass pass = {work, language, pronouncer, map, utt};
    void *places = work->places;
    if (!base_reserve(&places, &work->place_capacity, utt->n_tokens, sizeof *work->places))
        return out_of_memory(err);
    work->places = places;
    base_buffer_cut(&work->why, 0);
    const int status = each_word(&pass, utt, correct_one, err);
    bool fits = true;
    for (size_t i = 0; i < utt->n_tokens && fits && status == LINNET_OK; i++)
        fits = !fitting(&pass, i);
    return fits ? status : each_word(&pass, utt, fit_one, err);
}

void fe_corrector_free(struct corrector *work)
{
    base_buffer_free(&work->word);
    base_buffer_free(&work->ipa);
    base_buffer_free(&work->row);
    base_buffer_free(&work->scratch);
    base_buffer_free(&work->out);
    base_buffer_free(&work->why);
    base_free(work->rows);
    base_free(work->places);
}
