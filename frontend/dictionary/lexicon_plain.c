/* Reads dictionaries in plain text, line by line, and checks entries of either format. See lexicon.h. */
#include "base/utf8.h"
#include "lexicon_internal.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lex_complain(struct lex_source *source, const char *format, ...)
{
    char why[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    if (source->n_errors++ == 0)
        base_fail(&source->first, LINNET_ERR_SYNTAX, "%s:%zu:%zu: %s", source->file->path, source->line, source->column,
                  why);
}

/* ---- entries ---- */

/* Appends a string with its terminator; false: out of memory, noted. */
static bool add_string(struct lex_source *source, const char *bytes, size_t size, size_t *offset)
{
    struct fe_buffer *const strings = &source->file->strings;
    *offset = strings->length;
    source->out_of_memory = source->out_of_memory || !fe_buffer_add(strings, bytes, size) ||
                            !fe_buffer_add(strings, "", 1);
    return !source->out_of_memory;
}

/* The same for a word: one space between its words. */
static bool add_spaced(struct lex_source *source, const char *bytes, size_t size, size_t *offset, size_t *length)
{
    struct fe_buffer *const strings = &source->file->strings;
    *offset = strings->length;
    bool space = false;
    for (size_t i = 0; i < size && !source->out_of_memory; i++) {
        if (strchr(" \t\r\n", bytes[i])) {
            space = strings->length > *offset;
            continue;
        }
        source->out_of_memory = (space && !fe_buffer_add(strings, " ", 1)) || !fe_buffer_add(strings, bytes + i, 1);
        space = false;
    }
    *length = strings->length - *offset;
    source->out_of_memory = source->out_of_memory || !fe_buffer_add(strings, "", 1);
    return !source->out_of_memory;
}

/* Words with a capital are found only as they stand. */
static bool has_capital(const char *word, size_t size)
{
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(word + i, size - i);
        if (lex_fold(c.value) != c.value)
            return true;
        i += c.length;
    }
    return false;
}

/* The voice's phonemes for the IPA, in file->scratch; false with a complaint. */
static bool read_ipa(struct lex_source *source, const char *ipa, size_t size)
{
    struct fe_buffer rewrites = {0};
    uint32_t unknown;
    char character[5] = "";
    const int status = fe_map_given(source->map, ipa, size, &source->file->scratch, &rewrites, &unknown, NULL);
    fe_buffer_free(&rewrites);
    source->out_of_memory = source->out_of_memory || status == LINNET_ERR_MEMORY;
    if (unknown)
        character[base_utf8_put(character, unknown)] = '\0';
    if (status != LINNET_OK)
        lex_complain(source, "the IPA can't be used");
    else if (unknown)
        lex_complain(source, "'%s' (U+%04X) isn't a phoneme of the voice", character, (unsigned)unknown);
    else if (!source->file->scratch.length)
        lex_complain(source, "no phonemes");
    else
        return true;
    return false;
}

static bool is_fine_text(struct lex_source *source, const char *text, size_t size)
{
    size_t invalid;
    base_utf8_count(text, size, &invalid);
    if (invalid || memchr(text, '\0', size))
        lex_complain(source, "not UTF-8");
    else if (size > LEX_MAX_VALUE)
        lex_complain(source, "over %d bytes", LEX_MAX_VALUE);
    else
        return true;
    return false;
}

void lex_add_word(struct lex_source *source, const char *word, size_t word_length, bool ipa, const char *value,
                  size_t value_length)
{
    struct lex_file *const file = source->file;
    struct lex_entry entry = {.ipa = ipa};
    void *entries = file->entries;
    if (source->out_of_memory || !is_fine_text(source, word, word_length) || !is_fine_text(source, value, value_length))
        return;
    if (ipa && !read_ipa(source, value, value_length))
        return;
    if (!add_spaced(source, word, word_length, &entry.word, &entry.word_length))
        return;
    const bool stored = ipa ? add_string(source, file->scratch.data, file->scratch.length, &entry.value)
                            : add_string(source, value, value_length, &entry.value);
    if (!entry.word_length) {
        lex_complain(source, "no word");
        return;
    }
    const char *const written = file->strings.data + entry.word;
    entry.hash = lex_head_hash(written, entry.word_length);
    entry.exact = has_capital(written, entry.word_length);
    source->out_of_memory = !stored || !fe_reserve(&entries, &file->entry_capacity, file->n_entries, sizeof entry);
    if (source->out_of_memory)
        return;
    file->entries = entries;
    file->entries[file->n_entries++] = entry;
}

/* ---- expressions ---- */

/* The highest group that a replacement asks for. */
static size_t highest_group(const char *value, size_t length)
{
    size_t highest = 0;
    for (size_t i = 0; i + 1 < length; i++) {
        if (value[i] != '\\')
            continue;
        i++;
        if (value[i] >= '0' && value[i] <= '9' && (size_t)(value[i] - '0') > highest)
            highest = (size_t)(value[i] - '0');
    }
    return highest;
}

void lex_add_pattern(struct lex_source *source, const char *pattern, size_t length, bool any_case, const char *value,
                     size_t value_length)
{
    struct lex_file *const file = source->file;
    struct lex_pattern added = {0};
    struct base_error why;
    void *patterns = file->patterns;
    if (source->out_of_memory || !is_fine_text(source, pattern, length) || !is_fine_text(source, value, value_length))
        return;
    if (!length || file->n_patterns == LEX_MAX_PATTERNS) {
        lex_complain(source, length ? "too many expressions" : "no expression");
        return;
    }
    const int status = fe_expression_compile(&added.expression, pattern, length, any_case, &why);
    source->out_of_memory = status == LINNET_ERR_MEMORY;
    if (status == LINNET_ERR_SYNTAX)
        lex_complain(source, "the expression: %.150s", why.text);
    if (status != LINNET_OK)
        return;
    const size_t highest = highest_group(value, value_length), groups = fe_expression_groups(added.expression);
    if (highest > groups) {
        lex_complain(source, "\\%zu: the expression has %zu groups", highest, groups);
    } else if (add_string(source, value, value_length, &added.value) &&
               fe_reserve(&patterns, &file->pattern_capacity, file->n_patterns, sizeof added)) {
        file->patterns = patterns;
        file->patterns[file->n_patterns++] = added;
        return;
    } else {
        source->out_of_memory = true;
    }
    fe_expression_free(added.expression);
}

/* ---- lines ---- */

struct line {
    const char *start, *end;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct line trim(struct line line)
{
    while (line.start < line.end && is_blank(*line.start))
        line.start++;
    while (line.end > line.start && is_blank(line.end[-1]))
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
        if (p > line.start && is_blank(p[-1]))
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
    if (*line.start == '/' && line.end - line.start > 1 && !is_blank(line.start[1])) {
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
