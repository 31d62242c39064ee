/* Every kernel table of this machine against double precision and, bit by bit where nn.h says so, against the plain C
 * table, over odd sizes, shapes and alignments. A plain program, so that it also runs under an emulator: prints what
 * failed with its seed, exits 1. `test_kernels -v` prints the worst error of each function. */
#include "nn/nn.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD 64 /* floats before and after each output that must stay as they are */
#define GUARD_VALUE 12345.0f
#define MAX_NMSE 1e-12 /* mean squared error relative to the mean square: linear maps, against double */

static int n_failed;
static bool verbose;

/* ---- helpers ---- */

static float uniform(uint64_t *seed, float low, float high)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * (float)(*seed >> 40) / 16777216.0f;
}

static size_t pick(uint64_t *seed, size_t low, size_t high)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return low + (size_t)(*seed >> 33) % (high - low + 1);
}

static void fail(const char *table, const char *what, uint64_t seed, size_t n, double error, double bound)
{
    n_failed++;
    printf("FAIL %s %s: n=%zu seed=%llu error %g, bound %g\n", table, what, n, (unsigned long long)seed, error, bound);
}

/* A float array with guards, `offset` floats away from 64-byte alignment. */
struct guarded {
    void *block;
    float *data;
    size_t n;
};

static struct guarded guarded_new(size_t n, size_t offset)
{
    struct guarded g = {.n = n};
    const size_t total = (n + 2 * GUARD + 16) * sizeof(float);
    g.block = aligned_alloc(64, (total + 63) / 64 * 64);
    if (!g.block)
        abort();
    float *const floats = g.block;
    for (size_t i = 0; i < total / sizeof(float); i++)
        floats[i] = GUARD_VALUE;
    g.data = floats + GUARD + offset;
    return g;
}

static bool guards_intact(const struct guarded *g)
{
    for (size_t i = 1; i <= GUARD; i++)
        if (g->data[-(ptrdiff_t)i] != GUARD_VALUE || g->data[g->n + i - 1] != GUARD_VALUE)
            return false;
    return true;
}

static void check_guards(const char *table, const char *what, uint64_t seed, const struct guarded *g)
{
    if (!guards_intact(g))
        fail(table, what, seed, g->n, INFINITY, 0.0);
}

/* ---- linear ---- */

struct linear_case {
    size_t out, taps, in, rows, ldx, ldy, tap_stride;
    struct guarded x, y, memory;
    float *w, *bias;
    struct nn_weight packed;
};

static void linear_open(struct linear_case *c, uint64_t *seed)
{
    const size_t offset = pick(seed, 0, 15);
    const size_t n_x = c->rows * c->ldx + c->taps * c->tap_stride + c->in;
    const size_t n_w = c->out * c->taps * c->in;
    c->x = guarded_new(n_x, offset);
    c->y = guarded_new(c->rows * c->ldy, pick(seed, 0, 15));
    const size_t bytes = nn_packed_bytes(c->out, c->taps, c->in);
    c->memory = guarded_new(bytes / sizeof(float), 0);
    c->w = malloc(n_w * sizeof(float));
    c->bias = malloc(c->out * sizeof(float));
    if (!c->w || !c->bias)
        abort();
    for (size_t i = 0; i < n_x; i++)
        c->x.data[i] = uniform(seed, -2.0f, 2.0f);
    for (size_t i = 0; i < n_w; i++)
        c->w[i] = uniform(seed, -1.0f, 1.0f);
    for (size_t i = 0; i < c->out; i++)
        c->bias[i] = uniform(seed, -1.0f, 1.0f);
    nn_pack(&c->packed, c->memory.data, c->w, c->bias, c->out, c->taps, c->in);
}

static void linear_close(struct linear_case *c)
{
    free(c->x.block);
    free(c->y.block);
    free(c->memory.block);
    free(c->w);
    free(c->bias);
}

static double exact_output(const struct linear_case *c, size_t row, size_t o)
{
    double sum = c->bias[o];
    for (size_t k = 0; k < c->taps; k++)
        for (size_t i = 0; i < c->in; i++)
            sum +=
                (double)c->w[(o * c->taps + k) * c->in + i] * (double)c->x.data[row * c->ldx + k * c->tap_stride + i];
    return sum;
}

static double linear_nmse(const struct linear_case *c)
{
    double error = 0.0, power = 1e-30;
    for (size_t r = 0; r < c->rows; r++)
        for (size_t o = 0; o < c->out; o++) {
            const double exact = exact_output(c, r, o), d = (double)c->y.data[r * c->ldy + o] - exact;
            error += d * d;
            power += exact * exact;
        }
    return error / power;
}

/* Numbers of y between the rows must stay as they are. */
static bool gaps_intact(const struct linear_case *c)
{
    for (size_t r = 0; r < c->rows; r++)
        for (size_t o = c->out; o < c->ldy; o++)
            if (c->y.data[r * c->ldy + o] != GUARD_VALUE)
                return false;
    return true;
}

/* The same rows computed in blocks must have the same bits. */
static bool blocks_agree(const struct nn_kernels *nn, const struct linear_case *c, size_t block)
{
    float *const part = malloc(block * c->out * sizeof *part);
    if (!part)
        abort();
    bool same = true;
    for (size_t first = 0; first < c->rows && same; first += block) {
        const size_t n = c->rows - first < block ? c->rows - first : block;
        nn->linear(part, c->out, c->x.data + first * c->ldx, c->ldx, c->tap_stride, n, &c->packed);
        for (size_t r = 0; r < n; r++)
            same = same && memcmp(part + r * c->out, c->y.data + (first + r) * c->ldy, c->out * sizeof *part) == 0;
    }
    free(part);
    return same;
}

static void check_linear_case(const struct nn_kernels *nn, struct linear_case c, uint64_t seed)
{
    const uint64_t first_seed = seed;
    linear_open(&c, &seed);
    nn->linear(c.y.data, c.ldy, c.x.data, c.ldx, c.tap_stride, c.rows, &c.packed);
    const double nmse = linear_nmse(&c);
    if (!(nmse <= MAX_NMSE))
        fail(nn->name, "linear", first_seed, c.out, nmse, MAX_NMSE);
    if (!gaps_intact(&c))
        fail(nn->name, "linear between rows", first_seed, c.out, INFINITY, 0.0);
    check_guards(nn->name, "linear guards", first_seed, &c.y);
    check_guards(nn->name, "pack guards", first_seed, &c.memory);
    for (size_t block = 1; block <= 8; block++)
        if (!blocks_agree(nn, &c, block))
            fail(nn->name, "linear in blocks", first_seed, block, INFINITY, 0.0);
    linear_close(&c);
}

static void check_linear(const struct nn_kernels *nn)
{
    static const struct linear_case fixed[] = {
        {.out = 256, .taps = 3, .in = 128, .rows = 32, .ldx = 128, .ldy = 256, .tap_stride = 256},
        {.out = 576, .taps = 1, .in = 192, .rows = 7, .ldx = 192, .ldy = 576, .tap_stride = 0},
        {.out = 1539, .taps = 1, .in = 256, .rows = 3, .ldx = 256, .ldy = 1539, .tap_stride = 0},
        {.out = 1, .taps = 1, .in = 1, .rows = 1, .ldx = 1, .ldy = 1, .tap_stride = 0},
        {.out = 1, .taps = 3, .in = 1, .rows = 37, .ldx = 1, .ldy = 1, .tap_stride = 1},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        check_linear_case(nn, fixed[i], i);
    for (uint64_t seed = 100; seed < 160; seed++) {
        uint64_t s = seed;
        struct linear_case c = {.out = pick(&s, 1, 70)};
        c.taps = pick(&s, 1, 5);
        c.in = pick(&s, 1, 40);
        c.rows = pick(&s, 1, 33);
        c.ldx = c.in + pick(&s, 0, 9);
        c.ldy = c.out + pick(&s, 0, 9);
        c.tap_stride = c.ldx * pick(&s, 1, 4);
        check_linear_case(nn, c, seed);
    }
}

/* ---- 8 bits ---- */

static float *new_floats(size_t n)
{
    float *const floats = aligned_alloc(64, (n * sizeof *floats + 63) / 64 * 64 + 64);
    if (!floats)
        abort();
    return floats;
}

/* Rows of every kind: of both signs, of one, far from zero, all the same, all zero, tiny, huge. */
static void fill_row(float *x, size_t n, uint64_t *seed)
{
    static const float ranges[][2] = {{-2.0f, 2.0f}, {0.0f, 9.0f},      {50.0f, 51.0f}, {3.0f, 3.0f},
                                      {-0.0f, 0.0f}, {-1e-20f, 1e-20f}, {-8.0f, -1.0f}, {-1e20f, 1e20f}};
    const float *const range = ranges[pick(seed, 0, 15) % 8];
    for (size_t i = 0; i < n; i++)
        x[i] = uniform(seed, range[0], range[1]);
}

/* The same bits as the plain C table's, and each number within half a step of the original. */
static void check_quantise(const struct nn_kernels *nn, size_t n, uint64_t seed)
{
    const size_t n_rows = 5, floats = n_rows * nn_row8(n);
    uint64_t s = seed;
    struct guarded x = guarded_new(n_rows * n, pick(&s, 0, 15)), rows = guarded_new(floats, pick(&s, 0, 15));
    float *const expected = new_floats(floats);
    for (size_t r = 0; r < n_rows; r++)
        fill_row(x.data + r * n, n, &s);
    nn->quantise(rows.data, x.data, n_rows, n);
    nn_select("ref")->quantise(expected, x.data, n_rows, n);
    if (memcmp(rows.data, expected, floats * sizeof(float)) != 0)
        fail(nn->name, "quantise: other bits than ref", seed, n, INFINITY, 0.0);
    for (size_t i = 0; i < n_rows * n; i++) {
        const float *const row = rows.data + i / n * nn_row8(n);
        const unsigned char byte = ((const unsigned char *)(row + 2))[i % n];
        const double error = fabs((double)row[0] * byte + (double)row[1] - (double)x.data[i]);
        const double bound = 0.501 * (double)row[0] + 1e-6 * fabs((double)row[1]);
        if (byte > 127 || !(error <= bound))
            fail(nn->name, "quantise", seed, n, error, bound);
    }
    check_guards(nn->name, "quantise", seed, &rows);
    free(x.block);
    free(rows.block);
    free(expected);
}

struct linear8_case {
    size_t out, taps, in, rows, ldy, tap_rows;
};

/* Weights that try the bound on a lane's sum: some outputs are all of one sign and size. */
static void fill_weights(float *w, const struct linear8_case *c, uint64_t *seed)
{
    for (size_t o = 0; o < c->out; o++) {
        const float low = o % 3 == 0 ? 0.99f : -1.0f, sign = o % 2 ? -1.0f : 1.0f;
        for (size_t i = 0; i < c->taps * c->in; i++)
            w[o * c->taps * c->in + i] = sign * uniform(seed, low, 1.0f);
    }
}

/* Against the weights and rows that the bytes stand for, in double. */
static double linear8_nmse(const float *y, const struct linear8_case *c, const float *w, const float *bias,
                           const float *x)
{
    double error = 0.0, power = 1e-30;
    for (size_t r = 0; r < c->rows; r++)
        for (size_t o = 0; o < c->out; o++) {
            double sum = (double)bias[o];
            for (size_t k = 0; k < c->taps; k++)
                for (size_t i = 0; i < c->in; i++)
                    sum += (double)w[(o * c->taps + k) * c->in + i] * (double)x[(r + k * c->tap_rows) * c->in + i];
            const double d = (double)y[r * c->ldy + o] - sum;
            error += d * d;
            power += sum * sum;
        }
    return error / power;
}

/* The same bits as the plain C table's. */
static void check_packed(const struct nn_kernels *nn, const struct nn_weight8 *packed, const float *w, uint64_t seed)
{
    const size_t bytes = nn_packed8_bytes(packed->out, packed->taps, packed->in);
    struct nn_weight8 expected;
    float *const memory = new_floats(bytes / sizeof(float));
    nn_lay8(&expected, memory, packed->bias, packed->out, packed->taps, packed->in);
    nn_select("ref")->pack8(&expected, 0, w, packed->out);
    if (memcmp(memory, packed->data, bytes) != 0)
        fail(nn->name, "pack8: other bits than ref", seed, packed->out, INFINITY, 0.0);
    free(memory);
}

static void check_linear8_case(const struct nn_kernels *nn, struct linear8_case c, uint64_t seed)
{
    const size_t n_x = c.rows + (c.taps - 1) * c.tap_rows, n_w = c.out * c.taps * c.in, width = nn_row8(c.in);
    uint64_t s = seed;
    float *const x = new_floats(n_x * c.in), *const w = new_floats(n_w), *const bias = new_floats(c.out);
    float *const expected = new_floats(c.rows * c.ldy);
    struct guarded rows = guarded_new(n_x * width, pick(&s, 0, 15)), y = guarded_new(c.rows * c.ldy, pick(&s, 0, 15));
    const size_t bytes = nn_packed8_bytes(c.out, c.taps, c.in);
    struct guarded memory = guarded_new(bytes / sizeof(float), 0);
    struct nn_weight8 packed;
    for (size_t i = 0; i < n_x * c.in; i++)
        x[i] = uniform(&s, -1.0f, 3.0f);
    for (size_t o = 0; o < c.out; o++)
        bias[o] = uniform(&s, -1.0f, 1.0f);
    fill_weights(w, &c, &s);
    nn_lay8(&packed, memory.data, bias, c.out, c.taps, c.in);
    for (size_t o = 0, n; o < c.out; o += n) {
        n = pick(&s, 1, c.out - o);
        nn->pack8(&packed, o, w + o * c.taps * c.in, n);
    }
    check_packed(nn, &packed, w, seed);
    nn->quantise(rows.data, x, n_x, c.in);
    memcpy(expected, y.data, c.rows * c.ldy * sizeof(float)); /* what lies between the rows */

    nn_select("ref")->linear8(expected, c.ldy, rows.data, c.tap_rows, c.rows, &packed);
    nn->linear8(y.data, c.ldy, rows.data, c.tap_rows, c.rows, &packed);
    if (memcmp(y.data, expected, c.rows * c.ldy * sizeof(float)) != 0)
        fail(nn->name, "linear8: other bits than ref", seed, c.out, INFINITY, 0.0);
    const double nmse = linear8_nmse(y.data, &c, w, bias, x);
    if (c.in * c.taps > 8 && !(nmse <= 1e-3))
        fail(nn->name, "linear8", seed, c.out, nmse, 1e-3);
    check_guards(nn->name, "linear8 guards", seed, &y);
    check_guards(nn->name, "pack8 guards", seed, &memory);
    for (size_t block = 1; block <= 8; block++) {
        for (size_t r = 0; r < c.rows; r += block)
            nn->linear8(y.data + r * c.ldy, c.ldy, rows.data + r * width, c.tap_rows,
                        block < c.rows - r ? block : c.rows - r, &packed);
        if (memcmp(y.data, expected, c.rows * c.ldy * sizeof(float)) != 0)
            fail(nn->name, "linear8 in blocks", seed, block, INFINITY, 0.0);
    }
    free(x), free(w), free(bias), free(expected);
    free(rows.block), free(y.block), free(memory.block);
}

static void check_8_bits(const struct nn_kernels *nn)
{
    for (size_t n = 1; n <= 200; n++)
        check_quantise(nn, n, n);
    check_linear8_case(nn, (struct linear8_case){512, 3, 192, 32, 512, 1}, 1);
    check_linear8_case(nn, (struct linear8_case){128, 7, 102, 9, 128, 1}, 2);
    check_linear8_case(nn, (struct linear8_case){256, 3, 128, 32, 256, 4}, 3);
    check_linear8_case(nn, (struct linear8_case){1545, 1, 256, 5, 1545, 0}, 4);
    for (uint64_t seed = 200; seed < 260; seed++) {
        uint64_t s = seed;
        struct linear8_case c = {.out = pick(&s, 1, 70), .taps = pick(&s, 1, 5), .in = pick(&s, 1, 70)};
        c.rows = pick(&s, 1, 33);
        c.ldy = c.out + pick(&s, 0, 9);
        c.tap_rows = pick(&s, 1, 4);
        check_linear8_case(nn, c, seed);
    }
}

/* ---- functions of a vector ---- */

enum error_kind { RELATIVE, ABSOLUTE };

struct function_test {
    const char *name;
    float low, high;
    enum error_kind kind;
    double bound;
    void (*run)(const struct nn_kernels *nn, float *y, const float *x, size_t n); /* x has 2 n numbers */
    double (*exact)(const float *x, size_t i, size_t n);
};

static void run_vexp(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    nn->vexp(y, x, 88.0f, 0.0f, n);
}

static double exact_exp(const float *x, size_t i, size_t n)
{
    (void)n;
    return exp((double)x[i]);
}

static void run_gelu(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    memcpy(y, x, n * sizeof *y);
    nn->gelu(y, n);
}

static double exact_gelu(const float *x, size_t i, size_t n)
{
    (void)n;
    return 0.5 * (double)x[i] * erfc((double)x[i] * -0.70710678118654752440);
}

static void run_relu(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    memcpy(y, x, n * sizeof *y);
    nn->relu(y, n);
}

static double exact_relu(const float *x, size_t i, size_t n)
{
    (void)n;
    return x[i] > 0.0f ? (double)x[i] : 0.0;
}

static void run_gate(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    nn->gated_step(y, x, n);
}

static double exact_gate(const float *x, size_t i, size_t n)
{
    return tanh((double)x[i]) / (1.0 + exp(-(double)x[n + i]));
}

static void run_sin(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    float *const cosine = malloc((n + 1) * sizeof *cosine);
    if (!cosine)
        abort();
    cosine[n] = GUARD_VALUE;
    nn->vsincos(y, cosine, x, n);
    if (cosine[n] != GUARD_VALUE)
        y[0] = NAN;
    free(cosine);
}

static double exact_sin(const float *x, size_t i, size_t n)
{
    (void)n;
    return sin((double)x[i]);
}

static void run_cos(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    float *const sine = malloc((n + 1) * sizeof *sine);
    if (!sine)
        abort();
    sine[n] = GUARD_VALUE;
    nn->vsincos(sine, y, x, n);
    if (sine[n] != GUARD_VALUE)
        y[0] = NAN;
    free(sine);
}

static double exact_cos(const float *x, size_t i, size_t n)
{
    (void)n;
    return cos((double)x[i]);
}

static void run_axpy(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    memcpy(y, x + n, n * sizeof *y);
    nn->axpy(y, 1.75f, x, n);
}

static double exact_axpy(const float *x, size_t i, size_t n)
{
    return 1.75 * (double)x[i] + (double)x[n + i];
}

static const struct function_test function_tests[] = {
    {"vexp", -87.0f, 88.0f, RELATIVE, 3e-7, run_vexp, exact_exp},
    {"gelu", -5.0f, 5.0f, RELATIVE, 1e-6, run_gelu, exact_gelu},
    {"gelu, wide", -40.0f, 40.0f, ABSOLUTE, 5e-7, run_gelu, exact_gelu},
    {"relu", -3.0f, 3.0f, ABSOLUTE, 0.0, run_relu, exact_relu},
    {"gated_step", -6.0f, 6.0f, ABSOLUTE, 3e-7, run_gate, exact_gate},
    {"gated_step, wide", -200.0f, 200.0f, ABSOLUTE, 3e-7, run_gate, exact_gate},
    {"sine", -10.0f, 10.0f, ABSOLUTE, 2e-7, run_sin, exact_sin},
    {"cosine", -10.0f, 10.0f, ABSOLUTE, 2e-7, run_cos, exact_cos},
    {"sine, wide", -9999.0f, 9999.0f, ABSOLUTE, 2e-7, run_sin, exact_sin},
    {"cosine, wide", -9999.0f, 9999.0f, ABSOLUTE, 2e-7, run_cos, exact_cos},
    {"axpy", -1.0f, 1.0f, ABSOLUTE, 3e-7, run_axpy, exact_axpy},
};

static double function_error(const struct function_test *t, const float *y, const float *x, size_t n)
{
    double worst = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double exact = t->exact(x, i, n), d = fabs((double)y[i] - exact);
        const double error = t->kind == RELATIVE ? d / (fabs(exact) + 1e-38) : d;
        worst = error <= worst ? worst : error; /* a NaN wins */
    }
    return worst;
}

static double check_function_once(const struct nn_kernels *nn, const struct function_test *t, size_t n, uint64_t seed)
{
    uint64_t s = seed;
    struct guarded x = guarded_new(2 * n, pick(&s, 0, 15)), y = guarded_new(n, pick(&s, 0, 15));
    for (size_t i = 0; i < 2 * n; i++)
        x.data[i] = uniform(&s, t->low, t->high);
    t->run(nn, y.data, x.data, n);
    const double error = function_error(t, y.data, x.data, n);
    if (!(error <= t->bound))
        fail(nn->name, t->name, seed, n, error, t->bound);
    check_guards(nn->name, t->name, seed, &y);
    free(x.block);
    free(y.block);
    return error;
}

static void check_functions(const struct nn_kernels *nn)
{
    for (size_t k = 0; k < sizeof function_tests / sizeof function_tests[0]; k++) {
        const struct function_test *const t = &function_tests[k];
        double worst = 0.0;
        for (size_t n = 1; n <= 70; n++)
            check_function_once(nn, t, n, n);
        for (uint64_t seed = 1000; seed < 1010; seed++)
            worst = fmax(worst, check_function_once(nn, t, 20000, seed));
        if (verbose)
            printf("%-7s %-17s on %g ... %g: %s error %.2g\n", nn->name, t->name, (double)t->low, (double)t->high,
                   t->kind == RELATIVE ? "relative" : "absolute", worst);
    }
}

/* Values at and beyond the ends of the ranges. */
static void check_extremes(const struct nn_kernels *nn)
{
    float x[8] = {-1000.0f, 1000.0f, 0.0f, -0.0f, -87.0f, 88.0f, -86.9f, 87.9f}, y[8];
    nn->vexp(y, x, 1e4f, 0.0f, 8);
    if (!(y[0] > 0.0f && y[0] == y[4] && isfinite(y[1]) && y[1] == y[5] && y[2] == 1.0f && y[3] == 1.0f))
        fail(nn->name, "vexp at the ends", 0, 8, INFINITY, 0.0);
    float gate[4] = {-500.0f, 500.0f, 500.0f, -500.0f}, z[2];
    nn->gated_step(z, gate, 2);
    if (!(fabsf(z[0] + 1.0f) < 1e-6f && fabsf(z[1]) < 1e-6f))
        fail(nn->name, "gated_step at the ends", 0, 2, INFINITY, 0.0);
    float big[2] = {1e30f, -1e30f};
    nn->gelu(big, 2);
    if (!(fabsf(big[0] / 1e30f - 1) < 1e-6f && fabsf(big[1]) < 1e-6f))
        fail(nn->name, "gelu at the ends", 0, 2, INFINITY, 0.0);
}

/* Where nn.h allows it, the output may be the input. */
static void check_in_place(const struct nn_kernels *nn, size_t n)
{
    uint64_t seed = n;
    float x[128], y[64];
    for (size_t i = 0; i < 2 * n; i++)
        x[i] = uniform(&seed, -3.0f, 3.0f);
    nn->gated_step(y, x, n);
    nn->gated_step(x, x, n);
    if (memcmp(x, y, n * sizeof *y) != 0)
        fail(nn->name, "gated_step in place", n, n, INFINITY, 0.0);
    nn->vexp(y, x, 2.0f, 1.0f, n);
    nn->vexp(x, x, 2.0f, 1.0f, n);
    if (memcmp(x, y, n * sizeof *y) != 0)
        fail(nn->name, "vexp in place", n, n, INFINITY, 0.0);
}

/* ---- functions of a row ---- */

/* dots and mix over 7 vectors of n numbers. */
static void check_attention(const struct nn_kernels *nn, size_t n, uint64_t seed)
{
    enum { KEYS = 7 };
    uint64_t s = seed;
    const size_t stride = n + pick(&s, 0, 9);
    struct guarded q = guarded_new(n, pick(&s, 0, 15)), k = guarded_new(KEYS * stride, pick(&s, 0, 15));
    struct guarded y = guarded_new(KEYS, pick(&s, 0, 15)), mixed = guarded_new(n, pick(&s, 0, 15));
    for (size_t i = 0; i < n; i++)
        q.data[i] = uniform(&s, -1.0f, 1.0f);
    for (size_t i = 0; i < KEYS * stride; i++)
        k.data[i] = uniform(&s, -1.0f, 1.0f);
    memcpy(mixed.data, q.data, n * sizeof(float)); /* to which mix adds */
    nn->dots(y.data, q.data, k.data, stride, KEYS, n);
    nn->mix(mixed.data, y.data, k.data, stride, KEYS, n);
    for (size_t j = 0; j < KEYS; j++) {
        double exact = 0.0, scale = 1.0;
        for (size_t i = 0; i < n; i++) {
            exact += (double)q.data[i] * (double)k.data[j * stride + i];
            scale += fabs((double)q.data[i] * (double)k.data[j * stride + i]);
        }
        const double error = fabs((double)y.data[j] - exact) / scale;
        if (!(error <= 1e-6))
            fail(nn->name, "dots", seed, n, error, 1e-6);
    }
    for (size_t i = 0; i < n; i++) {
        double exact = (double)q.data[i], scale = 1.0;
        for (size_t j = 0; j < KEYS; j++) {
            exact += (double)y.data[j] * (double)k.data[j * stride + i];
            scale += fabs((double)y.data[j] * (double)k.data[j * stride + i]);
        }
        const double error = fabs((double)mixed.data[i] - exact) / scale;
        if (!(error <= 1e-6))
            fail(nn->name, "mix", seed, n, error, 1e-6);
    }
    check_guards(nn->name, "dots", seed, &y);
    check_guards(nn->name, "mix", seed, &mixed);
    free(q.block), free(k.block), free(y.block), free(mixed.block);
}

static void check_softmax(const struct nn_kernels *nn, size_t n, uint64_t seed)
{
    uint64_t s = seed;
    struct guarded x = guarded_new(n, pick(&s, 0, 15));
    double *const exact = malloc(n * sizeof *exact);
    if (!exact)
        abort();
    double sum = 0.0, worst = 0.0, top = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        x.data[i] = uniform(&s, -30.0f, 30.0f) + 500.0f;
        top = fmax(top, (double)x.data[i]);
    }
    for (size_t i = 0; i < n; i++)
        sum += exact[i] = exp((double)x.data[i] - top);
    nn->softmax(x.data, n);
    for (size_t i = 0; i < n; i++)
        worst = fmax(worst, fabs((double)x.data[i] - exact[i] / sum) / (exact[i] / sum));
    if (!(worst <= 2e-6))
        fail(nn->name, "softmax", seed, n, worst, 2e-6);
    check_guards(nn->name, "softmax", seed, &x);
    free(x.block);
    free(exact);
}

static double layer_norm_error(const float *y, const float *x, const float *gain, const float *bias, size_t n)
{
    double mean = 0.0, variance = 0.0, worst = 0.0;
    for (size_t i = 0; i < n; i++)
        mean += (double)x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        variance += ((double)x[i] - mean) * ((double)x[i] - mean) / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double exact = ((double)x[i] - mean) / sqrt(variance + 1e-5) * (double)gain[i] + (double)bias[i];
        worst = fmax(worst, fabs((double)y[i] - exact));
    }
    return worst;
}

static void check_layer_norm(const struct nn_kernels *nn, size_t n, uint64_t seed)
{
    uint64_t s = seed;
    struct guarded x = guarded_new(n, pick(&s, 0, 15)), y = guarded_new(n, pick(&s, 0, 15));
    struct guarded gain = guarded_new(n, pick(&s, 0, 15)), bias = guarded_new(n, pick(&s, 0, 15));
    for (size_t i = 0; i < n; i++) {
        x.data[i] = uniform(&s, -3.0f, 5.0f);
        gain.data[i] = uniform(&s, 0.5f, 1.5f);
        bias.data[i] = uniform(&s, -1.0f, 1.0f);
    }
    nn->layer_norm(y.data, x.data, gain.data, bias.data, n);
    const double error = layer_norm_error(y.data, x.data, gain.data, bias.data, n);
    if (n > 1 && !(error <= 5e-6)) /* for n = 1 the deviation is rounding alone */
        fail(nn->name, "layer_norm", seed, n, error, 5e-6);
    check_guards(nn->name, "layer_norm", seed, &y);
    nn->layer_norm(x.data, x.data, gain.data, bias.data, n);
    if (memcmp(x.data, y.data, n * sizeof(float)) != 0)
        fail(nn->name, "layer_norm in place", seed, n, INFINITY, 0.0);
    free(x.block);
    free(y.block);
    free(gain.block);
    free(bias.block);
}

static void check_rows(const struct nn_kernels *nn)
{
    for (size_t n = 1; n <= 200; n++) {
        check_attention(nn, n, n);
        check_softmax(nn, n, n);
        check_layer_norm(nn, n, n);
    }
}

/* ---- Fourier transforms ---- */

enum { MOST_FFT = 4096 };

/* The transform's definition, for a few bins. */
static double fft_error(const float *re, const float *im, const float *x_re, const float *x_im, size_t n)
{
    double worst = 0.0;
    for (size_t k = 0; k < n; k += k < 9 ? 1 : n / 7) {
        double sum_re = 0.0, sum_im = 0.0;
        for (size_t j = 0; j < n; j++) {
            const double angle = 6.283185307179586477 * (double)(j * k % n) / (double)n;
            sum_re += (double)x_re[j] * cos(angle) + (double)x_im[j] * sin(angle);
            sum_im += (double)x_im[j] * cos(angle) - (double)x_re[j] * sin(angle);
        }
        worst = fmax(worst, fmax(fabs((double)re[k] - sum_re), fabs((double)im[k] - sum_im)));
    }
    return worst / sqrt((double)n);
}

/* The filter's definition: a pair's transforms, their filters, the sum. */
static double filter_error(const float *re, const float *im, const float *z_re, const float *z_im, size_t n,
                           const float *gain_a, const float *cosine, const float *sine, const float *gain_b)
{
    double worst = 0.0;
    for (size_t k = 0; k < n; k++) {
        const size_t mirror = (n - k) % n, bin = k <= n / 2 ? k : mirror;
        const double sign = k <= n / 2 ? 1.0 : -1.0, real = bin == 0 || bin == n / 2 ? 0.0 : 1.0;
        const double a_re = 0.5 * ((double)z_re[k] + (double)z_re[mirror]),
                     a_im = 0.5 * ((double)z_im[k] - (double)z_im[mirror]);
        const double b_re = 0.5 * ((double)z_im[k] + (double)z_im[mirror]),
                     b_im = 0.5 * ((double)z_re[mirror] - (double)z_re[k]);
        const double c = (double)gain_a[bin] * (double)cosine[bin], s = sign * (double)gain_a[bin] * (double)sine[bin];
        const double y_re = c * a_re - s * a_im, y_im = real * (c * a_im + s * a_re), g = (double)gain_b[bin];
        worst = fmax(worst, fabs((double)re[k] - (y_re - real * g * b_im)));
        worst = fmax(worst, fabs((double)im[k] - (y_im + g * b_re)));
    }
    return worst;
}

static void check_fft(const struct nn_kernels *nn, size_t n)
{
    static float x[2][MOST_FFT], y[2][MOST_FFT], z[2][MOST_FFT], scratch[2 * MOST_FFT], other[2][MOST_FFT],
        gains[4][MOST_FFT];
    float *const tables = new_floats(nn_fft_floats(n));
    struct nn_fft fft;
    uint64_t seed = n;
    nn_fft_fill(&fft, tables, n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 2; k++)
            y[k][i] = x[k][i] = other[k][i] = uniform(&seed, -1.0f, 1.0f);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 4; k++)
            gains[k][i] = uniform(&seed, -1.0f, 1.0f);
    nn->fft(y[0], y[1], scratch, &fft);
    const double error = fft_error(y[0], y[1], x[0], x[1], n);
    if (!(error <= 2e-6))
        fail(nn->name, "fft", n, n, error, 2e-6);
    memcpy(z, y, sizeof z);
    nn->filter_pair(z[0], z[1], n, gains[0], gains[1], gains[2], gains[3]);
    const double wrong = filter_error(z[0], z[1], y[0], y[1], n, gains[0], gains[1], gains[2], gains[3]);
    if (!(wrong <= 1e-5 * sqrt((double)n)))
        fail(nn->name, "filter_pair", n, n, wrong, 1e-5 * sqrt((double)n));
    nn_select("ref")->fft(other[0], other[1], scratch, &fft);
    if (memcmp(other[0], y[0], n * sizeof(float)) != 0 || memcmp(other[1], y[1], n * sizeof(float)) != 0)
        fail(nn->name, "fft: other bits than ref", n, n, INFINITY, 0.0);
    nn_select("ref")->filter_pair(other[0], other[1], n, gains[0], gains[1], gains[2], gains[3]);
    if (memcmp(other[0], z[0], n * sizeof(float)) != 0 || memcmp(other[1], z[1], n * sizeof(float)) != 0)
        fail(nn->name, "filter_pair: other bits than ref", n, n, INFINITY, 0.0);
    nn->fft(y[1], y[0], scratch, &fft);
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(y[0][i] / (float)n - x[0][i]) <= 1e-6f && fabsf(y[1][i] / (float)n - x[1][i]) <= 1e-6f)) {
            fail(nn->name, "fft back", n, i, INFINITY, 0.0);
            break;
        }
    free(tables);
}

/* ---- the same bits ---- */

enum { MOST_N = 150 };

/* Results of all functions on the same n numbers, one after the other; returns how many. x [3, n] */
static size_t run_all(const struct nn_kernels *nn, float *y, const float *x, size_t n)
{
    float *const first = y;
    const float *const second = x + n;
    nn->vexp(y, x, 4.0f, 2.0f, n), y += n;
    nn->vsincos(y, y + n, x, n), y += 2 * n;
    nn->gated_step(y, x, n), y += n;
    memcpy(y, x, n * sizeof *y), nn->gelu(y, n), y += n;
    memcpy(y, x, n * sizeof *y), nn->relu(y, n), y += n;
    memcpy(y, x, n * sizeof *y), nn->softmax(y, n), y += n;
    memcpy(y, x, n * sizeof *y), nn->axpy(y, 0.37f, second, n), y += n;
    nn->layer_norm(y, x, second, x + 2 * n, n), y += n;
    nn->dots(y, x, x, n / 2 + 1, 3, n), y += 3;
    memcpy(y, x, n * sizeof *y), nn->mix(y, second, x, 1, 5, n), y += n;
    nn->mul(y, x, second, n), y += n;
    memcpy(y, x, n * sizeof *y), nn->mul_add(y, x, second, n), y += n;
    return (size_t)(y - first);
}

/* Every table's bits are the plain one's. */
static void check_same_bits(const struct nn_kernels *nn, size_t n, uint64_t seed)
{
    static float x[3 * MOST_N + 8], y[16 * MOST_N], expected[16 * MOST_N];
    static const float sizes[] = {1.0f, 1e-6f, 30.0f, 300.0f, 1e-30f};
    uint64_t s = seed;
    const float size = sizes[pick(&s, 0, 4)];
    for (size_t i = 0; i < 3 * n + 8; i++)
        x[i] = uniform(&s, -size, size);
    const size_t made = run_all(nn, y, x, n);
    run_all(nn_select("ref"), expected, x, n);
    for (size_t i = 0; i < made; i++)
        if (memcmp(&y[i], &expected[i], sizeof *y) != 0) {
            fail(nn->name, "other bits than ref", seed, i / n, (double)y[i] - (double)expected[i], 0.0);
            break;
        }
}

static void check_linear_bits(const struct nn_kernels *nn, uint64_t seed)
{
    uint64_t s = seed;
    struct linear_case c = {
        .out = pick(&s, 1, 70), .taps = pick(&s, 1, 5), .in = pick(&s, 1, 40), .rows = pick(&s, 1, 33)};
    c.ldx = c.in;
    c.ldy = c.out;
    c.tap_stride = c.in;
    linear_open(&c, &s);
    const size_t n = c.rows * c.out;
    float *const expected = new_floats(n);
    nn_select("ref")->linear(expected, c.ldy, c.x.data, c.ldx, c.tap_stride, c.rows, &c.packed);
    nn->linear(c.y.data, c.ldy, c.x.data, c.ldx, c.tap_stride, c.rows, &c.packed);
    if (memcmp(c.y.data, expected, n * sizeof *expected) != 0)
        fail(nn->name, "linear: other bits than ref", seed, c.out, INFINITY, 0.0);
    free(expected);
    linear_close(&c);
}

static void check_bits(const struct nn_kernels *nn)
{
    for (size_t n = 1; n <= MOST_N; n++)
        for (uint64_t k = 0; k < 8; k++)
            check_same_bits(nn, n, 1000 * n + k);
    for (uint64_t seed = 300; seed < 330; seed++)
        check_linear_bits(nn, seed);
}

/* ---- dispatch and packing ---- */

static void check_dispatch(void)
{
    const struct nn_kernels *const chosen = nn_kernels();
    const char *const wish = getenv("LINNET_CPU");
    if (!chosen || nn_select(chosen->name) != chosen || !nn_select("ref") || nn_select("abacus"))
        fail("dispatch", "nn_select", 0, 0, INFINITY, 0.0);
    if (wish && nn_select(wish) && nn_select(wish) != chosen)
        fail("dispatch", "LINNET_CPU", 0, 0, INFINITY, 0.0);
    if (nn_packed_bytes(17, 3, 5) != (32 * 15 + 32) * sizeof(float) || nn_packed_bytes(SIZE_MAX / 4, 2, 2) != 0 ||
        nn_packed_bytes(1, SIZE_MAX, 1) != 0 || nn_packed_bytes(1, SIZE_MAX / 2, 4) != 0)
        fail("dispatch", "nn_packed_bytes", 0, 0, INFINITY, 0.0);
    if (nn_packed8_bytes(17, 3, 5) != 32 * 48 + 5 * 32 * sizeof(float) || nn_packed8_bytes(SIZE_MAX / 4, 2, 2) != 0 ||
        nn_packed8_bytes(1, SIZE_MAX, 1) != 0 || nn_packed8_bytes(1, SIZE_MAX / 2, 4) != 0 ||
        nn_packed8_bytes(1, 1, SIZE_MAX) != 0)
        fail("dispatch", "nn_packed8_bytes", 0, 0, INFINITY, 0.0);
}

int main(int argc, char **argv)
{
    verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
    check_dispatch();
    for (size_t i = 0; nn_table(i); i++) {
        const struct nn_kernels *const nn = nn_table(i);
        const int before = n_failed;
        check_linear(nn);
        check_8_bits(nn);
        check_functions(nn);
        check_extremes(nn);
        for (size_t n = 1; n <= 64; n++)
            check_in_place(nn, n);
        check_rows(nn);
        for (size_t n = 256; n <= MOST_FFT; n *= 2)
            check_fft(nn, n);
        check_bits(nn);
        printf("%s kernels of %s\n", n_failed == before ? "ok" : "not ok", nn->name);
    }
    return n_failed ? 1 : 0;
}
