/* 8-bit numbers in double precision, see direct8.h. */
#include "tests/support/direct8.h"

#include <math.h>

void direct8_rows(double *x, size_t rows, size_t n)
{
    for (size_t r = 0; r < rows; r++) {
        double *const row = x + r * n, low = row[0], high = row[0];
        for (size_t i = 1; i < n; i++) {
            low = fmin(low, row[i]);
            high = fmax(high, row[i]);
        }
        const double step = (high - low) / 127.0;
        for (size_t i = 0; i < n; i++)
            row[i] = step > 0.0 ? low + step * rint((row[i] - low) / step) : low;
    }
}

void direct8_weights(double *w, size_t out, size_t taps, size_t in)
{
    for (size_t o = 0; o < out; o++) {
        double *const row = w + o * taps * in, largest = 1e-30, most = 1e-30;
        for (size_t k = 0; k < taps; k++)
            for (size_t lane = 0; lane < in; lane++) { /* every sum that a lane collects, by its first input */
                double sums[2] = {0.0, 0.0};
                for (size_t i = lane / 16 * 16; i < in && i < lane / 16 * 16 + 16; i++)
                    if (i / 2 % 2 == lane / 2 % 2)
                        sums[row[k * in + i] < 0.0] += fabs(row[k * in + i]);
                most = fmax(most, fmax(sums[0], sums[1]));
                largest = fmax(largest, fabs(row[k * in + lane]));
            }
        const double factor = fmin(127.0 / largest, 254.0 / most);
        for (size_t i = 0; i < taps * in; i++)
            row[i] = rint(row[i] * factor) / factor;
    }
}
