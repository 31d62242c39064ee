/* The parts of the speech-dispatcher module by themselves: lines, packets, the cache, SET and the choice of a voice. */
#include "speechd/sd_cache.h"
#include "speechd/sd_params.h"
#include "speechd/sd_protocol.h"
#include "speechd/sd_voices.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- lines ---- */

struct line_pipe {
    int in;
    struct sd_reader reader;
};

static void open_lines(struct line_pipe *lines)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    lines->in = ends[1];
    lines->reader = (struct sd_reader){.fd = ends[0]};
}

static void send_bytes(struct line_pipe *lines, const char *bytes, size_t size)
{
    assert_int_equal(write(lines->in, bytes, size), size);
    assert_int_equal(sd_reader_fill(&lines->reader), SD_READ_SOME);
}

static void expect_line(struct line_pipe *lines, const char *wanted)
{
    size_t size;
    bool cut;
    const char *const line = sd_reader_line(&lines->reader, &size, &cut);
    if (!wanted) {
        assert_null(line);
        return;
    }
    assert_non_null(line);
    assert_string_equal(line, wanted);
    assert_int_equal(size, strlen(wanted));
    assert_false(cut);
}

static void close_lines(struct line_pipe *lines)
{
    close(lines->in);
    assert_int_equal(sd_reader_fill(&lines->reader), SD_READ_END);
    close(lines->reader.fd);
    sd_reader_clear(&lines->reader);
}

static void lines_come_in_pieces(void **state)
{
    (void)state;
    struct line_pipe lines;
    open_lines(&lines);
    expect_line(&lines, NULL);
    send_bytes(&lines, "SPE", 3);
    expect_line(&lines, NULL);
    send_bytes(&lines, "AK\nHel", 6);
    expect_line(&lines, "SPEAK");
    expect_line(&lines, NULL);
    send_bytes(&lines, "lo\n\n.\nrest", 10);
    expect_line(&lines, "Hello");
    expect_line(&lines, "");
    expect_line(&lines, ".");
    expect_line(&lines, NULL);
    close_lines(&lines);
}

static void long_lines_are_cut_once(void **state)
{
    (void)state;
    enum { PIECE = 32768 };
    struct line_pipe lines;
    char *const piece = malloc(PIECE);
    size_t n_cut = 0, size;
    bool cut;
    assert_non_null(piece);
    memset(piece, 'x', PIECE);
    open_lines(&lines);
    for (size_t sent = 0; sent < 2 * SD_MAX_LINE + PIECE; sent += PIECE) {
        send_bytes(&lines, piece, PIECE);
        const char *const line = sd_reader_line(&lines.reader, &size, &cut);
        if (line) {
            assert_true(cut);
            assert_int_equal(size, SD_MAX_LINE);
            n_cut++;
        }
    }
    assert_int_equal(n_cut, 1);
    assert_true(lines.reader.capacity < 3 * (size_t)SD_MAX_LINE);
    send_bytes(&lines, "end\nNEXT\n", 9);
    expect_line(&lines, "NEXT");
    free(piece);
    close_lines(&lines);
}

/* ---- packets ---- */

/* Undoes the escapes of the sample bytes of a packet; their number. */
static size_t unescape(const struct sd_packet *packet, unsigned char *out)
{
    const char *const start = memchr(packet->bytes, '\0', packet->size);
    const char *const end = packet->bytes + packet->size - strlen("\n705 AUDIO\n");
    size_t n = 0;
    assert_non_null(start);
    assert_memory_equal(end, "\n705 AUDIO\n", strlen("\n705 AUDIO\n"));
    for (const char *at = start + 1; at < end; at++) {
        assert_int_not_equal(*at, '\n');
        const bool escaped = *at == 0x7d;
        at += escaped;
        out[n++] = (unsigned char)(escaped ? *at ^ 0x20 : *at);
    }
    return n;
}

static void packets_carry_all_samples(void **state)
{
    (void)state;
    enum { N = 65536 };
    int16_t *const samples = malloc(N * sizeof *samples);
    unsigned char *const bytes = malloc(SD_PACKET_BYTES);
    struct sd_packet packet;
    assert_non_null(samples);
    assert_non_null(bytes);
    for (size_t i = 0; i < N; i++)
        samples[i] = (int16_t)(i - N / 2);
    for (size_t done = 0; done < N;) {
        const size_t n = sd_packet_audio(&packet, samples + done, N - done, 24000);
        assert_true(n >= 1000 || n == N - done);
        assert_true(packet.size <= SD_PACKET_BYTES);
        assert_true(packet.n_samples > 0);
        assert_int_equal(packet.last_sample, samples[done + n - 1]);
        assert_int_equal(unescape(&packet, bytes), 2 * n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal((int16_t)(uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8), samples[done + i]);
        done += n;
    }
    for (size_t i = 0; i < N; i++) /* all bytes escaped: the largest that a packet can get */
        samples[i] = 0x0a7d;
    const size_t n = sd_packet_audio(&packet, samples, N, 24000);
    assert_true(n >= 900 && packet.size <= SD_PACKET_BYTES);
    assert_int_equal(unescape(&packet, bytes), 2 * n);
    free(samples);
    free(bytes);
}

static void marks_stay_on_their_line(void **state)
{
    (void)state;
    struct sd_packet packet;
    sd_packet_mark(&packet, "a b\nQUIT");
    assert_int_equal(packet.size, strlen("700-a b\n700 INDEX MARK\n"));
    assert_memory_equal(packet.bytes, "700-a b\n700 INDEX MARK\n", packet.size);
}

/* ---- the cache ---- */

static void remember(struct sd_cache *cache, const char *key, size_t n_packets)
{
    struct sd_recording recording = {.first = NULL};
    struct sd_packet packet;
    memset(&packet, 0, sizeof packet);
    packet.size = SD_PACKET_BYTES;
    for (size_t i = 0; i < n_packets; i++)
        sd_recording_add(&recording, &packet, 100000);
    sd_cache_add(cache, key, strlen(key), &recording);
    assert_null(recording.first);
}

static const struct sd_recording *find(struct sd_cache *cache, const char *key)
{
    return sd_cache_find(cache, key, strlen(key));
}

static void cache_drops_what_was_not_used(void **state)
{
    (void)state;
    struct sd_cache cache = {.limit = 30000};
    assert_null(find(&cache, "one"));
    remember(&cache, "one", 2);
    remember(&cache, "two", 2);
    assert_non_null(find(&cache, "one"));
    remember(&cache, "three", 4); /* "two" has to go: "one" was used since */
    assert_non_null(find(&cache, "one"));
    assert_non_null(find(&cache, "three"));
    assert_null(find(&cache, "two"));
    assert_true(cache.size <= cache.limit);
    remember(&cache, "too large", 20);
    assert_null(find(&cache, "too large"));
    assert_true(cache.size <= cache.limit);
    sd_cache_clear(&cache);
    assert_int_equal(cache.size, 0);
    assert_null(cache.newest);
}

static void recordings_give_back_their_packets(void **state)
{
    (void)state;
    struct sd_recording recording = {.first = NULL};
    struct sd_packet packet;
    const int16_t samples[] = {1, 2, 3};
    sd_packet_text(&packet, "%s", "first\n");
    sd_recording_add(&recording, &packet, 10000);
    sd_packet_audio(&packet, samples, 3, 16000);
    sd_recording_add(&recording, &packet, 10000);
    assert_int_equal(recording.first->packet.size, 6);
    assert_memory_equal(recording.first->packet.bytes, "first\n", 6);
    assert_ptr_equal(recording.first->next, recording.last);
    assert_true(recording.last->packet.n_samples > 0);
    assert_int_equal(recording.last->packet.last_sample, 3);
    assert_int_equal(recording.last->packet.sample_rate, 16000);
    assert_null(recording.last->next);
    assert_false(recording.failed);
    sd_recording_add(&recording, &packet, 10000); /* there is room for two */
    assert_true(recording.failed);
    sd_recording_clear(&recording);
}

/* ---- SET ---- */

static double pace_at(const struct sd_config *config, const char *rate)
{
    struct sd_params params;
    sd_params_init(&params);
    assert_int_equal(sd_params_set(&params, "rate", rate), SD_SET_FINE);
    return sd_params_words_per_minute(&params, config);
}

static void rates_are_those_of_espeak(void **state)
{
    (void)state;
    struct sd_config config;
    sd_config_init(&config);
    assert_float_equal(pace_at(&config, "-100"), 80, 1e-6);
    assert_float_equal(pace_at(&config, "0"), 170, 1e-6);
    assert_float_equal(pace_at(&config, "100"), 449, 1e-6);
    config.rate_boost = 2;
    assert_float_equal(pace_at(&config, "0"), 170, 1e-6);
    assert_float_equal(pace_at(&config, "100"), 898, 1e-6);
    double before = 0;
    for (int rate = -100; rate <= 100; rate++) {
        char text[16];
        snprintf(text, sizeof text, "%d", rate);
        const double pace = pace_at(&config, text);
        assert_true(pace > before && (before == 0 || pace < 1.12 * before));
        before = pace;
    }
}

static void settings_stay_within_the_library(void **state)
{
    (void)state;
    struct sd_config config;
    struct sd_params params;
    linnet_settings settings;
    sd_config_init(&config);
    config.rate_boost = 4;
    sd_params_init(&params);
    const char *const names[] = {"rate", "pitch", "pitch_range", "volume"};
    for (int side = -1; side <= 1; side += 2) {
        for (size_t i = 0; i < 4; i++)
            assert_int_equal(sd_params_set(&params, names[i], side < 0 ? "-1000" : "1000"), SD_SET_FINE);
        linnet_settings_init(&settings);
        sd_params_apply(&params, &config, 150, side * 10.0, &settings);
        assert_true(settings.rate >= 0.25f && settings.rate <= 6);
        assert_true(settings.pitch_semitones == (float)side * 12);
        assert_true(settings.pitch_range >= 0 && settings.pitch_range <= 2);
        assert_true(settings.volume >= 0 && settings.volume <= 1);
    }
    sd_params_init(&params);
    linnet_settings_init(&settings);
    sd_params_apply(&params, &config, 170, 0, &settings);
    assert_true(settings.rate == 1 && settings.pitch_semitones == 0 && settings.volume == 1);
}

static void wrong_settings_change_nothing(void **state)
{
    (void)state;
    struct sd_params params;
    sd_params_init(&params);
    assert_int_equal(sd_params_set(&params, "voice", "female2"), SD_SET_FINE);
    assert_int_equal(sd_params_set(&params, "voice", "robot"), SD_SET_WRONG);
    assert_int_equal(params.voice_type, SD_FEMALE2);
    assert_int_equal(sd_params_set(&params, "rate", "12x"), SD_SET_WRONG);
    assert_int_equal(params.rate, 0);
    assert_int_equal(sd_params_set(&params, "language", "de-DE"), SD_SET_FINE);
    assert_int_equal(sd_params_set(&params, "language", "NULL"), SD_SET_FINE);
    assert_string_equal(params.language, "");
    assert_int_equal(sd_params_set(&params, "colour", "red"), SD_SET_UNKNOWN);
}

/* ---- the choice of a voice ---- */

static struct sd_voice installed[] = {
    {.name = "Anna", .language = "de-DE", .gender = "female", .path = "/v/anna.gguf"},
    {.name = "Ben", .language = "en-GB", .gender = "male", .path = "/v/ben.gguf"},
    {.name = "Cora", .language = "en-US", .gender = "female", .path = "/v/cora.gguf"},
    {.name = "Dora", .language = "en-US", .gender = "female", .path = "/v/dora.gguf"},
};

static void choose(const char *language, const char *type, const char *name, const char *wanted, double semitones)
{
    struct sd_voices voices = {.items = installed, .count = 4, .usual = &installed[3]};
    struct sd_params params;
    double shift;
    sd_params_init(&params);
    assert_int_equal(sd_params_set(&params, "language", language), SD_SET_FINE);
    assert_int_equal(sd_params_set(&params, "voice", type), SD_SET_FINE);
    assert_int_equal(sd_params_set(&params, "synthesis_voice", name), SD_SET_FINE);
    assert_string_equal(sd_voices_choose(&voices, &params, &shift)->name, wanted);
    assert_float_equal(shift, semitones, 1e-6);
}

static void voices_are_chosen_by_language_and_type(void **state)
{
    (void)state;
    choose("NULL", "male1", "NULL", "Dora", 0); /* nobody has chosen: the default voice */
    choose("en-US", "male1", "NULL", "Dora", 0);
    choose("en", "male1", "NULL", "Dora", 0);
    choose("en-GB", "male1", "NULL", "Ben", 0);
    choose("de", "male1", "NULL", "Anna", 0);
    choose("fr", "male1", "NULL", "Dora", 0);
    choose("en-US", "female1", "NULL", "Dora", 0);
    choose("en-US", "female2", "NULL", "Cora", 0);
    choose("en-US", "female3", "NULL", "Dora", 2); /* there are only two */
    choose("en-US", "male2", "NULL", "Dora", -7);  /* there is none */
    choose("en", "male2", "NULL", "Ben", -2);
    choose("de", "child_female", "NULL", "Anna", 4);
    choose("de", "female1", "ben", "Ben", 0); /* a name wins */
    choose("de", "female1", "cora", "Cora", 0);
    choose("de", "female1", "nobody", "Anna", 0);
}

static void broken_voices_are_passed_over(void **state)
{
    (void)state;
    installed[3].broken = true;
    choose("en-US", "male1", "Dora", "Cora", 0);
    installed[3].broken = false;
    assert_true(sd_voice_fits(&installed[0], "DE-de") > sd_voice_fits(&installed[0], "de"));
    assert_true(sd_voice_fits(&installed[0], "de") > 0 && sd_voice_fits(&installed[0], "") > 0);
    assert_int_equal(sd_voice_fits(&installed[0], "d"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_in_pieces),          cmocka_unit_test(long_lines_are_cut_once),
        cmocka_unit_test(packets_carry_all_samples),     cmocka_unit_test(marks_stay_on_their_line),
        cmocka_unit_test(cache_drops_what_was_not_used), cmocka_unit_test(recordings_give_back_their_packets),
        cmocka_unit_test(rates_are_those_of_espeak),     cmocka_unit_test(settings_stay_within_the_library),
        cmocka_unit_test(wrong_settings_change_nothing), cmocka_unit_test(voices_are_chosen_by_language_and_type),
        cmocka_unit_test(broken_voices_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
