/* Fuzz target of the normaliser: its first byte chooses the language, the rest is normalised, and the promises of
 * normalize.h must hold. */
#include "frontend/language/normalize.h"

#include "base/utf8.h"
#include "frontend/language/language.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LANGUAGE_ADDRESS(name) &language_##name,
static const struct language *const languages[] = {LANGUAGES(LANGUAGE_ADDRESS)};
static const size_t n_languages = sizeof languages / sizeof *languages;

static void require(int condition)
{
    if (!condition)
        abort();
}

static void check(const struct norm_output *out, const char *text, size_t size)
{
    size_t written = 0, read = 0, invalid_in, invalid_out;
    require(out->text.bytes.length <= NORM_MAX_EXPANSION * size);
    base_utf8_count(text, size, &invalid_in);
    base_utf8_count(out->text.bytes.data, out->text.bytes.length, &invalid_out);
    require(invalid_in || !invalid_out);
    for (size_t i = 0; i < out->text.n_pieces; i++) {
        const struct base_piece *const piece = &out->text.pieces[i];
        require(piece->in_length && piece->out_length && piece->in_offset >= read && piece->out_offset >= written);
        read = piece->in_offset + piece->in_length;
        written = piece->out_offset + piece->out_length;
    }
    require(read <= size && written <= out->text.bytes.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t which = size ? data[0] % (n_languages + 1) : 0, n = size ? size - 1 : 0;
    char *const copy = malloc(n ? n : 1); /* of the exact size, so that overreads show */
    struct norm_output out = {0};
    require(copy != NULL);
    if (n)
        memcpy(copy, data + 1, n);
    require(norm_run(&out, which < n_languages ? languages[which] : language_find("xx"), copy, n, NULL) == LINNET_OK);
    check(&out, copy, n);
    norm_output_free(&out);
    free(copy);
    return 0;
}
