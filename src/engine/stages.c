/* The stages one by one: the same code that linnet_speak() runs, on whole sentences. */
#include "engine/stages.h"

#include "base/alloc.h"
#include "dsp/f0.h"
#include "dsp/melbank.h"
#include "engine/engine.h"
#include "engine/settings.h"
#include <assert.h>
#include <float.h>
#include <math.h>

#define BLOCK 32        /* frames a call */
#define MAX_SAMPLE 1e6f /* of a recording: 120 dB too loud; its square still is a number */

int stage_sentence(linnet_engine *engine, const linnet_sentence **out, struct base_error *err)
{
    const struct phone_seq *seq;
    int status;
    do {
        status = fe_next(engine->fe, &seq, err);
    } while (status == LINNET_OK && seq && !seq->n_phones); /* nothing is spoken in an interlude */
    engine->seq = seq;
    engine->warnings = fe_warnings(engine->fe);
    if (status != LINNET_OK || !seq)
        return status;
    engine->sentence = (linnet_sentence){.byte_offset = seq->byte_offset,
                                         .byte_length = seq->byte_length,
                                         .text = seq->text,
                                         .readings = seq->readings ? seq->readings : "",
                                         .phonemes = seq->ipa,
                                         .n_phonemes = seq->n_phones,
                                         .ids = seq->ids};
    status = fe_ipa(engine->fe, &engine->sentence.ipa, err);
    *out = status == LINNET_OK ? &engine->sentence : NULL;
    return status;
}

int stage_predict(linnet_engine *engine, const int32_t *ids, size_t n, linnet_prosody *out, struct base_error *err)
{
    const struct phone_seq *const seq = engine->seq;
    struct prosody prosody = settings_prosody(&engine->settings);
    if (seq && seq->ids == ids && seq->n_phones == n)
        prosody.styles = seq->styles;
    const int status = am_begin(engine->acoustic, ids, n, &prosody, err);
    if (status != LINNET_OK)
        return status;
    const struct phone_prediction *const p = am_prediction(engine->acoustic);
    *out = (linnet_prosody){.n_phonemes = p->n_phones,
                            .n_frames = p->n_frames,
                            .dur_frames = p->dur_frames,
                            .pitch_hz = p->pitch_hz,
                            .energy = p->energy};
    return LINNET_OK;
}

int stage_mel(linnet_engine *engine, const int32_t *ids, size_t n, const int32_t *dur_frames, const float *pitch_hz,
              const float *energy, float **frames, size_t *n_frames, struct base_error *err)
{
    const struct prosody prosody = settings_prosody(&engine->settings);
    struct acoustic_stream *const stream = engine->acoustic;
    const size_t width = engine->meta->n_mels + MEL_EXTRA;
    const int status = am_begin_with(stream, ids, n, &prosody, dur_frames, pitch_hz, energy, err);
    if (status != LINNET_OK)
        return status;
    const size_t total = am_prediction(stream)->n_frames;
    float *const all = base_alloc(total, width * sizeof *all);
    if (!all)
        return base_fail(err, LINNET_ERR_MEMORY, "mel of %zu frames: out of memory", total);
    size_t done = 0, step;
    while (done < total && (step = am_decode(stream, all + done * width, BLOCK)) > 0)
        done += step;
    *frames = all;
    *n_frames = done;
    return LINNET_OK;
}

/* All numbers, none larger than `most` either way. */
static bool all_below(const float *x, size_t n, float most)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(x[i]) <= most))
            return false;
    return true;
}

static struct dsp_mel_settings mel_settings(const struct voice_meta *m)
{
    return (struct dsp_mel_settings){.sample_rate = m->sample_rate,
                                     .hop = m->hop,
                                     .n_fft = m->n_fft,
                                     .n_mels = m->n_mels,
                                     .fmin = m->mel_fmin,
                                     .fmax = m->mel_fmax,
                                     .floor = m->mel_floor};
}

int stage_analyse(linnet_engine *engine, const float *samples, size_t n_samples, float **frames, size_t *n_frames,
                  struct base_error *err)
{
    const struct voice_meta *const m = engine->meta;
    const struct dsp_mel_settings settings = mel_settings(m);
    const size_t width = m->n_mels + MEL_EXTRA, total = dsp_mel_frame_count(&settings, n_samples);
    if (!all_below(samples, n_samples, MAX_SAMPLE))
        return base_fail(err, LINNET_ERR_ARGUMENT, "recording: some sample is not finite or beyond %g",
                         (double)MAX_SAMPLE);
    float *const all = base_alloc(total, width * sizeof *all);
    int status = all ? LINNET_OK : LINNET_ERR_MEMORY;
    if (status == LINNET_OK)
        status = dsp_mel_frames(all, width, samples, n_samples, &settings);
    if (status == LINNET_OK)
        status = dsp_f0_track(all + m->n_mels, all + m->n_mels + 1, width, samples, n_samples, m->sample_rate, m->hop,
                              m->pitch_mean);
    if (status != LINNET_OK) {
        base_free(all);
        return base_fail(err, status, "recording of %zu samples: %s", n_samples, base_status_text(status));
    }
    *frames = all;
    *n_frames = total;
    return LINNET_OK;
}

/* Frames [T, M + 2] -> out [T * hop]. */
static int run_vocoder(const linnet_engine *engine, struct vocoder_stream *vocoder, float *out, const float *frames,
                       size_t n_frames)
{
    const size_t width = engine->meta->n_mels + MEL_EXTRA;
    size_t done = 0, step;
    voc_reset(vocoder);
    voc_set_volume(vocoder, engine->settings.volume);
    for (size_t t = 0; t < n_frames; t += step) {
        step = n_frames - t < BLOCK ? n_frames - t : BLOCK;
        done += voc_run(vocoder, frames + t * width, step, out + done);
    }
    while ((step = voc_flush(vocoder, out + done)) > 0)
        done += step;
    assert(done == n_frames * engine->meta->hop);
    return voc_status(vocoder);
}

/* The same by Griffin-Lim, whatever the voice has. */
static int run_griffin_lim(const linnet_engine *engine, float *out, const float *frames, size_t n_frames)
{
    struct vocoder_stream *vocoder;
    int status = voc_stream_open(&vocoder, engine->models->vocoder, VOC_GRIFFIN_LIM, NULL);
    if (status == LINNET_OK)
        status = run_vocoder(engine, vocoder, out, frames, n_frames);
    voc_stream_close(&vocoder);
    return status;
}

int stage_vocode(linnet_engine *engine, const float *frames, size_t n_frames, bool griffin_lim, float **samples,
                 size_t *n_samples, struct base_error *err)
{
    const size_t width = engine->meta->n_mels + MEL_EXTRA;
    size_t n_floats, total;
    if (!base_mul(&n_floats, n_frames, width) || !base_mul(&total, n_frames, engine->meta->hop))
        return base_fail(err, LINNET_ERR_ARGUMENT, "%zu mel frames: too many", n_frames);
    if (!all_below(frames, n_floats, FLT_MAX))
        return base_fail(err, LINNET_ERR_ARGUMENT, "mel frames: some value is not finite");
    float *const out = base_alloc(total, sizeof *out);
    int status = out ? LINNET_OK : LINNET_ERR_MEMORY;
    if (out)
        status = griffin_lim ? run_griffin_lim(engine, out, frames, n_frames)
                             : run_vocoder(engine, engine->vocoder, out, frames, n_frames);
    if (status != LINNET_OK) {
        base_free(out);
        return base_fail(err, status, "%zu mel frames: %s", n_frames, base_status_text(status));
    }
    *samples = out;
    *n_samples = total;
    return LINNET_OK;
}
