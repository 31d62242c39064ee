/* Fuzz target of dictionaries and reading modes. Three bytes choose the modes and the language; a dictionary follows, up to a
 * byte 0, and then the text. */
#include "tests/support/check_seq.h"

#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 40000 /* bytes spoken for a byte: a respelling has up to 1000, and numbers in it grow */

/* A file with this content that nobody else sees; path[64]. */
static void write_file(char *path, const uint8_t *data, size_t size)
{
    snprintf(path, 64, "/tmp/linnet-fuzz-XXXXXX");
    const int fd = mkstemp(path);
    require(fd >= 0);
    require(write(fd, data, size) == (ssize_t)size);
    close(fd);
}

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
    static const char *const voices[] = {"en-us", "de", "en", "fr"};
    struct frontend *fe = NULL;
    char path[64];
    if (size < 3)
        return 0;
    const struct voice_meta meta = test_meta(voices[data[2] % 4]);
    const struct reading_modes reading = choose(data);
    const uint8_t *const end = memchr(data + 3, 0, size - 3), *const text = end ? end + 1 : data + 3;
    require(fe_open_meta(&fe, &meta, NULL) == LINNET_OK);
    if (end) {
        write_file(path, data + 3, (size_t)(end - data) - 3);
        const int status = fe_add_lexicon(fe, path, NULL);
        require(status == LINNET_OK || status == LINNET_ERR_SYNTAX);
    }
    fe_set_reading(fe, &reading);
    speak_all(fe, text, (size_t)(data + size - text), MOST);
    if (end)
        unlink(path);
    fe_close(&fe);
    return 0;
}
