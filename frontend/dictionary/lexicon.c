/* All dictionaries of a voice: their files in order, and looking up in them. See lexicon.h. */
#include "lexicon.h"

#include "base/alloc.h"
#include "lexicon_file.h"
#include "lexicon_replace.h"

#define MAX_FILES 16

struct fe_lexicon {
    const struct phone_map *map;
    const char *language;
    struct lex_file *files[MAX_FILES];
    size_t n_files;
    struct lex_replacer replacer;
    struct base_error err;
};

/* ---- looking up ---- */

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
        size_t length;
        const struct lex_file *const file = lexicon->files[f];
        const struct lex_entry *const entry = lex_find(file, hash, text + at, size - at, &length);
        if (!entry || length <= best.length)
            continue;
        best.length = length;
        best.spoken = entry->ipa ? NULL : file->strings.data + entry->value;
        best.given = entry->ipa ? given_character(GIVEN_BY_DICTIONARY, given_before(lexicon, f) + entry->number) : 0;
    }
    return best;
}

bool fe_lexicon_given(const void *dictionary, size_t number, struct given_word *found)
{
    const struct fe_lexicon *const lexicon = dictionary;
    for (size_t f = 0; f < lexicon->n_files; f++) {
        const struct lex_file *const file = lexicon->files[f];
        if (number < file->n_ipa) {
            const struct lex_entry *const entry = &file->entries[file->given[number]];
            found->word = file->strings.data + entry->word;
            found->ipa = file->strings.data + entry->value;
            return true;
        }
        number -= file->n_ipa;
    }
    return false;
}

bool fe_lexicon_replace(struct fe_lexicon *lexicon, const char *text, size_t size, struct fe_edit *edit)
{
    if (!fe_edit_start(edit))
        return false;
    if (!lexicon)
        return true;
    lexicon->replacer.files = lexicon->files;
    lexicon->replacer.n_files = lexicon->n_files;
    lexicon->replacer.err = &lexicon->err;
    return lex_replace(&lexicon->replacer, text, size, edit);
}

/* ---- files ---- */

/* Puts the file in place number `index`; too many entries with IPA for the characters that there are: they lose. */
static int put_file(struct fe_lexicon *lexicon, size_t index, struct lex_file *file, int status, struct base_error *err)
{
    lex_close(lexicon->files[index]);
    lexicon->files[index] = file;
    if (given_before(lexicon, lexicon->n_files) <= GIVEN_MAX)
        return status;
    file->n_entries = file->n_ipa = 0;
    return base_fail(err, LINNET_ERR_SYNTAX, "%s: over %d entries with IPA", file->path, GIVEN_MAX);
}

int fe_lexicon_add(struct fe_lexicon *lexicon, const char *path, struct base_error *err)
{
    struct lex_file *file;
    if (lexicon->n_files == MAX_FILES)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%s: over %d dictionaries", path, MAX_FILES);
    const int status = lex_open(&file, lexicon->map, lexicon->language, path, err);
    return file ? put_file(lexicon, lexicon->n_files++, file, status, err) : status;
}

size_t fe_lexicon_count(const struct fe_lexicon *lexicon)
{
    return lexicon->n_files;
}

void fe_lexicon_keep(struct fe_lexicon *lexicon, size_t count)
{
    while (lexicon->n_files > count) {
        lex_close(lexicon->files[--lexicon->n_files]);
        lexicon->files[lexicon->n_files] = NULL;
    }
}

void fe_lexicon_refresh(struct fe_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->n_files; i++) {
        struct lex_file *file;
        struct base_error err = {""};
        int status = lex_reopen(&file, lexicon->files[i], lexicon->map, lexicon->language, &err);
        if (file) {
            lexicon->err.text[0] = '\0';
            status = put_file(lexicon, i, file, status, &err);
        }
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
        lex_close(l->files[i]);
    lex_replacer_free(&l->replacer);
    base_free(l);
    *lexicon = NULL;
}
