/* Values of SSML's attributes. See ssml_values.h. */
#include "ssml_values.h"

#include "base/chars.h"
#include <math.h>
#include <string.h>

struct label {
    const char *name;
    float value;
};

static const struct label strengths[] = {{"none", 0},     {"x-weak", 75},     {"weak", 150}, {"medium", 300},
                                         {"strong", 600}, {"x-strong", 1000}, {NULL, 0}};
static const struct label rates[] = {{"x-slow", 0.5f}, {"slow", 0.75f}, {"medium", 1}, {"default", 1},
                                     {"fast", 1.33f},  {"x-fast", 2},   {NULL, 0}};
static const struct label pitches[] = {{"x-low", -6}, {"low", -3},   {"medium", 0}, {"default", 0},
                                       {"high", 3},   {"x-high", 6}, {NULL, 0}};
static const struct label ranges[] = {{"x-low", 0.25f}, {"low", 0.6f}, {"medium", 1}, {"default", 1},
                                      {"high", 1.5f},   {"x-high", 2}, {NULL, 0}};
/* 6 dB apart, but for the loud ones, which are near the limit. */
static const struct label volumes[] = {{"silent", 0},  {"x-soft", 0.25f}, {"soft", 0.5f}, {"medium", 1},
                                       {"default", 1}, {"loud", 1.4f},    {"x-loud", 2},  {NULL, 0}};

static bool find_label(const struct label *labels, const char *name, float *value)
{
    for (; labels->name; labels++) {
        if (strcmp(labels->name, name) == 0) {
            *value = labels->value;
            return true;
        }
    }
    return false;
}

static float bound(float value, float least, float most)
{
    return value > least ? (value < most ? value : most) : least;
}

/* ---- numbers with units ---- */

/* A number as SSML has it: sign, digits, point, digits. */
struct quantity {
    float number;
    bool relative;    /* it has a sign */
    const char *unit; /* what follows */
};

static const char *skip_spaces(const char *text)
{
    while (base_is_blank(*text))
        text++;
    return text;
}

static bool read_quantity(const char *text, struct quantity *q)
{
    double number = 0, scale = 1;
    const char *p = skip_spaces(text);
    const bool negative = *p == '-';
    size_t digits = 0;
    q->relative = *p == '+' || *p == '-';
    p += q->relative;
    for (; *p >= '0' && *p <= '9'; p++, digits++)
        number = fmin(number * 10 + (*p - '0'), 1e9);
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; p++, digits++)
            number += (*p - '0') * (scale /= 10);
    q->number = (float)(negative ? -number : number);
    q->unit = skip_spaces(p);
    return digits > 0;
}

/* The unit, in any case, and nothing behind it. */
static bool has_unit(const struct quantity *q, const char *unit)
{
    const char *p = q->unit;
    for (; *unit; unit++, p++)
        if ((*p | 0x20) != (*unit | 0x20))
            return false;
    return !*skip_spaces(p);
}

/* ---- the values ---- */

bool ssml_time(const char *text, float *ms)
{
    struct quantity q;
    if (!read_quantity(text, &q) || q.number < 0 || !(has_unit(&q, "s") || has_unit(&q, "ms")))
        return false;
    *ms = bound(has_unit(&q, "s") ? q.number * 1000 : q.number, 0, SSML_MAX_BREAK_MS);
    return true;
}

bool ssml_strength(const char *text, float *ms)
{
    return find_label(strengths, text, ms);
}

bool ssml_rate(const char *text, float *rate)
{
    struct quantity q;
    float factor;
    if (find_label(rates, text, rate))
        return true;
    if (!read_quantity(text, &q))
        return false;
    if (has_unit(&q, "%"))
        factor = (q.relative ? 100 + q.number : q.number) / 100;
    else if (has_unit(&q, ""))
        factor = q.relative ? 1 + q.number : q.number;
    else
        return false;
    if (!(factor > 0)) /* no speed at all */
        return false;
    *rate = bound(*rate * factor, 0.2f, 5);
    return true;
}

static float semitones_between(float from_hz, float to_hz)
{
    return 12.0f * log2f(bound(to_hz, 1, 1e5f) / bound(from_hz, 1, 1e5f));
}

bool ssml_pitch_value(const char *text, const struct ssml_pitch *voice, float *semitones)
{
    const float now_hz = voice->mean_hz * exp2f(*semitones / 12.0f);
    struct quantity q;
    float change;
    if (find_label(pitches, text, semitones))
        return true;
    if (!read_quantity(text, &q))
        return false;
    if (has_unit(&q, "st"))
        change = q.number;
    else if (has_unit(&q, "%"))
        change = semitones_between(100, q.relative ? 100 + q.number : q.number);
    else if (has_unit(&q, "hz"))
        change = semitones_between(now_hz, q.relative ? now_hz + q.number : q.number);
    else
        return false;
    *semitones = bound(*semitones + change, -36, 36);
    return true;
}

bool ssml_range(const char *text, const struct ssml_pitch *voice, float *range)
{
    const float whole = voice->range_semitones, half = whole / 24.0f;
    const float whole_hz = voice->mean_hz * (exp2f(half) - exp2f(-half));
    struct quantity q;
    float value;
    if (find_label(ranges, text, range))
        return true;
    if (!read_quantity(text, &q))
        return false;
    if (has_unit(&q, "%"))
        value = *range * (q.relative ? 100 + q.number : q.number) / 100;
    else if (has_unit(&q, "st"))
        value = q.relative ? *range + q.number / whole : q.number / whole;
    else if (has_unit(&q, "hz"))
        value = q.relative ? *range + q.number / whole_hz : q.number / whole_hz;
    else
        return false;
    *range = bound(value, 0, 4);
    return true;
}

bool ssml_volume(const char *text, float *volume)
{
    struct quantity q;
    float value;
    if (find_label(volumes, text, volume))
        return true;
    if (!read_quantity(text, &q))
        return false;
    if (has_unit(&q, "db"))
        value = *volume * powf(10, bound(q.number, -200, 200) / 20);
    else if (has_unit(&q, "%"))
        value = *volume * (q.relative ? 100 + q.number : q.number) / 100;
    else if (has_unit(&q, ""))
        value = q.relative ? *volume + q.number / 100 : q.number / 100;
    else
        return false;
    *volume = bound(value, 0, 4);
    return true;
}

/* ---- contours ---- */

/* "(50%,+2st)" at *text; moves it on. */
static bool read_target(const char **text, const struct ssml_pitch *voice, float semitones,
                        struct fe_contour_target *target)
{
    char value[32];
    struct quantity q;
    const char *p = skip_spaces(*text);
    if (*p != '(' || !read_quantity(p + 1, &q) || q.unit[0] != '%')
        return false;
    p = skip_spaces(q.unit + 1);
    if (*p != ',')
        return false;
    p = skip_spaces(p + 1);
    const size_t length = strcspn(p, ")");
    if (p[length] != ')' || length >= sizeof value)
        return false;
    memcpy(value, p, length);
    value[length] = '\0';
    target->place = bound(q.number / 100, 0, 1);
    target->semitones = semitones;
    *text = p + length + 1;
    return ssml_pitch_value(value, voice, &target->semitones);
}

static void sort_in(struct fe_contour_target *targets, size_t n)
{
    const struct fe_contour_target last = targets[n];
    while (n > 0 && targets[n - 1].place > last.place) {
        targets[n] = targets[n - 1];
        n--;
    }
    targets[n] = last;
}

size_t ssml_contour(const char *text, const struct ssml_pitch *voice, float semitones,
                    struct fe_contour_target *targets)
{
    size_t n = 0;
    for (; *skip_spaces(text); n++) {
        if (n == SSML_MAX_TARGETS || !read_target(&text, voice, semitones, &targets[n]))
            return 0;
        sort_in(targets, n);
    }
    return n;
}

/* ---- emphasis ---- */

bool ssml_emphasis(const char *level, struct phone_style *style)
{
    static const struct {
        const char *name;
        struct phone_style change;
    } levels[] = {
        {"strong", {0.85f, 2.0f, 1.3f, 1.3f}},
        {"moderate", {0.92f, 1.0f, 1.15f, 1.15f}},
        {"reduced", {1.1f, -1.0f, 0.8f, 0.8f}},
        {"none", {1, 0, 1, 1}},
    };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strcmp(levels[i].name, level) != 0)
            continue;
        const struct phone_style *const change = &levels[i].change;
        style->rate = bound(style->rate * change->rate, 0.2f, 5);
        style->semitones = bound(style->semitones + change->semitones, -36, 36);
        style->range = bound(style->range * change->range, 0, 4);
        style->volume = bound(style->volume * change->volume, 0, 4);
        return true;
    }
    return false;
}
