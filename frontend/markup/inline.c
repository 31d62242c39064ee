/* Finds the brackets and maps what is in them. See inline.h. */
#include "inline.h"

#include "ssml_phonemes.h"
#include "ssml_text.h"
#include <string.h>

#define LONGEST 512 /* bytes between brackets */

/* Buffers for one word after another. */
struct work {
    struct base_buffer typed, ipa, mapped, scratch;
};

/* Bytes of the phonemes between the brackets at text[0], with them; 0: there are no such brackets. */
static size_t bracket_length(const char *text, size_t size)
{
    if (size < 5 || text[0] != '[' || text[1] != '[')
        return 0;
    for (size_t i = 2; i + 1 < size && i < LONGEST && text[i] != '\n'; i++)
        if (text[i] == ']' && text[i + 1] == ']')
            return i > 2 ? i + 2 : 0;
    return 0;
}

static enum ssml_alphabet alphabet_of(const char *typed)
{
    for (const char *p = typed; *p; p++)
        if ((unsigned char)*p >= 0x80)
            return SSML_IPA;
    return typed[0] == ' ' ? SSML_IPA : SSML_ESPEAK;
}

/* typed[size] in the voice's characters -> work->mapped; *known is false when it lacks some. */
static int map_typed(struct work *work, const struct phone_map *map, const char *typed, size_t size, bool *known,
                     struct base_error *err)
{
    uint32_t unknown = 0;
    base_buffer_cut(&work->typed, 0);
    if (!base_buffer_add(&work->typed, typed, size))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    for (size_t i = 0; i < size; i++)
        if (!work->typed.data[i])
            work->typed.data[i] = ' ';
    if (!ssml_to_ipa(alphabet_of(work->typed.data), work->typed.data, &work->ipa, known))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    if (!*known)
        return LINNET_OK;
    const int status =
        fe_map_given(map, work->ipa.data, work->ipa.length, &work->mapped, &work->scratch, &unknown, err);
    *known = !unknown && work->mapped.length;
    return status;
}

/* The brackets of `length` bytes at text[at], unless their phonemes aren't known: *taken is 0 then. */
static int give(struct fe_document *doc, struct work *work, const struct phone_map *map, const char *text, size_t at,
                size_t length, size_t *taken, struct base_error *err)
{
    bool known;
    const int status = map_typed(work, map, text + at + 2, length - 4, &known, err);
    *taken = 0;
    if (status != LINNET_OK)
        return status;
    doc->unknown += !known;
    if (!known || doc->n_givens == GIVEN_MAX)
        return LINNET_OK;
    *taken = length;
    return fe_document_give(doc, text + at + 2, length - 4, work->mapped.data, at, length)
               ? LINNET_OK
               : base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

/* Bytes from text[at] on up to the next bracket. */
static size_t plain_length(const char *text, size_t size, size_t at)
{
    const char *const bracket = memchr(text + at + 1, '[', size - at - 1);
    return bracket ? (size_t)(bracket - text) - at : size - at;
}

static int parse(struct fe_document *doc, struct work *work, const struct phone_map *map, const char *text, size_t size,
                 struct base_error *err)
{
    for (size_t at = 0, taken; at < size; at += taken) {
        const size_t length = bracket_length(text + at, size - at);
        const int status = length ? give(doc, work, map, text, at, length, &taken, err) : LINNET_OK;
        if (status != LINNET_OK)
            return status;
        if (length && taken)
            continue;
        taken = plain_length(text, size, at);
        if (!ssml_read_plain(doc, text + at, taken, at))
            return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    }
    return LINNET_OK;
}

int inline_parse(struct fe_document *doc, const struct phone_map *map, const char *text, size_t size,
                 struct base_error *err)
{
    struct work work = {0};
    if (!fe_document_start(doc))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    const int status = parse(doc, &work, map, text, size, err);
    base_buffer_free(&work.typed);
    base_buffer_free(&work.ipa);
    base_buffer_free(&work.mapped);
    base_buffer_free(&work.scratch);
    return status;
}
