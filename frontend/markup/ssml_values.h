/* What stands in the attributes of SSML 1.1: times, rates, pitches, volumes. Free of locale.
 *
 * Relative values change what holds around the element, labels and absolute values replace it. false: not such a value,
 * and *value is as before. Results are within the bounds of struct phone_style. */
#ifndef LINNET_FRONTEND_SSML_VALUES_H
#define LINNET_FRONTEND_SSML_VALUES_H

#include "document.h"
#include <stdbool.h>

#define SSML_MAX_BREAK_MS 600000.0f
#define SSML_MAX_TARGETS 64 /* of a contour */

/* The voice's own pitch, of which values in Hz are a change. */
struct ssml_pitch {
    float mean_hz;
    float range_semitones; /* two standard deviations up and down */
};

/* "1.5s", "200ms", "+2s" -> milliseconds, at most SSML_MAX_BREAK_MS */
bool ssml_time(const char *text, float *ms);
/* "none" ... "x-strong" */
bool ssml_strength(const char *text, float *ms);
/* "x-slow" ... "x-fast", "80%", "1.2", "+10%" */
bool ssml_rate(const char *text, float *rate);
/* "x-low" ... "x-high", "180Hz", "+20Hz", "+2st", "-10%" */
bool ssml_pitch_value(const char *text, const struct ssml_pitch *voice, float *semitones);
bool ssml_range(const char *text, const struct ssml_pitch *voice, float *range);
/* "silent" ... "x-loud", "+6dB", "50" (of 100), "+10", "-20%" */
bool ssml_volume(const char *text, float *volume);
/* "(0%,+20Hz) (50%,+2st) (100%,-10%)": on top of `semitones`. Returns the targets written to targets[SSML_MAX_TARGETS],
 * sorted by place; 0: not such a value. */
size_t ssml_contour(const char *text, const struct ssml_pitch *voice, float semitones,
                    struct fe_contour_target *targets);
/* "strong", "moderate", "reduced", "none": changes rate, pitch and volume. */
bool ssml_emphasis(const char *level, struct phone_style *style);

#endif
