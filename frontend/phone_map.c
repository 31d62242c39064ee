/* IPA string -> the voice's phoneme ids. Input: IPA of espeak-ng, and a sentence's tokens with their IPA; output:
 * ids. FORMAT.md section 3 is the specification; voices/train must make the same strings. */
#include "phone_map.h"

#include "frontend/language/abbreviations.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

#define MAX_IPA_BYTES 1048576 /* pairs may grow a string, but not without end */

struct phone {
    uint32_t codepoint;
    int32_t id;
};

struct phone_map {
    const struct voice_meta *meta;
    struct phone *phones; /* sorted by code point, without entry 0 (the boundary) */
    size_t n_phones;
};

static int out_of_memory(struct base_error *err)
{
    return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

/* ---- opening ------------------------------------------------------------------------------------------------------
 * */

static int compare_phones(const void *a, const void *b)
{
    const struct phone *const x = a, *const y = b;
    return x->codepoint < y->codepoint ? -1 : x->codepoint > y->codepoint;
}

int fe_map_open(struct phone_map **out, const struct voice_meta *meta, struct base_error *err)
{
    struct phone_map *map = base_alloc(1, sizeof *map);
    if (map)
        map->phones = base_alloc(meta->n_phonemes - 1, sizeof *map->phones);
    *out = map;
    if (!map || !map->phones) {
        fe_map_close(out);
        return out_of_memory(err);
    }
    map->meta = meta;
    for (size_t i = 1; i < meta->n_phonemes; i++) {
        const char *const name = meta->phonemes[i];
        map->phones[map->n_phones++] = (struct phone){base_utf8_next(name, strlen(name)).value, (int32_t)i};
    }
    qsort(map->phones, map->n_phones, sizeof *map->phones, compare_phones);
    return LINNET_OK;
}

void fe_map_close(struct phone_map **map)
{
    if (!*map)
        return;
    base_free((*map)->phones);
    base_free(*map);
    *map = NULL;
}

/* ---- rewriting ----------------------------------------------------------------------------------------------------
 * */

/* The next `from` that holds: where `fits` says so of what is behind it, if it is given. */
static const char *next_hit(const char *text, const char *from, bool (*fits)(const char *behind))
{
    const char *hit = strstr(text, from);
    while (hit && fits && !fits(hit + strlen(from)))
        hit = strstr(hit + 1, from);
    return hit;
}

/* Replaces all `from` in ipa[start ... ), left to right, not looking into what was put in. */
static bool replace_all(struct base_buffer *ipa, size_t start, const char *from, const char *to,
                        struct base_buffer *scratch, bool (*fits)(const char *behind))
{
    const char *hit = next_hit(ipa->data + start, from, fits);
    if (!hit)
        return true;
    const size_t from_length = strlen(from), to_length = strlen(to);
    const char *rest = ipa->data + start;
    base_buffer_cut(scratch, 0);
    for (; hit; hit = next_hit(rest, from, fits)) {
        if (!base_buffer_add(scratch, rest, (size_t)(hit - rest)) || !base_buffer_add(scratch, to, to_length))
            return false;
        rest = hit + from_length;
    }
    if (!base_buffer_add(scratch, rest, strlen(rest)))
        return false;
    base_buffer_cut(ipa, start);
    return base_buffer_add(ipa, scratch->data, scratch->length);
}

/* Length of a mark of a language switch at s, "(en)" or with ties "(^e^n)"; 0: none. */
static size_t language_mark(const char *s)
{
    if (*s != '(')
        return 0;
    size_t n = 1;
    while ((s[n] >= 'a' && s[n] <= 'z') || s[n] == '^' || s[n] == '-' || s[n] == '_' || (s[n] >= '0' && s[n] <= '9'))
        n++;
    return n > 1 && n < 32 && s[n] == ')' ? n + 1 : 0;
}

static void remove_language_marks(struct base_buffer *ipa, size_t from)
{
    size_t out = from;
    for (size_t i = from; i < ipa->length;) {
        const size_t mark = language_mark(ipa->data + i);
        i += mark;
        if (!mark)
            ipa->data[out++] = ipa->data[i++];
    }
    base_buffer_cut(ipa, out);
}

/* Removes ties, '_' and zero-width joiners, and spaces at the ends and behind others. */
static void tidy(struct base_buffer *ipa, size_t from)
{
    size_t out = from;
    for (size_t i = from; i < ipa->length; i++) {
        const char c = ipa->data[i];
        if (c == '^' || c == '_' || (c == ' ' && (out == from || ipa->data[out - 1] == ' ')))
            continue;
        if (ipa->length - i >= 3 && memcmp(ipa->data + i, "\xE2\x80\x8D", 3) == 0) {
            i += 2;
            continue;
        }
        ipa->data[out++] = c;
    }
    if (out > from && ipa->data[out - 1] == ' ')
        out--;
    base_buffer_cut(ipa, out);
}

int fe_map_rewrite(const struct phone_map *map, struct base_buffer *ipa, size_t from, struct base_buffer *scratch,
                   struct base_error *err)
{
    if (ipa->length == from)
        return LINNET_OK;
    remove_language_marks(ipa, from);
    for (size_t i = 0; i < map->meta->n_rewrites; i++) {
        if (!replace_all(ipa, from, map->meta->rewrites[2 * i], map->meta->rewrites[2 * i + 1], scratch, NULL))
            return out_of_memory(err);
        if (ipa->length - from > MAX_IPA_BYTES)
            return base_fail(err, LINNET_ERR_VOICE, "linnet.phoneme_rewrite: pair %zu: the string grows without end",
                             i);
    }
    tidy(ipa, from);
    return LINNET_OK;
}

/* ---- ids ----------------------------------------------------------------------------------------------------------
 * */

/* 0: the voice lacks it. */
static int32_t find_id(const struct phone_map *map, uint32_t codepoint)
{
    const struct phone key = {codepoint, 0};
    const struct phone *const hit = bsearch(&key, map->phones, map->n_phones, sizeof key, compare_phones);
    return hit ? hit->id : 0;
}

/* A character of IPA from a person -> one that espeak-ng writes; 0: it says nothing about sounds. */
static uint32_t plain_ipa(const struct phone_map *map, uint32_t c)
{
    switch (c) {
    case '\'': return 0x2C8; /* primary stress */
    case 0x2019: return 0x2C8;
    case ',': return 0x2CC; /* secondary stress */
    case ':': return 0x2D0; /* length */
    case 0x361:
    case 0x35C: return '^'; /* ties */
    case 'g': return find_id(map, 'g') ? 'g' : 0x261;
    case '.':
    case '|':
    case '-':
    case 0x203F:
    case '[':
    case ']':
    case '/': return 0; /* syllables, feet, brackets */
    default: return c;
    }
}

static bool is_vowel(uint32_t c)
{
    static const uint32_t vowels[] = {'a',   'e',   'i',   'o',   'u',   'y',   0xE6,  0xF8,  0x153,  0x250, 0x251,
                                      0x252, 0x254, 0x258, 0x259, 0x25A, 0x25B, 0x25C, 0x25D, 0x25E,  0x264, 0x268,
                                      0x26A, 0x26F, 0x275, 0x276, 0x289, 0x28A, 0x28C, 0x28F, 0x1D4A, 0x1D7B};
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (vowels[i] == c)
            return true;
    return false;
}

static bool is_stress(uint32_t c)
{
    return c == 0x2C8 || c == 0x2CC;
}

/* The first vowel from `at` on in this word and under this stress; ipa->length: there is none. */
static size_t find_vowel(const struct base_buffer *ipa, size_t at)
{
    while (at < ipa->length) {
        const struct base_codepoint c = base_utf8_next(ipa->data + at, ipa->length - at);
        if (is_vowel(c.value))
            return at;
        if (c.value == ' ' || is_stress(c.value))
            break;
        at += c.length;
    }
    return ipa->length;
}

/* People write stress before the syllable, espeak-ng and so the voice just before its vowel. */
static void settle_stress(struct base_buffer *ipa)
{
    for (size_t i = 0; i < ipa->length;) {
        const struct base_codepoint c = base_utf8_next(ipa->data + i, ipa->length - i);
        const size_t vowel = is_stress(c.value) ? find_vowel(ipa, i + c.length) : ipa->length;
        if (vowel == ipa->length) {
            i += c.length;
            continue;
        }
        memmove(ipa->data + i, ipa->data + i + c.length, vowel - i - c.length);
        (void)base_utf8_put(ipa->data + vowel - c.length, c.value);
        i = vowel;
    }
}

/* A consonant in front of this closes a syllable. */
static bool is_syllable_end(const char *behind)
{
    const uint32_t c = base_utf8_next(behind, strlen(behind) + 1).value;
    return !is_vowel(c) && !is_stress(c);
}

static bool is_vowel_at(const char *text)
{
    return is_vowel(base_utf8_next(text, strlen(text) + 1).value);
}

/* Ties the letters of one phoneme that a rewrite pair knows tied, "a^I"; a vowel and a consonant ("apple") only within
 * a syllable, not in "hello". */
static bool add_ties(const struct phone_map *map, struct base_buffer *ipa, struct base_buffer *scratch)
{
    for (size_t i = 0; i < map->meta->n_rewrites; i++) {
        const char *const tied = map->meta->rewrites[2 * i], *const tie = strchr(tied, '^');
        char loose[VOICE_MAX_REWRITE + 1];
        if (!tie || tie == tied)
            continue;
        const size_t before = (size_t)(tie - tied);
        memcpy(loose, tied, before);
        memcpy(loose + before, tie + 1, strlen(tie)); /* with the terminator */
        const bool syllabic = is_vowel_at(tied) && !is_vowel_at(tie + 1);
        if (!replace_all(ipa, 0, loose, tied, scratch, syllabic ? is_syllable_end : NULL))
            return false;
    }
    return true;
}

int fe_map_given(const struct phone_map *map, const char *ipa, size_t size, struct base_buffer *out,
                 struct base_buffer *scratch, uint32_t *unknown, struct base_error *err)
{
    *unknown = 0;
    base_buffer_cut(out, 0);
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(ipa + i, size - i);
        const uint32_t plain = plain_ipa(map, c.value);
        if (plain && !base_buffer_put(out, plain))
            return out_of_memory(err);
        i += c.length;
    }
    if (!base_buffer_add(out, "", 0))
        return out_of_memory(err);
    settle_stress(out);
    if (!add_ties(map, out, scratch))
        return out_of_memory(err);
    const int status = fe_map_rewrite(map, out, 0, scratch, err);
    for (size_t i = 0; status == LINNET_OK && i < out->length && !*unknown;) {
        const struct base_codepoint c = base_utf8_next(out->data + i, out->length - i);
        if (c.value != ' ' && !find_id(map, c.value))
            *unknown = c.value;
        i += c.length;
    }
    return status;
}

/* What a voice without a punctuation character says instead: tried in this order. */
static const struct {
    uint32_t punct, instead;
} punct_fallback[] = {
    {0x201C, '"'}, {0x201D, '"'}, {'"', 0x201D}, {0x2014, ','}, {0x2026, '.'},
    {';', ','},    {':', ','},    {'!', '.'},    {'?', '.'},
};

static uint32_t punct_in_voice(const struct phone_map *map, uint32_t punct)
{
    if (find_id(map, punct))
        return punct;
    for (size_t i = 0; i < sizeof punct_fallback / sizeof *punct_fallback; i++)
        if (punct_fallback[i].punct == punct && find_id(map, punct_fallback[i].instead))
            return punct_fallback[i].instead;
    return 0;
}

static bool put_id(struct fe_part *part, int32_t id)
{
    void *ids = part->ids, *semitones = part->semitones;
    if (!base_reserve(&ids, &part->id_capacity, part->n_ids, sizeof *part->ids))
        return false;
    part->ids = ids;
    if (!base_reserve(&semitones, &part->semitone_capacity, part->n_ids, sizeof *part->semitones))
        return false;
    part->semitones = semitones;
    part->semitones[part->n_ids] = 0.0f;
    part->ids[part->n_ids++] = id;
    return true;
}

/* Sounds of one language as a voice of another one would say them: the first of these that it has. */
static const struct {
    const char *sound, *near;
} neighbours[] = {
    {"y", "iu"}, {"ʏ", "ɪi"}, {"ø", "ɜəe"}, {"œ", "ɜɛə"}, {"ɶ", "æ"},  {"ɵ", "ʊə"}, {"ɘ", "ɪə"}, {"ɤ", "ʌə"},
    {"ɯ", "uʊ"}, {"ɨ", "ɪi"}, {"ʉ", "uʊ"},  {"r", "ɹʁ"},  {"ʁ", "ɹr"}, {"ʀ", "ɹr"}, {"ɽ", "ɾɹ"}, {"ɲ", "n"},
    {"ɳ", "n"},  {"ɴ", "ŋn"}, {"ɱ", "m"},   {"ʎ", "l"},   {"ɭ", "l"},  {"ɫ", "l"},  {"ʋ", "v"},  {"β", "vb"},
    {"ɸ", "f"},  {"ç", "ʃh"}, {"x", "kh"},  {"χ", "kh"},  {"ɣ", "ɡ"},  {"ɦ", "h"},  {"ħ", "h"},  {"ʂ", "ʃ"},
    {"ʐ", "ʒ"},  {"ɕ", "ʃ"},  {"ʑ", "ʒ"},   {"ɟ", "ʤd"},  {"c", "ʧk"}, {"ɖ", "d"},  {"ʈ", "t"},  {"q", "k"},
    {"ɢ", "ɡ"},  {"ɥ", "wj"}, {"ɰ", "w"},   {"θ", "sf"},  {"ð", "zd"},
};

/* A character of IPA, or the nearest that the voice has; id 0: it has none. */
static struct phone in_voice(const struct phone_map *map, uint32_t codepoint)
{
    const struct phone itself = {codepoint, find_id(map, codepoint)};
    if (itself.id)
        return itself;
    for (size_t i = 0; i < sizeof neighbours / sizeof *neighbours; i++) {
        if (base_utf8_next(neighbours[i].sound, strlen(neighbours[i].sound)).value != codepoint)
            continue;
        for (const char *p = neighbours[i].near; *p;) {
            const struct base_codepoint c = base_utf8_next(p, strlen(p));
            const struct phone near = {c.value, find_id(map, c.value)};
            if (near.id)
                return near;
            p += c.length;
        }
    }
    return itself;
}

/* Chao's tone letters, which voices of languages without tones needn't have. */
static bool is_tone(uint32_t c)
{
    return c >= 0x2E5 && c <= 0x2E9;
}

/* One character into ids and IPA; what the voice lacks is left out. */
static bool put_char(const struct phone_map *map, struct fe_part *part, uint32_t codepoint)
{
    const struct phone phone = in_voice(map, codepoint);
    if (!phone.id) {
        part->unknown += codepoint != ' ' && !is_tone(codepoint);
        return true;
    }
    return put_id(part, phone.id) && base_buffer_put(&part->ipa, phone.codepoint);
}

/* A space, unless at the start or behind another one. */
static bool put_space(const struct phone_map *map, struct fe_part *part)
{
    const size_t n = part->ipa.length;
    return n == 0 || part->ipa.data[n - 1] == ' ' || put_char(map, part, ' ');
}

static bool is_open(const struct fe_token *token)
{
    return token->kind == FE_PUNCT && fe_punct_find(token->punct)->flags & FE_PUNCT_OPEN;
}

/* Words of one piece are apart when their phonemes are; others as in the text. Empty words bring no space. */
static bool wants_space(const struct utterance *utt, size_t index, const struct fe_token *last_word)
{
    const struct fe_token *const token = &utt->tokens[index];
    if (token->kind == FE_PUNCT)
        return token->space_before || is_open(token);
    if (index > 0 && utt->tokens[index - 1].kind == FE_PUNCT)
        return token->space_before;
    return !last_word || last_word->ipa_offset + last_word->ipa_length < token->ipa_offset;
}

/* Puts the IPA of a word from byte `from` on; stops before the id that would be one too many. *out_end: the byte
 * reached. */
static bool put_word(const struct phone_map *map, struct fe_part *part, const struct utterance *utt, size_t index,
                     size_t from, size_t max_ids, size_t *out_end)
{
    const struct fe_token *const token = &utt->tokens[index];
    size_t i = from;
    while (i < token->ipa_length && part->n_ids < max_ids) { /* only here is there an ipa.data for certain */
        const struct base_codepoint c = base_utf8_next(utt->ipa.data + token->ipa_offset + i, token->ipa_length - i);
        const size_t before = part->n_ids;
        if (!(c.value == ' ' ? put_space(map, part) : put_char(map, part, c.value)))
            return false;
        part->n_spoken += c.value != ' ' && part->n_ids > before;
        i += c.length;
    }
    *out_end = i;
    return true;
}

/* Words that speak the same bytes are one to the caller: "twelve dollars" of "$12". */
static bool put_phone_word(struct fe_part *part, const struct fe_token *token, size_t first_phone, bool icons)
{
    struct phone_word *const last = part->n_words ? &part->words[part->n_words - 1] : NULL;
    if (last && last->byte_offset == token->byte_offset && last->byte_length == token->byte_length) {
        last->end_phone = part->n_ids;
        return true;
    }
    void *words = part->words;
    if (!base_reserve(&words, &part->word_capacity, part->n_words, sizeof *part->words))
        return false;
    part->words = words;
    part->words[part->n_words++] =
        (struct phone_word){token->byte_offset, token->byte_length, first_phone, part->n_ids, icons && token->capital};
    return true;
}

/* ---- parts --------------------------------------------------------------------------------------------------------
 * */

/* A place between two tokens where the part may end. */
struct border {
    size_t token, n_ids, n_words, ipa_length, n_spoken, unknown;
};

static struct border border_at(const struct fe_part *part, size_t token)
{
    return (struct border){token, part->n_ids, part->n_words, part->ipa.length, part->n_spoken, part->unknown};
}

static void cut_at(struct fe_part *part, const struct border *border)
{
    part->n_ids = border->n_ids;
    part->n_words = border->n_words;
    base_buffer_cut(&part->ipa, border->ipa_length);
    part->n_spoken = border->n_spoken;
    part->unknown = border->unknown;
    part->next_token = border->token;
    part->next_byte = 0;
}

static bool is_clause_end(const struct utterance *utt, size_t index)
{
    return utt->tokens[index].kind == FE_PUNCT && fe_punct_find(utt->tokens[index].punct)->flags & FE_PUNCT_CLAUSE;
}

/* Whether a part may end before tokens[index]: not between a word and what closes it. */
static bool may_cut_before(const struct utterance *utt, size_t index)
{
    return utt->tokens[index].kind == FE_WORD || is_open(&utt->tokens[index]);
}

/* What is put from now on belongs to the part's token number `index`. */
static bool start_token(struct fe_part *part, size_t index)
{
    void *spans = part->spans;
    if (!base_reserve(&spans, &part->span_capacity, index, sizeof *part->spans))
        return false;
    part->spans = spans;
    part->spans[index] = (struct base_range){part->n_ids, part->n_ids};
    return true;
}

/* The end of a phrase, if the voice has a mark for it. */
static bool put_comma(const struct phone_map *map, struct fe_part *part)
{
    const uint32_t comma = punct_in_voice(map, ',');
    return !comma || put_char(map, part, comma);
}

/* tokens[index], of which the part's first is tokens[first]. */
static bool put_token(const struct phone_map *map, struct fe_part *part, const struct utterance *utt, size_t first,
                      size_t index, const struct fe_token *last_word, size_t max_ids, size_t *out_end)
{
    const struct fe_token *const token = &utt->tokens[index];
    const uint32_t punct = token->kind == FE_PUNCT ? punct_in_voice(map, token->punct) : 0;
    const bool silent = token->kind == FE_PUNCT ? !punct : !token->ipa_length;
    if (token->rest && index > first && !put_comma(map, part))
        return false;
    if (!silent && (token->rest || wants_space(utt, index, last_word)) && !put_space(map, part))
        return false;
    if (!start_token(part, index - first))
        return false;
    if (token->kind == FE_PUNCT)
        return silent || put_char(map, part, punct);
    const size_t first_phone = part->n_ids;
    if (!put_word(map, part, utt, index, 0, max_ids, out_end))
        return false;
    for (size_t i = first_phone; token->capital && i < part->n_ids; i++)
        part->semitones[i] = utt->raise;
    return put_phone_word(part, token, first_phone, utt->icons);
}

static void start_part(struct fe_part *part)
{
    part->n_ids = 0;
    part->n_words = 0;
    part->n_spoken = 0;
    part->unknown = 0;
    part->next_byte = 0;
    base_buffer_cut(&part->ipa, 0);
}

/* Spaces in front of the second boundary say nothing. */
static void trim_end(struct fe_part *part)
{
    while (part->ipa.length && part->ipa.data[part->ipa.length - 1] == ' ') {
        base_buffer_cut(&part->ipa, part->ipa.length - 1);
        part->n_ids--;
    }
    for (size_t i = part->n_words; i-- > 0 && part->words[i].end_phone > part->n_ids;) {
        part->words[i].end_phone = part->n_ids;
        if (part->words[i].first_phone > part->n_ids)
            part->words[i].first_phone = part->n_ids;
    }
}

/* Whether the words from tokens[index] on are a clause of their own, "and ...", by the first. */
static bool is_joint(const struct utterance *utt, size_t index)
{
    const struct fe_token *const token = &utt->tokens[index];
    return token->kind == FE_WORD && utt->joints &&
           is_listed(utt->joints, utt->text.data + token->text_offset, token->text_length);
}

/* Cuts a part that has grown beyond its limit: behind the first clause end in its second half, else before the last
 * "and" there, else at the last word border, else inside the last word, of which `byte` bytes are done, else before the
 * last token. */
static void cut_part(struct fe_part *part, const struct border *clause, const struct border *joint,
                     const struct border *word, const struct border *before, size_t byte)
{
    if (clause->token > 0) {
        cut_at(part, clause);
    } else if (joint->token > 0) {
        cut_at(part, joint);
    } else if (word->token > 0) {
        cut_at(part, word);
    } else if (byte > 0) {
        part->next_token = before->token;
        part->next_byte = byte;
    } else {
        cut_at(part, before);
    }
}

static bool fill_part(const struct phone_map *map, const struct utterance *utt, size_t first, size_t first_byte,
                      size_t max_phones, struct fe_part *part)
{
    const size_t max_ids = max_phones + 1; /* with the first boundary */
    const struct fe_token *last_word = NULL;
    struct border clause = {0}, joint = {0}, word = {0};
    if (!put_id(part, 0))
        return false;
    for (size_t i = first; i < utt->n_tokens; i++) {
        size_t end = utt->tokens[i].ipa_length;
        if (i > first && part->n_spoken && may_cut_before(utt, i)) {
            word = border_at(part, i);
            if (!clause.token && part->n_ids > max_phones / 2 && is_clause_end(utt, i - 1))
                clause = word;
            if (part->n_ids > max_phones / 2 && is_joint(utt, i))
                joint = word;
        }
        const struct border before = border_at(part, i);
        if (i == first && first_byte) {
            if (!start_token(part, 0) || !put_word(map, part, utt, i, first_byte, max_ids, &end))
                return false;
        } else if (!put_token(map, part, utt, first, i, last_word, max_ids, &end))
            return false;
        part->spans[i - first].end = part->n_ids;
        if (part->n_ids > max_ids || end < utt->tokens[i].ipa_length) {
            cut_part(part, &clause, &joint, &word, &before, end);
            return true;
        }
        if (utt->tokens[i].kind == FE_WORD && utt->tokens[i].ipa_length)
            last_word = &utt->tokens[i];
    }
    part->next_token = utt->n_tokens;
    return true;
}

int fe_map_part(const struct phone_map *map, const struct utterance *utt, size_t token, size_t byte, size_t max_phones,
                struct fe_part *part, struct base_error *err)
{
    start_part(part);
    if (!fill_part(map, utt, token, byte, max_phones, part))
        return out_of_memory(err);
    trim_end(part);
    if (!put_id(part, 0) || !base_buffer_add(&part->ipa, "", 0))
        return out_of_memory(err);
    return LINNET_OK;
}

void fe_part_free(struct fe_part *part)
{
    base_free(part->ids);
    base_free(part->semitones);
    base_free(part->words);
    base_free(part->spans);
    base_buffer_free(&part->ipa);
    *part = (struct fe_part){0};
}
