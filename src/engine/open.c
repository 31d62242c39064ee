/* Opening and closing of an engine. */
#include "engine/open.h"

#include "base/alloc.h"
#include "engine/settings.h"
#include "voice/voice_choose.h"

#define MAX_PATH 4096

/* The stages, in the order of the pipeline. */
static int open_stages(linnet_engine *e, struct base_error *err)
{
    int status = fe_open(&e->fe, e->voice, err);
    if (status == LINNET_OK)
        status = am_bind(&e->acoustic_model, e->voice, err);
    if (status == LINNET_OK)
        status = am_stream_open(&e->acoustic, e->acoustic_model, err);
    if (status == LINNET_OK)
        status = voc_bind(&e->vocoder_model, e->voice, err);
    if (status == LINNET_OK)
        status = voc_stream_open(&e->vocoder, e->vocoder_model, VOC_OWN, err);
    return status;
}

int engine_open(linnet_engine **out, const char *voice, const linnet_settings *settings, struct base_error *err)
{
    char path[MAX_PATH];
    linnet_engine *engine = base_alloc(1, sizeof *engine);
    *out = NULL;
    if (!engine)
        return base_fail(err, LINNET_ERR_MEMORY, "engine: out of memory");
    atomic_init(&engine->cancelled, false);
    settings_init(&engine->settings);
    int status = settings ? settings_take(&engine->settings, settings, err) : LINNET_OK;
    if (status == LINNET_OK)
        status = voice_choose(path, sizeof path, voice, err);
    if (status == LINNET_OK)
        status = voice_file_open(&engine->voice, path, err);
    if (status == LINNET_OK) {
        engine->meta = voice_file_meta(engine->voice);
        status = open_stages(engine, err);
        voice_file_leave(engine->voice);
    }
    if (status != LINNET_OK) {
        engine_close(&engine);
        return status;
    }
    *out = engine;
    return LINNET_OK;
}

void engine_close(linnet_engine **engine)
{
    linnet_engine *const e = *engine;
    if (!e)
        return;
    voc_stream_close(&e->vocoder);
    voc_unbind(&e->vocoder_model);
    am_stream_close(&e->acoustic);
    am_unbind(&e->acoustic_model);
    fe_close(&e->fe);
    voice_file_close(&e->voice);
    base_free(e->folder);
    base_free(e);
    *engine = NULL;
}
