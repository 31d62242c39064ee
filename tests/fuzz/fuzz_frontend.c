/* Fuzz target of the front end: the input is spoken by an English voice, and what comes out must keep the rules of
 * frontend.h. */
#include "tests/support/check_seq.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct voice_meta meta;
    static struct frontend *fe; /* opened once: that takes longer than most inputs */
    if (!fe) {
        meta = test_meta("en-us");
        require(fe_open_meta(&fe, &meta, NULL) == LINNET_OK);
    }
    speak_all(fe, data, size, 64);
    return 0;
}
