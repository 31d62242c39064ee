/* Reads the marks of a list's items, and what comes next. See clause_list.h. */
#include "clause_list.h"

#include "base/chars.h"
#include "frontend/language/language.h"
#include <string.h>

#define LONGEST 4 /* letters or digits of a mark */

static const char *const romans[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"};
#define N_ROMANS (sizeof romans / sizeof *romans)

/* "12.)": what stands before its end ".)". */
struct item_mark {
    const char *text;
    size_t length, end_length;
};

static size_t roman_value(const char *text, size_t length)
{
    for (size_t i = 0; i < N_ROMANS; i++)
        if (strlen(romans[i]) == length && memcmp(romans[i], text, length) == 0)
            return i + 1;
    return 0;
}

static size_t decimal_value(const char *text, size_t length)
{
    size_t value = 0;
    for (size_t i = 0; i < length && i < 3; i++)
        value = base_is_digit((unsigned char)text[i]) ? value * 10 + (size_t)(text[i] - '0') : 1000;
    return length <= 3 && value < 1000 ? value : 0;
}

static bool is_item(const char *text, size_t length)
{
    return decimal_value(text, length) || roman_value(text, length) ||
           (length == 1 && base_is_ascii_letter((unsigned char)text[0]));
}

bool fe_list_is_mark(const struct utterance *utt, size_t mark)
{
    return mark == 1 && utt->tokens[1].punct == '.' && utt->tokens[0].kind == FE_WORD &&
           is_item(utt->text.data + utt->tokens[0].text_offset, utt->tokens[0].text_length);
}

/* The mark at text[position], with white space behind it. */
static bool read_mark(const struct clause_reader *reader, size_t position, struct item_mark *mark)
{
    const char *const text = reader->text;
    size_t i = position;
    while (i < reader->size && i < position + LONGEST &&
           (base_is_digit((unsigned char)text[i]) || base_is_ascii_letter((unsigned char)text[i])))
        i++;
    const size_t end = i;
    i += i < reader->size && text[i] == '.';
    i += i < reader->size && text[i] == ')';
    *mark = (struct item_mark){text + position, end - position, i - end};
    return i > end && end > position && fe_is_space_at(reader, i) && is_item(mark->text, mark->length);
}

static bool is_next(const struct item_mark *a, const struct item_mark *b)
{
    const size_t decimal = decimal_value(a->text, a->length), roman = roman_value(a->text, a->length);
    if (a->end_length != b->end_length || memcmp(a->text + a->length, b->text + b->length, a->end_length) != 0)
        return false;
    if (decimal)
        return decimal_value(b->text, b->length) == decimal + 1;
    return (a->length == 1 && b->length == 1 && b->text[0] == a->text[0] + 1) ||
           (roman && roman_value(b->text, b->length) == roman + 1);
}

/* A number behind it rather belongs to it: "see chapter 2.", "and 2)", "pears, 2)". */
static bool wants_number(const struct clause_reader *reader, const struct utterance *utt)
{
    const struct fe_token *const last = &utt->tokens[utt->n_tokens - 1];
    const struct sentence_words *const words = reader->language->sentences;
    const char *const text = utt->text.data + last->text_offset;
    if (last->kind == FE_PUNCT)
        return last->punct == ',' || last->punct == ';';
    return is_listed(words->numbered ? words->numbered : words->unfinished, text, last->text_length);
}

bool fe_list_goes_on(const struct clause_reader *reader, const struct utterance *utt, const struct fe_gap *gap)
{
    struct item_mark first, next;
    return utt->n_tokens > 2 && read_mark(reader, utt->tokens[0].byte_offset, &first) &&
           read_mark(reader, gap->end, &next) && is_next(&first, &next) && !wants_number(reader, utt);
}
