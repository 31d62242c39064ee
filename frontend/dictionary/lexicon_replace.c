/* Replaces what expressions match. See lexicon_replace.h. */
#include "lexicon_replace.h"

#include "base/utf8.h"

#define MAX_HITS 100                 /* of expressions in a sentence: bounds its length */
#define MAX_EFFORT ((size_t)1 << 20) /* of expressions in a sentence, see fe_expression_find(): some 20 ms */

/* Writes the replacement of a match, \1 ... \9 and \0 filled in. */
static bool expand(struct base_buffer *out, const char *value, const char *text, const struct fe_span *groups)
{
    for (const char *p = value; *p; p++) {
        if (p[0] == '\\' && p[1] >= '0' && p[1] <= '9') {
            const struct fe_span group = groups[p[1] - '0'];
            if (group.start < group.end && !base_buffer_add(out, text + group.start, group.end - group.start))
                return false;
            p++;
        } else {
            p += p[0] == '\\' && p[1];
            if (!base_buffer_add(out, p, 1))
                return false;
        }
    }
    return true;
}

/* The place that an expression replaces next. The expressions of all files share one edit, each place being replaced by
 * the first that matches it; they aren't chained. */
struct hit {
    const struct lex_pattern *pattern;
    const struct lex_file *file;
};

/* Looks for the pattern's next match, unless that is known. */
static void look(struct lex_pattern *pattern, const struct base_buffer *text, size_t at, size_t *effort)
{
    if (at == 0 || (pattern->found && pattern->groups[0].start < at))
        pattern->found = fe_expression_find(pattern->expression, text->data, text->length, at, pattern->groups, effort);
}

/* The leftmost match from `at` on over all expressions; earlier ones win. */
static bool find_hit(struct lex_replacer *replacer, size_t at, struct hit *best, size_t *effort)
{
    bool found = false;
    for (size_t f = replacer->n_files; f-- > 0;) {
        struct lex_file *const file = replacer->files[f];
        for (size_t i = 0; i < file->n_patterns; i++) {
            struct lex_pattern *const pattern = &file->patterns[i];
            const size_t effort_before = *effort;
            look(pattern, &replacer->text, at, effort);
            if (*effort == 0 && effort_before > 0)
                base_fail(replacer->err, LINNET_ERR_SYNTAX, "%s: its expressions take too long for a sentence",
                          file->path);
            if (!pattern->found || (found && pattern->groups[0].start >= best->pattern->groups[0].start))
                continue;
            *best = (struct hit){pattern, file};
            found = true;
        }
    }
    return found;
}

static bool has_patterns(const struct lex_replacer *replacer)
{
    for (size_t f = 0; f < replacer->n_files; f++)
        if (replacer->files[f]->n_patterns)
            return true;
    return false;
}

/* The sentence as expressions can take it: well-formed, byte for byte as long. */
static bool copy_clean(struct base_buffer *out, const char *text, size_t size)
{
    base_buffer_cut(out, 0);
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        const bool fine = c.valid && c.value;
        if (!(fine ? base_buffer_add(out, text + i, c.length) : base_buffer_add(out, "    ", c.length)))
            return false;
        i += c.length;
    }
    return base_buffer_add(out, "", 0);
}

static bool replace_hits(struct lex_replacer *replacer, struct fe_edit *edit)
{
    const char *const text = replacer->text.data;
    const size_t size = replacer->text.length;
    size_t at = 0, effort = MAX_EFFORT;
    struct hit hit;
    for (int n = 0; n < MAX_HITS && at < size && find_hit(replacer, at, &hit, &effort); n++) {
        const struct fe_span place = hit.pattern->groups[0];
        base_buffer_cut(&replacer->replacement, 0);
        if (!fe_edit_keep(edit, text, at, place.start - at) || !base_buffer_add(&replacer->replacement, "", 0) ||
            !expand(&replacer->replacement, hit.file->strings.data + hit.pattern->value, text, hit.pattern->groups) ||
            !fe_edit_say(edit, place.start, place.end - place.start, replacer->replacement.data,
                         replacer->replacement.length))
            return false;
        at = place.end;
    }
    return fe_edit_keep(edit, text, at, size - at);
}

bool lex_replace(struct lex_replacer *replacer, const char *text, size_t size, struct fe_edit *edit)
{
    if (!has_patterns(replacer) || !size)
        return true;
    return copy_clean(&replacer->text, text, size) && replace_hits(replacer, edit);
}

void lex_replacer_free(struct lex_replacer *replacer)
{
    base_buffer_free(&replacer->text);
    base_buffer_free(&replacer->replacement);
}
