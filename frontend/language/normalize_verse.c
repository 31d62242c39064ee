/* Chapters and verses of the Bible, and its books cut short: "Gen. 1:1", "1 Cor. 13:4-7", "Joh 3,16". */
#include "normalize_lang.h"

#include <string.h>

static const struct norm_bible *bible_of(const struct norm_pass *pass)
{
    return pass->lang->normaliser->bible;
}

static const struct norm_book *book_at(const struct norm_pass *pass, size_t i)
{
    const struct norm_bible *const bible = bible_of(pass);
    for (size_t k = 0; norm_is_name(pass, i) && k < bible->n_books; k++)
        if (norm_in_list(pass, i, bible->books[k].written))
            return &bible->books[k];
    return NULL;
}

/* Behind "5:30" that is a time. */
static bool is_time_behind(const struct norm_pass *pass, size_t i)
{
    return norm_in_list(pass, i, "am|pm|h|uhr") ||
           (norm_in_list(pass, i, "a|p") && norm_touching_symbol(pass, i + 1, '.'));
}

/* Chapter and verse at token i: "5:3". */
static bool is_verse(const struct norm_pass *pass, size_t i)
{
    const uint32_t mark = norm_at(pass, i + 1)->codepoint;
    return !norm_touches(pass, i) && norm_value(pass, i, 3) > 0 && norm_touching_kind(pass, i + 1, NORM_SYMBOL) &&
           mark < 0x80 && strchr(bible_of(pass)->marks, (int)mark) && norm_touches(pass, i + 2) &&
           norm_value(pass, i + 2, 3) > 0 && !is_time_behind(pass, i + 3);
}

/* The "1" of "1 Cor. 13:4", "1. Mose 1,1" and, where there are several such books, "1 Cor. 13" at token i. */
static bool is_book_number(const struct norm_pass *pass, size_t i)
{
    const size_t word = i + 1 + norm_touching_symbol(pass, i + 1, '.');
    const size_t behind = word + 1 + norm_touching_symbol(pass, word + 1, '.');
    if (norm_value(pass, i, 1) < 1 || norm_value(pass, i, 1) > NORM_MOST_BOOKS || norm_touches(pass, word) ||
        norm_touches(pass, behind) || norm_value(pass, behind, 3) < 1)
        return false;
    const struct norm_book *const book = book_at(pass, word);
    return book && book->number;
}

static void say_number(struct norm_pass *pass, size_t i)
{
    norm_border(pass, i);
    pass->lang->normaliser->cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length);
}

/* "5:3-10" behind a book. */
static size_t say_verses(struct norm_pass *pass, size_t i)
{
    say_number(pass, i);
    if (bible_of(pass)->verse) {
        norm_border(pass, i + 1);
        norm_say(pass, bible_of(pass)->verse);
    }
    say_number(pass, i + 2);
    const bool dash = norm_touching_symbol(pass, i + 3, '-') || norm_touching_symbol(pass, i + 3, 0x2013);
    if (!dash || !norm_touches(pass, i + 4) || norm_value(pass, i + 4, 3) < 1 || norm_touching_symbol(pass, i + 5, ':'))
        return 3;
    norm_border(pass, i + 3);
    norm_say(pass, pass->lang->normaliser->to);
    say_number(pass, i + 4);
    return 5;
}

/* A book with its dot, before a verse or behind its number. */
static size_t say_book(struct norm_pass *pass, size_t i, size_t dot)
{
    const bool numbered = i && is_book_number(pass, i - 1 - (i > 1 && norm_is_symbol(pass, i - 1, '.')));
    const struct norm_book *const book = numbered || is_verse(pass, i + 1 + dot) ? book_at(pass, i) : NULL;
    if (!book)
        return 0;
    norm_say(pass, book->spoken);
    return 1 + dot;
}

/* "1 Cor. 13:4-7", from each of its parts. */
size_t norm_rule_verse(struct norm_pass *pass, size_t i)
{
    const size_t dot = norm_touching_symbol(pass, i + 1, '.');
    if (norm_is_kind(pass, i, NORM_WORD))
        return say_book(pass, i, dot);
    if (is_book_number(pass, i)) {
        const bool feminine = book_at(pass, i + 1 + dot)->number == NORM_BOOK_FEMININE;
        norm_say(pass, bible_of(pass)->numbers[feminine][norm_value(pass, i, 1) - 1]);
        return 1 + dot;
    }
    const size_t before = i - (i && norm_is_symbol(pass, i - 1, '.'));
    return before && is_verse(pass, i) && book_at(pass, before - 1) ? say_verses(pass, i) : 0;
}
