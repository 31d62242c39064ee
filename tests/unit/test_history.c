/* Rings and memory plans: what a layer reads back is what was pushed, wherever the ring stands. */
#include "base/alloc.h"
#include "base/plan.h"
#include "nn/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#define WIDTH 3

static void *open_history(struct nn_history *h, size_t capacity)
{
    struct base_plan plan = {0};
    nn_history_plan(h, &plan, capacity, WIDTH);
    assert_null(h->rows);
    assert_true(plan.used >= 2 * capacity * WIDTH * sizeof(float));
    void *const memory = base_alloc(plan.used, 1);
    assert_non_null(memory);
    plan = (struct base_plan){.memory = memory};
    nn_history_plan(h, &plan, capacity, WIDTH);
    return memory;
}

/* Row r holds r * WIDTH ... ; every window that the ring promises is read back after every push. */
static void check_windows(const struct nn_history *h)
{
    const size_t oldest = h->count > h->capacity ? h->count - h->capacity : 0;
    for (size_t first = oldest; first <= h->count; first++) {
        const float *const rows = nn_history_rows(h, first, h->count - first);
        for (size_t i = 0; i < (h->count - first) * WIDTH; i++)
            assert_true(rows[i] == (float)(first * WIDTH + i));
    }
}

static void test_windows(void **state)
{
    (void)state;
    static const size_t capacities[] = {1, 2, 7, 10};
    for (size_t k = 0; k < sizeof capacities / sizeof *capacities; k++) {
        struct nn_history h;
        void *const memory = open_history(&h, capacities[k]);
        for (size_t step = 0; step < 40; step++) {
            const size_t n = step % (capacities[k] + 1); /* 0 ... capacity rows */
            float *const rows = nn_history_push(&h, n);
            for (size_t i = 0; i < n * WIDTH; i++)
                rows[i] = (float)(h.count * WIDTH + i);
            nn_history_commit(&h, n);
            check_windows(&h);
        }
        base_free(memory);
    }
}

/* A plain ring gives the same rows, in runs. */
static void test_runs(void **state)
{
    (void)state;
    struct nn_ring ring;
    struct base_plan plan = {0};
    nn_ring_plan(&ring, &plan, 7, WIDTH);
    void *const memory = base_alloc(plan.used, 1);
    assert_non_null(memory);
    plan = (struct base_plan){.memory = memory};
    nn_ring_plan(&ring, &plan, 7, WIDTH);
    for (size_t step = 0; step < 40; step++) {
        for (size_t left = step % 8, n; left > 0; left -= n) {
            n = left;
            float *const rows = nn_ring_push(&ring, &n);
            assert_true(n > 0 && rows + n * WIDTH <= ring.rows + 7 * WIDTH);
            for (size_t i = 0; i < n * WIDTH; i++)
                rows[i] = (float)((ring.count - n) * WIDTH + i);
        }
        for (size_t at = ring.count > 7 ? ring.count - 7 : 0, n; at < ring.count; at += n) {
            n = ring.count - at;
            const float *const rows = nn_ring_rows(&ring, at, &n);
            assert_true(n > 0 && rows + n * WIDTH <= ring.rows + 7 * WIDTH);
            for (size_t i = 0; i < n * WIDTH; i++)
                assert_true(rows[i] == (float)(at * WIDTH + i));
        }
    }
    base_free(memory);
}

static void test_zeros(void **state)
{
    (void)state;
    struct nn_history h;
    void *const memory = open_history(&h, 4);
    for (size_t i = 0; i < 2 * 4 * WIDTH; i++)
        h.rows[i] = 1.0f;
    h.count = 3;
    nn_history_zeros(&h, 3);
    assert_int_equal(h.count, 6);
    const float *const rows = nn_history_rows(&h, 3, 3);
    for (size_t i = 0; i < 3 * WIDTH; i++)
        assert_true(rows[i] == 0.0f);
    base_free(memory);
}

static void test_plan_aligns_and_counts(void **state)
{
    (void)state;
    struct base_plan plan = {0};
    assert_null(base_plan_floats(&plan, 3, 1));
    assert_null(base_plan_take(&plan, 1, 1));
    assert_int_equal(plan.used, 2 * BASE_ALIGNMENT);
    unsigned char *const memory = plan.memory = base_alloc(plan.used, 1);
    assert_non_null(memory);
    plan.used = 0;
    assert_ptr_equal(base_plan_floats(&plan, 3, 1), memory);
    assert_ptr_equal(base_plan_take(&plan, 1, 1), memory + BASE_ALIGNMENT);
    assert_false(plan.overflow);
    base_free(memory);
}

static void test_plan_overflow(void **state)
{
    (void)state;
    struct base_plan product = {0}, sum = {.used = SIZE_MAX - 100};
    assert_null(base_plan_floats(&product, SIZE_MAX / 2, 3));
    assert_true(product.overflow);
    assert_null(base_plan_take(&sum, 200, 1));
    assert_true(sum.overflow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),       cmocka_unit_test(test_runs),
        cmocka_unit_test(test_zeros),         cmocka_unit_test(test_plan_aligns_and_counts),
        cmocka_unit_test(test_plan_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
