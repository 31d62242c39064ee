/* The driver of the normaliser, free of language: cuts a sentence into tokens and asks the language's rules at each.
 * See normalize.h for the result and normalize_lang.h for what rules are made of. */
#include "normalize_lang.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/utf8.h"
#include <string.h>

/* ---- tokens ---- */

static const struct norm_token no_token = {.kind = NORM_END, .space_before = true};

/* Letters of words. Some that Unicode counts are signs beside numbers here: ª º µ, raised and lowered ones, ℓ, Ω. */
static bool is_word_letter(uint32_t c)
{
    return base_is_letter(c) && c != 0xAA && c != 0xB5 && c != 0xBA && !(c >= 0x2070 && c < 0x2200);
}

/* Extends a word over its letters, and over apostrophes between letters. */
static void read_word(const char *text, size_t size, bool ideographs, struct norm_token *token)
{
    size_t i = token->offset + token->length;
    while (i < size) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        size_t length = c.length;
        uint32_t letter = c.value;
        if (c.valid && base_is_apostrophe(c.value) && i + length < size) {
            const struct base_codepoint next = base_utf8_next(text + i + length, size - i - length);
            if (!next.valid)
                break;
            letter = next.value;
            length += next.length;
            token->all_caps = false;
        }
        if (!c.valid || !is_word_letter(letter) || (ideographs && base_is_ideograph(letter)))
            break;
        token->all_caps = token->all_caps && letter >= 'A' && letter <= 'Z';
        token->lower = token->lower && !base_is_upper(letter);
        i += length;
    }
    token->length = i - token->offset;
}

/* The token at token->offset, which isn't white space. */
static void read_token(const char *text, size_t size, bool ideographs, struct norm_token *token)
{
    const struct base_codepoint c = base_utf8_next(text + token->offset, size - token->offset);
    token->codepoint = c.value;
    token->length = c.length;
    if (!c.valid) {
        token->kind = NORM_INVALID;
    } else if (base_is_digit(c.value)) {
        token->kind = NORM_DIGITS;
        while (token->offset + token->length < size &&
               base_is_digit((unsigned char)text[token->offset + token->length]))
            token->length++;
    } else if (is_word_letter(c.value)) {
        token->kind = NORM_WORD;
        token->capital = base_is_upper(c.value);
        token->all_caps = c.value >= 'A' && c.value <= 'Z';
        token->lower = !token->capital;
        if (!ideographs || !base_is_ideograph(c.value))
            read_word(text, size, ideographs, token);
    } else {
        token->kind = NORM_SYMBOL;
    }
}

/* Fills pass->out->tokens and pass->n_tokens. */
static bool tokenize(struct norm_pass *pass)
{
    struct norm_output *const out = pass->out;
    const bool ideographs = pass->lang->normaliser && pass->lang->normaliser->ideographs;
    bool space = true;
    for (size_t i = 0; i < pass->size;) {
        const struct base_codepoint c = base_utf8_next(pass->text + i, pass->size - i);
        if (c.valid && base_is_space(c.value)) {
            space = true;
            i += c.length;
            continue;
        }
        void *tokens = out->tokens;
        if (!base_reserve(&tokens, &out->token_capacity, pass->n_tokens, sizeof *out->tokens))
            return false;
        out->tokens = tokens;
        struct norm_token *const token = &out->tokens[pass->n_tokens++];
        *token = (struct norm_token){.space_before = space, .offset = i};
        read_token(pass->text, pass->size, ideographs, token);
        i += token->length;
        space = false;
    }
    pass->tokens = out->tokens;
    return true;
}

/* ---- looking at tokens ---- */

const struct norm_token *norm_at(const struct norm_pass *pass, size_t i)
{
    return i < pass->n_tokens ? &pass->tokens[i] : &no_token;
}

const char *norm_text(const struct norm_pass *pass, size_t i)
{
    return pass->text + norm_at(pass, i)->offset;
}

bool norm_is_kind(const struct norm_pass *pass, size_t i, enum norm_kind kind)
{
    return norm_at(pass, i)->kind == kind;
}

bool norm_is_symbol(const struct norm_pass *pass, size_t i, uint32_t codepoint)
{
    const struct norm_token *const token = norm_at(pass, i);
    return token->kind == NORM_SYMBOL && token->codepoint == codepoint;
}

bool norm_is_ideograph(const struct norm_pass *pass, size_t i)
{
    return pass->lang->normaliser->ideographs && norm_is_kind(pass, i, NORM_WORD) &&
           base_is_ideograph(norm_at(pass, i)->codepoint);
}

bool norm_touches(const struct norm_pass *pass, size_t i)
{
    return i < pass->n_tokens && !pass->tokens[i].space_before;
}

bool norm_touching_symbol(const struct norm_pass *pass, size_t i, uint32_t codepoint)
{
    return norm_touches(pass, i) && norm_is_symbol(pass, i, codepoint);
}

bool norm_touching_kind(const struct norm_pass *pass, size_t i, enum norm_kind kind)
{
    return norm_touches(pass, i) && norm_is_kind(pass, i, kind);
}

static bool equals_lower(const char *bytes, const char *lower, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (base_ascii_lower(bytes[i]) != lower[i])
            return false;
    return true;
}

bool norm_is(const struct norm_pass *pass, size_t i, const char *exact)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length && pass->text[token->offset] != exact[0])
        return false;
    return token->length == strlen(exact) && memcmp(norm_text(pass, i), exact, token->length) == 0;
}

bool norm_is_word(const struct norm_pass *pass, size_t i, const char *lower)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length && base_ascii_lower(pass->text[token->offset]) != lower[0])
        return false;
    return token->length == strlen(lower) && equals_lower(norm_text(pass, i), lower, token->length);
}

bool norm_in_list(const struct norm_pass *pass, size_t i, const char *list)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length == 0)
        return false;
    while (*list) {
        const size_t n = strcspn(list, "|");
        if (n == token->length && equals_lower(norm_text(pass, i), list, n))
            return true;
        list += n + (list[n] == '|');
    }
    return false;
}

size_t norm_match(const struct norm_pass *pass, size_t i, const char *written)
{
    const size_t start = norm_at(pass, i)->offset;
    if (i >= pass->n_tokens || pass->text[start] != written[0])
        return 0;
    const size_t length = strlen(written);
    if (pass->size - start < length || memcmp(pass->text + start, written, length) != 0)
        return 0;
    for (size_t n = 0; i + n < pass->n_tokens && n < length; n++)
        if (pass->tokens[i + n].offset + pass->tokens[i + n].length == start + length)
            return n + 1;
    return 0;
}

const struct norm_entry *norm_find(const struct norm_pass *pass, size_t i, const struct norm_entry *table, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (norm_is(pass, i, table[k].written))
            return &table[k];
    return NULL;
}

const struct norm_entry *norm_find_lower(const struct norm_pass *pass, size_t i, const struct norm_entry *table,
                                         size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (norm_is_word(pass, i, table[k].written))
            return &table[k];
    return NULL;
}

long norm_value(const struct norm_pass *pass, size_t i, size_t max_digits)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind != NORM_DIGITS || token->length > max_digits)
        return -1;
    long value = 0;
    for (size_t k = 0; k < token->length; k++)
        value = value * 10 + (norm_text(pass, i)[k] - '0');
    return value;
}

unsigned norm_month(const struct norm_pass *pass, size_t i)
{
    for (unsigned m = 0; m < 12; m++)
        if (norm_is(pass, i, pass->lang->words->months[m]))
            return m + 1;
    return 0;
}

size_t norm_chunk_end(const struct norm_pass *pass, size_t i)
{
    const size_t limit = pass->n_tokens - i < NORM_LOOK_AHEAD ? pass->n_tokens : i + NORM_LOOK_AHEAD;
    for (i++; i < limit && !pass->tokens[i].space_before; i++)
        ;
    return i;
}

bool norm_at_end(const struct norm_pass *pass, size_t i)
{
    for (int n = 0; i < pass->n_tokens && n < 4; i++, n++) {
        const uint32_t c = pass->tokens[i].codepoint;
        if (c != ')' && c != '"' && c != '\'' && c != ']' && c != 0x201D && c != 0x2019)
            return false;
    }
    return i >= pass->n_tokens;
}

/* ---- writing ---- */

void norm_join_bytes(struct norm_pass *pass, const char *bytes, size_t size)
{
    if (!pass->out_of_memory)
        pass->out_of_memory = !base_buffer_add(&pass->out->text.bytes, bytes, size);
}

void norm_join(struct norm_pass *pass, const char *bytes)
{
    norm_join_bytes(pass, bytes, strlen(bytes));
}

void norm_say_bytes(struct norm_pass *pass, const char *bytes, size_t size)
{
    if (pass->out->text.bytes.length > pass->piece_start)
        norm_join_bytes(pass, " ", 1);
    norm_join_bytes(pass, bytes, size);
}

void norm_say(struct norm_pass *pass, const char *word)
{
    norm_say_bytes(pass, word, strlen(word));
}

void norm_say_token(struct norm_pass *pass, size_t i)
{
    norm_say_bytes(pass, norm_text(pass, i), norm_at(pass, i)->length);
}

void norm_say_digits(struct norm_pass *pass, const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        norm_say(pass, pass->lang->digits[digits[i] - '0']);
}

size_t norm_digits(char *out, unsigned long value)
{
    size_t n = 1;
    for (unsigned long rest = value; rest >= 10; rest /= 10)
        n++;
    for (size_t i = n; i > 0; i--, value /= 10)
        out[i - 1] = (char)('0' + value % 10);
    return n;
}

void norm_say_number(struct norm_pass *pass, unsigned long value)
{
    char digits[NORM_VALUE_DIGITS];
    const size_t n = norm_digits(digits, value);
    pass->lang->normaliser->cardinal(pass, digits, n);
}

void norm_say_month(struct norm_pass *pass, unsigned month)
{
    norm_say(pass, pass->lang->words->months[month - 1]);
}

void norm_spell(struct norm_pass *pass, const char *letters, size_t n)
{
    if (n == 1 && (letters[0] | 0x20) == 'a') {
        norm_say(pass, pass->lang->letter_a);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (!base_is_ascii_letter((unsigned char)letters[i]) && !base_is_digit((unsigned char)letters[i])) {
            norm_say_bytes(pass, letters, n);
            return;
        }
    }
    for (size_t i = 0; i < n; i++) {
        const char letter = (char)(base_is_ascii_letter((unsigned char)letters[i]) ? letters[i] & ~0x20 : letters[i]);
        if (i == 0) {
            norm_say_bytes(pass, &letter, 1);
        } else {
            norm_join_bytes(pass, ".", 1);
            norm_join_bytes(pass, &letter, 1);
        }
    }
}

void norm_keep_stop(struct norm_pass *pass, size_t i)
{
    if (norm_at_end(pass, i))
        norm_join_bytes(pass, ".", 1);
}

/* ---- pieces ---- */

/* Ends the piece in hand before token i. */
static void end_piece(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const last = &pass->tokens[i - 1];
    const size_t start = pass->tokens[pass->first_token].offset;
    if (pass->out->text.bytes.length > pass->piece_start &&
        !base_text_add_piece(&pass->out->text, pass->piece_start, start, last->offset + last->length - start))
        pass->out_of_memory = true;
    pass->first_token = i;
    pass->piece_start = pass->out->text.bytes.length;
}

void norm_border(struct norm_pass *pass, size_t i)
{
    if (pass->out->text.bytes.length == pass->piece_start || i <= pass->first_token || i >= pass->n_tokens ||
        pass->out_of_memory)
        return;
    end_piece(pass, i);
    norm_join_bytes(pass, " ", 1);
    pass->piece_start = pass->out->text.bytes.length;
}

/* Where a rule started, to take back what it wrote. */
struct mark {
    size_t length, n_pieces;
};

static void take_back(struct norm_pass *pass, struct mark mark, size_t i)
{
    base_buffer_cut(&pass->out->text.bytes, mark.length);
    pass->out->text.n_pieces = mark.n_pieces;
    pass->piece_start = mark.length;
    pass->first_token = i;
}

/* No piece since the mark, nor all together, is longer than allowed. */
static bool is_within_bounds(const struct norm_pass *pass, struct mark mark)
{
    for (size_t i = mark.n_pieces; i < pass->out->text.n_pieces; i++) {
        const struct base_piece *const piece = &pass->out->text.pieces[i];
        if (piece->out_length + 1 > NORM_MAX_EXPANSION * piece->in_length)
            return false;
    }
    return true;
}

/* Copies the input's bytes between the end of token i - 1 and token i. */
static void copy_gap(struct norm_pass *pass, size_t i)
{
    const size_t from = i ? pass->tokens[i - 1].offset + pass->tokens[i - 1].length : 0;
    norm_join_bytes(pass, pass->text + from, (i < pass->n_tokens ? pass->tokens[i].offset : pass->size) - from);
}

/* Marks that what follows touches. */
static bool is_opening(uint32_t c)
{
    static const uint32_t marks[] = {0xA1,   0xBF,   0x2018, 0x2019, 0x201C, 0x3008,
                                     0x300A, 0x300C, 0x300E, 0x3010, 0xFF08};
    for (size_t k = 0; k < NORM_COUNT(marks); k++)
        if (marks[k] == c)
            return true;
    return false;
}

/* Spoken words mustn't run into what touches them: "5km" behind "x". An apostrophe joins, "l’1", and so does a
 * mark that opens a question: "¿1 o 2?". */
static void part_from_before(struct norm_pass *pass, size_t i)
{
    const struct base_buffer *const out = &pass->out->text.bytes;
    if (!out->length || !i || pass->tokens[i].space_before || is_opening(pass->tokens[i - 1].codepoint))
        return;
    const char last = out->data[out->length - 1];
    if (base_is_word_byte(last) || last == ',' || last == ';')
        norm_join_bytes(pass, " ", 1);
}

/* Takes that space out again when no word came behind it. */
static void close_up(struct norm_pass *pass, size_t first_piece, size_t start)
{
    struct base_text *const out = &pass->out->text;
    char *const bytes = out->bytes.data;
    if (first_piece >= out->n_pieces || out->pieces[first_piece].out_offset == start ||
        base_is_word_byte(bytes[start + 1]))
        return;
    memmove(bytes + start, bytes + start + 1, out->bytes.length - start - 1);
    base_buffer_cut(&out->bytes, out->bytes.length - 1);
    pass->piece_start--;
    for (size_t k = first_piece; k < out->n_pieces; k++)
        out->pieces[k].out_offset--;
}

/* Most words of most texts: in lower case, spaces or the marks of a clause around, no number before. */
static bool is_plain(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = &pass->tokens[i], *const next = norm_at(pass, i + 1);
    if (token->kind != NORM_WORD || !token->lower || !token->space_before || token->length < 2 ||
        token->codepoint >= 0x80 || norm_is_kind(pass, i - 1, NORM_DIGITS))
        return false;
    const bool mark =
        next->codepoint == ',' || next->codepoint == '!' || next->codepoint == '?' || next->codepoint == ';';
    return next->space_before || ((mark || (next->codepoint == '.' && i + 2 == pass->n_tokens && token->length > 9)) &&
                                  norm_at(pass, i + 2)->space_before);
}

/* Tries the rules at token i; returns the tokens spoken, 0: none applies. */
static size_t try_rules(struct norm_pass *pass, size_t i)
{
    const struct mark before = {pass->out->text.bytes.length, pass->out->text.n_pieces};
    const unsigned kind = is_plain(pass, i) ? NORM_PLAIN : pass->tokens[i].kind;
    for (size_t r = 0; r < pass->lang->normaliser->n_rules; r++) {
        const struct norm_rule *const rule = &pass->lang->normaliser->rules[r];
        if (!(rule->kinds & kind))
            continue;
        part_from_before(pass, i);
        pass->piece_start = pass->out->text.bytes.length;
        pass->first_token = i;
        const size_t n = rule->match(pass, i);
        if (n && !pass->out_of_memory) {
            end_piece(pass, i + n);
            if (is_within_bounds(pass, before)) {
                close_up(pass, before.n_pieces, before.length);
                return n;
            }
        }
        take_back(pass, before, i);
    }
    return 0;
}

/* Takes over token i; joined to the piece before when that was taken over too and touches. */
static void take_over(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = &pass->tokens[i];
    const struct base_text *const out = &pass->out->text;
    const bool rewritten = out->n_pieces && out->pieces[out->n_pieces - 1].rewritten;
    if (rewritten && token->kind != NORM_SYMBOL && !token->space_before &&
        base_is_word_byte(out->bytes.data[out->bytes.length - 1]))
        norm_join_bytes(pass, " ", 1);
    if (!pass->out_of_memory)
        pass->out_of_memory =
            !base_text_keep(&pass->out->text, pass->text + token->offset, token->length, token->offset);
}

static void run(struct norm_pass *pass)
{
    for (size_t i = 0; i < pass->n_tokens && !pass->out_of_memory;) {
        copy_gap(pass, i);
        size_t n = pass->lang->normaliser ? try_rules(pass, i) : 0;
        if (!n) {
            take_over(pass, i);
            n = 1;
        }
        i += n;
    }
    copy_gap(pass, pass->n_tokens);
}

/* Ends a run, whose output is empty when there was no room for it. */
static int finish(const struct norm_pass *pass, struct base_error *err)
{
    if (!pass->out_of_memory)
        return LINNET_OK;
    base_buffer_cut(&pass->out->text.bytes, 0);
    pass->out->text.n_pieces = 0;
    return base_fail(err, LINNET_ERR_MEMORY, "normaliser: out of memory");
}

int norm_run_ordinal(struct norm_output *out, const struct language *lang, const char *digits, size_t n,
                     struct base_error *err)
{
    struct norm_pass pass = {.lang = lang, .text = digits, .size = n, .out = out};
    pass.out_of_memory = !base_text_start(&out->text);
    lang->normaliser->ordinal(&pass, digits, n);
    return finish(&pass, err);
}

int norm_run(struct norm_output *out, const struct language *lang, const char *text, size_t size,
             struct base_error *err)
{
    struct norm_pass pass = {.lang = lang, .text = text, .size = size, .out = out};
    pass.out_of_memory = !base_text_start(&out->text);
    if (size > NORM_MAX_INPUT)
        return base_fail(err, LINNET_ERR_ARGUMENT, "normaliser: text: over %zu bytes", NORM_MAX_INPUT);
    if (!pass.out_of_memory && tokenize(&pass))
        run(&pass);
    else
        pass.out_of_memory = true;
    return finish(&pass, err);
}

void norm_output_free(struct norm_output *out)
{
    base_text_free(&out->text);
    base_free(out->tokens);
    *out = (struct norm_output){0};
}
