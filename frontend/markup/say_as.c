/* The kinds of <say-as>. See say_as.h. A language that isn't known has its digits and characters read all the same. */
#include "say_as.h"

#include "base/chars.h"
#include "linnet.h"
#include "frontend/reading/modes.h"
#include "frontend/language/normalize_lang.h"
#include <stdio.h>
#include <string.h>

/* One <say-as> in hand. */
struct request {
    struct say_as *work;
    const struct language *language;
    const char *format, *detail; /* never NULL */
    const char *text;
    size_t size;
    struct base_error *err;
};

static int out_of_memory(const struct request *r)
{
    return base_fail(r->err, LINNET_ERR_MEMORY, "say-as: out of memory");
}

/* ---- ways to say something ---- */

static int say(const struct request *r, const char *words, size_t size)
{
    return fe_edit_say(&r->work->edit, 0, r->size, words, size) ? LINNET_OK : out_of_memory(r);
}

/* As the normaliser reads it. */
static int say_written(const struct request *r, const char *written)
{
    struct norm_output *const out = &r->work->out;
    const int status = norm_run(out, r->language, written, strlen(written), r->err);
    return status == LINNET_OK ? say(r, out->text.bytes.data, out->text.bytes.length) : status;
}

static int say_in_mode(const struct request *r, const struct fe_modes *modes, const char *text, size_t size)
{
    return fe_modes_edit(modes, NULL, text, size, &r->work->edit) ? LINNET_OK : out_of_memory(r);
}

/* Copies the text, NUL-terminated, into work->written. */
static char *copy(const struct request *r)
{
    struct base_buffer *const written = &r->work->written;
    base_buffer_cut(written, 0);
    return base_buffer_add(written, r->text, r->size) ? written->data : NULL;
}

/* ---- characters ---- */

/* detail="3 2 4": spaces behind so many characters, which make pauses. */
static bool group(const struct request *r)
{
    struct base_buffer *const grouped = &r->work->written;
    const char *detail = r->detail;
    unsigned long left = 0;
    base_buffer_cut(grouped, 0);
    for (size_t i = 0; i < r->size; i++) {
        const bool starts = ((unsigned char)r->text[i] & 0xC0) != 0x80;
        if (starts && left == 0) {
            if (i > 0 && *detail && !base_buffer_add(grouped, " ", 1))
                return false;
            for (detail += strspn(detail, " "); base_is_digit((unsigned char)*detail) && left < FE_SAY_AS_BYTES;
                 detail++)
                left = left * 10 + (unsigned long)(*detail - '0');
            left = left ? left : FE_SAY_AS_BYTES;
        }
        left -= starts;
        if (!base_buffer_add(grouped, r->text + i, 1))
            return false;
    }
    return true;
}

static int as_characters(const struct request *r)
{
    const struct fe_modes modes = {.how.spelling = LINNET_SPELLING_LETTERS,
                                   .how.capitals =
                                       strcmp(r->format, "glyphs") == 0 ? LINNET_CAPITALS_WORD : LINNET_CAPITALS_OFF,
                                   .language = r->language};
    if (!base_is_digit((unsigned char)r->detail[0]))
        return say_in_mode(r, &modes, r->text, r->size);
    struct fe_edit *const edit = &r->work->edit;
    if (!group(r) || !fe_modes_edit(&modes, NULL, r->work->written.data, r->work->written.length, edit))
        return out_of_memory(r);
    struct base_text *const text = &edit->text;
    text->n_pieces = text->bytes.length > 0; /* all comes from all: the groups have other offsets */
    if (text->n_pieces)
        text->pieces[0] = (struct base_piece){0, text->bytes.length, 0, r->size, true};
    return LINNET_OK;
}

static int as_digits(const struct request *r)
{
    const struct fe_modes modes = {.how.digits = 1, .language = r->language};
    return say_in_mode(r, &modes, r->text, r->size);
}

/* What a character of a telephone number is called; NULL: a pause. */
static const char *telephone_word(const struct request *r, char c, const char *own)
{
    const bool named = strcmp(r->detail, "punctuation") == 0 && c != ' ';
    if (base_is_digit((unsigned char)c))
        return r->language->digits ? r->language->digits[c - '0'] : own;
    if (c == '+' && r->language->words)
        return r->language->words->plus;
    if (base_is_ascii_letter((unsigned char)c) || (unsigned char)c >= 0x80)
        return own;
    const struct fe_char_name *const name = named ? fe_names_char(r->language->names, (unsigned char)c) : NULL;
    return name ? name->name : NULL;
}

/* Digits by name, with pauses where something parts them; words stay whole. */
static int as_telephone(const struct request *r)
{
    struct base_buffer *const words = &r->work->written;
    bool fine = true, pause = false, letters = false;
    base_buffer_cut(words, 0);
    for (size_t i = 0; i < r->size && fine; i++) {
        const char own[2] = {r->text[i], '\0'};
        const char *const word = telephone_word(r, own[0], own);
        const bool letter = word == own && !base_is_digit((unsigned char)own[0]);
        if (word) {
            const char *const gap = !words->length || (letter && letters) ? "" : pause ? ", " : " ";
            fine = base_buffer_add(words, gap, strlen(gap)) && base_buffer_add(words, word, strlen(word));
        }
        pause = !word;
        letters = letter;
    }
    if (!fine)
        return out_of_memory(r);
    return words->length ? say(r, words->data, words->length) : LINNET_OK;
}

/* ---- numbers ---- */

#define MAX_DIGITS 36 /* the normaliser's own limit */

static int roman_value(char c)
{
    static const char letters[] = "IVXLCDM";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    const char *const found = c ? strchr(letters, c) : NULL;
    return found ? values[found - letters] : 0;
}

/* 0: it isn't a roman numeral. */
static unsigned read_roman(const char *text, size_t size)
{
    int sum = 0;
    for (size_t i = 0; i < size; i++) {
        const int value = roman_value(text[i]), next = i + 1 < size ? roman_value(text[i + 1]) : 0;
        if (!value || size > 15)
            return 0;
        sum += value < next ? -value : value;
    }
    return sum > 0 ? (unsigned)sum : 0;
}

/* The digits of a whole number, without the separators between them and leading zeros; *rest: what follows them. */
static bool read_whole(const struct request *r, const char *text, char *digits, const char **rest)
{
    const unsigned roman = read_roman(text, strlen(text));
    const char *p = text;
    size_t n = 0;
    if (roman) {
        snprintf(digits, MAX_DIGITS + 1, "%u", roman);
        *rest = "";
        return true;
    }
    while (base_is_digit((unsigned char)*p) ||
           (p > text && (*p == ' ' || *p == '\'' || *p == r->language->group) && base_is_digit((unsigned char)p[1]))) {
        const char c = *p++;
        if (!base_is_digit((unsigned char)c))
            continue;
        if (n == 1 && digits[0] == '0')
            n = 0;
        if (n == MAX_DIGITS)
            return false;
        digits[n++] = c;
    }
    digits[n] = '\0';
    *rest = p;
    return n > 0;
}

/* "-1,234,567.5": grouped, a number is neither a year nor a code. */
static int as_cardinal(const struct request *r)
{
    char digits[MAX_DIGITS + 1], written[2 * FE_SAY_AS_BYTES];
    const char *const text = copy(r), *rest;
    size_t n = 0;
    if (!text)
        return out_of_memory(r);
    if (!r->language->normaliser || !read_whole(r, text + (*text == '-' || *text == '+'), digits, &rest))
        return LINNET_OK;
    if (*text == '-' || *text == '+')
        written[n++] = *text;
    const size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            written[n++] = r->language->group;
        written[n++] = digits[i];
    }
    snprintf(written + n, sizeof written - n, "%s", rest);
    return say_written(r, written);
}

static int as_ordinal(const struct request *r)
{
    char digits[MAX_DIGITS + 1];
    const char *const text = copy(r), *rest;
    struct norm_output *const out = &r->work->out;
    if (!text)
        return out_of_memory(r);
    if (!r->language->normaliser || !read_whole(r, text, digits, &rest))
        return LINNET_OK;
    const int status = norm_run_ordinal(out, r->language, digits, strlen(digits), r->err);
    return status == LINNET_OK ? say(r, out->text.bytes.data, out->text.bytes.length) : status;
}

static int as_number(const struct request *r)
{
    if (strcmp(r->format, "ordinal") == 0)
        return as_ordinal(r);
    if (strcmp(r->format, "digits") == 0)
        return as_digits(r);
    return strcmp(r->format, "telephone") == 0 ? as_telephone(r) : as_cardinal(r);
}

/* ---- dates and times ---- */

/* Year, month and day; 0: not given. */
struct date {
    unsigned year, month, day;
};

/* "dd.mm.yyyy" -> "dmy"; at most 3 letters. */
static bool read_order(const char *format, char *order)
{
    size_t n = 0;
    for (; *format; format++) {
        const char c = (char)(*format | 0x20);
        if (c != 'd' && c != 'm' && c != 'y')
            continue;
        if (n && order[n - 1] == c)
            continue;
        if (n == 3 || memchr(order, c, n))
            return false;
        order[n++] = c;
    }
    order[n] = '\0';
    return n > 0;
}

static void set_part(struct date *date, char letter, unsigned value, size_t n_digits)
{
    if (letter == 'y' && n_digits == 2)
        value += value < 70 ? 2000 : 1900;
    if (letter == 'y')
        date->year = value;
    else if (letter == 'm')
        date->month = value;
    else
        date->day = value;
}

/* Digits between anything, in the order given; all in a row when they are 8. */
static bool read_date(const char *text, const char *order, struct date *date)
{
    const bool packed = strspn(text, "0123456789") == 8 && !text[8] && strlen(order) == 3;
    *date = (struct date){0};
    for (; *order; order++) {
        const size_t most = !packed ? 4 : *order == 'y' ? 4 : 2;
        unsigned value = 0;
        size_t n = 0;
        text += packed ? 0 : strcspn(text, "0123456789");
        for (; base_is_digit((unsigned char)*text) && n < most; text++, n++)
            value = value * 10 + (unsigned)(*text - '0');
        if (n == 0)
            return false;
        set_part(date, *order, value, n);
    }
    return !*text && date->month <= 12 && date->day <= 31;
}

/* Writes the date in a form that the normaliser reads in one way only. */
static bool write_date(const struct request *r, const struct date *date, char *written, size_t size)
{
    const struct language_words *const t = r->language->words;
    const char *const month = date->month ? t->months[date->month - 1] : NULL;
    if (date->year && month && date->day)
        snprintf(written, size, "%04u-%02u-%02u", date->year, date->month, date->day);
    else if (month && date->day && t->day_first)
        snprintf(written, size, "%u. %s", date->day, month);
    else if (month && date->day)
        snprintf(written, size, "%s %u", month, date->day);
    else if (month && date->year)
        snprintf(written, size, "%s %u", month, date->year);
    else if (month)
        snprintf(written, size, "%s", month);
    else if (date->year)
        snprintf(written, size, "%u", date->year);
    else
        return false;
    return true;
}

static int as_date(const struct request *r)
{
    char order[4], written[64];
    struct date date;
    const char *const text = copy(r);
    if (!text)
        return out_of_memory(r);
    const bool packed = !*r->format && r->size == 8 && strspn(text, "0123456789") == 8;
    if (!r->language->normaliser || !r->language->words || !read_order(packed ? "ymd" : r->format, order) ||
        !read_date(text, order, &date))
        return *text ? say_written(r, text) : LINNET_OK;
    if (date.day && !date.month && !date.year)
        return as_ordinal(r);
    return write_date(r, &date, written, sizeof written) ? say_written(r, written) : LINNET_OK;
}

/* "1'21\"", or "1:21" with format="ms": minutes and seconds. */
static bool write_duration(const struct request *r, const char *text, char *written, size_t size)
{
    const struct language_words *const t = r->language->words;
    unsigned minutes, seconds;
    char mark;
    int end = 0;
    if (!t || sscanf(text, "%3u%c%2u%n", &minutes, &mark, &seconds, &end) != 3)
        return false;
    const bool marked = mark == '\'' && text[end] == '"' && !text[end + 1];
    if (!marked && !(strcmp(r->format, "ms") == 0 && mark == ':' && !text[end]))
        return false;
    snprintf(written, size, "%u %s %u %s", minutes, minutes == 1 ? t->minute : t->minutes, seconds,
             seconds == 1 ? t->second : t->seconds);
    return true;
}

static int as_time(const struct request *r)
{
    char written[64];
    const char *const text = copy(r);
    if (!text)
        return out_of_memory(r);
    const bool digits = strspn(text, "0123456789") == r->size;
    if (write_duration(r, text, written, sizeof written))
        return say_written(r, written);
    if (digits && r->size == 4)
        snprintf(written, sizeof written, "%.2s:%.2s", text, text + 2);
    else if (digits && r->size == 6)
        snprintf(written, sizeof written, "%.2s:%.2s:%.2s", text, text + 2, text + 4);
    else
        return say_written(r, text);
    return say_written(r, written);
}

/* ---- the rest ---- */

/* format="USD" names the currency of a bare number. */
static int as_currency(const struct request *r)
{
    char written[FE_SAY_AS_BYTES + 16];
    const char *const text = copy(r);
    if (!text)
        return out_of_memory(r);
    const bool bare = strspn(text, "0123456789.,' ") == r->size;
    if (!bare || strlen(r->format) != 3)
        return say_written(r, text);
    snprintf(written, sizeof written, "%s %s", r->format, text);
    return say_written(r, written);
}

static int as_expletive(const struct request *r)
{
    const char *const word = r->language->words ? r->language->words->bleep : "";
    return say(r, word, strlen(word));
}

static const struct {
    const char *name;
    int (*run)(const struct request *request);
} kinds[] = {
    {"characters", as_characters},
    {"spell-out", as_characters},
    {"verbatim", as_characters},
    {"cardinal", as_cardinal},
    {"number", as_number},
    {"ordinal", as_ordinal},
    {"digits", as_digits},
    {"date", as_date},
    {"time", as_time},
    {"telephone", as_telephone},
    {"currency", as_currency},
    {"expletive", as_expletive},
    {"bleep", as_expletive},
};

int fe_say_as(struct say_as *work, const char *language, const char *as, const char *format, const char *detail,
              const char *text, size_t size, struct base_error *err)
{
    const struct request request = {.work = work,
                                    .language = language_find(language),
                                    .format = format ? format : "",
                                    .detail = detail ? detail : "",
                                    .text = text,
                                    .size = size,
                                    .err = err};
    if (!fe_edit_start(&work->edit))
        return out_of_memory(&request);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && size && size <= FE_SAY_AS_BYTES; i++)
        if (strcmp(kinds[i].name, as) == 0)
            return kinds[i].run(&request);
    return LINNET_OK;
}

void fe_say_as_free(struct say_as *work)
{
    fe_edit_free(&work->edit);
    base_buffer_free(&work->written);
    norm_output_free(&work->out);
}
