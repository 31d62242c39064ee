/* Length regulator of FastSpeech: durations of phonemes -> rows of frames (FORMAT.md section 4). Frames are made one
 * after another, so a sentence of any length takes no memory for them. */
#ifndef LINNET_ACOUSTIC_LENGTH_REGULATOR_H
#define LINNET_ACOUSTIC_LENGTH_REGULATOR_H

#include <stddef.h>
#include <stdint.h>

#define AM_MAX_FRAMES ((size_t)1 << 24) /* of one sentence: 58 hours at 80 frames a second */

/* Whole frames from durations [N] at normal rate. The ends of phonemes are rounded, not their lengths, so nothing
 * drifts; a phoneme may get 0 frames, but a sentence has at least one. Returns the sum. */
size_t am_round_durations(int32_t *dur_frames, const float *durations, size_t n, float rate);

/* Where the regulator stands: phoneme and frame inside it. Starts as { 0 }. */
struct am_cursor {
    size_t phone, inside;
};

/* The next rows: x[t] = h[n] + pos[:, 0] (i + 0.5)/d + pos[:, 1] log d, for frame i of the d frames of phoneme n.
 * x [rows, C], h [N, C], pos [C, 2]; rows mustn't go beyond the sum of dur_frames. */
void am_regulate(float *x, size_t rows, struct am_cursor *cursor, const int32_t *dur_frames, const float *h,
                 const float *pos, size_t c);

#endif
