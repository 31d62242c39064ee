/* Words -> IPA. Each piece of a sentence, the words of one language between two punctuation marks or pauses, goes to
 * espeak-ng as a whole, since words change in context; then its IPA is shared out to the words: run by run
 * (runs.c), or, within a run of several words and where runs don't tell, character by character (align.c). For that
 * words are also spoken alone, from a cache. */
#include "pronounce.h"

#include "align.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "frontend/language/language.h"
#include "phonemize.h"
#include "runs.h"
#include "scripts.h"
#include <string.h>

#define CACHE_SLOTS 4096
#define CACHE_WORD 24
#define CACHE_IPA 48
#define LONGEST_JOINED 6 /* bytes of words that espeak-ng may join with others */

/* A word and its IPA when spoken alone; text_length 0: empty. */
struct cached_word {
    uint8_t text_length, ipa_length;
    char text[CACHE_WORD], ipa[CACHE_IPA];
};

struct pronouncer {
    const char *voice;
    const struct language *language; /* of the voice */
    const struct phone_map *map;
    struct aligner aligner;
    struct runs runs;
    struct base_buffer piece, word_ipa, scratch;
    size_t *borders; /* [2 * words of the piece]: starts, ends */
    size_t border_capacity;
    struct cached_word *cache; /* [CACHE_SLOTS], by hash */
};

static int out_of_memory(struct base_error *err)
{
    return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

int fe_pronounce_open(struct pronouncer **out, const char *voice, const struct phone_map *map, struct base_error *err)
{
    *out = NULL;
    const int status = fe_espeak_check(voice, err);
    if (status != LINNET_OK)
        return status;
    struct pronouncer *pronouncer = base_alloc(1, sizeof *pronouncer);
    if (!pronouncer)
        return out_of_memory(err);
    pronouncer->voice = voice;
    pronouncer->language = language_find(voice);
    pronouncer->map = map;
    pronouncer->cache = base_alloc(CACHE_SLOTS, sizeof *pronouncer->cache);
    if (!pronouncer->cache) {
        fe_pronounce_close(&pronouncer);
        return out_of_memory(err);
    }
    *out = pronouncer;
    return LINNET_OK;
}

void fe_pronounce_close(struct pronouncer **pronouncer)
{
    struct pronouncer *const p = *pronouncer;
    if (!p)
        return;
    fe_align_free(&p->aligner);
    fe_runs_free(&p->runs);
    base_buffer_free(&p->piece);
    base_buffer_free(&p->word_ipa);
    base_buffer_free(&p->scratch);
    base_free(p->borders);
    base_free(p->cache);
    base_free(p);
    *pronouncer = NULL;
}

/* ---- words alone --------------------------------------------------------------------------------------------------
 * */

/* Writes p->piece with a language's respellings. */
static bool respell(struct pronouncer *p, const struct language *language)
{
    const struct language_respelling *const all = language->respellings;
    if (!all)
        return true;
    base_buffer_cut(&p->scratch, 0);
    for (size_t i = 0, taken; i < p->piece.length; i += taken) {
        const struct language_respelling *one = all;
        while (one->written && strncmp(p->piece.data + i, one->written, strlen(one->written)) != 0)
            one++;
        taken = one->written ? strlen(one->written) : 1;
        if (!(one->written ? base_buffer_add(&p->scratch, one->spelled, strlen(one->spelled))
                           : base_buffer_add(&p->scratch, p->piece.data + i, 1)))
            return false;
    }
    const struct base_buffer before = p->piece;
    p->piece = p->scratch;
    p->scratch = before;
    return base_buffer_add(&p->piece, "", 0);
}

/* The language of a voice of espeak-ng; NULL: of the pronouncer's own. */
static const struct language *language_of(const struct pronouncer *p, const char *voice)
{
    return voice ? language_find(voice) : p->language;
}

/* Appends the voice's IPA of `size` bytes of text to *ipa. `language` is a voice of espeak-ng; NULL: the voice's
 * own. */
static int speak(struct pronouncer *p, const char *language, const char *text, size_t size, struct base_buffer *ipa,
                 struct base_error *err)
{
    const size_t from = ipa->length;
    base_buffer_cut(&p->piece, 0);
    const char *const voice = language ? language : p->voice;
    if (!fe_part_scripts(voice, text, size, &p->piece) || !base_buffer_add(&p->piece, "", 0) ||
        !respell(p, language_of(p, language)) || !base_buffer_add(ipa, "", 0))
        return out_of_memory(err);
    const int status = fe_espeak_ipa(voice, p->piece.data, ipa, err);
    return status == LINNET_OK ? fe_map_rewrite(p->map, ipa, from, &p->scratch, err) : status;
}

/* FNV-1a */
static struct cached_word *cache_slot(struct pronouncer *p, const char *text, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return &p->cache[hash % CACHE_SLOTS];
}

int fe_pronounce_alone(struct pronouncer *p, const char *language, const char *text, size_t size, const char **ipa,
                       size_t *length, struct base_error *err)
{
    struct cached_word *const slot = cache_slot(p, text, size);
    const bool cacheable = !language && size > 0 && size <= CACHE_WORD;
    if (cacheable && slot->text_length == size && memcmp(slot->text, text, size) == 0) {
        *ipa = slot->ipa;
        *length = slot->ipa_length;
        return LINNET_OK;
    }
    base_buffer_cut(&p->word_ipa, 0);
    const int status = speak(p, language, text, size, &p->word_ipa, err);
    if (status != LINNET_OK)
        return status;
    if (cacheable && p->word_ipa.length <= CACHE_IPA) {
        slot->text_length = (uint8_t)size;
        slot->ipa_length = (uint8_t)p->word_ipa.length;
        memcpy(slot->text, text, size);
        memcpy(slot->ipa, p->word_ipa.data, p->word_ipa.length);
    }
    *ipa = p->word_ipa.data;
    *length = p->word_ipa.length;
    return LINNET_OK;
}

/* Tells the aligner what word number `number` sounds like alone. */
static int expect_word(struct pronouncer *p, const char *language, size_t number, const char *text, size_t size,
                       struct base_error *err)
{
    const char *ipa;
    size_t length;
    const int status = fe_pronounce_alone(p, language, text, size, &ipa, &length, err);
    if (status != LINNET_OK)
        return status;
    return fe_align_expect(&p->aligner, number, ipa, length) ? LINNET_OK : out_of_memory(err);
}

/* ---- pieces -------------------------------------------------------------------------------------------------------
 * */

/* Only letters and apostrophes, not all capitals: spoken as one word. */
static bool is_plain(const char *text, size_t size)
{
    size_t capitals = 0;
    for (size_t i = 0; i < size; i++) {
        const char c = text[i];
        const bool capital = c >= 'A' && c <= 'Z';
        if (!capital && !(c >= 'a' && c <= 'z') && c != '\'')
            return false;
        capitals += capital;
    }
    return size == 1 || capitals < 2;
}

static size_t count_runs(const char *ipa, size_t size)
{
    size_t n = size > 0;
    for (size_t i = 0; i < size; i++)
        n += ipa[i] == ' ';
    return n;
}

/* Shares out utt->ipa[base ... base + size) to the words by what they sound like alone. */
static int align_words(struct pronouncer *p, const struct utterance *utt, struct fe_token *words, size_t n_words,
                       size_t base, size_t size, struct base_error *err)
{
    fe_align_start(&p->aligner);
    for (size_t i = 0; i < n_words; i++) {
        const int status =
            expect_word(p, words[i].voice, i, utt->text.data + words[i].text_offset, words[i].text_length, err);
        if (status != LINNET_OK)
            return status;
    }
    void *borders = p->borders;
    if (!base_reserve(&borders, &p->border_capacity, 2 * n_words, sizeof *p->borders))
        return out_of_memory(err);
    p->borders = borders;
    if (!fe_align(&p->aligner, utt->ipa.data + base, size, n_words, p->borders, p->borders + n_words))
        return out_of_memory(err);
    for (size_t i = 0; i < n_words; i++) {
        words[i].ipa_offset = base + p->borders[i];
        words[i].ipa_length = p->borders[n_words + i] - p->borders[i];
    }
    return LINNET_OK;
}

/* Finds the runs that words share; *done false: they can't be told, or a word has several. */
static int find_runs(struct pronouncer *p, const struct utterance *utt, const struct fe_token *words, size_t n_words,
                     size_t base, bool *done, struct base_error *err)
{
    *done = false;
    if (!fe_runs_start(&p->runs, utt->ipa.data + base, utt->ipa.length - base, n_words))
        return out_of_memory(err);
    for (size_t i = 0; i < n_words; i++) {
        const char *const text = utt->text.data + words[i].text_offset, *ipa;
        const size_t size = words[i].text_length;
        size_t length;
        const bool plain = is_plain(text, size);
        if (plain && (p->runs.n == n_words || size > LONGEST_JOINED)) {
            fe_runs_expect_long(&p->runs, i);
            continue;
        }
        const int status = fe_pronounce_alone(p, words[i].voice, text, size, &ipa, &length, err);
        if (status != LINNET_OK || (!plain && count_runs(ipa, length) != 1))
            return status;
        fe_runs_expect(&p->runs, i, ipa, length);
    }
    *done = fe_runs_share(&p->runs);
    return LINNET_OK;
}

/* Shares out utt->ipa[base ... ) to the words, run by run if that can be told. */
static int share_out(struct pronouncer *p, struct utterance *utt, struct fe_token *words, size_t n_words, size_t base,
                     struct base_error *err)
{
    const size_t size = utt->ipa.length - base;
    if (n_words == 1 || !size) { /* below there is an ipa.data for certain */
        for (size_t i = 0; i < n_words; i++) {
            words[i].ipa_offset = base;
            words[i].ipa_length = size;
        }
        return LINNET_OK;
    }
    const size_t n_runs = count_runs(utt->ipa.data + base, size);
    bool done = false;
    int status = LINNET_OK;
    if (n_runs && n_runs <= n_words)
        status = find_runs(p, utt, words, n_words, base, &done, err);
    if (status == LINNET_OK && !done)
        return align_words(p, utt, words, n_words, base, size, err);
    for (size_t i = 0; i < p->runs.n && status == LINNET_OK; words += p->runs.list[i++].words) {
        const struct base_range run = {base + p->runs.list[i].bytes.start, base + p->runs.list[i].bytes.end};
        if (p->runs.list[i].words > 1) {
            status = align_words(p, utt, words, p->runs.list[i].words, run.start, run.end - run.start, err);
            continue;
        }
        words->ipa_offset = run.start;
        words->ipa_length = run.end - run.start;
    }
    return status;
}

/* Pronounces tokens[first ... end), all words of one language. */
static int pronounce_piece(struct pronouncer *p, struct utterance *utt, size_t first, size_t end,
                           struct base_error *err)
{
    const struct fe_token *const last = &utt->tokens[end - 1];
    const size_t text = utt->tokens[first].text_offset;
    if (utt->ipa.length && !base_buffer_add(&utt->ipa, " ", 1))
        return out_of_memory(err);
    const size_t base = utt->ipa.length;
    const int status =
        speak(p, last->voice, utt->text.data + text, last->text_offset + last->text_length - text, &utt->ipa, err);
    return status == LINNET_OK ? share_out(p, utt, utt->tokens + first, end - first, base, err) : status;
}

static bool is_possessive(const struct utterance *utt, size_t index)
{
    if (index >= utt->n_tokens || utt->tokens[index].kind != FE_WORD || utt->tokens[index].space_before)
        return false;
    return utt->tokens[index].text_length == 2 && memcmp(utt->text.data + utt->tokens[index].text_offset, "'s", 2) == 0;
}

/* The phonemes that a dictionary gives tokens[index], with an "'s" behind it in languages that have it; *next: the
 * first token not taken. */
static int pronounce_given(const struct pronouncer *p, struct utterance *utt, size_t index, size_t *next,
                           struct base_error *err)
{
    struct fe_token *const token = &utt->tokens[index];
    const struct language *const language = language_of(p, token->voice);
    if (utt->ipa.length && !base_buffer_add(&utt->ipa, " ", 1))
        return out_of_memory(err);
    token->ipa_offset = utt->ipa.length;
    if (!base_buffer_add(&utt->ipa, token->given, strlen(token->given)))
        return out_of_memory(err);
    token->ipa_length = utt->ipa.length - token->ipa_offset;
    *next = index + 1;
    if (!language->possessive || !is_possessive(utt, index + 1))
        return LINNET_OK;
    const char *const sound = language->possessive(utt->ipa.data, utt->ipa.length);
    utt->tokens[index + 1].ipa_offset = utt->ipa.length;
    utt->tokens[index + 1].ipa_length = strlen(sound);
    *next = index + 2;
    return base_buffer_add(&utt->ipa, sound, strlen(sound)) ? LINNET_OK : out_of_memory(err);
}

/* A word that its language looks up; *said: it is one. */
static int pronounce_said(struct pronouncer *p, struct utterance *utt, size_t index, bool *said, struct base_error *err)
{
    struct fe_token *const token = &utt->tokens[index];
    const struct language *const language = language_of(p, token->voice);
    const struct sentence sentence = fe_utterance_sentence(utt);
    const size_t before = utt->ipa.length;
    bool failed = false;
    *said = false;
    if (!language->say || token->kind != FE_WORD)
        return LINNET_OK;
    if (before && !base_buffer_add(&utt->ipa, " ", 1))
        return out_of_memory(err);
    const size_t from = utt->ipa.length;
    *said = language->say(&sentence, index, &utt->ipa, &utt->unread, &failed);
    if (failed)
        return out_of_memory(err);
    if (!*said) {
        base_buffer_cut(&utt->ipa, before);
        return LINNET_OK;
    }
    const int status = fe_map_rewrite(p->map, &utt->ipa, from, &p->scratch, err);
    token->ipa_offset = from;
    token->ipa_length = utt->ipa.length - from;
    return status;
}

/* espeak-ng says a letter that stands alone three times in a row at most: "b b b b". */
static bool is_fourth(const struct utterance *utt, size_t first, size_t index)
{
    const struct fe_token *const t = &utt->tokens[index];
    if (index - first < 3 || base_utf8_next(utt->text.data + t->text_offset, t->text_length).length != t->text_length)
        return false;
    for (size_t i = index - 3; i < index; i++)
        if (utt->tokens[i].text_length != t->text_length ||
            memcmp(utt->text.data + utt->tokens[i].text_offset, utt->text.data + t->text_offset, t->text_length) != 0)
            return false;
    return true;
}

int fe_pronounce(struct pronouncer *p, struct utterance *utt, struct base_error *err)
{
    for (size_t first = 0; first < utt->n_tokens;) {
        size_t end = first;
        if (utt->tokens[first].given) {
            const int status = pronounce_given(p, utt, first, &first, err);
            if (status != LINNET_OK)
                return status;
            continue;
        }
        bool said;
        const int looked_up = pronounce_said(p, utt, first, &said, err);
        if (looked_up != LINNET_OK)
            return looked_up;
        if (said) {
            first++;
            continue;
        }
        /* Behind it may stand one that is looked up. */
        const bool alone = language_of(p, utt->tokens[first].voice)->say;
        while (end < utt->n_tokens && utt->tokens[end].kind == FE_WORD && !utt->tokens[end].given &&
               utt->tokens[end].voice == utt->tokens[first].voice &&
               !(end > first && (alone || utt->tokens[end].rest)) && !is_fourth(utt, first, end))
            end++;
        const int status = end > first ? pronounce_piece(p, utt, first, end, err) : LINNET_OK;
        if (status != LINNET_OK)
            return status;
        first = end > first ? end : first + 1;
    }
    return LINNET_OK;
}
