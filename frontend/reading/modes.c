/* Reading modes as rules over the characters of a sentence; see modes.h. At each place the first rule that wants it
 * says something instead, or nothing; else the character, or the whole word, is taken over. */
#include "modes.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "frontend/quoting.h"
#include "linnet.h"
#include "modes_key.h"
#include <stdio.h>
#include <string.h>

#define COUNTED 4      /* so many of one character are said as a number of them */
#define WORDS_BYTES 96 /* longest name with what goes with it */

struct editor {
    const struct fe_modes *modes;
    const struct fe_lexicon *lexicon;
    const char *text;
    size_t size;
    struct fe_edit *edit;
    bool failed; /* out of memory */
};

/* ---- looking ---- */

static struct base_codepoint char_at(const struct editor *ed, size_t i)
{
    return i < ed->size ? base_utf8_next(ed->text + i, ed->size - i) : (struct base_codepoint){' ', 1, true};
}

/* The character that ends before byte i; a space at the start. */
static uint32_t char_before(const struct editor *ed, size_t i)
{
    if (i == 0)
        return ' ';
    size_t start = i - 1;
    while (start > 0 && i - start < 4 && ((unsigned char)ed->text[start] & 0xC0) == 0x80)
        start--;
    return base_utf8_next(ed->text + start, i - start).value;
}

/* End of the word that starts at byte i: letters, digits unless they are read one by one, apostrophes between
 * letters. */
static size_t word_end(const struct editor *ed, size_t i)
{
    while (i < ed->size) {
        const struct base_codepoint c = char_at(ed, i);
        const struct base_codepoint next = char_at(ed, i + c.length);
        const bool inside = base_is_apostrophe(c.value) && base_is_word(next.value) && !base_is_digit(next.value);
        if (!inside && (!base_is_word(c.value) || (ed->modes->how.digits && base_is_digit(c.value))))
            break;
        i += c.length;
    }
    return i;
}

/* ---- saying ---- */

static size_t say(struct editor *ed, size_t i, size_t length, const char *words)
{
    ed->failed = ed->failed || !fe_edit_say(ed->edit, i, length, words, strlen(words));
    return length;
}

/* A mark that makes the pause that it would make unnamed, at the end of a word; "": none. A full stop inside a sentence
 * belongs to an abbreviation. */
static const char *pause_of(const struct editor *ed, uint32_t c, size_t next)
{
    if (c == '.' && next + 2 < ed->size)
        return "";
    static const struct {
        char c;
        const char *mark;
    } marks[] = {{'.', "."}, {',', ","}, {';', ";"}, {':', ":"}, {'!', "!"}, {'?', "?"}};
    const uint32_t behind = char_at(ed, next).value;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if ((uint32_t)marks[k].c == c && (base_is_space(behind) || behind == '"' || behind == ')' || behind == 0x201D))
            return marks[k].mark;
    return "";
}

/* "12 dashes" */
static void count_words(char *words, const struct fe_names *names, const char *name, size_t count)
{
    if (names && names->times)
        snprintf(words, WORDS_BYTES, "%zu %s %s", count, names->times, name);
    else
        snprintf(words, WORDS_BYTES, "%zu %s%s", count, name, names && names->plural ? names->plural(name) : "");
}

/* ---- spelling ---- */

/* How a single character is said; "" when it has no name and isn't a letter. Fills words[WORDS_BYTES]. */
static void name_char(const struct fe_modes *modes, char *words, uint32_t c, const char *bytes, size_t length)
{
    const struct language *const language = modes->language;
    const struct fe_names *const names = language->names;
    const struct fe_char_name *const named = fe_names_char(names, c);
    const bool ascii = base_is_ascii_letter(c);
    const char *const capital =
        names && base_is_upper(c) && modes->how.capitals == LINNET_CAPITALS_WORD ? names->capital : "";
    const char *name = named ? named->name : NULL;
    if (names && ascii && modes->how.spelling == LINNET_SPELLING_PHONETIC)
        name = names->phonetic[(c | 0x20) - 'a'];
    else if (names && (c | 0x20) == 'a')
        name = language->letter_a;
    else if (names && base_is_digit(c))
        name = language->digits[c - '0'];
    words[0] = '\0';
    if (!name && names && names->describe && names->describe(c, words, WORDS_BYTES))
        return;
    if (name)
        snprintf(words, WORDS_BYTES, "%s%s%s", capital, *capital ? " " : "", name);
    else if (names && ascii) /* in lower case: "I" would be the pronoun, without stress */
        snprintf(words, WORDS_BYTES, "%s%s%c", capital, *capital ? " " : "", (int)(c | 0x20));
    else if (base_is_word(c) || !names)
        snprintf(words, WORDS_BYTES, "%s%s%.*s", capital, *capital ? " " : "", (int)length, bytes);
}

/* Every character by name. Spaces part words, or are named when there is nothing else. */
static size_t rule_spell(struct editor *ed, size_t i)
{
    const bool lone = ed->modes->how.unit == LINNET_UNIT_CHARACTER;
    const struct base_codepoint c = char_at(ed, i);
    char words[WORDS_BYTES + 2];
    if (!ed->modes->how.spelling && !lone)
        return 0;
    if (base_is_space(c.value) && !(lone && fe_names_char(ed->modes->language->names, c.value)))
        return 0;
    if (!c.valid)
        return say(ed, i, c.length, "");
    name_char(ed->modes, words, c.value, ed->text + i, c.length);
    if (!words[0])
        return 0;
    const size_t next = i + c.length;
    if (next < ed->size && base_is_space(char_at(ed, next).value) && !lone)
        strcat(words, ",");
    return say(ed, i, c.length, words);
}

/* ---- keys ---- */

static bool say_key(void *context, size_t start, size_t length, const char *name)
{
    struct editor *const ed = context;
    const struct base_codepoint c = char_at(ed, start);
    char words[WORDS_BYTES];
    if (name)
        say(ed, start, length, name);
    else if (c.length == length) {
        name_char(ed->modes, words, c.value, ed->text + start, length);
        say(ed, start, length, words);
    } else
        ed->failed = ed->failed || !fe_edit_say(ed->edit, start, length, ed->text + start, length);
    return !ed->failed;
}

/* ---- digits ---- */

/* "1984" digit by digit; the decimal point between digits by name, other signs there are silent. */
static size_t rule_digit(struct editor *ed, size_t i)
{
    const struct language *const language = ed->modes->language;
    const struct base_codepoint c = char_at(ed, i);
    const char digit[2] = {(char)c.value, '\0'};
    if (!ed->modes->how.digits)
        return 0;
    if (base_is_digit(c.value))
        return say(ed, i, 1, language->digits ? language->digits[c.value - '0'] : digit);
    if (!base_is_digit(char_before(ed, i)) || !base_is_digit(char_at(ed, i + c.length).value) || c.value >= 0x80 ||
        !c.value || !strchr(".,:-/'", (int)c.value))
        return 0;
    return say(ed, i, 1, language->names && c.value == (unsigned char)language->decimal ? language->names->point : "");
}

/* ---- punctuation ---- */

static bool is_in_list(const struct base_buffer *list, uint32_t c)
{
    for (size_t i = 0; i < list->length;) {
        const struct base_codepoint entry = base_utf8_next(list->data + i, list->length - i);
        if (entry.value == c)
            return true;
        i += entry.length;
    }
    return false;
}

bool fe_modes_named(const struct fe_modes *modes, uint32_t c)
{
    if (modes->how.punctuation < LINNET_PUNCTUATION_SOME)
        return false;
    const int level = modes->how.punctuation - LINNET_PUNCTUATION_SOME;
    const struct fe_char_name *const name = fe_names_char(modes->language->names, c);
    if (modes->lists[level].data)
        return is_in_list(&modes->lists[level], c);
    return name && (int)name->level <= level;
}

/* Inside a number, where the normaliser makes words of it: "3.14", "12:05", "-5". */
static bool is_of_number(const struct editor *ed, size_t i, uint32_t c)
{
    if (c >= 0x80 || !c || !strchr(".,:-/'", (int)c) || !base_is_digit(char_at(ed, i + 1).value))
        return false;
    return base_is_digit(char_before(ed, i)) || (c == '-' && !base_is_word(char_before(ed, i)));
}

static size_t rule_punctuation(struct editor *ed, size_t i)
{
    const struct base_codepoint c = char_at(ed, i);
    char words[WORDS_BYTES * COUNTED + 2] = "";
    size_t end = i, count = 0;
    if (base_is_word(c.value) || base_is_space(c.value) || !fe_modes_named(ed->modes, c.value) ||
        is_of_number(ed, i, c.value))
        return 0;
    for (; end < ed->size && char_at(ed, end).value == c.value; end += c.length)
        count++;
    const struct fe_char_name *const named = fe_names_char(ed->modes->language->names, c.value);
    char own[5] = "";
    memcpy(own, ed->text + i, c.length);
    const char *const name = named ? named->name : own;
    if (count >= COUNTED)
        count_words(words, ed->modes->language->names, name, count);
    for (size_t k = 0; count < COUNTED && k < count; k++) {
        strcat(words, k ? " " : "");
        strcat(words, name);
    }
    strcat(words, pause_of(ed, c.value, end));
    return say(ed, i, end - i, words);
}

/* Signs between spaces that nothing but their name could be said of: with no punctuation they are silent. */
static size_t rule_silence(struct editor *ed, size_t i)
{
    if (ed->modes->how.punctuation != LINNET_PUNCTUATION_NONE || !base_is_space(char_before(ed, i)))
        return 0;
    size_t end = i;
    while (end < ed->size && strchr("#*/<>@[\\]^_`{|}~-+=%", ed->text[end]) && ed->text[end])
        end++;
    const bool sum = end == i + 1 && strchr("+=", ed->text[i]);
    return end > i && !sum && base_is_space(char_at(ed, end).value) ? say(ed, i, end - i, "") : 0;
}

/* ---- words ---- */

/* The marks of quoted mail at the start of a line. */
static size_t rule_quote(struct editor *ed, size_t i)
{
    size_t depth, start = i + 1;
    if (ed->text[i] != '\n')
        return 0;
    while (start < ed->size && (ed->text[start] == ' ' || ed->text[start] == '\t'))
        start++;
    const size_t marks = fe_quote_marks(ed->text + start, ed->size - start, &depth);
    if (!marks)
        return 0;
    ed->failed = ed->failed || !fe_edit_keep(ed->edit, ed->text, i, 1);
    return start - i + say(ed, start, marks, "");
}

/* Characters of private use stand for the dictionary's entries from here on; the text's own say nothing. */
static size_t rule_private(struct editor *ed, size_t i)
{
    const struct base_codepoint c = char_at(ed, i);
    return given_is(GIVEN_BY_DICTIONARY, c.value) ? say(ed, i, c.length, "") : 0;
}

static size_t rule_dictionary(struct editor *ed, size_t i)
{
    if (!ed->lexicon || ed->modes->how.spelling || base_is_space((unsigned char)ed->text[i]))
        return 0;
    if (base_is_word(char_at(ed, i).value) && base_is_word(char_before(ed, i)) && !base_is_digit(char_before(ed, i)))
        return 0;
    const struct fe_lexicon_match match = fe_lexicon_find(ed->lexicon, ed->text, ed->size, i);
    char given[5] = "";
    if (!match.length)
        return 0;
    if (!match.spoken)
        base_utf8_put(given, match.given);
    say(ed, i, match.length, match.spoken ? match.spoken : given);
    if (base_is_apostrophe(char_at(ed, i + match.length).value)) /* "GIF's" */
        ed->edit->wants_space = false;
    return match.length;
}

/* "capital" before words that have one. */
static size_t rule_capital(struct editor *ed, size_t i)
{
    const struct fe_names *const names = ed->modes->language->names;
    if (!names || ed->modes->how.capitals != LINNET_CAPITALS_WORD || !base_is_upper(char_at(ed, i).value) ||
        base_is_word(char_before(ed, i)))
        return 0;
    const size_t length = word_end(ed, i) - i;
    say(ed, i, length, names->capital);
    ed->failed = ed->failed || !fe_edit_say_more(ed->edit, ed->text + i, length);
    return length;
}

/* ---- the whole ---- */

/* In order; each returns the bytes that it took, 0: it doesn't apply. */
static size_t (*const rules[])(struct editor *ed, size_t i) = {
    rule_quote, rule_private, rule_spell, rule_dictionary, rule_digit, rule_punctuation, rule_silence, rule_capital,
};

static bool is_needed(const struct editor *ed)
{
    const struct fe_modes *const m = ed->modes;
    return ed->lexicon || m->how.punctuation || m->how.spelling || m->how.digits ||
           m->how.capitals == LINNET_CAPITALS_WORD || fe_modes_raw(m) ||
           (memchr(ed->text, '\n', ed->size) && memchr(ed->text, '>', ed->size));
}

static void edit_all(struct editor *ed)
{
    for (size_t i = 0; i < ed->size && !ed->failed;) {
        size_t n = 0;
        for (size_t r = 0; r < sizeof rules / sizeof *rules && !n && !ed->failed; r++)
            n = rules[r](ed, i);
        if (!n) {
            n = word_end(ed, i) - i;
            n = n ? n : char_at(ed, i).length;
            ed->failed = ed->failed || !fe_edit_keep(ed->edit, ed->text, i, n);
        }
        i += n;
    }
}

bool fe_modes_raw(const struct fe_modes *modes)
{
    return modes->how.unit != LINNET_UNIT_TEXT;
}

bool fe_modes_edit(const struct fe_modes *modes, const struct fe_lexicon *lexicon, const char *text, size_t size,
                   struct fe_edit *edit)
{
    struct editor ed = {modes, lexicon, text, size, edit, false};
    if (!fe_edit_start(edit))
        return false;
    if (!size || !is_needed(&ed))
        return true;
    const bool key = modes->how.unit == LINNET_UNIT_KEY ||
                     (modes->how.unit == LINNET_UNIT_CHARACTER && fe_names_key(modes->language->names, text, size));
    if (key)
        return fe_key_parts(modes->language->names, text, size, say_key, &ed);
    edit_all(&ed);
    return !ed.failed;
}

void fe_modes_free(struct fe_modes *modes)
{
    for (size_t i = 0; i < FE_NAME_LEVELS; i++)
        base_buffer_free(&modes->lists[i]);
}
