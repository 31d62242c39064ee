/* Speed of the linear kernels in milliards of operations a second (two a multiply-add), for shapes of the models and
 * several block heights: with floats, with bytes, with bytes that are made of floats first. Prints the best of several
 * runs for each kernel table that this machine has, by CPU time. `bench_nn --table` names the one that is used. */
#include "nn/nn.h"

#include "base/alloc.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

struct shape {
    size_t out, taps, in;
};

static const struct shape shapes[] = {
    {256, 3, 128}, {576, 1, 192}, {512, 3, 192}, {192, 1, 512}, {256, 1, 128}, {1539, 1, 256},
};
static const size_t row_counts[] = {1, 2, 4, 8, 32};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* What one shape is run with. */
struct bench {
    const struct nn_kernels *nn;
    struct nn_weight w;
    struct nn_weight8 w8;
    float *x, *x8, *y;
};

static void run_float(const struct bench *b, size_t rows)
{
    b->nn->linear(b->y, b->w.out, b->x, b->w.in, b->w.in, rows, &b->w);
}

static void run_bytes(const struct bench *b, size_t rows)
{
    b->nn->linear8(b->y, b->w8.out, b->x8, 1, rows, &b->w8);
}

/* With the rows made bytes, as many as come new. */
static void run_quantised(const struct bench *b, size_t rows)
{
    b->nn->quantise(b->x8, b->x, rows, b->w8.in);
    run_bytes(b, rows);
}

static const struct {
    const char *name;
    void (*run)(const struct bench *b, size_t rows);
} kinds[] = {{"float", run_float}, {"bytes", run_bytes}, {"quantised", run_quantised}};

static double best_gops(const struct bench *b, void (*run)(const struct bench *, size_t), size_t rows)
{
    const double operations = 2.0 * (double)(b->w.out * b->w.taps * b->w.in * rows);
    const int repeats = (int)(2e7 / operations) + 1;
    double best = 1e9;
    for (int i = 0; i < 8; i++) {
        const double start = seconds();
        for (int k = 0; k < repeats; k++)
            run(b, rows);
        const double took = (seconds() - start) / repeats;
        best = took < best ? took : best;
    }
    return operations / best * 1e-9;
}

static int bench_shape(const struct nn_kernels *nn, const struct shape *s)
{
    const size_t max_rows = 32, n_x = max_rows + s->taps, n = s->out * s->taps * s->in;
    struct bench b = {.nn = nn};
    float *const raw = base_alloc(n, sizeof *raw);
    b.x = base_alloc(n_x * s->in, sizeof *b.x);
    b.x8 = base_alloc(n_x * nn_row8(s->in), sizeof *b.x8);
    b.y = base_alloc(max_rows * s->out, sizeof *b.y);
    void *const memory = base_alloc(nn_packed_bytes(s->out, s->taps, s->in), 1);
    void *const memory8 = base_alloc(nn_packed8_bytes(s->out, s->taps, s->in), 1);
    const int ok = raw && b.x && b.x8 && b.y && memory && memory8;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            raw[i] = (float)(i % 17) * 0.01f - 0.08f;
        for (size_t i = 0; i < n_x * s->in; i++)
            b.x[i] = (float)(i % 13) * 0.1f - 0.6f;
        nn_pack(&b.w, memory, raw, NULL, s->out, s->taps, s->in);
        nn_lay8(&b.w8, memory8, NULL, s->out, s->taps, s->in);
        nn->pack8(&b.w8, 0, raw, s->out);
        nn->quantise(b.x8, b.x, n_x, s->in);
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            printf("%-10s %-9s out=%-4zu taps=%zu in=%-3zu", nn->name, kinds[k].name, s->out, s->taps, s->in);
            for (size_t i = 0; i < sizeof row_counts / sizeof row_counts[0]; i++)
                printf("  rows=%-2zu %6.1f", row_counts[i], best_gops(&b, kinds[k].run, row_counts[i]));
            printf("\n");
        }
    }
    base_free(raw);
    base_free(b.x);
    base_free(b.x8);
    base_free(b.y);
    base_free(memory);
    base_free(memory8);
    return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
    int failed = 0;
    if (argc > 1 && strcmp(argv[1], "--table") == 0) {
        puts(nn_kernels()->name);
        return 0;
    }
    for (size_t i = 0; nn_table(i); i++)
        for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++)
            failed |= bench_shape(nn_table(i), &shapes[s]);
    return failed;
}
