/* Fuzz target of the front end: the first byte chooses the language, the rest is spoken, and what comes out must keep the
 * rules of frontend.h. */
#include "tests/support/check_seq.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const voices[] = {"en-us", "en", "de", "fr", "es", "it", "pt-br", "cmn"};
    static struct voice_meta metas[TEST_COUNT(voices)];
    static struct frontend *opened[TEST_COUNT(voices)]; /* once: that takes longer than most inputs */
    const size_t voice = size ? data[0] % TEST_COUNT(voices) : 0;
    if (!opened[voice]) {
        metas[voice] = test_meta(voices[voice]);
        require(fe_open_meta(&opened[voice], &metas[voice], NULL) == LINNET_OK);
    }
    speak_all(opened[voice], data + (size ? 1 : 0), size ? size - 1 : 0, 64);
    return 0;
}
