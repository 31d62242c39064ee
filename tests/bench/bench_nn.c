/* Speed of the linear kernel in GFLOPS (two operations a multiply-add), for shapes of the models and several block
 * heights. Prints the best of several runs for each kernel table that this machine has. */
#include "nn/nn.h"

#include "base/alloc.h"
#include <stdio.h>
#include <time.h>

struct shape {
    size_t out, taps, in;
};

static const struct shape shapes[] = {
    { 256, 3, 128 }, { 576, 1, 192 }, { 512, 3, 192 }, { 192, 1, 512 }, { 256, 1, 128 }, { 1539, 1, 256 },
};
static const size_t row_counts[] = { 1, 2, 4, 8, 32 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double best_gflops(const struct nn_kernels *nn, const struct nn_weight *w, float *y, const float *x, size_t rows)
{
    const double flops = 2.0 * (double)(w->out * w->taps * w->in * rows);
    const int repeats = (int)(2e7 / flops) + 1;
    double best = 1e9;
    for (int run = 0; run < 8; run++) {
        const double start = seconds();
        for (int i = 0; i < repeats; i++)
            nn->linear(y, w->out, x, w->in, w->in, rows, w);
        const double took = (seconds() - start) / repeats;
        best = took < best ? took : best;
    }
    return flops / best * 1e-9;
}

static int bench_shape(const struct nn_kernels *nn, const struct shape *s)
{
    const size_t max_rows = 32, n = s->out * s->taps * s->in;
    float *const raw = base_alloc(n, sizeof *raw), *const x = base_alloc((max_rows + s->taps) * s->in, sizeof *x);
    float *const y = base_alloc(max_rows * s->out, sizeof *y);
    void *const memory = base_alloc(nn_packed_bytes(s->out, s->taps, s->in), 1);
    const int ok = raw && x && y && memory;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            raw[i] = (float)(i % 17) * 0.01f - 0.08f;
        for (size_t i = 0; i < (max_rows + s->taps) * s->in; i++)
            x[i] = (float)(i % 13) * 0.1f - 0.6f;
        struct nn_weight w;
        nn_pack(&w, memory, raw, NULL, s->out, s->taps, s->in);
        printf("%-7s out=%-5zu taps=%zu in=%-4zu", nn->name, s->out, s->taps, s->in);
        for (size_t i = 0; i < sizeof row_counts / sizeof row_counts[0]; i++)
            printf("  rows=%-2zu %6.1f", row_counts[i], best_gflops(nn, &w, y, x, row_counts[i]));
        printf("\n");
    }
    base_free(raw);
    base_free(x);
    base_free(y);
    base_free(memory);
    return ok ? 0 : 1;
}

int main(void)
{
    static const char *const names[] = { "ref", "avx2", "avx512", "neon" };
    int failed = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct nn_kernels *const nn = nn_select(names[i]);
        for (size_t s = 0; nn && s < sizeof shapes / sizeof shapes[0]; s++)
            failed |= bench_shape(nn, &shapes[s]);
    }
    return failed;
}
