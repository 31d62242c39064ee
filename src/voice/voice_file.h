/* A voice file (voices/FORMAT.md): parsed and checked as hostile input, then seen as a table of views.
 *
 * voice_file_open() reads and validates the container without any knowledge of the models, then reads and checks the
 * keys. The models then bind the tensors they want by name and exact shape; numbers are read, and checked to be finite,
 * then. After voice_file_leave() nothing depends on the file any more: it may change, shrink or go.
 * Read-only after opening, so any number of threads may share it. */
#ifndef LINNET_VOICE_FILE_H
#define LINNET_VOICE_FILE_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct voice_file;

#define VOICE_MAX_VOCODER_LAYERS 32
#define VOICE_MAX_REWRITES 1024 /* pairs */
#define VOICE_MAX_REWRITE 64    /* bytes of a pair's side */

/* The keys of FORMAT.md section 2, checked. Strings belong to the voice_file. */
struct voice_meta {
    const char *name, *license, *description, *language, *espeak_voice, *speaker, *gender;
    const char *teacher, *data_license, *scores;
    float data_hours;
    uint32_t sample_rate, hop, n_fft;
    uint32_t n_mels;
    float mel_fmin, mel_fmax, mel_floor;
    size_t n_phonemes;
    const char *const *phonemes; /* [n_phonemes] */
    size_t n_rewrites;
    const char *const *rewrites; /* [2 * n_rewrites]: from, to, from, to ... */
    uint32_t hidden, heads, filter, encoder_layers, decoder_layers, kernel, predictor;
    uint32_t encoder_reach, decoder_back, decoder_ahead;
    float pitch_mean, pitch_std, energy_mean, energy_std, energy_spread;
    const char *vocoder_kind; /* "wavenet", or "griffin-lim", which has none of the fields below */
    uint32_t voc_width, voc_in_kernel, voc_in_ahead, voc_hidden, voc_envelope, voc_layers;
    uint32_t voc_dilations[VOICE_MAX_VOCODER_LAYERS], voc_ahead[VOICE_MAX_VOCODER_LAYERS];
    float gain;
};

/* Opens and validates. On success *out is the caller's to close. */
BASE_MUST_USE int voice_file_open(struct voice_file **out, const char *path, struct base_error *err);
/* The same on a block of memory, which must outlive the voice_file (fuzzing, tests). */
BASE_MUST_USE int voice_file_open_memory(struct voice_file **out, const void *data, size_t size,
                                         struct base_error *err);
/* Whether both were read from one file that hasn't changed between. false for blocks of memory. */
bool voice_file_same(const struct voice_file *a, const struct voice_file *b);
/* Closes the file: no tensor can be read any more, all else stays. */
void voice_file_leave(struct voice_file *file);
/* Closes and sets the pointer to NULL; NULL is fine. */
void voice_file_close(struct voice_file **file);

const struct voice_meta *voice_file_meta(const struct voice_file *file);
const char *voice_file_path(const struct voice_file *file);
uint64_t voice_file_tensor_count(const struct voice_file *file);
/* Numbers in all tensors. */
uint64_t voice_file_parameter_count(const struct voice_file *file);

struct voice_tensor_info {
    const char *name, *type; /* type: "F32", "F16", "Q8_0" */
    size_t n_dims, dims[4];  /* outermost first */
};

/* Tensor number `index` < voice_file_tensor_count(), in order of name. */
struct voice_tensor_info voice_file_tensor(const struct voice_file *file, uint64_t index);

/* Copies tensor `name` as F32 into out (dims[0] * ... floats), if it exists with exactly these dims (outermost first);
 * dequantises F16 and Q8_0. The error names the tensor, the shape expected and the shape found. */
BASE_MUST_USE int voice_tensor_read(const struct voice_file *file, const char *name, const size_t *dims, size_t n_dims,
                                    float *out, struct base_error *err);
/* The same for its rows first ... first + n - 1 (of dims[1] * ... numbers each) alone; first is a multiple of
 * VOICE_TENSOR_ROWS, so that it begins a block of Q8_0. */
#define VOICE_TENSOR_ROWS 32
BASE_MUST_USE int voice_tensor_read_rows(const struct voice_file *file, const char *name, const size_t *dims,
                                         size_t n_dims, size_t first, size_t n, float *out, struct base_error *err);

#endif
