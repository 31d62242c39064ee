/* Sentence and clause split. Input: the caller's bytes; output: the tokens of one sentence.
 *
 * Text is read in chunks, runs without white space. A chunk falls into words and punctuation; after each chunk what
 * stands before and behind decides whether the sentence ends there. Nothing looks further than the next word, and a
 * sentence is cut at FE_SENTENCE_BYTES, so time is linear and memory constant in the length of the text. */
#include "clause.h"

#include "abbreviations.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include <string.h>

/* A character of the chunk in hand; dashes "--" and dots "..." are already one character. */
struct fe_char {
    uint32_t codepoint;            /* 0: leaves no trace in the word (soft hyphen, direction marks) */
    size_t byte_offset, byte_length;
    const struct fe_punct *punct;  /* NULL: part of a word */
    bool parts;                    /* punctuation that parts words at this place */
};

enum space_kind { SPACE_NONE, SPACE_PLAIN, SPACE_LINE, SPACE_PARAGRAPH, SPACE_INVALID };

/* White space between two chunks, and what comes behind it. */
struct gap {
    size_t end;            /* byte where the next chunk starts */
    size_t invalid;        /* bytes in it that aren't white space */
    bool paragraph, line;  /* a blank line; a new line */
    bool at_end;           /* of the text */
    bool bullet;           /* the next chunk is the mark of a list's line: "-" or "12." */
    size_t bullet_bytes;   /* of a mark that isn't spoken */
    uint32_t next;         /* the first character of the next word behind opening quotes; 0: none */
    size_t next_offset;
};

static const uint32_t EM_DASH = 0x2014, ELLIPSIS = 0x2026;

/* ---- characters ---------------------------------------------------------------------------------------------------
 * */

static enum space_kind space_kind(struct base_codepoint c)
{
    if (!c.valid)
        return SPACE_INVALID;
    switch (c.value) {
    case ' ': case '\t': case '\r': case 0xA0: case 0x1680: case 0x200B: case 0x202F: case 0x205F: case 0x3000:
    case 0xFEFF:
        return SPACE_PLAIN;
    case '\n': case '\v': case 0x85: case 0x2028:
        return SPACE_LINE;
    case '\f': case 0x2029:
        return SPACE_PARAGRAPH;
    default:
        break;
    }
    if (c.value >= 0x2000 && c.value <= 0x200A)
        return SPACE_PLAIN;
    return c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) ? SPACE_INVALID : SPACE_NONE;
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Lower case letters of the Latin, Greek and Cyrillic alphabets; scripts without case have none. */
static bool is_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z';
    if (c < 0x100)
        return c >= 0xDF && c != 0xF7;
    if (c < 0x180) /* Latin Extended-A: pairs; the even one is the capital but in 139-148 and 179-17E */
        return ((c >= 0x139 && c <= 0x148) || c >= 0x179) ? c % 2 == 0 : c % 2 == 1;
    return (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
}

static bool is_list_mark(uint32_t c)
{
    return c == '-' || c == '*' || c == 0xB7 || c == 0x2013 || c == 0x2022 || c == 0x2023 || c == 0x25AA ||
           c == 0x25CF || c == 0x25E6;
}

static struct base_codepoint char_at(const struct clause_reader *reader, size_t position)
{
    return base_utf8_next(reader->text + position, reader->size - position);
}

static bool is_space_at(const struct clause_reader *reader, size_t position)
{
    return position >= reader->size || space_kind(char_at(reader, position)) != SPACE_NONE;
}

/* ---- gaps ---------------------------------------------------------------------------------------------------------
 * */

/* Marks of lists at the head of a line: one bullet, or up to three digits and '.' or ')', and white space. */
static void find_bullet(const struct clause_reader *reader, struct gap *gap)
{
    const struct base_codepoint first = char_at(reader, gap->end);
    if (is_list_mark(first.value) && is_space_at(reader, gap->end + first.length)) {
        gap->bullet = true;
        gap->bullet_bytes = first.length;
        return;
    }
    size_t i = gap->end;
    while (i < reader->size && i < gap->end + 3 && is_digit((unsigned char)reader->text[i]))
        i++;
    gap->bullet = i > gap->end && i < reader->size && (reader->text[i] == '.' || reader->text[i] == ')') &&
                  is_space_at(reader, i + 1);
}

/* The first character of the next word, which tells whether a sentence can start there. */
static void find_next(const struct clause_reader *reader, struct gap *gap)
{
    size_t i = gap->end;
    for (int n = 0; n < 8 && !is_space_at(reader, i); n++) {
        const struct base_codepoint c = char_at(reader, i);
        if (!fe_punct_find(c.value) && c.value != '\'' && c.value != 0x2018 && c.value != '[') {
            gap->next = c.value;
            gap->next_offset = i;
            return;
        }
        i += c.length;
    }
}

static struct gap read_gap(const struct clause_reader *reader, size_t position, bool line_start)
{
    struct gap gap = {0};
    size_t lines = 0;
    while (position < reader->size) {
        const struct base_codepoint c = char_at(reader, position);
        const enum space_kind kind = space_kind(c);
        if (kind == SPACE_NONE)
            break;
        lines += kind == SPACE_LINE ? 1 : kind == SPACE_PARAGRAPH ? 2 : 0;
        gap.invalid += kind == SPACE_INVALID ? c.length : 0;
        position += c.length;
    }
    gap.end = position;
    gap.at_end = position >= reader->size;
    gap.line = lines > 0;
    gap.paragraph = lines > 1;
    if (gap.at_end)
        return gap;
    if (gap.line || line_start)
        find_bullet(reader, &gap);
    find_next(reader, &gap);
    return gap;
}

/* ---- chunks -------------------------------------------------------------------------------------------------------
 * */

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

/* A closing single quote or square bracket behind other punctuation: not kept, but it mustn't hide the sentence's
 * end. */
static const struct fe_punct silent_close = {0, 0, FE_PUNCT_INNER | FE_PUNCT_CLOSE};

static bool is_silent_close(const struct clause_reader *reader, size_t i)
{
    const uint32_t c = reader->chars[i].codepoint;
    const struct fe_punct *const before = i ? reader->chars[i - 1].punct : NULL;
    return (c == '\'' || c == 0x2019 || c == ']' || c == '}') && before && !(before->flags & FE_PUNCT_OPEN);
}

/* Marks the punctuation that parts words: INNER anywhere, the rest at the chunk's end or before INNER ("stop!-no"). */
static void mark_parting(struct clause_reader *reader)
{
    bool tail = true;
    for (size_t i = reader->n_chars; i-- > 0;) {
        struct fe_char *const c = &reader->chars[i];
        if (c->codepoint == 0)
            continue;
        if (tail && is_silent_close(reader, i))
            c->punct = &silent_close;
        c->parts = c->punct && (tail || (c->punct->flags & FE_PUNCT_INNER));
        tail = c->parts;
    }
}

/* Reads the chunk at `position` into reader->chars. */
static bool read_chunk(struct clause_reader *reader, size_t position)
{
    const size_t start = position;
    bool hard = false;
    reader->n_chars = 0;
    while (!is_space_at(reader, position) && position - start < FE_CHUNK_BYTES) {
        const struct fe_char c = read_char(reader, position);
        if (hard && !(c.punct && c.punct->flags & (FE_PUNCT_CLOSE | FE_PUNCT_END)))
            break;
        void *chars = reader->chars;
        if (!fe_reserve(&chars, &reader->char_capacity, reader->n_chars, sizeof c))
            return false;
        reader->chars = chars;
        reader->chars[reader->n_chars++] = c;
        position += c.byte_length;
        hard = hard || (c.punct && c.punct->flags & FE_PUNCT_HARD);
    }
    lone_dash(reader);
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
    if (!canonical)
        return true;
    if (is_repeated(utt, canonical)) {
        struct fe_token *const last = &utt->tokens[utt->n_tokens - 1];
        last->byte_length = c->byte_offset + c->byte_length - last->byte_offset;
        return true;
    }
    struct fe_token *const token = fe_utterance_add(utt, FE_PUNCT, space_before);
    if (!token || !fe_buffer_put(&utt->text, canonical))
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
        if (c->codepoint && !fe_buffer_put(&utt->text, spoken_char(c->codepoint)))
            return false;
        token->byte_length = c->byte_offset + c->byte_length - token->byte_offset;
        token->text_length = utt->text.length - token->text_offset;
    }
    if (!token->text_length)
        fe_utterance_cut(utt, utt->n_tokens - 1);
    *next = i;
    return true;
}

static bool add_chunk(const struct clause_reader *reader, struct utterance *utt)
{
    bool space = utt->n_tokens > 0;
    for (size_t i = 0; i < reader->n_chars;) {
        const struct fe_char *const c = &reader->chars[i];
        if (c->parts) {
            if (!add_punct(utt, c, space))
                return false;
            i++;
            space = false;
        } else {
            if (!add_word(reader, utt, i, space, &i))
                return false;
            space = i < reader->n_chars && !reader->chars[i].parts; /* the rest of a word that was cut */
        }
    }
    return true;
}

/* ---- ends of sentences --------------------------------------------------------------------------------------------
 * */

static bool token_ends(const struct fe_token *token)
{
    return token->kind == FE_PUNCT && fe_punct_find(token->punct)->flags & FE_PUNCT_END;
}

/* Index of the mark that could end the sentence, behind which only closing quotes and brackets stand; n_tokens: none.
 * */
static size_t final_mark(const struct utterance *utt, size_t chunk_start)
{
    for (size_t i = utt->n_tokens; i-- > chunk_start;) {
        const struct fe_token *const token = &utt->tokens[i];
        if (token_ends(token))
            return i;
        if (token->kind != FE_PUNCT || !(fe_punct_find(token->punct)->flags & FE_PUNCT_CLOSE))
            break;
    }
    return utt->n_tokens;
}

/* Gives the dot behind a word to the word: "Mr.". The text needs no change, as the two touch in it. */
static void absorb_dot(struct utterance *utt, size_t dot)
{
    struct fe_token *const word = &utt->tokens[dot - 1];
    word->byte_length = utt->tokens[dot].byte_offset + utt->tokens[dot].byte_length - word->byte_offset;
    word->text_length = utt->tokens[dot].text_offset + utt->tokens[dot].text_length - word->text_offset;
    memmove(&utt->tokens[dot], &utt->tokens[dot + 1], (utt->n_tokens - dot - 1) * sizeof *utt->tokens);
    utt->n_tokens--;
}

/* The next word's letters, for the table of words that start sentences. */
static size_t next_word(const struct clause_reader *reader, const struct gap *gap, const char **word)
{
    *word = reader->text + gap->next_offset;
    size_t n = 0;
    while (gap->next_offset + n < reader->size && n < 16) {
        const char c = (*word)[n];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            break;
        n++;
    }
    return n;
}

static bool next_starts_sentence(const struct clause_reader *reader, const struct gap *gap)
{
    const char *word;
    const size_t n = next_word(reader, gap, &word);
    if (n == 1 && gap->next_offset + 1 < reader->size && word[1] == '.')
        return false; /* one more initial */
    return fe_is_starter(word, n);
}

static bool follows_initial(const struct utterance *utt, size_t word)
{
    return word > 0 && utt->tokens[word - 1].kind == FE_WORD && utt->tokens[word - 1].text_length == 2 &&
           utt->text.data[utt->tokens[word - 1].text_offset + 1] == '.';
}

/* Whether the dot tokens[dot] belongs to an abbreviation before it, given what follows. */
static bool is_abbreviation_dot(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                                const struct gap *gap)
{
    if (dot == 0 || utt->tokens[dot - 1].kind != FE_WORD || utt->tokens[dot].punct != '.' ||
        utt->tokens[dot].space_before)
        return false;
    const struct fe_token *const word = &utt->tokens[dot - 1];
    const bool more = dot + 1 < utt->n_tokens && !(fe_punct_find(utt->tokens[dot + 1].punct)->flags & FE_PUNCT_CLOSE);
    const bool stops = gap->at_end || gap->paragraph || !gap->next;
    switch (fe_abbreviation(utt->text.data + word->text_offset, word->text_length)) {
    case FE_ABBR_TITLE:
        return more || !stops;
    case FE_ABBR_NUMBERED:
        return !stops && is_digit(gap->next);
    case FE_ABBR_INITIAL:
        if (utt->text.data[word->text_offset] == 'I' && !follows_initial(utt, dot - 1))
            return false;
        return more || (!stops && !is_digit(gap->next) && !next_starts_sentence(reader, gap));
    case FE_ABBR_ANYWHERE:
        return more || (!stops && (is_lower(gap->next) || !next_starts_sentence(reader, gap)));
    case FE_ABBR_NONE:
        break;
    }
    return false;
}

/* "1." or "a)" at the head of a line. */
static bool is_list_number(const struct utterance *utt, size_t mark)
{
    if (mark != 1 || utt->tokens[0].kind != FE_WORD || utt->tokens[0].text_length > 3)
        return false;
    const char *const text = utt->text.data + utt->tokens[0].text_offset;
    for (size_t i = 0; i < utt->tokens[0].text_length; i++)
        if (!is_digit((unsigned char)text[i]))
            return false;
    return true;
}

static enum phone_terminator terminator_of(uint32_t punct)
{
    switch (punct) {
    case '?':
        return PHONE_END_QUESTION;
    case '!':
        return PHONE_END_EXCLAMATION;
    case '.':
    case 0x2026:
        return PHONE_END_STATEMENT;
    default:
        return fe_punct_find(punct)->flags & FE_PUNCT_CLAUSE ? PHONE_END_CLAUSE : PHONE_END_NONE;
    }
}

/* From the last marks of the sentence: a question mark among them wins. */
static enum phone_terminator find_terminator(const struct utterance *utt)
{
    enum phone_terminator found = PHONE_END_NONE;
    for (size_t i = utt->n_tokens; i-- > 0 && utt->tokens[i].kind == FE_PUNCT;) {
        const enum phone_terminator one = terminator_of(utt->tokens[i].punct);
        if (one == PHONE_END_QUESTION)
            return one;
        if (found == PHONE_END_NONE)
            found = one;
    }
    return found;
}

/* Does the sentence end behind the chunk whose tokens start at chunk_start? */
static bool ends_here(const struct clause_reader *reader, struct utterance *utt, size_t chunk_start,
                      const struct gap *gap, bool line_head)
{
    const size_t mark = final_mark(utt, chunk_start);
    const bool marked = mark < utt->n_tokens;
    bool inner_dot = false;
    for (size_t i = chunk_start + 1; i < utt->n_tokens && !inner_dot; i++) {
        inner_dot = is_abbreviation_dot(reader, utt, i, gap);
        if (inner_dot)
            absorb_dot(utt, i);
    }
    if (gap->at_end || reader->whole)
        return gap->at_end;
    if (gap->paragraph || (gap->line && gap->bullet))
        return true;
    if (!marked || inner_dot)
        return false;
    if (line_head && is_list_number(utt, mark))
        return false;
    const struct fe_char *const last = &reader->chars[reader->n_chars - 1];
    const bool hard = last->punct && last->punct->flags & FE_PUNCT_HARD;
    return hard || (gap->next && !is_lower(gap->next));
}

/* ---- sentences ----------------------------------------------------------------------------------------------------
 * */

void fe_clause_start(struct clause_reader *reader, const char *text, size_t size)
{
    reader->text = text;
    reader->size = size;
    reader->position = 0;
    reader->invalid = 0;
    reader->whole = false;
}

void fe_clause_free(struct clause_reader *reader)
{
    base_free(reader->chars);
    *reader = (struct clause_reader){0};
}

/* A place where an overlong sentence may be cut. */
struct cut {
    size_t n_tokens, end, position, invalid;
};

static bool ends_clause(const struct utterance *utt)
{
    return utt->n_tokens && utt->tokens[utt->n_tokens - 1].kind == FE_PUNCT &&
           fe_punct_find(utt->tokens[utt->n_tokens - 1].punct)->flags & FE_PUNCT_CLAUSE;
}

static void skip_gap(struct clause_reader *reader, const struct gap *gap)
{
    reader->position = gap->end;
    reader->invalid += gap->invalid;
}

/* White space, and bullets, before the sentence. Returns whether it starts a line. */
static bool skip_to_start(struct clause_reader *reader)
{
    bool line_head = reader->position == 0 && !reader->whole;
    for (;;) {
        const struct gap gap = read_gap(reader, reader->position, line_head);
        skip_gap(reader, &gap);
        line_head = line_head || gap.line;
        if (gap.at_end || !gap.bullet_bytes)
            return line_head;
        reader->position += gap.bullet_bytes;
    }
}

bool fe_clause_next(struct clause_reader *reader, struct utterance *utt)
{
    fe_utterance_clear(utt);
    const bool line_head = skip_to_start(reader);
    const size_t start = reader->position;
    size_t end = start;
    struct cut cut = {0};
    while (reader->position < reader->size) {
        const size_t chunk_start = utt->n_tokens;
        if (!read_chunk(reader, reader->position) || !add_chunk(reader, utt))
            return false;
        const struct fe_char *const last = &reader->chars[reader->n_chars - 1];
        reader->position = end = last->byte_offset + last->byte_length;
        const struct gap gap = read_gap(reader, reader->position, false);
        if (ends_here(reader, utt, chunk_start, &gap, line_head))
            break;
        skip_gap(reader, &gap);
        if (ends_clause(utt) && reader->position - start <= FE_SENTENCE_BYTES)
            cut = (struct cut){utt->n_tokens, end, reader->position, reader->invalid};
        if (!reader->whole && reader->position - start >= FE_SENTENCE_BYTES) {
            if (cut.n_tokens && cut.position - start > FE_SENTENCE_BYTES / 2) {
                fe_utterance_cut(utt, cut.n_tokens);
                reader->position = cut.position;
                reader->invalid = cut.invalid;
                end = cut.end;
            }
            break;
        }
    }
    utt->byte_offset = start;
    utt->byte_length = end - start;
    utt->terminator = find_terminator(utt);
    return true;
}

bool fe_clause_all(struct clause_reader *reader, struct utterance *utt)
{
    reader->whole = true;
    return fe_clause_next(reader, utt);
}
