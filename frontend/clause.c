/* Sentence and clause split. Input: the caller's bytes; output: the tokens of one sentence.
 *
 * Text is read in chunks, runs without white space. A chunk falls into words and punctuation; after each chunk what
 * stands before and behind decides whether the sentence ends there (clause_end.c). Nothing looks further than the start
 * of the next line, and a sentence is cut at FE_SENTENCE_BYTES, so time is linear and memory constant in the length of
 * the text. */
#include "clause.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/utf8.h"
#include "clause_end.h"
#include "clause_list.h"
#include "frontend/language/language.h"
#include <string.h>

/* A character of the chunk in hand; dashes "--" and dots "..." are already one character. */
struct fe_char {
    uint32_t codepoint; /* 0: leaves no trace in the word (soft hyphen, direction marks) */
    size_t byte_offset, byte_length;
    const struct fe_punct *punct; /* NULL: part of a word */
    bool parts;                   /* punctuation that parts words at this place */
    struct given_word given;      /* a word of its own, with its phonemes; ipa NULL: none */
};

static const uint32_t EM_DASH = 0x2014, ELLIPSIS = 0x2026;

/* ---- chunks -------------------------------------------------------------------------------------------------------
 * */

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
}

static struct base_codepoint char_at(const struct clause_reader *reader, size_t position)
{
    return base_utf8_next(reader->text + position, reader->size - position);
}

static size_t run_length(const struct clause_reader *reader, size_t position, char c)
{
    size_t n = 0;
    while (position + n < reader->size && n < FE_CHUNK_BYTES && reader->text[position + n] == c)
        n++;
    return n;
}

/* The character at `position`; runs of '-' become a dash, runs of '.' an ellipsis (or, two of them, one dot). */
static struct fe_char read_char(const struct clause_reader *reader, size_t position)
{
    const struct base_codepoint c = char_at(reader, position);
    struct fe_char out = {.codepoint = c.value, .byte_offset = position, .byte_length = c.length};
    if (c.value == '-' || c.value == '.') {
        const size_t n = run_length(reader, position, (char)c.value);
        if (n > 1) {
            out.byte_length = n;
            out.codepoint = c.value == '-' ? EM_DASH : n > 2 ? ELLIPSIS : '.';
        }
    }
    if (is_invisible(c.value))
        out.codepoint = 0;
    out.punct = fe_punct_find(out.codepoint);
    out.parts = given_find(reader->given, c.value, &out.given);
    return out;
}

/* A dash between spaces is punctuation, inside a word it is a hyphen. */
static void lone_dash(struct clause_reader *reader)
{
    struct fe_char *const c = &reader->chars[0];
    if (reader->n_chars == 1 && (c->codepoint == '-' || c->codepoint == 0x2013)) {
        c->codepoint = EM_DASH;
        c->punct = fe_punct_find(EM_DASH);
    }
}

static bool is_open_before(const struct clause_reader *reader, size_t i)
{
    const struct fe_punct *const before = i ? reader->chars[i - 1].punct : NULL;
    return !i || (before && (before->flags & FE_PUNCT_OPEN || before->canonical == EM_DASH));
}

static bool is_letter_at(const struct clause_reader *reader, size_t i)
{
    return i < reader->n_chars &&
           (base_is_letter(reader->chars[i].codepoint) || base_is_digit(reader->chars[i].codepoint));
}

/* Quotes that languages use the other way round: German \u201EKomm!\u201C and \u00BBKomm!\u00AB. What stands behind a
 * word closes, what stands before one opens. */
static void turn_quotes(struct clause_reader *reader)
{
    for (size_t i = 0; i < reader->n_chars; i++) {
        struct fe_char *const c = &reader->chars[i];
        const bool closes = (c->codepoint == 0x201C || c->codepoint == 0xAB) && !is_open_before(reader, i) &&
                            !is_letter_at(reader, i + 1);
        const bool opens = (c->codepoint == 0xBB || c->codepoint == 0x201D) && is_open_before(reader, i) &&
                           is_letter_at(reader, i + 1);
        if (closes || opens)
            c->punct = fe_punct_find(closes ? 0x201D : 0x201C);
    }
}

/* A closing single quote or square bracket behind other punctuation: not kept, but it mustn't hide the sentence's
 * end. */
static const struct fe_punct silent_close = {0, 0, FE_PUNCT_INNER | FE_PUNCT_CLOSE};

static bool is_silent_close(const struct clause_reader *reader, size_t i)
{
    const uint32_t c = reader->chars[i].codepoint;
    const struct fe_punct *const before = i ? reader->chars[i - 1].punct : NULL;
    return (c == '\'' || c == 0x2018 || c == 0x2019 || c == ']' || c == '}') && before &&
           !(before->flags & FE_PUNCT_OPEN);
}

static bool is_raised(uint32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

static bool is_digit_at(const struct clause_reader *reader, size_t i)
{
    return base_is_digit(reader->chars[i].codepoint);
}

/* "[1-3]", "[2,5]" */
static bool is_between_notes(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == ',';
}

static bool ends_sentence(const struct clause_reader *reader, size_t n)
{
    const struct fe_punct *const before = n ? reader->chars[n - 1].punct : NULL;
    return before && (before->flags & (FE_PUNCT_END | FE_PUNCT_CLOSE));
}

/* Behind the chunk in hand comes a capital letter: a sentence starts there. */
static bool capital_follows(const struct clause_reader *reader)
{
    const struct fe_char *const last = &reader->chars[reader->n_chars - 1];
    size_t position = last->byte_offset + last->byte_length;
    while (position < reader->size && fe_is_space_at(reader, position))
        position++;
    return position < reader->size && base_is_upper(char_at(reader, position).value);
}

/* Of a file's name or a version, not of a word that a note stands behind: "2.0-beta.1" */
static bool is_in_address(uint32_t c)
{
    return c == '.' || c == '_' || c == '/' || c == '\\';
}

/* Where the marks of notes behind a sentence's end start, "[7][8]", a raised 2, or 12 behind "true."; n_chars: there
 * are none. */
static size_t notes_start(const struct clause_reader *reader)
{
    size_t n = reader->n_chars;
    while (n > 2 && reader->chars[n - 1].codepoint == ']' && is_digit_at(reader, n - 2)) {
        size_t k = n - 2;
        while (k > 0 && (is_digit_at(reader, k) || is_between_notes(reader->chars[k].codepoint)))
            k--;
        if (reader->chars[k].codepoint != '[')
            break;
        n = k;
    }
    if (n < reader->n_chars)
        return ends_sentence(reader, n) ? n : reader->n_chars;
    while (n > 1 && (is_raised(reader->chars[n - 1].codepoint)))
        n--;
    if (n < reader->n_chars)
        return ends_sentence(reader, n) && n > 2 && base_is_lower(reader->chars[n - 2].codepoint) ? n : reader->n_chars;
    while (n > 1 && reader->n_chars - n < 3 && is_digit_at(reader, n - 1))
        n--;
    bool note = n >= 5 && n < reader->n_chars && reader->chars[n - 1].codepoint == '.';
    for (size_t k = 2; note && k <= 5; k++)
        note = base_is_lower(reader->chars[n - k].codepoint);
    for (size_t k = 0; note && k + 1 < n; k++)
        note = !is_digit_at(reader, k) && !is_in_address(reader->chars[k].codepoint);
    return note && capital_follows(reader) ? n : reader->n_chars;
}

/* Marks the punctuation that parts words: INNER anywhere, the rest at the chunk's end or before INNER ("stop!-no"). */
static void mark_parting(struct clause_reader *reader)
{
    bool tail = true;
    const size_t notes = reader->n_chars && !reader->whole ? notes_start(reader) : reader->n_chars;
    for (size_t i = reader->n_chars; i-- > 0;) {
        struct fe_char *const c = &reader->chars[i];
        if (i >= notes) {
            c->punct = &silent_close;
            c->parts = true;
            continue;
        }
        if (c->codepoint == 0)
            continue;
        if (c->given.ipa) {
            tail = true;
            continue;
        }
        if (tail && is_silent_close(reader, i))
            c->punct = &silent_close;
        c->parts = c->punct && (tail || (c->punct->flags & FE_PUNCT_INNER) ||
                                (i > 0 && base_is_ideograph(reader->chars[i - 1].codepoint)));
        tail = c->parts;
    }
}

/* Reads the chunk at `position` into reader->chars. */
static bool read_chunk(struct clause_reader *reader, size_t position)
{
    const size_t start = position;
    bool hard = false;
    reader->n_chars = 0;
    while (!fe_is_space_at(reader, position) && position - start < FE_CHUNK_BYTES) {
        const struct fe_char c = read_char(reader, position);
        if (hard && !(c.punct && c.punct->flags & (FE_PUNCT_CLOSE | FE_PUNCT_END)))
            break;
        void *chars = reader->chars;
        if (!base_reserve(&chars, &reader->char_capacity, reader->n_chars, sizeof c))
            return false;
        reader->chars = chars;
        reader->chars[reader->n_chars++] = c;
        hard = hard || fe_clause_lacks_space(reader, start, position);
        position += c.byte_length;
        hard = hard || (c.punct && c.punct->flags & FE_PUNCT_HARD);
    }
    lone_dash(reader);
    turn_quotes(reader);
    mark_parting(reader);
    return true;
}

/* ---- tokens -------------------------------------------------------------------------------------------------------
 * */

/* Repeated marks are one, but "!!!" and "?!?" keep up to three. */
static bool is_repeated(const struct utterance *utt, uint32_t canonical)
{
    const size_t allowed = canonical == '!' || canonical == '?' ? 3 : 1;
    size_t n = 0;
    for (size_t i = utt->n_tokens; i-- > 0 && utt->tokens[i].punct == canonical;)
        n++;
    return canonical != '(' && canonical != ')' && canonical != '"' && n >= allowed;
}

static bool add_punct(struct utterance *utt, const struct fe_char *c, bool space_before)
{
    const uint32_t canonical = c->punct->canonical;
    if (!canonical || (c->codepoint == '|' && !utt->n_tokens))
        return true;
    if (is_repeated(utt, canonical)) {
        struct fe_token *const last = &utt->tokens[utt->n_tokens - 1];
        last->byte_length = c->byte_offset + c->byte_length - last->byte_offset;
        return true;
    }
    struct fe_token *const token = fe_utterance_add(utt, FE_PUNCT, space_before);
    if (!token || !base_buffer_put(&utt->text, canonical))
        return false;
    token->punct = canonical;
    token->byte_offset = c->byte_offset;
    token->byte_length = c->byte_length;
    token->text_length = utt->text.length - token->text_offset;
    return true;
}

/* The spoken form of a word's character: apostrophes are ASCII, as espeak-ng's dictionaries have them. */
static uint32_t spoken_char(uint32_t codepoint)
{
    return codepoint == 0x2018 || codepoint == 0x2019 || codepoint == 0x2BC ? '\'' : codepoint;
}

/* Adds chars[first ... ) as one word, at most FE_WORD_BYTES; *next is the first character not taken. */
static bool add_word(const struct clause_reader *reader, struct utterance *utt, size_t first, bool space_before,
                     size_t *next)
{
    struct fe_token *const token = fe_utterance_add(utt, FE_WORD, space_before);
    if (!token)
        return false;
    size_t i = first;
    token->byte_offset = reader->chars[first].byte_offset;
    for (; i < reader->n_chars && !reader->chars[i].parts; i++) {
        const struct fe_char *const c = &reader->chars[i];
        if (c->byte_offset - token->byte_offset + c->byte_length > FE_WORD_BYTES && i > first)
            break;
        if (c->codepoint && !base_buffer_put(&utt->text, spoken_char(c->codepoint)))
            return false;
        token->byte_length = c->byte_offset + c->byte_length - token->byte_offset;
        token->text_length = utt->text.length - token->text_offset;
    }
    if (!token->text_length)
        fe_utterance_cut(utt, utt->n_tokens - 1);
    *next = i;
    return true;
}

/* The word that has its phonemes. */
static bool add_given(struct utterance *utt, const struct fe_char *c, bool space_before)
{
    struct fe_token *const token = fe_utterance_add(utt, FE_WORD, space_before);
    if (!token || !base_buffer_add(&utt->text, c->given.word, strlen(c->given.word)))
        return false;
    token->given = c->given.ipa;
    token->byte_offset = c->byte_offset;
    token->byte_length = c->byte_length;
    token->text_length = utt->text.length - token->text_offset;
    return true;
}

static bool add_chunk(const struct clause_reader *reader, struct utterance *utt)
{
    bool space = utt->n_tokens > 0;
    for (size_t i = 0; i < reader->n_chars;) {
        const struct fe_char *const c = &reader->chars[i];
        if (c->parts) {
            if (!(c->given.ipa ? add_given(utt, c, space) : add_punct(utt, c, space)))
                return false;
            i++;
            space = c->codepoint >= 0x3000 && c->punct &&
                    c->punct->flags & FE_PUNCT_CLAUSE; /* it has its space in itself */
        } else {
            if (!add_word(reader, utt, i, space, &i))
                return false;
            space = i < reader->n_chars && !reader->chars[i].parts; /* the rest of a word that was cut */
        }
    }
    return true;
}

/* ---- sentences ----------------------------------------------------------------------------------------------------
 * */

void fe_clause_start(struct clause_reader *reader, const char *text, size_t size)
{
    reader->text = text;
    reader->size = size;
    reader->position = 0;
    reader->invalid = 0;
    reader->depth = 0;
    reader->line_start = 0;
    reader->whole = false;
    memset(reader->given, 0, sizeof reader->given);
}

void fe_clause_free(struct clause_reader *reader)
{
    base_free(reader->chars);
    *reader = (struct clause_reader){0};
}

/* A place where an overlong sentence may be cut. */
struct cut {
    size_t n_tokens, end, position, invalid, line_start, depth;
};

static bool ends_clause(const struct utterance *utt)
{
    return utt->n_tokens && utt->tokens[utt->n_tokens - 1].kind == FE_PUNCT &&
           fe_punct_find(utt->tokens[utt->n_tokens - 1].punct)->flags & FE_PUNCT_CLAUSE;
}

static void skip_gap(struct clause_reader *reader, const struct fe_gap *gap)
{
    reader->position = gap->end;
    reader->depth = gap->depth;
    if (gap->line)
        reader->line_start = gap->end;
    reader->invalid += gap->invalid;
}

/* White space, and bullets, before the sentence. */
static void skip_to_start(struct clause_reader *reader)
{
    bool line_head = reader->position == 0 && !reader->whole;
    for (;;) {
        const struct fe_gap gap = fe_gap_read(reader, reader->position, line_head);
        skip_gap(reader, &gap);
        line_head = line_head || gap.line;
        if (gap.at_end || !gap.bullet_bytes)
            return;
        reader->position += gap.bullet_bytes;
    }
}

bool fe_clause_next(struct clause_reader *reader, struct utterance *utt)
{
    fe_utterance_clear(utt);
    skip_to_start(reader);
    const size_t start = reader->position;
    size_t end = start;
    struct cut cut = {0};
    while (reader->position < reader->size) {
        const size_t chunk_start = utt->n_tokens;
        if (!read_chunk(reader, reader->position) || !add_chunk(reader, utt))
            return false;
        const struct fe_char *const last = &reader->chars[reader->n_chars - 1];
        reader->position = end = last->byte_offset + last->byte_length;
        struct fe_gap gap = fe_gap_read(reader, reader->position, false);
        gap.bullet = gap.bullet || fe_list_goes_on(reader, utt, &gap);
        utt->behind = gap.paragraph ? FE_GAP_PARAGRAPH : gap.bullet ? FE_GAP_ITEM : FE_GAP_SPACE;
        if (fe_clause_ends(reader, utt, chunk_start, &gap, last->punct && last->punct->flags & FE_PUNCT_HARD))
            break;
        skip_gap(reader, &gap);
        if (ends_clause(utt) && reader->position - start <= FE_SENTENCE_BYTES)
            cut =
                (struct cut){utt->n_tokens, end, reader->position, reader->invalid, reader->line_start, reader->depth};
        if (!reader->whole && reader->position - start >= FE_SENTENCE_BYTES) {
            if (cut.n_tokens && cut.position - start > FE_SENTENCE_BYTES / 2) {
                fe_utterance_cut(utt, cut.n_tokens);
                reader->position = cut.position;
                reader->invalid = cut.invalid;
                reader->line_start = cut.line_start;
                reader->depth = cut.depth;
                end = cut.end;
            }
            break;
        }
    }
    utt->byte_offset = start;
    utt->byte_length = end - start;
    utt->joints = reader->language->sentences->joints;
    return true;
}

void fe_clause_raw(struct clause_reader *reader, struct utterance *utt)
{
    size_t end = reader->size - reader->position > FE_RAW_BYTES ? reader->position + FE_RAW_BYTES : reader->size;
    while (end < reader->size && end > reader->position + 1 && ((unsigned char)reader->text[end] & 0xC0) == 0x80)
        end--;
    fe_utterance_clear(utt);
    utt->byte_offset = reader->position;
    utt->byte_length = end - reader->position;
    reader->position = end;
}

bool fe_clause_all(struct clause_reader *reader, struct utterance *utt)
{
    reader->whole = true;
    return fe_clause_next(reader, utt);
}
