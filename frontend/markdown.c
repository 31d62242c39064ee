/* Takes Markdown's marks out of a sentence. A mark counts only when it can't be anything else: emphasis opens behind a
 * space and closes before one, a link has both its brackets. So "2 * 3 * 4", "snake_case" and "*args" stay. See
 * markdown.h. */
#include "markdown.h"

#include "base/chars.h"
#include <string.h>

#define LONGEST 1000 /* bytes between the two marks of a pair */
#define MOST_ENDS 32 /* marks that are open at a time */

/* A closing mark that was found with its opening one. */
struct open_mark {
    size_t at, length;
};

struct scan {
    const char *text;
    size_t size;
    bool head;
    struct open_mark ends[MOST_ENDS];
    size_t n_ends;
};

static size_t run_of(const struct scan *s, size_t at)
{
    size_t n = 0;
    while (at + n < s->size && s->text[at + n] == s->text[at])
        n++;
    return n;
}

/* Lengths of a run that mark something: **, *, __, _, ***, ~~, and up to three backticks. */
static bool is_mark(char c, size_t n)
{
    switch (c) {
    case '*':
    case '_': return n <= 3;
    case '~': return n == 2;
    case '`': return n <= 3;
    default: return false;
    }
}

/* What may stand before an opening mark and behind a closing one. */
static bool is_outside(const struct scan *s, size_t at, bool before)
{
    if (before ? at == 0 : at >= s->size)
        return true;
    const char c = s->text[before ? at - 1 : at];
    return base_is_blank(c) || (!base_is_word_byte(c) && c != '\\' && c != '=' && c != '/');
}

/* The mark at `at` opens: *end is where the same one closes. */
static bool closes(const struct scan *s, size_t at, size_t n, size_t *end)
{
    const char mark = s->text[at];
    const bool code = mark == '`', inside_word = mark == '*' && n == 2;
    if (at + n >= s->size || base_is_blank(s->text[at + n]) || (!is_outside(s, at, true) && !inside_word))
        return false;
    for (size_t i = at + n + 1; i < s->size && i < at + LONGEST; i++) {
        if (s->text[i] != mark)
            continue;
        const size_t m = run_of(s, i);
        if (m == n && (code || !base_is_blank(s->text[i - 1])) && (inside_word || is_outside(s, i + m, false))) {
            *end = i;
            return true;
        }
        i += m - 1;
    }
    return false;
}

/* Bytes of "](target)" at `at`; 0: it isn't one. */
static size_t link_target(const struct scan *s, size_t at)
{
    if (at + 1 >= s->size || s->text[at] != ']' || s->text[at + 1] != '(')
        return 0;
    size_t depth = 0;
    for (size_t i = at + 1; i < s->size && i < at + LONGEST && s->text[i] != '\n'; i++) {
        depth += s->text[i] == '(';
        depth -= s->text[i] == ')';
        if (!depth)
            return i + 1 - at;
    }
    return 0;
}

/* "[label](target)" at `at`: where the label ends. */
static bool is_link(const struct scan *s, size_t at, size_t *end)
{
    for (size_t i = at + 1; i < s->size && i < at + LONGEST && s->text[i] != '['; i++)
        if (s->text[i] == ']') {
            *end = i;
            return link_target(s, i) > 0;
        }
    return false;
}

static void open_until(struct scan *s, size_t end, size_t length)
{
    if (s->n_ends < MOST_ENDS)
        s->ends[s->n_ends++] = (struct open_mark){end, length};
}

/* Bytes that a closing mark has here; 0: none is due. */
static size_t closing(const struct scan *s, size_t at)
{
    for (size_t i = 0; i < s->n_ends; i++)
        if (s->ends[i].at == at)
            return s->ends[i].length;
    return 0;
}

/* "## " where a line starts. */
static size_t heading(const struct scan *s, size_t at)
{
    if (s->text[at] != '#' || !(at == 0 ? s->head : s->text[at - 1] == '\n'))
        return 0;
    const size_t n = run_of(s, at);
    return n <= 6 && at + n < s->size && s->text[at + n] == ' ' ? n + 1 : 0;
}

/* A run that only draws: "-----", "|---|:--|", "***". */
static size_t drawn(const struct scan *s, size_t at)
{
    if (at > 0 && !base_is_blank(s->text[at - 1]))
        return 0;
    size_t n = 0;
    bool bars = false;
    while (at + n < s->size && strchr("-=*_|:~", s->text[at + n]) && s->text[at + n]) {
        bars = bars || s->text[at + n] == '|';
        n++;
    }
    if (n < 3 || (at + n < s->size && !base_is_blank(s->text[at + n])))
        return 0;
    return bars || run_of(s, at) == n ? n : 0;
}

/* "```python" of a fence. */
static size_t fence(const struct scan *s, size_t at)
{
    if (at + 3 > s->size || memcmp(s->text + at, "```", 3) != 0 || (at > 0 && s->text[at - 1] != '\n'))
        return 0;
    size_t n = run_of(s, at);
    while (at + n < s->size && base_is_word_byte(s->text[at + n]))
        n++;
    return at + n == s->size || s->text[at + n] == '\n' ? n : 0;
}

/* ---- notes ---- */

#define SENTENCE_BYTES 200 /* that tell whether a number at the text's end is a note's */

static size_t digits_at(const struct scan *s, size_t at)
{
    size_t n = 0;
    while (at + n < s->size && n < 4 && base_is_digit((unsigned char)s->text[at + n]))
        n++;
    return n < 4 ? n : 0;
}

/* Bytes of a raised digit. */
static size_t raised_at(const struct scan *s, size_t at)
{
    static const char *const digits[] = {"\u00B9", "\u00B2", "\u00B3", "\u2070", "\u2074",
                                         "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        const size_t n = strlen(digits[i]);
        if (at + n <= s->size && memcmp(s->text + at, digits[i], n) == 0)
            return n;
    }
    return 0;
}

/* What stands between the numbers of notes: ", ", ",", "-", or the dash of a range. */
static size_t between_notes(const struct scan *s, size_t at)
{
    static const char *const marks[] = {", ", ",", "-", "\u2013"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t n = strlen(marks[i]);
        if (at + n <= s->size && memcmp(s->text + at, marks[i], n) == 0)
            return n;
    }
    return 0;
}

/* Bytes of the numbers of notes, "7", "1-3", "2, 5-7"; 0: there are none. */
static size_t numbers_at(const struct scan *s, size_t at)
{
    size_t n = digits_at(s, at);
    for (size_t mark, more = n; more && (mark = between_notes(s, at + n)) > 0;) {
        more = digits_at(s, at + n + mark);
        n += more ? mark + more : 0;
    }
    return n;
}

/* Behind a note comes white space, the end, or another mark. */
static bool note_ends(const struct scan *s, size_t at)
{
    return at >= s->size || base_is_blank(s->text[at]) || (strchr(".,;:!?\")]", s->text[at]) && s->text[at]);
}

/* The dot before `at` stands behind four small letters or more, and a run without white space that is no file's name and
 * no version: "true.", but not "2.0-beta.". */
static bool is_behind_word(const struct scan *s, size_t at)
{
    for (size_t k = 2; k <= 5; k++)
        if (at < k || !base_is_ascii_lower(s->text[at - k]))
            return false;
    for (size_t start = at - 1; start > 0 && !base_is_blank(s->text[start - 1]); start--)
        if (base_is_digit((unsigned char)s->text[start - 1]) || strchr("._/\\", s->text[start - 1]))
            return false;
    return true;
}

/* What stands before `at` is a sentence, as far as its last bytes tell: a capital, three words or more, no numbers. */
static bool is_sentence(const struct scan *s, size_t at)
{
    const size_t least = at > SENTENCE_BYTES ? at - SENTENCE_BYTES : 0;
    size_t start = at, words = 1;
    for (; start > least && s->text[start - 1] != '\n'; start--) {
        words += s->text[start - 1] == ' ';
        if (base_is_digit((unsigned char)s->text[start - 1]))
            return false;
    }
    const bool capital = s->text[start] >= 'A' && s->text[start] <= 'Z';
    return words >= 3 && (capital || (start == least && least > 0));
}

/* The mark of a note behind the end of a clause: "[7]", "[1-3]", a raised digit, and the 12 of "true.12" before a capital
 * letter or at the end of a sentence; "see file.1" is none. */
static size_t note(const struct scan *s, size_t at)
{
    const char before = at ? s->text[at - 1] : ' ';
    size_t n = 0;
    if (!strchr(".,;:!?\")]", before) || at < 2)
        return 0;
    if (s->text[at] == '[') {
        const size_t numbers = numbers_at(s, at + 1), end = at + numbers + 2;
        const bool closed = numbers && end <= s->size && s->text[end - 1] == ']';
        return closed && (note_ends(s, end) || s->text[end] == '[') ? end - at : 0;
    }
    for (size_t k; (k = raised_at(s, at + n)) > 0;)
        n += k;
    if (n)
        return note_ends(s, at + n) && base_is_word_byte(s->text[at - 2]) &&
                       !base_is_digit((unsigned char)s->text[at - 2])
                   ? n
                   : 0;
    n = before == '.' ? digits_at(s, at) : 0;
    if (!n || !is_behind_word(s, at))
        return 0;
    const bool starts = at + n == s->size ? is_sentence(s, at)
                                          : at + n + 1 < s->size && s->text[at + n] == ' ' &&
                                                s->text[at + n + 1] >= 'A' && s->text[at + n + 1] <= 'Z';
    return starts ? n : 0;
}

/* Bytes at `at` that are silent; 0: none. */
static size_t silent(struct scan *s, size_t at)
{
    const char c = s->text[at];
    size_t end, n = closing(s, at);
    if (!n)
        n = note(s, at);
    if (!n)
        n = fence(s, at);
    if (!n)
        n = heading(s, at);
    if (!n)
        n = drawn(s, at);
    if (n)
        return n;
    if (c == '[' && is_link(s, at, &end)) {
        open_until(s, end, link_target(s, end));
        return 1;
    }
    if (c == '!' && at + 1 < s->size && s->text[at + 1] == '[' && is_link(s, at + 1, &end)) {
        open_until(s, end, link_target(s, end));
        return 2;
    }
    n = run_of(s, at);
    if ((at > 0 && s->text[at - 1] == c) || !is_mark(c, n) || !closes(s, at, n, &end))
        return 0;
    open_until(s, end, n);
    return n;
}

/* Bytes that silent() may have something to do with. */
static bool may_be_silent(char c)
{
    return c && (strchr("*_~`#[]!-=|:", c) || base_is_digit((unsigned char)c) || c == '\xC2' || c == '\xE2');
}

bool fe_markdown_edit(const char *text, size_t size, bool head, struct fe_edit *edit)
{
    struct scan scan = {.text = text, .size = size, .head = head};
    size_t kept = 0;
    edit->changed = false;
    if (!fe_edit_start(edit))
        return false;
    for (size_t at = 0; at < size;) {
        const size_t n = may_be_silent(text[at]) ? silent(&scan, at) : 0;
        if (!n) {
            at++;
            continue;
        }
        if (!fe_edit_keep(edit, text, kept, at - kept) || !fe_edit_say(edit, at, n, "", 0))
            return false;
        at += n;
        kept = at;
    }
    return !edit->changed || fe_edit_keep(edit, text, kept, size - kept);
}
