/* Length regulator, see length_regulator.h. */
#include "acoustic/length_regulator.h"

#include <math.h>

size_t am_round_durations(int32_t *dur_frames, const float *durations, size_t n, float rate)
{
    double sum = 0.0;
    int64_t end = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (double)durations[i] / (double)rate;
        const int64_t next = (int64_t)floor(sum + 0.5);
        dur_frames[i] = (int32_t)(next - end);
        end = next;
    }
    if (end == 0 && n > 0)
        end = dur_frames[n - 1] = 1;
    return (size_t)end;
}

void am_regulate(float *x, size_t rows, struct am_cursor *cursor, const int32_t *dur_frames, const float *h,
                 const float *pos, size_t c)
{
    for (size_t r = 0; r < rows; r++) {
        while (cursor->inside >= (size_t)dur_frames[cursor->phone]) {
            cursor->phone++;
            cursor->inside = 0;
        }
        const float d = (float)dur_frames[cursor->phone];
        const float place = ((float)cursor->inside + 0.5f) / d, log_d = logf(d);
        const float *const hidden = h + cursor->phone * c;
        for (size_t i = 0; i < c; i++)
            x[r * c + i] = hidden[i] + pos[2 * i] * place + pos[2 * i + 1] * log_d;
        cursor->inside++;
    }
}
