/* Fuzz target of dictionaries and reading modes. Three bytes choose the modes, the language and which characters are
 * said; a dictionary follows, up to a byte 0, and then the text. */
#define _DEFAULT_SOURCE
#include "scratch.h"
#include "tests/support/check_seq.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 40000 /* bytes spoken for a byte: a respelling has up to 1000, and numbers in it grow */

static struct reading_modes choose(const uint8_t *data)
{
    return (struct reading_modes){.punctuation = data[0] % 5,
                                  .spelling = data[0] / 5 % 3,
                                  .capitals = data[1] % 4,
                                  .digits = data[1] / 4 % 2,
                                  .unit = data[1] / 8 % 3};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const voices[] = {"en-us", "de", "en", "fr", "es", "it", "pt-br", "cmn"};
    static const char *const lists[] = {NULL, "", "#.!\xE2\x80\xA6 a", "\xFF\xE2("};
    static struct voice_meta metas[TEST_COUNT(voices)];
    static struct frontend *opened[TEST_COUNT(voices)]; /* once: that takes longer than most inputs */
    if (size < 3)
        return 0;
    const size_t voice = data[2] % TEST_COUNT(voices);
    const struct reading_modes reading = choose(data);
    const uint8_t *const end = memchr(data + 3, 0, size - 3), *const text = end ? end + 1 : data + 3;
    if (!opened[voice]) {
        metas[voice] = test_meta(voices[voice]);
        require(fe_open_meta(&opened[voice], &metas[voice], NULL) == LINNET_OK);
    }
    struct frontend *fe = opened[voice];
    const char *const list = lists[data[2] / 8 % TEST_COUNT(lists)]; /* NULL: the language's own */
    require(fe_set_punctuation(fe, LINNET_PUNCTUATION_SOME, list, NULL) == LINNET_OK);
    if (end) { /* dictionaries stay: one for this input alone */
        require(fe_open_meta(&fe, &metas[voice], NULL) == LINNET_OK);
        require(fe_copy_punctuation(fe, opened[voice], NULL) == LINNET_OK);
        const int status = fe_add_lexicon(fe, scratch_file(data + 3, (size_t)(end - data) - 3), NULL);
        require(status == LINNET_OK || status == LINNET_ERR_SYNTAX);
        require(fe_lexicon_warning(fe) != NULL);
    }
    fe_set_reading(fe, &reading);
    speak_all(fe, text, (size_t)(data + size - text), MOST);
    if (end)
        fe_close(&fe);
    return 0;
}
