/* Fuzz target of voices as a whole: what can be opened speaks, and gives numbers. */
#define _DEFAULT_SOURCE
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/voice_input.h"

#include "linnet.h"
#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_SAMPLES 200000 /* an odd voice may speak very slowly: that's enough of it */

static int on_event(void *user, const linnet_event *event)
{
    size_t *const n_samples = user;
    if (event->type != LINNET_EVENT_AUDIO)
        return 0;
    for (size_t i = 0; i < event->n_samples; i++)
        require(fabsf(event->samples[i]) <= 1);
    *n_samples += event->n_samples;
    return *n_samples > MOST_SAMPLES;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    linnet_engine *engine;
    linnet_settings settings;
    linnet_voice_info info;
    size_t n_samples = 0, voice_size;
    uint8_t *const voice = voice_input(data, size, &voice_size);
    const char *const path = scratch_file(voice, voice_size);
    free(voice);
    linnet_settings_init(&settings);
    settings.threads = 1;
    if (linnet_engine_open(&engine, path, &settings) != LINNET_OK) {
        require(*linnet_last_open_error());
        return 0;
    }
    require(linnet_voice(engine, &info) == LINNET_OK && info.sample_rate > 0);
    const int status = linnet_speak(engine, "Ah, so.", 7, on_event, &n_samples);
    require(status == LINNET_OK || status == LINNET_CANCELLED || status == LINNET_ERR_MEMORY);
    linnet_engine_close(&engine);
    return 0;
}
