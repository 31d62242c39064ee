/* Reads dictionaries in plain text, line by line. See lexicon.h for the format. */
#include "lexicon_plain.h"

#include "base/chars.h"
#include <string.h>

/* ---- lines ---- */

struct line {
    const char *start, *end;
};

static struct line trim(struct line line)
{
    while (line.start < line.end && base_is_blank(*line.start))
        line.start++;
    while (line.end > line.start && base_is_blank(line.end[-1]))
        line.end--;
    return line;
}

/* The sign between word and value: one with white space before it, or else the first. */
static const char *find_sign(struct line line)
{
    const char *first = NULL;
    for (const char *p = line.start; p < line.end; p++) {
        if (*p != '=' && *p != '~')
            continue;
        if (p > line.start && base_is_blank(p[-1]))
            return p;
        if (!first && p > line.start)
            first = p;
    }
    return first;
}

/* "/expression/i ~ replacement" */
static void read_pattern(struct lex_source *source, struct line line, const char *head)
{
    const char *p = line.start + 1;
    while (p < line.end && *p != '/')
        p += p[0] == '\\' && p + 1 < line.end ? 2 : 1;
    if (p >= line.end) {
        lex_complain(source, "no '/' at the end of the expression");
        return;
    }
    const bool any_case = p + 1 < line.end && p[1] == 'i';
    const struct line rest = trim((struct line){p + 1 + any_case, line.end});
    source->column = (size_t)(rest.start - head) + 1;
    if (rest.start == rest.end || *rest.start != '~') {
        lex_complain(source, "expected '~' behind the expression");
        return;
    }
    const struct line value = trim((struct line){rest.start + 1, rest.end});
    source->column = (size_t)(line.start - head) + 1;
    lex_add_pattern(source, line.start + 1, (size_t)(p - line.start - 1), any_case, value.start,
                    (size_t)(value.end - value.start));
}

static void read_line(struct lex_source *source, struct line whole)
{
    const struct line line = trim(whole);
    source->column = (size_t)(line.start - whole.start) + 1;
    if (line.start == line.end || *line.start == '#')
        return;
    const char *const sign = find_sign(line);
    if (*line.start == '/' && line.end - line.start > 1 && !base_is_blank(line.start[1])) {
        read_pattern(source, line, whole.start);
        return;
    }
    if (!sign) {
        lex_complain(source, "expected 'word = IPA' or 'word ~ respelling'");
        return;
    }
    const struct line word = trim((struct line){line.start, sign}), value = trim((struct line){sign + 1, line.end});
    source->column = (size_t)(value.start - whole.start) + 1;
    if (value.start == value.end)
        lex_complain(source, "nothing behind '%c'", *sign);
    else
        lex_add_word(source, word.start, (size_t)(word.end - word.start), *sign == '=', value.start,
                     (size_t)(value.end - value.start));
}

void lex_read_plain(struct lex_source *source, const char *text, size_t size)
{
    const char *const end = text + size;
    for (source->line = 1; text < end && !source->out_of_memory; source->line++) {
        const char *const found = memchr(text, '\n', (size_t)(end - text)), *const stop = found ? found : end;
        read_line(source, (struct line){text, stop});
        text = found ? stop + 1 : end;
    }
}
