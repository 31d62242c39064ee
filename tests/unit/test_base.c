/* Status messages, allocation, UTF-8 and the ring. */
#define _GNU_SOURCE /* pthread_getattr_np() */
#include "base/alloc.h"
#include "base/chars.h"
#include "base/ring.h"
#include "base/status.h"
#include "base/thread.h"
#include "base/utf8.h"
#include "base/write.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include "linnet.h"
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- status and memory ---- */

static void fail_formats_and_truncates(void **state)
{
    (void)state;
    struct base_error err;
    assert_int_equal(base_fail(&err, LINNET_ERR_VOICE, "a: %d: %s", 7, "b"), LINNET_ERR_VOICE);
    assert_string_equal(err.text, "a: 7: b");
    char big[2000];
    memset(big, 'x', sizeof big);
    big[sizeof big - 1] = '\0';
    assert_int_equal(base_fail(&err, LINNET_ERR_IO, "%s", big), LINNET_ERR_IO);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(base_fail(NULL, LINNET_ERR_IO, "%s", "nobody listens"), LINNET_ERR_IO);
}

static void alloc_aligns_zeroes_and_checks(void **state)
{
    (void)state;
    uint8_t *block = base_alloc(3, 7);
    assert_non_null(block);
    assert_int_equal((uintptr_t)block % BASE_ALIGNMENT, 0);
    for (size_t i = 0; i < 21; i++)
        assert_int_equal(block[i], 0);
    memset(block, 5, 21);
    block = base_resize(block, 21, 40, 1);
    assert_non_null(block);
    assert_true(block[20] == 5 && block[21] == 0 && block[39] == 0);
    block = base_resize(block, 40, 2, 1);
    assert_non_null(block);
    assert_int_equal(block[1], 5);
    base_free(block);
    block = base_resize(NULL, 0, 4, 1);
    assert_non_null(block);
    assert_int_equal(block[3], 0);
    base_free(block);
    base_free(NULL);
    assert_null(base_alloc(SIZE_MAX / 2, 3));
    assert_null(base_resize(NULL, 0, SIZE_MAX / 2, 3));
    void *const empty = base_alloc(0, 8);
    assert_non_null(empty);
    base_free(empty);
}

static void size_arithmetic_overflows_visibly(void **state)
{
    (void)state;
    size_t result = 1;
    assert_true(base_mul(&result, SIZE_MAX / 2, 2) && result == SIZE_MAX - 1);
    assert_true(base_mul(&result, SIZE_MAX, 0) && result == 0);
    assert_false(base_mul(&result, SIZE_MAX / 2 + 1, 2));
    assert_true(base_add(&result, SIZE_MAX - 1, 1) && result == SIZE_MAX);
    assert_false(base_add(&result, SIZE_MAX, 1));
    assert_int_equal(result, SIZE_MAX);
}

/* Such blocks are asked for in huge pages. */
static void large_blocks_are_as_small_ones(void **state)
{
    (void)state;
    const size_t size = ((size_t)5 << 20) + 3;
    uint8_t *block = base_alloc(size, 1);
    assert_non_null(block);
    assert_int_equal((uintptr_t)block % BASE_ALIGNMENT, 0);
    for (size_t i = 0; i < size; i++)
        if (block[i] != 0)
            fail_msg("byte %zu isn't zero", i);
    block[size - 1] = 7;
    block = base_resize(block, size, 2 * size, 1);
    assert_non_null(block);
    assert_true(block[size - 1] == 7 && block[size] == 0 && block[2 * size - 1] == 0);
    base_free(block);
}

/* However the memory was used before, up to its last byte. */
static void large_blocks_are_zeros_again(void **state)
{
    (void)state;
    for (size_t size = ((size_t)1 << 18) + 5; size < (size_t)9 << 20; size += size / 3 + 4097) {
        for (int round = 0; round < 3; round++) {
            uint8_t *const block = base_alloc(size, 1);
            assert_non_null(block);
            for (size_t i = 0; i < size; i++)
                if (block[i] != 0)
                    fail_msg("%zu bytes, round %d: byte %zu isn't zero", size, round, i);
            memset(block, 0xa5, size);
            base_free(block);
        }
    }
}

static void alloc_fails_on_request(void **state)
{
    (void)state;
    base_alloc_fail_at(2);
    void *const first = base_alloc(1, 1), *const second = base_alloc(1, 1), *const third = base_alloc(1, 1);
    base_alloc_fail_at(0);
    void *const fourth = base_alloc(1, 1);
    assert_true(first && !second && !third && fourth);
    base_free(first);
    base_free(fourth);
}

/* ---- UTF-8 ---- */

struct utf8_case {
    const char *bytes;
    uint32_t values[8]; /* ends with 0; BASE_REPLACEMENT for what is ill-formed */
};

/* The ill-formed ones follow tables 3-8 to 3-11 of The Unicode Standard 15, section 3.9. */
static const struct utf8_case utf8_cases[] = {
    {"a\xC2\x80\xDF\xBF", {0x61, 0x80, 0x7FF}},
    {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", {0x800, 0xD7FF, 0xE000, 0xFFFF}},
    {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", {0x10000, 0x10FFFF}},
    {"\xC0\xAF\xE0\x80\xBF", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
    {"\xED\xA0\x80\x41", {0xFFFD, 0xFFFD, 0xFFFD, 0x41}},
    {"\xF4\x91\x92\x93\xFF\x41", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41}},
    {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41}},
    {"\x80\xBF\xFE", {0xFFFD, 0xFFFD, 0xFFFD}},
    {"\xE2\x82", {0xFFFD}},
    {"\xF0\x9F\x98", {0xFFFD}},
    {"\xEF\xBF\xBD", {0xFFFD}},
};

static void utf8_decodes_and_replaces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof utf8_cases / sizeof utf8_cases[0]; i++) {
        const char *const bytes = utf8_cases[i].bytes;
        const size_t size = strlen(bytes);
        size_t at = 0, n = 0;
        for (; at < size; n++) {
            const struct base_codepoint c = base_utf8_next(bytes + at, size - at);
            if (c.value != utf8_cases[i].values[n])
                fail_msg("case %zu, code point %zu: U+%04X, expected U+%04X", i, n, c.value, utf8_cases[i].values[n]);
            assert_true(c.length >= 1 && c.length <= 4 && (c.valid || c.value == BASE_REPLACEMENT));
            at += c.length;
        }
        assert_int_equal(at, size);
        assert_int_equal(utf8_cases[i].values[n], 0);
        assert_int_equal(base_utf8_count(bytes, size, NULL), n);
    }
}

static void utf8_counts_what_it_replaced(void **state)
{
    (void)state;
    size_t invalid;
    assert_int_equal(base_utf8_count("a\xFF\xEF\xBF\xBD\xC3", 6, &invalid), 4);
    assert_int_equal(invalid, 2);
    assert_int_equal(base_utf8_count("", 0, &invalid), 0);
    assert_int_equal(invalid, 0);
    assert_true(base_utf8_next("\0", 1).valid && base_utf8_next("\0", 1).length == 1);
}

static void utf8_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t value = 0; value <= 0x110000; value += value < 0x3000 ? 1 : 37) {
        char bytes[4];
        const size_t length = base_utf8_put(bytes, value);
        const struct base_codepoint c = base_utf8_next(bytes, length);
        const uint32_t expected = value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? BASE_REPLACEMENT : value;
        if (!c.valid || c.length != length || c.value != expected)
            fail_msg("U+%04X became U+%04X in %zu bytes", value, c.value, length);
    }
}

/* ---- ring ---- */

static void characters_have_kinds(void **state)
{
    (void)state;
    static const uint32_t spaces[] = {' ', '\t', '\n', 0, 0x7F, 0x85, 0xA0, 0x200B, 0x2028, 0x3000, 0xFEFF};
    static const uint32_t capitals[] = {'A', 0xC4, 0x17D, 0x391, 0x416, 0x1C5, 0x10400, 0x1E9E};
    static const uint32_t small[] = {'z', 0xDF, 0x17E, 0x3B1, 0x436, 0x1F00, 0x10428};
    static const uint32_t letters[] = {0x5D0, 0x627, 0x905, 0x93F, 0x3042, 0x4E00, 0xAC00, 0x301, 0x663, 0x2B0};
    static const uint32_t others[] = {'.',    '-',     0xD7,   0xF7,   0xB2,   0x20AC,
                                      0x2014, 0x1F600, 0xFE0F, 0x20E3, 0x200D, 0xF0000};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        assert_true(base_is_space(spaces[i]) && !base_is_letter(spaces[i]));
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
        assert_true(base_is_letter(capitals[i]) && base_is_upper(capitals[i]) && !base_is_lower(capitals[i]));
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        assert_true(base_is_letter(small[i]) && base_is_lower(small[i]) && !base_is_upper(small[i]));
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        assert_true(base_is_letter(letters[i]) && !base_is_upper(letters[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(base_is_space(others[i]) || base_is_letter(others[i]) || base_is_upper(others[i]) ||
                     base_is_lower(others[i]));
    assert_int_equal(base_lower(0x17D), 0x17E);
    assert_true(base_same_letter(0x416, 0x436) && base_same_letter('a', 'A') && !base_same_letter('a', 'b'));
}

static void ring_gives_back_in_order(void **state)
{
    (void)state;
    struct base_ring *ring;
    assert_int_equal(base_ring_open(&ring, 5), LINNET_OK);
    assert_int_equal(base_ring_capacity(ring), 8);
    float in[8], out[8], next_in = 0.0f, next_out = 0.0f;
    for (int round = 0; round < 50; round++) {
        const size_t n = (size_t)round % 8 + 1;
        for (size_t i = 0; i < n; i++)
            in[i] = next_in + (float)i;
        const size_t room = base_ring_room(ring), written = base_ring_write(ring, in, n);
        assert_int_equal(written, n < room ? n : room);
        next_in += (float)written;
        const size_t got = base_ring_read(ring, out, (size_t)round % 5 + 1);
        for (size_t i = 0; i < got; i++)
            assert_true(out[i] == next_out + (float)i);
        next_out += (float)got;
        assert_true(base_ring_fill(ring) == (size_t)(next_in - next_out));
        assert_int_equal(base_ring_fill(ring) + base_ring_room(ring), 8);
    }
    assert_true(next_out > 50.0f);
    const size_t left = base_ring_fill(ring);
    assert_int_equal(base_ring_read(ring, NULL, 100), left);
    assert_int_equal(base_ring_read(ring, out, 1), 0);
    base_ring_close(&ring);
    assert_null(ring);
}

static void ring_refuses_sizes(void **state)
{
    (void)state;
    struct base_ring *ring;
    assert_int_equal(base_ring_open(&ring, 0), LINNET_ERR_ARGUMENT);
    assert_int_equal(base_ring_open(&ring, SIZE_MAX), LINNET_ERR_ARGUMENT);
    for (long n = 1; n <= 2; n++) {
        base_alloc_fail_at(n);
        assert_int_equal(base_ring_open(&ring, 16), LINNET_ERR_MEMORY);
        base_alloc_fail_at(0);
        assert_null(ring);
    }
    base_ring_close(NULL);
}

#define STREAM_LENGTH 200000

static void *produce(void *user)
{
    struct base_ring *const ring = user;
    float block[37];
    for (size_t at = 0; at < STREAM_LENGTH;) {
        const size_t n = STREAM_LENGTH - at < 37 ? STREAM_LENGTH - at : 37;
        for (size_t i = 0; i < n; i++)
            block[i] = (float)(at + i);
        const size_t written = base_ring_write(ring, block, n);
        if (written == 0)
            sched_yield();
        at += written;
    }
    return NULL;
}

static void ring_works_between_threads(void **state)
{
    (void)state;
    struct base_ring *ring;
    pthread_t producer;
    assert_int_equal(base_ring_open(&ring, 128), LINNET_OK);
    assert_int_equal(pthread_create(&producer, NULL, produce, ring), 0);
    float block[53];
    size_t at = 0, wrong = 0;
    while (at < STREAM_LENGTH) {
        const size_t got = base_ring_read(ring, block, 53);
        if (got == 0)
            sched_yield();
        for (size_t i = 0; i < got; i++)
            wrong += block[i] != (float)(at + i);
        at += got;
    }
    pthread_join(producer, NULL);
    assert_int_equal(wrong, 0);
    assert_int_equal(base_ring_fill(ring), 0);
    base_ring_close(&ring);
}

/* In its own thread: what it was given. */
static void *look_around(void *context)
{
    pthread_attr_t attributes;
    size_t *const size = context;
    sigset_t blocked;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstacksize(&attributes, size);
        pthread_attr_destroy(&attributes);
    }
    if (pthread_sigmask(SIG_BLOCK, NULL, &blocked) != 0 || sigismember(&blocked, SIGINT) != 1 ||
        sigismember(&blocked, SIGUSR1) != 1)
        *size = 0;
    return NULL;
}

/* Whatever ulimit -s says, a thread has its stack; the program's signals stay with the program's threads. */
static void threads_have_room_and_peace(void **state)
{
    (void)state;
    size_t size = 0;
    pthread_t thread;
    sigset_t blocked;
    assert_true(base_thread_start(&thread, look_around, &size));
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(size >= (size_t)1 << 20);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &blocked), 0);
    assert_int_equal(sigismember(&blocked, SIGINT), 0);
}

/* A pipe that doesn't wait, and a reader that is slow. */
static void *read_slowly(void *context)
{
    char block[1000];
    const int fd = *(int *)context;
    size_t sum = 0;
    for (ssize_t n; (n = read(fd, block, sizeof block)) > 0;) {
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
        for (ssize_t i = 0; i < n; i++)
            sum += (unsigned char)block[i];
    }
    return (void *)sum;
}

static void writes_wait_for_a_reader(void **state)
{
    (void)state;
    enum { N = 200000 };
    static unsigned char bytes[N];
    int ends[2];
    pthread_t thread;
    void *got;
    size_t sum = 0;
    for (size_t i = 0; i < N; i++) {
        bytes[i] = (unsigned char)(i * 7);
        sum += bytes[i];
    }
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    assert_true(base_thread_start(&thread, read_slowly, &ends[0]));
    assert_int_equal(base_write(ends[1], bytes, N), 0);
    close(ends[1]);
    assert_int_equal(pthread_join(thread, &got), 0);
    assert_true((size_t)got == sum);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(base_write(ends[1], bytes, N), EPIPE);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail_formats_and_truncates),
        cmocka_unit_test(alloc_aligns_zeroes_and_checks),
        cmocka_unit_test(size_arithmetic_overflows_visibly),
        cmocka_unit_test(large_blocks_are_as_small_ones),
        cmocka_unit_test(large_blocks_are_zeros_again),
        cmocka_unit_test(alloc_fails_on_request),
        cmocka_unit_test(utf8_decodes_and_replaces),
        cmocka_unit_test(utf8_counts_what_it_replaced),
        cmocka_unit_test(utf8_goes_there_and_back),
        cmocka_unit_test(characters_have_kinds),
        cmocka_unit_test(ring_gives_back_in_order),
        cmocka_unit_test(ring_refuses_sizes),
        cmocka_unit_test(ring_works_between_threads),
        cmocka_unit_test(threads_have_room_and_peace),
        cmocka_unit_test(writes_wait_for_a_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
