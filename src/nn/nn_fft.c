/* Tables of the Fourier transform, see nn.h. */
#include "nn/nn.h"

#include <math.h>

size_t nn_fft_floats(size_t n)
{
    return 4 * n;
}

void nn_fft_fill(struct nn_fft *fft, float *memory, size_t n)
{
    float *const cosines = memory, *const sines = memory + n, *const twist_cos = memory + 2 * n;
    float *const twist_sin = memory + 3 * n;
    size_t rows = 16;
    while (rows * rows * 4 <= n)
        rows *= 2;
    const size_t columns = n / rows;
    for (size_t j = 0; j < n; j++) {
        const double angle = 6.283185307179586477 * (double)j / (double)n;
        cosines[j] = (float)cos(angle);
        sines[j] = (float)sin(angle);
    }
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++) {
            twist_cos[r * columns + c] = cosines[r * c];
            twist_sin[r * columns + c] = sines[r * c];
        }
    *fft = (struct nn_fft){n, rows, columns, cosines, sines, twist_cos, twist_sin};
}
