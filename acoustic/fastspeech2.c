/* FastSpeech 2 (arXiv 2006.04558) as FORMAT.md section 4 draws it: phoneme ids -> encoder -> predictors -> length
 * regulator -> decoder -> mel frames with log F0 and voicing.
 *
 * am_begin() runs all that works on phonemes. am_decode() then pulls frames through the decoder: the regulator makes
 * rows on demand, each layer runs as far as its band allows (fft_band.c), and only what the wanted frames need is
 * computed. So the first frames cost their look-ahead and no more, and a sentence of any length decodes in constant
 * memory.
 *
 * Memory is planned, then taken: the decoder's block when the stream is opened, the phonemes' block grown for longer
 * sentences. */
#include "acoustic/acoustic.h"

#include "acoustic/acoustic_internal.h"
#include "acoustic/fast_speech.h"
#include "acoustic/fft_block.h"
#include "acoustic/length_regulator.h"
#include "acoustic/variance.h"
#include "base/alloc.h"
#include "linnet.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_LAYERS 16   /* FORMAT.md section 2 */
#define MAX_PHONES 8192 /* of a sentence; the encoder's attention grows with the square */
#define EMB_TAPS 3
#define MEL_BOUND 100.0f /* of a natural-log mel: only a damaged voice gets there */

static const struct phone_style neutral = {1.0f, 0.0f, 1.0f, 1.0f};

struct acoustic_model {
    struct am_shape shape;
    struct am_band band;
    size_t n_phonemes, n_mels, predictor, reach; /* V, M, P, R_e */
    size_t encoder_layers, decoder_layers;
    float pitch_mean, pitch_std, energy_mean, energy_std, energy_spread;
    float frame_seconds;
    float *fast_weights; /* [V], owned: fast_speech.h */
    const struct nn_kernels *nn;
    void *memory; /* all weights */

    const float *emb; /* [V, C] */
    struct am_block encoder[MAX_LAYERS];
    const float *enc_gain, *enc_bias; /* [C] */
    struct am_predictor dur, pitch, energy;
    struct nn_weight pitch_emb, energy_emb; /* [C, 3, 1] */
    const float *pos;                       /* [C, 2] */
    struct am_block decoder[MAX_LAYERS];
    const float *dec_gain, *dec_bias; /* [C] */
    struct nn_weight8 dec_out;        /* [M + 2, C] */
};

/* Everything that grows with the number of phonemes. */
struct sentence {
    void *memory;
    size_t room;                /* phonemes that fit */
    float *encoded;             /* [N, C]: encoder output */
    float *padded8;             /* [N + 2, C]: the same, quantised, between two rows of zeros */
    float *hidden;              /* [N, C]: the same plus the embeddings, input of the regulator */
    float *update;              /* [N, C] */
    float *durations;           /* [N] */
    float *pitch;               /* [N + 2]: normalised, between two zeros */
    float *energy;              /* [N + 2] */
    int32_t *dur_frames;        /* [N] */
    float *pitch_hz;            /* [N] */
    float *energy_log;          /* [N] */
    struct phone_style *styles; /* [N] of the caller's controls */
    struct am_block_work block_work;
    struct am_predictor_work predictor_work;
};

struct acoustic_stream {
    const struct acoustic_model *model;
    const atomic_bool *cancel; /* NULL: nobody cancels */
    struct prosody prosody;
    struct sentence sentence;
    struct phone_prediction prediction;
    struct am_cursor cursor;

    void *memory; /* of the decoder */
    struct am_band_state layers[MAX_LAYERS];
    struct nn_history decoded; /* [C]: what the last layer gave */
    struct am_band_work band_work;
    size_t emitted;            /* frames that am_decode() has returned */
    struct am_cursor emitting; /* the phoneme of the next one */
};

/* ---- binding ---- */

static void layout_stack(struct voice_binder *binder, struct am_block *blocks, size_t layers, const char *stack,
                         const struct am_shape *shape, size_t positions)
{
    for (size_t i = 0; i < layers; i++) {
        char prefix[32];
        snprintf(prefix, sizeof prefix, "%s.%zu.", stack, i);
        am_block_bind(binder, &blocks[i], prefix, shape, positions);
    }
}

static void layout_model(struct voice_binder *binder, void *memory)
{
    struct acoustic_model *const m = memory;
    const size_t c = m->shape.hidden;
    voice_bind_matrix(binder, &m->emb, "", "emb.weight", m->n_phonemes, c);
    layout_stack(binder, m->encoder, m->encoder_layers, "enc", &m->shape, 2 * m->reach + 1);
    voice_bind_norm(binder, &m->enc_gain, &m->enc_bias, "enc.", "ln", c);
    am_predictor_bind(binder, &m->dur, "dur.", c, m->predictor);
    am_predictor_bind(binder, &m->pitch, "pitch.", c, m->predictor);
    am_predictor_bind(binder, &m->energy, "energy.", c, m->predictor);
    voice_bind_conv(binder, &m->pitch_emb, "pitch.", "emb", c, EMB_TAPS, 1);
    voice_bind_conv(binder, &m->energy_emb, "energy.", "emb", c, EMB_TAPS, 1);
    voice_bind_matrix(binder, &m->pos, "", "pos.weight", c, 2);
    layout_stack(binder, m->decoder, m->decoder_layers, "dec", &m->shape, m->band.back + m->band.ahead + 1);
    voice_bind_norm(binder, &m->dec_gain, &m->dec_bias, "dec.", "ln", c);
    voice_bind_linear8(binder, &m->dec_out, "dec.", "out", m->n_mels + MEL_EXTRA, c);
}

static void copy_meta(struct acoustic_model *m, const struct voice_meta *meta)
{
    m->shape = (struct am_shape){meta->hidden, meta->heads, meta->filter, meta->kernel};
    m->band = (struct am_band){meta->decoder_back, meta->decoder_ahead};
    m->n_phonemes = meta->n_phonemes;
    m->n_mels = meta->n_mels;
    m->predictor = meta->predictor;
    m->reach = meta->encoder_reach;
    m->encoder_layers = meta->encoder_layers;
    m->decoder_layers = meta->decoder_layers;
    m->pitch_mean = meta->pitch_mean;
    m->pitch_std = meta->pitch_std;
    m->energy_mean = meta->energy_mean;
    m->energy_std = meta->energy_std;
    m->energy_spread = meta->energy_spread;
    m->frame_seconds = (float)meta->hop / (float)meta->sample_rate;
}

static int weigh_phonemes(struct acoustic_model *m, const struct voice_file *voice, struct base_error *err)
{
    m->fast_weights = base_alloc(m->n_phonemes, sizeof *m->fast_weights);
    if (!m->fast_weights)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: acoustic model: out of memory", voice_file_path(voice));
    for (size_t i = 0; i < m->n_phonemes; i++)
        m->fast_weights[i] = am_fast_weight(voice_file_meta(voice)->phonemes[i]);
    return LINNET_OK;
}

int am_bind(struct acoustic_model **out, const struct voice_file *voice, struct base_error *err)
{
    *out = NULL;
    const struct voice_meta *const meta = voice_file_meta(voice);
    if (meta->encoder_layers > MAX_LAYERS || meta->decoder_layers > MAX_LAYERS || meta->heads == 0 ||
        meta->hidden % meta->heads != 0 || meta->kernel % 2 == 0 || !(meta->pitch_std > 0.0f) ||
        !(meta->energy_std > 0.0f))
        return base_fail(err, LINNET_ERR_VOICE, "%s: acoustic model: sizes that don't fit together",
                         voice_file_path(voice));
    struct acoustic_model *model = base_alloc(1, sizeof *model);
    if (!model)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: acoustic model: out of memory", voice_file_path(voice));
    copy_meta(model, meta);
    model->nn = nn_kernels();
    int status = weigh_phonemes(model, voice, err);
    if (status == LINNET_OK)
        status = voice_bind(&model->memory, voice, layout_model, model, err);
    if (status != LINNET_OK)
        am_unbind(&model);
    *out = model;
    return status;
}

void am_unbind(struct acoustic_model **model)
{
    if (!model || !*model)
        return;
    base_free((*model)->memory);
    base_free((*model)->fast_weights);
    base_free(*model);
    *model = NULL;
}

/* ---- memory of a stream ---- */

static void layout_decoder(struct acoustic_stream *s, struct base_plan *plan)
{
    const struct acoustic_model *const m = s->model;
    for (size_t i = 0; i < m->decoder_layers; i++)
        am_band_plan(&s->layers[i], plan, &m->shape, &m->band);
    nn_history_plan(&s->decoded, plan, 2 * AM_TILE, m->shape.hidden);
    am_band_work_plan(&s->band_work, plan, &m->shape, &m->band);
}

static void layout_sentence(struct sentence *s, struct base_plan *plan, const struct acoustic_model *m, size_t n)
{
    const size_t c = m->shape.hidden;
    s->encoded = base_plan_floats(plan, n, c);
    s->padded8 = base_plan_floats(plan, n + 2, nn_row8(c));
    s->hidden = base_plan_floats(plan, n, c);
    s->update = base_plan_floats(plan, n, c);
    s->durations = base_plan_floats(plan, n, 1);
    s->pitch = base_plan_floats(plan, n + 2, 1);
    s->energy = base_plan_floats(plan, n + 2, 1);
    s->dur_frames = base_plan_take(plan, n, sizeof *s->dur_frames);
    s->pitch_hz = base_plan_floats(plan, n, 1);
    s->energy_log = base_plan_floats(plan, n, 1);
    s->styles = base_plan_take(plan, n, sizeof *s->styles);
    am_block_work_plan(&s->block_work, plan, &m->shape, n);
    am_predictor_work_plan(&s->predictor_work, plan, n, m->predictor);
}

int am_stream_open(struct acoustic_stream **out, const struct acoustic_model *model, struct base_error *err)
{
    *out = NULL;
    struct acoustic_stream *s = base_alloc(1, sizeof *s);
    if (!s)
        goto fail;
    s->model = model;
    struct base_plan plan = {0};
    layout_decoder(s, &plan);
    s->memory = plan.overflow ? NULL : base_alloc(plan.used, 1);
    if (!s->memory)
        goto fail;
    plan = (struct base_plan){.memory = s->memory};
    layout_decoder(s, &plan);
    *out = s;
    return LINNET_OK;
fail:
    am_stream_close(&s);
    return base_fail(err, LINNET_ERR_MEMORY, "acoustic stream: out of memory");
}

void am_stream_close(struct acoustic_stream **stream)
{
    if (!stream || !*stream)
        return;
    base_free((*stream)->sentence.memory);
    base_free((*stream)->memory);
    base_free(*stream);
    *stream = NULL;
}

/* Lays the sentence's arrays out for n phonemes, in the block at hand or a larger one. */
static int make_room(struct sentence *s, const struct acoustic_model *m, size_t n, struct base_error *err)
{
    if (n > s->room) {
        const size_t room = n + n / 4;
        struct base_plan plan = {0};
        layout_sentence(s, &plan, m, room);
        base_free(s->memory);
        s->room = 0;
        s->memory = plan.overflow ? NULL : base_alloc(plan.used, 1);
        if (!s->memory)
            return base_fail(err, LINNET_ERR_MEMORY, "sentence of %zu phonemes: out of memory", n);
        s->room = room;
    }
    struct base_plan plan = {.memory = s->memory};
    layout_sentence(s, &plan, m, n);
    return LINNET_OK;
}

/* ---- phoneme level ---- */

static bool is_style(const struct phone_style *style)
{
    return style->rate >= 0.1f && style->rate <= 10.0f && fabsf(style->semitones) <= 60.0f && style->range >= 0.0f &&
           style->range <= 10.0f;
}

static int check_arguments(const struct acoustic_model *m, const int32_t *ids, size_t n, const struct prosody *prosody,
                           const int32_t *dur_frames, const float *pitch_hz, const float *energy,
                           struct base_error *err)
{
    if (n == 0 || n > MAX_PHONES)
        return base_fail(err, LINNET_ERR_ARGUMENT, "%zu phonemes: a sentence has 1 to %d", n, MAX_PHONES);
    if (!(prosody->rate >= 0.01f && prosody->rate <= 100.0f) || !(fabsf(prosody->pitch_semitones) <= 120.0f) ||
        !(fabsf(prosody->pitch_range) <= 100.0f))
        return base_fail(err, LINNET_ERR_ARGUMENT, "prosody: rate %g, pitch %g, pitch range %g: out of range",
                         (double)prosody->rate, (double)prosody->pitch_semitones, (double)prosody->pitch_range);
    for (size_t i = 0; i < n; i++) {
        if (prosody->styles && !is_style(&prosody->styles[i]))
            return base_fail(err, LINNET_ERR_ARGUMENT, "phoneme %zu: its style is out of range", i);
        if (ids[i] < 0 || (size_t)ids[i] >= m->n_phonemes)
            return base_fail(err, LINNET_ERR_ARGUMENT, "phoneme %zu: id %ld isn't in the voice's table of %zu", i,
                             (long)ids[i], m->n_phonemes);
        if (dur_frames && (dur_frames[i] < 0 || (size_t)dur_frames[i] > AM_MAX_FRAMES))
            return base_fail(err, LINNET_ERR_ARGUMENT, "phoneme %zu: duration of %ld frames: 0 to %zu are allowed", i,
                             (long)dur_frames[i], AM_MAX_FRAMES);
        if (pitch_hz && !(pitch_hz[i] >= 1.0f && pitch_hz[i] <= 1e5f))
            return base_fail(err, LINNET_ERR_ARGUMENT, "phoneme %zu: pitch of %g Hz: 1 to 100000 are allowed", i,
                             (double)pitch_hz[i]);
        if (energy && !(fabsf(energy[i]) <= 1e6f))
            return base_fail(err, LINNET_ERR_ARGUMENT, "phoneme %zu: energy of %g: out of range", i, (double)energy[i]);
    }
    return LINNET_OK;
}

static bool is_cancelled(const struct acoustic_stream *stream)
{
    return stream->cancel && atomic_load_explicit(stream->cancel, memory_order_relaxed);
}

/* encoded = ln(encoder blocks(emb[ids])), and its bytes; false: cancelled */
static bool encode(struct acoustic_stream *stream, const int32_t *ids, size_t n)
{
    struct sentence *const s = &stream->sentence;
    const struct acoustic_model *const m = stream->model;
    const size_t c = m->shape.hidden, width = nn_row8(c);
    float *const x = s->encoded;
    for (size_t i = 0; i < n; i++)
        memcpy(x + i * c, m->emb + (size_t)ids[i] * c, c * sizeof(float));
    for (size_t i = 0; i < m->encoder_layers; i++) {
        if (is_cancelled(stream))
            return false;
        am_block_run(x, n, &m->encoder[i], &m->shape, m->reach, &s->block_work, m->nn);
    }
    for (size_t i = 0; i < n; i++)
        m->nn->layer_norm(x + i * c, x + i * c, m->enc_gain, m->enc_bias, c);
    memset(s->padded8, 0, width * sizeof(float));
    m->nn->quantise(s->padded8 + width, x, n, c);
    memset(s->padded8 + (n + 1) * width, 0, width * sizeof(float));
    return true;
}

/* Predicts what isn't given, and derives from it what the caller is told. */
static void adapt(struct sentence *s, const struct acoustic_model *m, size_t n, const struct prosody *prosody,
                  const float *pitch_hz, const float *energy)
{
    float *const pitch = s->pitch + 1, *const loudness = s->energy + 1;
    am_predict(s->durations, s->padded8, n, &m->dur, &s->predictor_work, m->nn);
    if (!pitch_hz)
        am_predict(pitch, s->padded8, n, &m->pitch, &s->predictor_work, m->nn);
    if (!energy)
        am_predict(loudness, s->padded8, n, &m->energy, &s->predictor_work, m->nn);
    for (size_t i = 0; i < n; i++) {
        s->styles[i] = prosody->styles ? prosody->styles[i] : neutral;
        s->durations[i] = am_duration(s->durations[i]) / s->styles[i].rate;
        if (pitch_hz)
            pitch[i] = (logf(pitch_hz[i]) - m->pitch_mean) / m->pitch_std;
        loudness[i] = energy ? (energy[i] - m->energy_mean) / m->energy_std
                             : am_spread_energy(loudness[i], m->energy_spread);
        s->pitch_hz[i] =
            expf(am_bend_pitch(pitch[i] * m->pitch_std + m->pitch_mean, m->pitch_mean, prosody, &s->styles[i]));
        s->energy_log[i] = loudness[i] * m->energy_std + m->energy_mean;
    }
    s->pitch[0] = pitch[n] = s->energy[0] = loudness[n] = 0.0f;
}

static double sum(const float *x, size_t n)
{
    double total = 0.0;
    for (size_t i = 0; i < n; i++)
        total += (double)x[i];
    return total;
}

/* Fills dur_frames and returns their sum, at least 1. */
static size_t predict_durations(struct sentence *s, const struct acoustic_model *m, const int32_t *ids, size_t n,
                                const struct prosody *prosody)
{
    if (prosody->speed > 1.0f)
        am_hurry(s->durations, ids, s->styles, n, m->fast_weights, prosody->speed, m->frame_seconds);
    return am_round_durations(s->dur_frames, s->durations, n, prosody->rate);
}

/* Fills dur_frames and returns their sum, at least 1. */
static size_t take_durations(struct sentence *s, size_t n, const int32_t *given)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        s->dur_frames[i] = given[i];
        total += total <= AM_MAX_FRAMES ? (size_t)given[i] : 0; /* refused beyond that, so it needn't be exact */
    }
    if (total == 0)
        total = (size_t)(s->dur_frames[n - 1] = 1);
    return total;
}

static void rewind_decoder(struct acoustic_stream *stream)
{
    for (size_t i = 0; i < stream->model->decoder_layers; i++)
        am_band_reset(&stream->layers[i], &stream->model->shape);
    stream->decoded.count = 0;
    stream->cursor = stream->emitting = (struct am_cursor){0};
    stream->emitted = 0;
}

void am_watch(struct acoustic_stream *stream, const atomic_bool *cancel)
{
    stream->cancel = cancel;
}

int am_begin_with(struct acoustic_stream *stream, const int32_t *ids, size_t n_phones, const struct prosody *prosody,
                  const int32_t *dur_frames, const float *pitch_hz, const float *energy, struct base_error *err)
{
    const struct acoustic_model *const m = stream->model;
    struct sentence *const s = &stream->sentence;
    const size_t n = n_phones, c = m->shape.hidden;
    stream->prediction = (struct phone_prediction){0};
    rewind_decoder(stream);
    int status = check_arguments(m, ids, n, prosody, dur_frames, pitch_hz, energy, err);
    if (status == LINNET_OK)
        status = make_room(s, m, n, err);
    if (status != LINNET_OK)
        return status;

    if (!encode(stream, ids, n))
        return base_fail(err, LINNET_CANCELLED, "cancelled");
    adapt(s, m, n, prosody, pitch_hz, energy);
    memcpy(s->hidden, s->encoded, n * c * sizeof(float));
    am_embed(s->hidden, s->pitch, n, &m->pitch_emb, s->update, m->nn);
    am_embed(s->hidden, s->energy, n, &m->energy_emb, s->update, m->nn);

    const double usual = sum(s->durations, n);
    const size_t total = dur_frames ? take_durations(s, n, dur_frames) : predict_durations(s, m, ids, n, prosody);
    if (total > AM_MAX_FRAMES)
        return base_fail(err, LINNET_ERR_ARGUMENT, "sentence of %zu frames: at most %zu are allowed", total,
                         AM_MAX_FRAMES);
    stream->prosody = *prosody;
    stream->prosody.styles = NULL; /* the sentence has its own copy */
    stream->prediction = (struct phone_prediction){n, total, usual, s->dur_frames, s->pitch_hz, s->energy_log};
    return LINNET_OK;
}

int am_begin(struct acoustic_stream *stream, const int32_t *ids, size_t n_phones, const struct prosody *prosody,
             struct base_error *err)
{
    return am_begin_with(stream, ids, n_phones, prosody, NULL, NULL, NULL, err);
}

const struct phone_prediction *am_prediction(const struct acoustic_stream *stream)
{
    return &stream->prediction;
}

struct am_inner am_inspect(const struct acoustic_stream *stream)
{
    const struct sentence *const s = &stream->sentence;
    const size_t c = stream->model->shape.hidden;
    return (struct am_inner){stream->prediction.n_phones, c, s->encoded, s->durations, s->pitch + 1, s->energy + 1};
}

/* ---- frame level ---- */

/* Brings the decoder to `wanted` rows in stream->decoded. Layer i must give need[i + 1] rows and so wants need[i] to
 * come in: the look-ahead shrinks layer by layer. Sweeps of at most AM_TILE rows a layer bound what waits between the
 * layers. */
static void pull(struct acoustic_stream *s, size_t wanted)
{
    const struct acoustic_model *const m = s->model;
    const size_t layers = m->decoder_layers, total = s->prediction.n_frames;
    const size_t lookahead = am_band_lookahead(&m->shape, &m->band);
    size_t need[MAX_LAYERS + 1];
    need[layers] = wanted;
    for (size_t i = layers; i-- > 0;)
        need[i] = total - need[i + 1] > lookahead ? need[i + 1] + lookahead : total;

    while (s->decoded.count < wanted) {
        struct nn_history *const in = &s->layers[0].in;
        const size_t missing = need[0] - in->count, rows = missing < AM_TILE ? missing : AM_TILE;
        if (rows > 0) {
            am_regulate(nn_history_push(in, rows), rows, &s->cursor, s->prediction.dur_frames, s->sentence.hidden,
                        m->pos, m->shape.hidden);
            nn_history_commit(in, rows);
        }
        for (size_t i = 0; i < layers; i++)
            am_band_advance(&s->layers[i], i + 1 < layers ? &s->layers[i + 1].in : &s->decoded, need[i + 1], total,
                            &m->decoder[i], &m->shape, &m->band, &s->band_work, m->nn);
    }
}

static float bound(float x, float least, float most)
{
    return x > least ? (x < most ? x : most) : least; /* NaN: least */
}

/* The style of the phoneme that the next frame belongs to; goes on by one frame. */
static const struct phone_style *next_style(struct acoustic_stream *stream)
{
    struct am_cursor *const cursor = &stream->emitting;
    const struct phone_prediction *const p = &stream->prediction;
    while (cursor->phone + 1 < p->n_phones && cursor->inside >= (size_t)p->dur_frames[cursor->phone])
        *cursor = (struct am_cursor){.phone = cursor->phone + 1};
    cursor->inside++;
    return &stream->sentence.styles[cursor->phone];
}

/* Raw decoder output [M + 2] -> a frame as records.h defines it, under the caller's controls. */
static void finish_frame(float *frame, const struct acoustic_model *m, const struct prosody *prosody,
                         const struct phone_style *style)
{
    for (size_t i = 0; i < m->n_mels; i++)
        frame[i] = bound(frame[i], -MEL_BOUND, MEL_BOUND);
    float *const log_f0 = frame + m->n_mels, *const voicing = log_f0 + 1;
    *log_f0 = am_bend_pitch(*log_f0 * m->pitch_std + m->pitch_mean, m->pitch_mean, prosody, style);
    *voicing = 1.0f / (1.0f + expf(-bound(*voicing, -30.0f, 30.0f)));
}

size_t am_decode(struct acoustic_stream *stream, float *out, size_t max_frames)
{
    const struct acoustic_model *const m = stream->model;
    const size_t c = m->shape.hidden, row = m->n_mels + MEL_EXTRA, left = stream->prediction.n_frames - stream->emitted;
    const size_t frames = max_frames < left ? max_frames : left;
    for (size_t done = 0; done < frames;) {
        const size_t rows = frames - done < AM_TILE ? frames - done : AM_TILE;
        pull(stream, stream->emitted + rows);
        const float *const x = nn_history_rows(&stream->decoded, stream->emitted, rows);
        float *const normed = stream->band_work.normed;
        for (size_t r = 0; r < rows; r++)
            m->nn->layer_norm(normed + r * c, x + r * c, m->dec_gain, m->dec_bias, c);
        m->nn->quantise(stream->band_work.rows8, normed, rows, c);
        m->nn->linear8(out + done * row, row, stream->band_work.rows8, 0, rows, &m->dec_out);
        for (size_t r = 0; r < rows; r++)
            finish_frame(out + (done + r) * row, m, &stream->prosody, next_style(stream));
        stream->emitted += rows;
        done += rows;
    }
    return frames;
}

size_t am_lookahead_frames(const struct acoustic_model *model)
{
    return model->decoder_layers * am_band_lookahead(&model->shape, &model->band);
}

size_t am_decoder_cost(const struct acoustic_model *model)
{
    const size_t c = model->shape.hidden, f = model->shape.filter;
    const size_t attention = 2 * (model->band.back + model->band.ahead + 1) * c;
    const size_t layer = 3 * c * c + attention + c * c + f * model->shape.kernel * c + f * c;
    return model->decoder_layers * layer + (model->n_mels + MEL_EXTRA) * c;
}
