/* Asks the language's abbreviations about a dot, and looks at what follows. See clause_dot.h. */
#include "clause_dot.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "frontend/language/language.h"
#include <string.h>

#define WORD_BYTES 16 /* looked at of the next word */

/* ---- what follows ---- */

/* The next word's letters, up to an apostrophe. */
static size_t next_word(const struct clause_reader *reader, const struct fe_gap *gap, const char **word)
{
    size_t end = gap->next_offset;
    *word = reader->text + end;
    while (end < reader->size && end - gap->next_offset < WORD_BYTES) {
        const struct base_codepoint c = base_utf8_next(reader->text + end, reader->size - end);
        if (!c.valid || !base_is_letter(c.value))
            break;
        end += c.length;
    }
    return end - gap->next_offset;
}

static bool next_starts_sentence(const struct clause_reader *reader, const struct fe_gap *gap)
{
    const char *word;
    const size_t n = next_word(reader, gap, &word);
    if (n == 1 && gap->next_offset + 1 < reader->size && word[1] == '.')
        return false; /* one more initial */
    return sentence_starter(reader->language->sentences, word, n);
}

/* Capitals that go on with a time of day: "p.m. EST", "p.m. Monday". */
static bool next_tells_time(const struct clause_reader *reader, const struct fe_gap *gap)
{
    const char *word;
    const size_t n = next_word(reader, gap, &word);
    return is_listed(reader->language->sentences->time_words, word, n) ||
           (n > 1 && base_is_upper((unsigned char)word[1]));
}

static bool follows_initial(const struct utterance *utt, size_t word)
{
    return word > 0 && utt->tokens[word - 1].kind == FE_WORD && utt->tokens[word - 1].text_length == 2 &&
           utt->text.data[utt->tokens[word - 1].text_offset + 1] == '.';
}

/* A number or a roman numeral: "Fig. 3", "vol. II". */
static bool next_is_number(const struct clause_reader *reader, const struct fe_gap *gap)
{
    const char *word;
    const size_t n = next_word(reader, gap, &word);
    if (!gap->next || base_is_digit(gap->next))
        return gap->next;
    for (size_t i = 0; i < n; i++)
        if (!memchr("IVXLC", word[i], 5))
            return false;
    return n > 1 || (n == 1 && word[0] != 'I' && word[0] != 'C');
}

/* Chapter and verse: "5:3". */
static bool next_is_verse(const struct clause_reader *reader, const struct fe_gap *gap)
{
    size_t i = gap->next_offset;
    while (base_is_digit(gap->next) && i < reader->size && base_is_digit((unsigned char)reader->text[i]))
        i++;
    return i > gap->next_offset && i + 1 < reader->size && reader->text[i] == ':' &&
           base_is_digit((unsigned char)reader->text[i + 1]);
}

/* A number with its ending: "42nd". */
static bool next_is_ordinal(const struct clause_reader *reader, const struct fe_gap *gap)
{
    size_t i = gap->next_offset;
    while (base_is_digit(gap->next) && i < reader->size && base_is_digit((unsigned char)reader->text[i]))
        i++;
    return i > gap->next_offset && i < reader->size && base_is_ascii_letter((unsigned char)reader->text[i]);
}

/* Where the word before a dot starts that may be an abbreviation: behind "5-" or "(" in "5-Feb". */
static size_t last_part(const struct clause_reader *reader, size_t start, size_t end)
{
    const char *const text = reader->text;
    for (size_t i = end; i > start; i--)
        if (strchr("-/(", text[i - 1]) || (i >= start + 3 && memcmp(text + i - 3, "\xE2\x80\x93", 3) == 0))
            return i;
    return start;
}

static bool is_digits(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!base_is_digit((unsigned char)text[i]))
            return false;
    return n > 0;
}

/* What stands before the word tokens[index], of which the text from byte `start` on is looked at. */
static struct abbreviation_place place_of(const struct clause_reader *reader, const struct utterance *utt, size_t index,
                                          size_t start)
{
    struct abbreviation_place place = {false, false};
    if (!index || utt->tokens[index - 1].kind != FE_WORD || start > utt->tokens[index].byte_offset)
        return place;
    const struct fe_token *const before = &utt->tokens[index - 1];
    const char *const text = reader->text + before->byte_offset;
    place.after_number = is_digits(text, before->byte_length);
    place.after_name = index > 1 && base_is_upper(base_utf8_next(text, before->byte_length).value);
    return place;
}

/* What kind of abbreviation the dot tokens[dot] stands behind. */
static enum abbreviation_dot dot_kind(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                                      size_t start)
{
    const struct language *const language = reader->language;
    return abbreviation_dot(language->abbreviations, language->sentences, reader->text, reader->size, start,
                            utt->tokens[dot].byte_offset, place_of(reader, utt, dot - 1, start));
}

static bool is_word_of(const char *list, const struct utterance *utt, size_t token)
{
    const struct fe_token *const t = &utt->tokens[token];
    return list && t->kind == FE_WORD && is_listed(list, utt->text.data + t->text_offset, t->text_length);
}

/* "Albert I. Jones": a first name stands before the letter, and none that is counted, as in "King Charles I." */
static bool follows_first_name(const struct clause_reader *reader, const struct utterance *utt, size_t letter)
{
    const struct sentence_words *const words = reader->language->sentences;
    if (!letter || utt->tokens[letter - 1].kind != FE_WORD || utt->tokens[letter - 1].text_length < 3)
        return false;
    const char *const name = utt->text.data + utt->tokens[letter - 1].text_offset;
    return base_is_upper(base_utf8_next(name, utt->tokens[letter - 1].text_length).value) &&
           !is_word_of(words->starters, utt, letter - 1) && !is_word_of(words->no_names, utt, letter - 1) &&
           !(letter > 1 && is_word_of(words->rulers, utt, letter - 2));
}

/* A point of the compass: "40.7° N." */
static bool follows_degrees(const struct utterance *utt, size_t letter)
{
    if (!letter || utt->tokens[letter - 1].kind != FE_WORD)
        return false;
    const struct fe_token *const before = &utt->tokens[letter - 1];
    const char *const text = utt->text.data + before->text_offset;
    static const char *const signs[] = {"\u00B0", "\u2032", "\u2033"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (before->text_length > strlen(signs[i]) &&
            memcmp(text + before->text_length - strlen(signs[i]), signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* The word is a capital letter: "J. Smith", but rather not one that is a word, as "I". */
static bool is_initial(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                       const struct fe_gap *gap, bool more)
{
    const char *const letter = utt->text.data + utt->tokens[dot - 1].text_offset;
    if (follows_degrees(utt, dot - 1) && !more)
        return false;
    if (is_listed(reader->language->sentences->letters, letter, 1) && !follows_initial(utt, dot - 1) &&
        !follows_first_name(reader, utt, dot - 1))
        return false;
    return more || (gap->next && !base_is_digit(gap->next) && !next_starts_sentence(reader, gap));
}

/* The sentence has only told its time so far: "At 5 p.m." */
static bool is_opening(const struct clause_reader *reader, const struct utterance *utt, size_t dot)
{
    return dot <= 4 && is_word_of(reader->language->sentences->openers, utt, 0);
}

/* The sentence goes on behind an abbreviation of this kind, its dot tokens[dot]. `more`: in the chunk itself; else the
 * next chunk decides. */
static bool goes_on(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                    enum abbreviation_dot kind, const struct fe_gap *gap, bool more)
{
    switch (kind) {
    case DOT_GOES_ON: return more || gap->next;
    case DOT_NUMBER: return next_is_number(reader, gap);
    case DOT_ORDINAL: return next_is_ordinal(reader, gap);
    case DOT_VERSE: return next_is_verse(reader, gap);
    case DOT_EITHER: return more || (gap->next && (base_is_lower(gap->next) || !next_starts_sentence(reader, gap)));
    case DOT_CLOSES:
        return more || (gap->next && (!base_is_upper(gap->next) || next_tells_time(reader, gap) ||
                                      (is_opening(reader, utt, dot) && !next_starts_sentence(reader, gap))));
    case DOT_INITIAL:
    case DOT_NONE: break;
    }
    return false;
}

/* "der II. Weltkrieg": a roman numeral, and no name that it counts before it. */
static bool is_roman_ordinal(const struct clause_reader *reader, const struct utterance *utt, size_t word, size_t start,
                             size_t end)
{
    const struct fe_token *const before = word ? &utt->tokens[word - 1] : NULL;
    if (end - start < 2 || end - start > 5)
        return false;
    for (size_t i = start; i < end; i++)
        if (!strchr("IVX", reader->text[i]))
            return false;
    return !before || (before->kind == FE_WORD &&
                       (word == 1 || base_is_lower((unsigned char)utt->text.data[before->text_offset])));
}

bool fe_dot_is_inner(const struct clause_reader *reader, const struct utterance *utt, size_t dot,
                     const struct fe_gap *gap)
{
    if (dot == 0 || utt->tokens[dot - 1].kind != FE_WORD || utt->tokens[dot].punct != '.' ||
        utt->tokens[dot].space_before)
        return false;
    const struct fe_punct *const behind = dot + 1 < utt->n_tokens ? fe_punct_find(utt->tokens[dot + 1].punct) : NULL;
    const bool more = dot + 1 < utt->n_tokens && !(behind && behind->flags & FE_PUNCT_CLOSE);
    const size_t end = utt->tokens[dot].byte_offset, start = last_part(reader, utt->tokens[dot - 1].byte_offset, end);
    struct fe_gap next = *gap;
    if (gap->at_end || gap->paragraph)
        next.next = 0; /* nothing that belongs to it */
    if (reader->language->sentences->ordinal_dots &&
        ((end - start <= 3 && is_digits(reader->text + start, end - start)) ||
         is_roman_ordinal(reader, utt, dot - 1, start, end)))
        return next.next && !base_is_digit(next.next) && !next_starts_sentence(reader, &next);
    const enum abbreviation_dot kind = dot_kind(reader, utt, dot, start);
    return goes_on(reader, utt, dot, kind, &next, more) ||
           (end - start == 1 && reader->text[start] >= 'A' && reader->text[start] <= 'Z' &&
            is_initial(reader, utt, dot, &next, more));
}
