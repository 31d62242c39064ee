/* The dictionary: its files, and looking words up in them. See lexicon.h; the formats are read in lexicon_plain.c and
 * lexicon_pls.c. */
#include "lexicon.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "lexicon_internal.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILES 16
#define MAX_HITS 100 /* of expressions in a sentence: bounds its length */
#define MAX_EFFORT ((size_t)1 << 20) /* of expressions in a sentence, see fe_expression_find(): some 20 ms */

struct fe_lexicon {
    const struct phone_map *map;
    const char *language;
    struct lex_file *files[MAX_FILES];
    size_t n_files;
    struct fe_buffer text, replacement; /* the sentence for expressions; what is said for a match */
    struct base_error err;
};

/* ---- words ---- */

bool lex_is_word_char(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || (c >= 0x3040 && c < 0xE000) ||
           (c >= 0xF900 && c < 0xFE00) || (c >= 0x20000 && c < 0xE0000);
}

/* Lower case of the Latin, Greek and Cyrillic alphabets; the bytes stay as many. */
uint32_t lex_fold(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3AB) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if (c >= 0x100 && c < 0x180 && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 && c != 0x178 && c != 0x17F)
        return ((c >= 0x139 && c <= 0x148) || c >= 0x179) ? c + c % 2 : c | 1;
    return c;
}

/* FNV-1a over code points. */
uint32_t lex_head_hash(const char *text, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (i > 0 && !lex_is_word_char(c.value))
            break;
        hash = (hash ^ lex_fold(c.value)) * 16777619u;
        i += c.length;
        if (!lex_is_word_char(c.value))
            break;
    }
    return hash;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of text[size] that the entry's word covers; 0: it doesn't stand there. */
static size_t match_word(const struct lex_file *file, const struct lex_entry *entry, const char *text, size_t size)
{
    const char *const word = file->strings.data + entry->word;
    size_t i = 0, k = 0;
    while (k < entry->word_length) {
        if (i >= size)
            return 0;
        if (word[k] == ' ') {
            const size_t from = i;
            while (i < size && is_space(text[i]))
                i++;
            if (i == from)
                return 0;
            k++;
            continue;
        }
        const struct base_codepoint a = base_utf8_next(text + i, size - i);
        const struct base_codepoint b = base_utf8_next(word + k, entry->word_length - k);
        if (!a.valid || (entry->exact ? a.value != b.value : lex_fold(a.value) != lex_fold(b.value)))
            return 0;
        i += a.length;
        k += b.length;
    }
    const bool ends_in_word = i < size && lex_is_word_char(base_utf8_next(text + i, size - i).value) &&
                              lex_is_word_char((unsigned char)word[k - 1]);
    return ends_in_word ? 0 : i;
}

/* First entry with this hash; n_entries: none. */
static size_t find_hash(const struct lex_file *file, uint32_t hash)
{
    size_t low = 0, high = file->n_entries;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (file->entries[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->n_entries && file->entries[low].hash == hash ? low : file->n_entries;
}

static size_t given_before(const struct fe_lexicon *lexicon, size_t file)
{
    size_t n = 0;
    for (size_t i = 0; i < file; i++)
        n += lexicon->files[i]->n_ipa;
    return n;
}

struct fe_lexicon_match fe_lexicon_find(const struct fe_lexicon *lexicon, const char *text, size_t size, size_t at)
{
    struct fe_lexicon_match best = {0};
    const uint32_t hash = lex_head_hash(text + at, size - at);
    for (size_t f = lexicon->n_files; f-- > 0;) {
        const struct lex_file *const file = lexicon->files[f];
        for (size_t i = find_hash(file, hash); i < file->n_entries && file->entries[i].hash == hash; i++) {
            const struct lex_entry *const entry = &file->entries[i];
            const size_t length = match_word(file, entry, text + at, size - at);
            if (length <= best.length)
                continue;
            best.length = length;
            best.spoken = entry->ipa ? NULL : file->strings.data + entry->value;
            best.given = entry->ipa ? FE_GIVEN + (uint32_t)(given_before(lexicon, f) + entry->number) : 0;
            break; /* the longest of this file */
        }
    }
    return best;
}

bool fe_lexicon_given(const struct fe_lexicon *lexicon, uint32_t codepoint, const char **word, const char **ipa)
{
    if (codepoint < FE_GIVEN)
        return false;
    size_t number = codepoint - FE_GIVEN;
    for (size_t f = 0; f < lexicon->n_files; f++) {
        const struct lex_file *const file = lexicon->files[f];
        if (number < file->n_ipa) {
            const struct lex_entry *const entry = &file->entries[file->given[number]];
            *word = file->strings.data + entry->word;
            *ipa = file->strings.data + entry->value;
            return true;
        }
        number -= file->n_ipa;
    }
    return false;
}

/* ---- expressions ---- */

/* Writes the replacement of a match, \1 ... \9 and \0 filled in. */
static bool expand(struct fe_buffer *out, const char *value, const char *text, const struct fe_span *groups)
{
    for (const char *p = value; *p; p++) {
        if (p[0] == '\\' && p[1] >= '0' && p[1] <= '9') {
            const struct fe_span group = groups[p[1] - '0'];
            if (group.start < group.end && !fe_buffer_add(out, text + group.start, group.end - group.start))
                return false;
            p++;
        } else {
            p += p[0] == '\\' && p[1];
            if (!fe_buffer_add(out, p, 1))
                return false;
        }
    }
    return true;
}

/* The place that an expression replaces next. The expressions of a lexicon share one edit, each place being replaced by the
 * first that matches it; they aren't chained. */
struct hit {
    const struct lex_pattern *pattern;
    const struct lex_file *file;
};

/* Looks for the pattern's next match, unless that is known. */
static void look(struct lex_pattern *pattern, const struct fe_buffer *text, size_t at, size_t *effort)
{
    if (at == 0 || (pattern->found && pattern->groups[0].start < at))
        pattern->found = fe_expression_find(pattern->expression, text->data, text->length, at, pattern->groups, effort);
}

/* The leftmost match from `at` on over all expressions; earlier ones win. */
static bool find_hit(struct fe_lexicon *lexicon, size_t at, struct hit *best, size_t *effort)
{
    bool found = false;
    for (size_t f = lexicon->n_files; f-- > 0;) {
        struct lex_file *const file = lexicon->files[f];
        for (size_t i = 0; i < file->n_patterns; i++) {
            struct lex_pattern *const pattern = &file->patterns[i];
            const size_t effort_before = *effort;
            look(pattern, &lexicon->text, at, effort);
            if (*effort == 0 && effort_before > 0)
                base_fail(&lexicon->err, LINNET_ERR_SYNTAX, "%s: its expressions take too long for a sentence", file->path);
            if (!pattern->found || (found && pattern->groups[0].start >= best->pattern->groups[0].start))
                continue;
            *best = (struct hit){pattern, file};
            found = true;
        }
    }
    return found;
}

static bool has_patterns(const struct fe_lexicon *lexicon)
{
    for (size_t f = 0; lexicon && f < lexicon->n_files; f++)
        if (lexicon->files[f]->n_patterns)
            return true;
    return false;
}

/* The sentence as expressions can take it: well-formed, byte for byte as long. */
static bool copy_clean(struct fe_buffer *out, const char *text, size_t size)
{
    fe_buffer_cut(out, 0);
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        const bool fine = c.valid && c.value;
        if (!(fine ? fe_buffer_add(out, text + i, c.length) : fe_buffer_add(out, "    ", c.length)))
            return false;
        i += c.length;
    }
    return fe_buffer_add(out, "", 0);
}

static bool replace_hits(struct fe_lexicon *lexicon, struct fe_edit *edit)
{
    const char *const text = lexicon->text.data;
    const size_t size = lexicon->text.length;
    size_t at = 0, effort = MAX_EFFORT;
    struct hit hit;
    for (int n = 0; n < MAX_HITS && at < size && find_hit(lexicon, at, &hit, &effort); n++) {
        const struct fe_span place = hit.pattern->groups[0];
        fe_buffer_cut(&lexicon->replacement, 0);
        if (!fe_edit_keep(edit, text, at, place.start - at) || !fe_buffer_add(&lexicon->replacement, "", 0) ||
            !expand(&lexicon->replacement, hit.file->strings.data + hit.pattern->value, text, hit.pattern->groups) ||
            !fe_edit_say(edit, place.start, place.end - place.start, lexicon->replacement.data, lexicon->replacement.length))
            return false;
        at = place.end;
    }
    return fe_edit_keep(edit, text, at, size - at);
}

bool fe_lexicon_replace(struct fe_lexicon *lexicon, const char *text, size_t size, struct fe_edit *edit)
{
    if (!fe_edit_start(edit))
        return false;
    if (!has_patterns(lexicon) || !size)
        return true;
    return copy_clean(&lexicon->text, text, size) && replace_hits(lexicon, edit);
}

/* ---- files ---- */

static void close_file(struct lex_file *file)
{
    if (!file)
        return;
    for (size_t i = 0; i < file->n_patterns; i++)
        fe_expression_free(file->patterns[i].expression);
    base_free(file->patterns);
    base_free(file->entries);
    base_free(file->given);
    base_free(file->path);
    fe_buffer_free(&file->strings);
    fe_buffer_free(&file->scratch);
    base_free(file);
}

static int compare_entries(const void *a, const void *b)
{
    const struct lex_entry *const x = a, *const y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->word_length != y->word_length)
        return x->word_length > y->word_length ? -1 : 1;
    if (x->exact != y->exact)
        return x->exact ? -1 : 1;
    return x->word > y->word ? -1 : x->word < y->word; /* later in the file */
}

/* Sorts the entries, and numbers those with IPA. */
static bool index_file(struct lex_file *file)
{
    if (!file->n_entries)
        return true;
    qsort(file->entries, file->n_entries, sizeof *file->entries, compare_entries);
    file->given = base_alloc(file->n_entries, sizeof *file->given);
    if (!file->given)
        return false;
    for (size_t i = 0; i < file->n_entries; i++) {
        if (!file->entries[i].ipa)
            continue;
        file->entries[i].number = file->n_ipa;
        file->given[file->n_ipa++] = i;
    }
    return true;
}

/* Reads all of the file into *text. */
static int read_text(const char *path, struct fe_buffer *text, struct base_error *err)
{
    char block[4096];
    size_t n;
    FILE *const stream = fopen(path, "rb");
    if (!stream)
        return base_fail(err, LINNET_ERR_IO, "%s: %s", path, strerror(errno));
    int status = fe_buffer_add(text, "", 0) ? LINNET_OK : LINNET_ERR_MEMORY;
    while (status == LINNET_OK && (n = fread(block, 1, sizeof block, stream)) > 0) {
        if (text->length + n > LEX_MAX_FILE)
            status = base_fail(err, LINNET_ERR_IO, "%s: over %zu bytes", path, LEX_MAX_FILE);
        else if (!fe_buffer_add(text, block, n))
            status = base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    }
    if (status == LINNET_OK && ferror(stream))
        status = base_fail(err, LINNET_ERR_IO, "%s: %s", path, strerror(errno));
    fclose(stream);
    return status;
}

static int stat_file(struct lex_file *file, struct base_error *err)
{
    struct stat info;
    if (stat(file->path, &info) != 0)
        return base_fail(err, LINNET_ERR_IO, "%s: %s", file->path, strerror(errno));
    if (!S_ISREG(info.st_mode))
        return base_fail(err, LINNET_ERR_IO, "%s: not a file", file->path);
    file->seconds = info.st_mtim.tv_sec;
    file->nanoseconds = info.st_mtim.tv_nsec;
    file->size = (unsigned long long)info.st_size;
    return LINNET_OK;
}

static int parse_file(const struct fe_lexicon *lexicon, struct lex_file *file, const struct fe_buffer *text,
                      struct base_error *err)
{
    struct lex_source source = {.map = lexicon->map, .language = lexicon->language, .file = file};
    const size_t mark = text->length >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    size_t first = mark;
    while (first < text->length && is_space(text->data[first]))
        first++;
    if (first < text->length && text->data[first] == '<')
        lex_read_pls(&source, text->data + mark, text->length - mark);
    else
        lex_read_plain(&source, text->data + mark, text->length - mark);
    if (source.out_of_memory || !index_file(file))
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", file->path);
    if (!source.n_errors)
        return LINNET_OK;
    if (source.n_errors == 1)
        return base_fail(err, LINNET_ERR_SYNTAX, "%s", source.first.text);
    return base_fail(err, LINNET_ERR_SYNTAX, "%.400s (and %zu more)", source.first.text, source.n_errors - 1);
}

/* *out is set when there are entries to use, after LINNET_ERR_SYNTAX too. */
static int open_file(struct lex_file **out, const struct fe_lexicon *lexicon, const char *path, struct base_error *err)
{
    struct lex_file *const file = base_alloc(1, sizeof *file);
    struct fe_buffer text = {0};
    *out = NULL;
    if (file)
        file->path = base_alloc(strlen(path) + 1, 1);
    int status = file && file->path ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    if (status == LINNET_OK) {
        memcpy(file->path, path, strlen(path) + 1);
        status = stat_file(file, err);
    }
    if (status == LINNET_OK)
        status = read_text(path, &text, err);
    if (status == LINNET_OK)
        status = parse_file(lexicon, file, &text, err);
    fe_buffer_free(&text);
    if (status == LINNET_OK || status == LINNET_ERR_SYNTAX)
        *out = file;
    else
        close_file(file);
    return status;
}

/* Puts the file in place number `index`; too many entries with IPA for the characters that there are: they lose. */
static int put_file(struct fe_lexicon *lexicon, size_t index, struct lex_file *file, int status, struct base_error *err)
{
    close_file(lexicon->files[index]);
    lexicon->files[index] = file;
    if (given_before(lexicon, lexicon->n_files) <= FE_MAX_GIVEN)
        return status;
    file->n_entries = file->n_ipa = 0;
    return base_fail(err, LINNET_ERR_SYNTAX, "%s: over %d entries with IPA", file->path, FE_MAX_GIVEN);
}

int fe_lexicon_add(struct fe_lexicon *lexicon, const char *path, struct base_error *err)
{
    struct lex_file *file;
    if (lexicon->n_files == MAX_FILES)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: over %d dictionaries", path, MAX_FILES);
    const int status = open_file(&file, lexicon, path, err);
    return file ? put_file(lexicon, lexicon->n_files++, file, status, err) : status;
}

size_t fe_lexicon_count(const struct fe_lexicon *lexicon)
{
    return lexicon->n_files;
}

void fe_lexicon_keep(struct fe_lexicon *lexicon, size_t count)
{
    while (lexicon->n_files > count) {
        close_file(lexicon->files[--lexicon->n_files]);
        lexicon->files[lexicon->n_files] = NULL;
    }
}

void fe_lexicon_refresh(struct fe_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->n_files; i++) {
        struct lex_file seen = {.path = lexicon->files[i]->path}, *const old = lexicon->files[i], *file;
        struct base_error err = {""};
        if (stat_file(&seen, &err) != LINNET_OK) {
            lexicon->err = err;
            continue;
        }
        if (seen.seconds == old->seconds && seen.nanoseconds == old->nanoseconds && seen.size == old->size)
            continue;
        lexicon->err.text[0] = '\0';
        int status = open_file(&file, lexicon, old->path, &err);
        if (file)
            status = put_file(lexicon, i, file, status, &err);
        if (status != LINNET_OK)
            lexicon->err = err;
    }
}

const char *fe_lexicon_error(const struct fe_lexicon *lexicon)
{
    return lexicon->err.text;
}

int fe_lexicon_open(struct fe_lexicon **out, const struct phone_map *map, const char *language, struct base_error *err)
{
    struct fe_lexicon *const lexicon = base_alloc(1, sizeof *lexicon);
    *out = lexicon;
    if (!lexicon)
        return base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory");
    lexicon->map = map;
    lexicon->language = language;
    return LINNET_OK;
}

void fe_lexicon_close(struct fe_lexicon **lexicon)
{
    struct fe_lexicon *const l = *lexicon;
    if (!l)
        return;
    for (size_t i = 0; i < l->n_files; i++)
        close_file(l->files[i]);
    fe_buffer_free(&l->text);
    fe_buffer_free(&l->replacement);
    base_free(l);
    *lexicon = NULL;
}
