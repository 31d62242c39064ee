/* Opening and closing of an engine. */
#include "engine/open.h"

#include "base/alloc.h"
#include "engine/settings.h"
#include "voice/voice_choose.h"
#include <string.h>

#define MAX_PATH 4096

/* The stages, in the order of the pipeline. */
static int open_stages(linnet_engine *e, struct base_error *err)
{
    int status = fe_open(&e->fe, e->models->voice, err);
    if (status == LINNET_OK)
        status = am_stream_open(&e->acoustic, e->models->acoustic, err);
    if (status == LINNET_OK)
        status = voc_stream_open(&e->vocoder, e->models->vocoder, VOC_OWN, err);
    return status;
}

static int copy_path(linnet_engine *e, const char *path, struct base_error *err)
{
    const size_t size = strlen(path) + 1;
    e->path = base_alloc(size, 1);
    if (!e->path)
        return base_fail(err, LINNET_ERR_MEMORY, "engine: out of memory");
    memcpy(e->path, path, size);
    return LINNET_OK;
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
        status = copy_path(engine, path, err);
    if (status == LINNET_OK)
        status = models_take(&engine->models, path, err);
    if (status == LINNET_OK) {
        engine->meta = voice_file_meta(engine->models->voice);
        status = open_stages(engine, err);
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
    am_stream_close(&e->acoustic);
    fe_close(&e->fe);
    models_drop(&e->models);
    base_free(e->path);
    base_free(e->folder);
    base_free(e);
    *engine = NULL;
}
