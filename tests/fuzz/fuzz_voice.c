/* Fuzz target of the voice loader: opens the input as a voice, reads every tensor of it and makes its map of phonemes. */
#include "frontend/phone_map.h"
#include "voice/voice_file.h"

#include "linnet.h"
#include "tests/fuzz/voice_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_tensor(const struct voice_file *file, const struct voice_tensor_info *info)
{
    size_t n = 1;
    for (size_t i = 0; i < info->n_dims; i++)
        n *= info->dims[i]; /* at most 2^26, says the loader */
    float *const out = malloc(n * sizeof *out);
    if (!out)
        abort();
    if (voice_tensor_read(file, info->name, info->dims, info->n_dims, out, NULL) != LINNET_OK)
        out[0] = 0.0f;
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t voice_size;
    uint8_t *const voice = voice_input(data, size, &voice_size);
    struct voice_file *file;
    struct base_error err = {""};
    const int status = voice_file_open_memory(&file, voice, voice_size, &err);
    if ((status == LINNET_OK) == (err.text[0] != '\0')) /* a refusal says why */
        abort();
    for (uint64_t i = 0; status == LINNET_OK && i < voice_file_tensor_count(file); i++) {
        const struct voice_tensor_info info = voice_file_tensor(file, i);
        read_tensor(file, &info);
    }
    struct phone_map *map = NULL;
    if (status == LINNET_OK && fe_map_open(&map, voice_file_meta(file), &err) != LINNET_OK && !err.text[0])
        abort();
    fe_map_close(&map);
    voice_file_close(&file);
    free(voice);
    return 0;
}
