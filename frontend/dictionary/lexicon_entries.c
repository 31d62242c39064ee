/* Checks, keeps and finds the entries of a dictionary, whatever its format. See lexicon_entries.h. */
#include "lexicon_entries.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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
    struct base_buffer *const strings = &source->file->strings;
    *offset = strings->length;
    source->out_of_memory =
        source->out_of_memory || !base_buffer_add(strings, bytes, size) || !base_buffer_add(strings, "", 1);
    return !source->out_of_memory;
}

/* The same for a word: one space between its words. */
static bool add_spaced(struct lex_source *source, const char *bytes, size_t size, size_t *offset, size_t *length)
{
    struct base_buffer *const strings = &source->file->strings;
    *offset = strings->length;
    bool space = false;
    for (size_t i = 0; i < size && !source->out_of_memory; i++) {
        if (strchr(" \t\r\n", bytes[i])) {
            space = strings->length > *offset;
            continue;
        }
        source->out_of_memory = (space && !base_buffer_add(strings, " ", 1)) || !base_buffer_add(strings, bytes + i, 1);
        space = false;
    }
    *length = strings->length - *offset;
    source->out_of_memory = source->out_of_memory || !base_buffer_add(strings, "", 1);
    return !source->out_of_memory;
}

/* Words with a capital are found only as they stand. */
static bool has_capital(const char *word, size_t size)
{
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(word + i, size - i);
        if (base_lower(c.value) != c.value)
            return true;
        i += c.length;
    }
    return false;
}

/* The voice's phonemes for the IPA, in file->scratch; false with a complaint. */
static bool read_ipa(struct lex_source *source, const char *ipa, size_t size)
{
    struct base_buffer rewrites = {0};
    uint32_t unknown;
    char character[5] = "";
    const int status = fe_map_given(source->map, ipa, size, &source->file->scratch, &rewrites, &unknown, NULL);
    base_buffer_free(&rewrites);
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
    source->out_of_memory = !stored || !base_reserve(&entries, &file->entry_capacity, file->n_entries, sizeof entry);
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
               base_reserve(&patterns, &file->pattern_capacity, file->n_patterns, sizeof added)) {
        file->patterns = patterns;
        file->patterns[file->n_patterns++] = added;
        return;
    } else {
        source->out_of_memory = true;
    }
    fe_expression_free(added.expression);
}

/* ---- looking up ---- */

/* FNV-1a over code points. */
uint32_t lex_head_hash(const char *text, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (i > 0 && !base_is_word(c.value))
            break;
        hash = (hash ^ base_lower(c.value)) * 16777619u;
        i += c.length;
        if (!base_is_word(c.value))
            break;
    }
    return hash;
}

/* The order of the words: by head, the longest first, by bytes. */
static int compare_words(uint32_t hash_a, const char *a, size_t length_a, uint32_t hash_b, const char *b,
                         size_t length_b)
{
    if (hash_a != hash_b)
        return hash_a < hash_b ? -1 : 1;
    if (length_a != length_b)
        return length_a > length_b ? -1 : 1;
    return memcmp(a, b, length_a);
}

static int compare_with(const struct lex_entry *entry, uint32_t hash, const char *word, size_t length)
{
    return compare_words(entry->hash, entry->written, entry->word_length, hash, word, length);
}

/* The first entry that isn't before the word. */
static size_t lower_bound(const struct lex_file *file, uint32_t hash, const char *word, size_t length)
{
    size_t low = 0, high = file->n_entries;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_with(&file->entries[middle], hash, word, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A piece of the text as the words of a dictionary are written, one space between them: as it stands, and in lower
 * case. */
struct spelling {
    size_t length;
    char word[LEX_MAX_VALUE];
};

static bool append(struct spelling *spelling, uint32_t codepoint)
{
    if (spelling->length + 4 > LEX_MAX_VALUE)
        return false;
    spelling->length += base_utf8_put(spelling->word + spelling->length, codepoint);
    return true;
}

/* Of equal ones the one that came last. */
static const struct lex_entry *find_spelling(const struct lex_file *file, uint32_t hash,
                                             const struct spelling *spelling)
{
    const size_t i = lower_bound(file, hash, spelling->word, spelling->length);
    const bool found =
        i < file->n_entries && compare_with(&file->entries[i], hash, spelling->word, spelling->length) == 0;
    return found ? &file->entries[i] : NULL;
}

/* The character at text[0], or the white space, as one space; *taken: its bytes. */
static struct base_codepoint next_character(const char *text, size_t size, size_t *taken)
{
    for (*taken = 0; *taken < size && base_is_blank(text[*taken]);)
        ++*taken;
    if (*taken)
        return (struct base_codepoint){.value = ' ', .length = 1, .valid = true};
    const struct base_codepoint c = base_utf8_next(text, size);
    *taken = c.length;
    return c;
}

const struct lex_entry *lex_find(const struct lex_file *file, uint32_t hash, const char *text, size_t size,
                                 size_t *length)
{
    struct spelling exact = {.length = 0}, lower = {.length = 0};
    const struct lex_entry *best = NULL;
    const size_t first = lower_bound(file, hash, "", SIZE_MAX);
    if (first == file->n_entries || file->entries[first].hash != hash)
        return NULL;
    const size_t most = file->entries[first].word_length;
    for (size_t i = 0, taken; i < size && (exact.length < most || lower.length < most); i += taken) {
        const struct base_codepoint c = next_character(text + i, size - i, &taken);
        if (!c.valid || !append(&exact, c.value) || !append(&lower, base_lower(c.value)))
            break;
        const size_t end = i + taken;
        if (base_is_word(c.value) && end < size && base_is_word(base_utf8_next(text + end, size - end).value))
            continue; /* no word ends here */
        const struct lex_entry *const as_it_stands = find_spelling(file, hash, &exact);
        const struct lex_entry *const entry = as_it_stands ? as_it_stands : find_spelling(file, hash, &lower);
        if (!entry)
            continue;
        best = entry;
        *length = end;
    }
    return best;
}

/* ---- the whole ---- */

void lex_close(struct lex_file *file)
{
    if (!file)
        return;
    for (size_t i = 0; i < file->n_patterns; i++)
        fe_expression_free(file->patterns[i].expression);
    base_free(file->patterns);
    base_free(file->entries);
    base_free(file->given);
    base_free(file->path);
    base_buffer_free(&file->strings);
    base_buffer_free(&file->scratch);
    base_free(file);
}

static int compare_entries(const void *a, const void *b)
{
    const struct lex_entry *const x = a, *const y = b;
    const int order = compare_with(x, y->hash, y->written, y->word_length);
    return order ? order : x->word > y->word ? -1 : x->word < y->word; /* later in the file */
}

bool lex_index(struct lex_file *file)
{
    if (!file->n_entries)
        return true;
    for (size_t i = 0; i < file->n_entries; i++) /* no string is added any more */
        file->entries[i].written = file->strings.data + file->entries[i].word;
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
