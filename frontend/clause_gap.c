/* Reads the gaps between chunks of text. See clause_gap.h. */
#include "clause_gap.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "quoting.h"

enum space_kind { SPACE_NONE, SPACE_PLAIN, SPACE_LINE, SPACE_PARAGRAPH, SPACE_INVALID };

/* ---- characters ---- */

static enum space_kind space_kind(struct base_codepoint c)
{
    if (!c.valid)
        return SPACE_INVALID;
    switch (c.value) {
    case '\n':
    case '\v':
    case 0x85:
    case 0x2028: return SPACE_LINE;
    case '\f':
    case 0x2029: return SPACE_PARAGRAPH;
    default: return base_is_space(c.value) ? SPACE_PLAIN : SPACE_NONE;
    }
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

bool fe_is_space_at(const struct clause_reader *reader, size_t position)
{
    return position >= reader->size || space_kind(char_at(reader, position)) != SPACE_NONE;
}

/* ---- what a line starts with ---- */

/* A mark that begins an item wherever it stands: "• tea • coffee". */
static bool is_item_mark(uint32_t c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25E6;
}

static bool is_wordlike(uint32_t c)
{
    return base_is_letter(c) || base_is_digit(c);
}

/* Marks of lists: one bullet and white space, or a letter or digit behind one that begins items only; at the head of a
 * line also other signs, and up to three digits and '.' or ')'. */
static void find_bullet(const struct clause_reader *reader, struct fe_gap *gap, bool head)
{
    const struct base_codepoint first = char_at(reader, gap->end);
    const size_t behind = gap->end + first.length;
    const bool item =
        is_item_mark(first.value) && (fe_is_space_at(reader, behind) || is_wordlike(char_at(reader, behind).value));
    if (item || (head && is_list_mark(first.value) && fe_is_space_at(reader, behind))) {
        gap->bullet = true;
        gap->bullet_bytes = reader->is_named && reader->is_named(reader->naming, first.value) ? 0 : first.length;
        return;
    }
    if (!head)
        return;
    size_t i = gap->end;
    while (i < reader->size && i < gap->end + 3 && base_is_digit((unsigned char)reader->text[i]))
        i++;
    gap->bullet = i > gap->end && i < reader->size && (reader->text[i] == '.' || reader->text[i] == ')') &&
                  fe_is_space_at(reader, i + 1);
}

/* The first character of the next word, which tells whether a sentence can start there. French sets a space behind an
 * opening quote. */
static void find_next(const struct clause_reader *reader, struct fe_gap *gap)
{
    size_t i = gap->end;
    bool opening = false;
    for (int n = 0; n < 8 && i < reader->size && (opening || !fe_is_space_at(reader, i)); n++) {
        const struct base_codepoint c = char_at(reader, i);
        const bool space = fe_is_space_at(reader, i);
        opening = c.value == 0xAB;
        if (!space && !fe_punct_find(c.value) && c.value != '\'' && c.value != 0x2018 && c.value != '[') {
            gap->next = c.value;
            gap->next_offset = i;
            return;
        }
        i += c.length;
    }
}

/* ---- gaps ---- */

struct fe_gap fe_gap_read(const struct clause_reader *reader, size_t position, bool line_start)
{
    struct fe_gap gap = {.depth = reader->depth};
    size_t lines = 0, depth;
    bool head = line_start; /* nothing but white space since the line's start */
    while (position < reader->size) {
        const struct base_codepoint c = char_at(reader, position);
        const enum space_kind kind = space_kind(c);
        const size_t marks = head ? fe_quote_marks(reader->text + position, reader->size - position, &depth) : 0;
        if (marks) {
            gap.depth = depth;
            position += marks;
            head = false;
            continue;
        }
        if (kind == SPACE_NONE)
            break;
        if (kind == SPACE_LINE || kind == SPACE_PARAGRAPH) {
            lines += kind == SPACE_LINE ? 1 : 2;
            gap.depth = 0;
            head = true;
        }
        gap.invalid += kind == SPACE_INVALID ? c.length : 0;
        position += c.length;
    }
    gap.end = position;
    gap.at_end = position >= reader->size;
    gap.line = lines > 0;
    gap.paragraph = lines > 1 || (gap.line && gap.depth != reader->depth);
    if (gap.at_end)
        return gap;
    find_bullet(reader, &gap, gap.line || line_start);
    find_next(reader, &gap);
    return gap;
}
