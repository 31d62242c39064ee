/* Plain characters for those that only look different. Works on runs without white space,
 * since what is made of one ("ﬁne", "①②③") is read as a whole. See compat.h. */
#include "compat.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "entity.h"
#include <string.h>
#include <utf8proc.h>

#define MOST 16 /* characters that one may stand for; others stay */

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200B || c == 0x200C || c == 0x2060 || c == 0xFEFF || c == 0x180E;
}

/* Zero-width spaces and non-joiners part words and letters where a script needs it: not between Latin ones. */
static bool joins_script(const char *text, size_t size, size_t start, size_t end, uint32_t c)
{
    const bool latin =
        (!start || (unsigned char)text[start - 1] < 0x80) && (end == size || (unsigned char)text[end] < 0x80);
    return (c == 0x200B || c == 0x200C) && !latin;
}

static bool is_combining(uint32_t c)
{
    return c >= 0x300 && c <= 0x36F;
}

/* Letters in black squares and circles, which Unicode doesn't decompose; 0: none. Four of them alone are emoji. */
static char black_letter(uint32_t c)
{
    if (c >= 0x1F150 && c <= 0x1F169)
        return (char)('A' + (c - 0x1F150));
    return c >= 0x1F170 && c <= 0x1F189 && c != 0x1F170 && c != 0x1F171 && c != 0x1F17E && c != 0x1F17F
               ? (char)('A' + (c - 0x1F170))
               : 0;
}

/* Has a meaning of its own that rules of languages know: powers and indices, ordinals, micro and ohm, letters of
 * Hangul. */
static bool stays(uint32_t c, const utf8proc_property_t *property)
{
    const bool raised =
        property->decomp_type == UTF8PROC_DECOMP_TYPE_SUPER || property->decomp_type == UTF8PROC_DECOMP_TYPE_SUB;
    const bool number = property->category == UTF8PROC_CATEGORY_NO || property->category == UTF8PROC_CATEGORY_ND;
    return (raised && number) || c == 0xAA || c == 0xBA || c == 0xB5 || c == 0x2126 || c == 0x212A || c == 0x212B ||
           c == 0x2113 || (c >= 0x3130 && c <= 0x318F) || (c >= 0x2150 && c <= 0x215F) || (c >= 0xBC && c <= 0xBE);
}

static bool is_letter_or_number(const utf8proc_property_t *property)
{
    return property->category >= UTF8PROC_CATEGORY_LU && property->category <= UTF8PROC_CATEGORY_NO;
}

/* The characters that this one stands for -> out[MOST]; 0: itself. */
static size_t plain_form(uint32_t c, utf8proc_int32_t *out)
{
    const char black = black_letter(c);
    if (black) {
        out[0] = black;
        return 1;
    }
    const utf8proc_property_t *const property = utf8proc_get_property((utf8proc_int32_t)c);
    const bool enclosed = (c >= 0x2460 && c <= 0x24FF) || (c >= 0x1F110 && c <= 0x1F14F);
    int last = 0;
    if (!property->decomp_type || stays(c, property) || !(is_letter_or_number(property) || enclosed))
        return 0;
    const utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, out, MOST, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &last);
    size_t kept = 0;
    for (utf8proc_ssize_t i = 0; n > 0 && n <= MOST && i < n; i++)
        if (is_letter_or_number(utf8proc_get_property(out[i])) || is_combining((uint32_t)out[i]))
            out[kept++] = out[i]; /* not the brackets of (1) or the dot of 1. */
    return kept;
}

/* Enclosed numbers are numbers of their own: (1)(2). */
static bool stands_alone(uint32_t c)
{
    return (c >= 0x2460 && c <= 0x249B) || (c >= 0x24EA && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793);
}

static bool put_apart(struct base_buffer *out)
{
    const char last = out->length ? out->data[out->length - 1] : ' ';
    return !base_is_word_byte(last) || base_buffer_add(out, " ", 1);
}

/* Composes letters and their marks in out[start ... ). */
static bool compose(struct base_buffer *out, size_t start)
{
    utf8proc_int32_t points[3 * MOST];
    const utf8proc_ssize_t most = (utf8proc_ssize_t)(sizeof points / sizeof *points);
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)out->data + start,
                                            (utf8proc_ssize_t)(out->length - start), points, most, UTF8PROC_DECOMPOSE);
    if (n <= 0 || n > most)
        return true;
    n = utf8proc_normalize_utf32(points, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    base_buffer_cut(out, start);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (!base_buffer_put(out, (uint32_t)points[i]))
            return false;
    return true;
}

/* Appends the character at text[at], with combining marks behind it, in its plain form; *at moves behind it. */
static bool put_plain(const char *text, size_t size, size_t *at, bool *apart, struct base_buffer *out)
{
    const struct base_codepoint c = base_utf8_next(text + *at, size - *at);
    utf8proc_int32_t plain[MOST];
    size_t end = *at + c.length;
    const bool emoji = end < size && base_utf8_next(text + end, size - end).value == 0xFE0F; /* is to look like one */
    const size_t n = c.valid && c.value >= 0x80 && !emoji ? plain_form(c.value, plain) : 0;
    const bool alone = n && stands_alone(c.value);
    if ((alone || *apart) && !put_apart(out))
        return false;
    *apart = alone;
    if (is_invisible(c.value) && !joins_script(text, size, *at, end, c.value)) {
        *at = end;
        return true;
    }
    for (struct base_codepoint mark; end < size; end += mark.length) {
        mark = base_utf8_next(text + end, size - end);
        if (!mark.valid || !is_combining(mark.value))
            break;
    }
    const size_t start = out->length, marks = end - *at - c.length;
    for (size_t i = 0; i < n; i++)
        if (!base_buffer_put(out, (uint32_t)plain[i]))
            return false;
    if (!n && !base_buffer_add(out, text + *at, c.length))
        return false;
    if (!base_buffer_add(out, text + *at + c.length, marks))
        return false;
    *at = end;
    if (!c.valid || (!marks && n < 2))
        return true;
    return compose(out, start);
}

/* ---- words that a line's end cuts ---- */

/* Bytes of a hyphen and a line's end at text[at], behind letters and before a small one; 0: there is none. */
static size_t cut_word(const char *text, size_t size, size_t start, size_t at)
{
    if (text[at] != '-' || at < start + 2 || !base_is_letter_byte(text[at - 1]) || !base_is_letter_byte(text[at - 2]))
        return 0;
    const size_t line = at + 1 + (at + 1 < size && text[at + 1] == '\r');
    return line + 1 < size && text[line] == '\n' && base_is_ascii_lower(text[line + 1]) ? line + 1 - at : 0;
}

/* Parts of words that keep their hyphen: self-esteem. */
static bool keeps_hyphen(const char *word, size_t n)
{
    static const char *const parts[] = {
        "self", "well",  "non",    "all",    "half",  "high",   "low",    "long",   "short",   "ex",    "so",
        "semi", "first", "second", "third",  "two",   "three",  "four",   "five",   "six",     "seven", "eight",
        "nine", "ten",   "twenty", "thirty", "forty", "fifty",  "mid",    "part",   "full",    "free",  "old",
        "new",  "hard",  "left",   "right",  "cross", "mother", "father", "sister", "brother", "user",  "open"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const size_t k = strlen(parts[i]);
        if (n == k && (word[0] | 0x20) == parts[i][0] && memcmp(word + 1, parts[i] + 1, k - 1) == 0)
            return true;
    }
    return false;
}

/* ---- runs ---- */

/* The run of characters from `start` to white space, with the rest of a word on the next line. */
static size_t run_end(const char *text, size_t size, size_t start)
{
    size_t at = start;
    while (at < size && !base_is_ascii_space(text[at])) {
        const size_t cut = cut_word(text, size, start, at);
        at += cut ? cut : 1;
    }
    return at;
}

/* The character that a reference stands for; no space at the run's ends. */
static bool put_entity(uint32_t codepoint, bool ends, struct base_buffer *out)
{
    return (codepoint == ' ' && (ends || !out->length)) || base_buffer_put(out, codepoint);
}

static bool plain_run(const char *text, size_t start, size_t end, bool entities, struct base_buffer *out)
{
    bool apart = false;
    size_t word = start;
    base_buffer_cut(out, 0);
    for (size_t at = start; at < end;) {
        const size_t cut = cut_word(text, end, start, at);
        uint32_t codepoint;
        const size_t entity = entities && text[at] == '&' ? fe_entity(text + at, end - at, &codepoint) : 0;
        if (entity) {
            at += entity;
            if (!put_entity(codepoint, at == end, out))
                return false;
            continue;
        }
        if (!base_is_letter_byte(text[at]) && !cut)
            word = at + 1;
        if (cut) {
            if (keeps_hyphen(text + word, at - word) && !base_buffer_add(out, "-", 1))
                return false;
            at += cut;
        } else if ((unsigned char)text[at] < 0x80 && (at + 1 == end || (unsigned char)text[at + 1] < 0x80)) {
            const bool alnum = base_is_word_byte(text[at]);
            if ((apart && alnum && !base_buffer_add(out, " ", 1)) || !base_buffer_add(out, text + at, 1))
                return false;
            apart = false;
            at++;
        } else if (!put_plain(text, end, &at, &apart, out)) {
            return false;
        }
    }
    return true;
}

static bool may_change(const char *text, size_t size, bool entities)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] >= 0x80 || (entities && text[i] == '&') ||
            (text[i] == '-' && i + 1 < size && (text[i + 1] == '\n' || text[i + 1] == '\r')))
            return true;
    return false;
}

bool fe_compat_edit(const char *text, size_t size, bool entities, struct fe_edit *edit)
{
    struct base_buffer run = {0};
    bool done = true;
    edit->changed = false;
    if (!may_change(text, size, entities))
        return true;
    if (!fe_edit_start(edit))
        return false;
    for (size_t start = 0, end; start < size && done; start = end) {
        for (end = start; end < size && base_is_ascii_space(text[end]); end++)
            ;
        if (end > start) {
            done = fe_edit_keep(edit, text, start, end - start);
            continue;
        }
        end = run_end(text, size, start);
        const bool changes = may_change(text + start, end - start, entities);
        done = !changes || plain_run(text, start, end, entities, &run);
        const bool same = !changes || (run.length == end - start && memcmp(run.data, text + start, run.length) == 0);
        if (done)
            done = same ? fe_edit_keep(edit, text, start, end - start)
                        : fe_edit_say(edit, start, end - start, run.data, run.length);
    }
    base_buffer_free(&run);
    return done;
}
