/* Fuzz target of dictionaries, plain and PLS: a dictionary up to a byte 0, and then a text in which its entries are
 * looked for. Without espeak-ng, so that many can be tried. */
#define _DEFAULT_SOURCE
#include "tests/fuzz/scratch.h"

#include "frontend/dictionary/lexicon.h"
#include "tests/support/frontend_voice.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_up(struct fe_lexicon *lexicon, const char *text, size_t size)
{
    struct fe_edit edit = {0};
    require(fe_lexicon_replace(lexicon, text, size, &edit));
    fe_edit_free(&edit);
    for (size_t i = 0; i < size; i++) {
        const struct fe_lexicon_match match = fe_lexicon_find(lexicon, text, size, i);
        static const struct given_source nobody;
        struct given_source sources[GIVEN_OWNERS] = {
            [GIVEN_BY_DICTIONARY] = {fe_lexicon_given, lexicon}, [GIVEN_BY_MARKUP] = nobody};
        struct given_word found;
        require(match.length <= size - i);
        if (match.length && !match.spoken)
            require(given_find(sources, match.given, &found) && *found.word && *found.ipa);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct phone_map *map;
    const struct voice_meta meta = test_meta("en-us");
    const uint8_t *const end = size ? memchr(data, 0, size) : NULL;
    const size_t length = end ? (size_t)(end - data) : size, rest = end ? size - length - 1 : 0;
    struct fe_lexicon *lexicon;
    struct base_error err = {""};
    if (!map)
        require(fe_map_open(&map, &meta, NULL) == LINNET_OK);
    require(fe_lexicon_open(&lexicon, map, "en-US", &err) == LINNET_OK);
    const int status = fe_lexicon_add(lexicon, scratch_file(data, length), &err);
    require(status == LINNET_OK || status == LINNET_ERR_SYNTAX);
    require((status == LINNET_OK) == (err.text[0] == '\0'));
    char *const text = malloc(rest ? rest : 1); /* of the exact size, so that overreads show */
    require(text != NULL);
    if (rest)
        memcpy(text, end + 1, rest);
    look_up(lexicon, text, rest);
    free(text);
    fe_lexicon_close(&lexicon);
    return 0;
}
