/* Decides where sentences end: by the marks behind a word, the word itself, white space, and what follows. See
 * clause_end.h. */
#include "clause_end.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "clause_dot.h"
#include "clause_list.h"
#include "frontend/language/language.h"
#include <string.h>

#define HEADING_BYTES 30 /* a line that is shorter may be one of its own, whatever its neighbours */
#define LINE_BYTES 120   /* looked at of a line */

/* ---- marks ---- */

static bool token_ends(const struct fe_token *token)
{
    return token->kind == FE_PUNCT && fe_punct_find(token->punct)->flags & FE_PUNCT_END;
}

/* Index of the mark that could end the sentence, behind which only closing quotes and brackets stand; n_tokens: none.
 * French sets a space before a closing quote, which then is a chunk of its own. */
static size_t final_mark(const struct utterance *utt, size_t chunk_start)
{
    const bool spaced = chunk_start && chunk_start < utt->n_tokens && utt->tokens[chunk_start].kind == FE_PUNCT &&
                        utt->tokens[chunk_start].punct == 0x201D;
    if (chunk_start && chunk_start == utt->n_tokens && token_ends(&utt->tokens[chunk_start - 1]))
        return chunk_start - 1; /* the last dot of ". . ." */
    for (size_t i = utt->n_tokens; i-- > chunk_start - spaced;) {
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

/* ---- lines ---- */

/* Cells of a table in the line in hand. */
static bool line_has_cells(const struct clause_reader *reader)
{
    const char *const line = reader->text + reader->line_start;
    const size_t size = reader->position - reader->line_start;
    return memchr(line, '|', size) || memchr(line, '\t', size);
}

static bool ends_unfinished(const struct clause_reader *reader, const struct utterance *utt)
{
    const struct fe_token *const last = &utt->tokens[utt->n_tokens - 1];
    if (last->kind == FE_PUNCT)
        return last->punct != ':' && (fe_punct_find(last->punct)->flags & (FE_PUNCT_CLAUSE | FE_PUNCT_OPEN));
    size_t length = last->text_length;
    const char *const word = utt->text.data + last->text_offset;
    length -= length > 1 && word[length - 1] == '.';
    return word[length - 1] == '-' || is_listed(reader->language->sentences->unfinished, word, length);
}

/* A heading, an entry or a verse: the line ends although there was room for more, and a capital follows. Room is as
 * much as the next line takes. */
static bool is_line_of_its_own(const struct clause_reader *reader, const struct utterance *utt,
                               const struct fe_gap *gap)
{
    if (!gap->line || !utt->n_tokens)
        return false;
    if (line_has_cells(reader))
        return true;
    if (!base_is_upper(gap->next) || ends_unfinished(reader, utt))
        return false;
    const size_t left = reader->size - gap->end, most = left < LINE_BYTES ? left : LINE_BYTES;
    const char *const next = reader->text + gap->end, *const end = memchr(next, '\n', most);
    const size_t width = end ? (size_t)(end - next) : most;
    size_t word = 0;
    while (word < most && next[word] != ' ' && next[word] != '\n')
        word++;
    return reader->position - reader->line_start + 1 + word < (width > HEADING_BYTES ? width : HEADING_BYTES);
}

/* "[...]": something was left out. */
static bool is_omission(const struct clause_reader *reader, const struct utterance *utt, size_t mark)
{
    const size_t start = utt->tokens[mark].byte_offset;
    return utt->tokens[mark].punct == 0x2026 && start && reader->text[start - 1] == '[';
}

/* "Yahoo! Mail" */
static bool is_shouted_name(const struct clause_reader *reader, const struct utterance *utt, size_t mark,
                            const struct fe_gap *gap)
{
    const struct sentence_words *const words = reader->language->sentences;
    if (!words->shouted || !mark || utt->tokens[mark].punct != '!' || mark + 1 < utt->n_tokens ||
        utt->tokens[mark - 1].kind != FE_WORD ||
        !is_listed(words->shouted, utt->text.data + utt->tokens[mark - 1].text_offset,
                   utt->tokens[mark - 1].text_length))
        return false;
    size_t end = gap->next_offset;
    while (end < reader->size && base_is_ascii_letter((unsigned char)reader->text[end]))
        end++;
    return !sentence_starter(words, reader->text + gap->next_offset, end - gap->next_offset);
}

/* The mark, or the whole of it, is no end. */
static bool is_inner_mark(const struct clause_reader *reader, const struct utterance *utt, size_t mark,
                          const struct fe_gap *gap)
{
    return fe_list_is_mark(utt, mark) || is_omission(reader, utt, mark) || is_shouted_name(reader, utt, mark, gap);
}

/* Not lower case, nor a sign that goes on with what is before: "5! = 120". */
static bool can_start(uint32_t c)
{
    return c && !base_is_lower(c) && !(c < 0x80 && strchr("=+*/<&%^~", (int)c));
}

/* ---- the whole ---- */

bool fe_clause_ends(const struct clause_reader *reader, struct utterance *utt, size_t chunk_start,
                    const struct fe_gap *gap, bool hard)
{
    const size_t mark = final_mark(utt, chunk_start);
    const bool marked = mark < utt->n_tokens;
    bool inner_dot = false;
    for (size_t i = chunk_start + 1; i < utt->n_tokens && !inner_dot; i++) {
        inner_dot = fe_dot_is_inner(reader, utt, i, gap);
        if (inner_dot)
            absorb_dot(utt, i);
    }
    if (gap->at_end || reader->whole)
        return gap->at_end;
    if (gap->paragraph || gap->bullet)
        return true;
    if (marked && !inner_dot && !is_inner_mark(reader, utt, mark, gap) && (hard || can_start(gap->next)))
        return true;
    if (!marked && (hard || (gap->line && reader->language->sentences->lines && !ends_unfinished(reader, utt))))
        return true;
    return !marked && is_line_of_its_own(reader, utt, gap);
}

static struct base_codepoint char_at(const struct clause_reader *reader, size_t position)
{
    return position < reader->size ? base_utf8_next(reader->text + position, reader->size - position)
                                   : (struct base_codepoint){' ', 1, true};
}

/* The character that ends before byte `position`, and where it starts; not before byte `start`. */
static uint32_t char_before(const struct clause_reader *reader, size_t start, size_t *position)
{
    const size_t end = *position;
    if (end == start)
        return ' ';
    while (--*position > start && ((unsigned char)reader->text[*position] & 0xC0) == 0x80)
        ;
    return base_utf8_next(reader->text + *position, end - *position).value;
}

/* Only letters and what stands before words. */
static bool is_plain_word(const struct clause_reader *reader, size_t start, size_t end)
{
    for (size_t i = start; i < end;) {
        const struct base_codepoint c = char_at(reader, i);
        if (!base_is_letter(c.value) && !base_is_apostrophe(c.value) && c.value != '"' && c.value != '(' &&
            c.value != '-' && c.value < 0x2000)
            return false;
        i += c.length;
    }
    return true;
}

/* An address or a name of a file goes on from here. */
static bool is_address(const struct clause_reader *reader, size_t position)
{
    const char *const text = reader->text;
    for (size_t i = position; i < reader->size && i < position + LINE_BYTES && !fe_is_space_at(reader, i); i++) {
        const uint32_t next = char_at(reader, i + 1).value;
        if (strchr("/@_=&(\\", text[i]) || (text[i] == '.' && base_is_letter(next) && !base_is_upper(next)))
            return true;
    }
    return false;
}

bool fe_clause_lacks_space(const struct clause_reader *reader, size_t start, size_t position)
{
    const char mark = reader->text[position];
    size_t before = position;
    if (strchr("!?", mark) && base_is_ideograph(char_before(reader, start, &before)))
        return true;
    before = position;
    if (!strchr(".!?", mark) || !base_is_lower(char_before(reader, start, &before)))
        return false;
    const struct base_codepoint first = char_at(reader, position + 1);
    const uint32_t second = char_at(reader, position + 1 + first.length).value;
    if (!base_is_upper(first.value) || base_is_upper(second))
        return false;
    /* A dot stands in names too, "Hi.Fi"; "you?I am" needs less. */
    const bool sure = base_is_letter(second) && base_is_lower(char_before(reader, start, &before));
    if (!sure && (mark == '.' || !(base_is_letter(second) || second == ' ')))
        return false;
    return is_plain_word(reader, start, position) && !is_address(reader, position + 1);
}
