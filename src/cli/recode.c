/* Decides by the first bytes, then goes character by character. See recode.h. */
#include "cli/recode.h"

#include "base/utf8.h"
#include <stdint.h>
#include <string.h>

#define REPLACEMENT 0xFFFDu
#define FIRST 8 /* bytes that tell the kind */

/* Windows-1252, 0x80 ... 0x9F; what it leaves out are the controls of Latin-1. */
static const uint16_t upper_controls[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                            0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/* ---- what it is ---- */

/* Text of European languages in UTF-16 has a zero in every other place, and hardly one in the others. */
static enum recode_kind guess(const unsigned char *bytes, size_t n)
{
    size_t zeros[2] = {0, 0};
    if (n >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
        return RECODE_UTF16_LE;
    if (n >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
        return RECODE_UTF16_BE;
    for (size_t i = 0; i < n; i++)
        zeros[i % 2] += bytes[i] == 0;
    const size_t pairs = n / 2;
    if (pairs >= 2 && 4 * zeros[1] >= 3 * pairs && 4 * zeros[0] < pairs)
        return RECODE_UTF16_LE;
    return pairs >= 2 && 4 * zeros[0] >= 3 * pairs && 4 * zeros[1] < pairs ? RECODE_UTF16_BE : RECODE_UTF8;
}

/* ---- characters: each takes some bytes, 0 when more must come ---- */

static uint32_t unit_at(enum recode_kind kind, const unsigned char *bytes)
{
    return kind == RECODE_UTF16_LE ? (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8
                                   : (uint32_t)bytes[1] | (uint32_t)bytes[0] << 8;
}

static size_t take_utf16(enum recode_kind kind, const unsigned char *bytes, size_t n, bool ended, uint32_t *character)
{
    *character = REPLACEMENT;
    if (n < 2)
        return ended ? n : 0;
    const uint32_t first = unit_at(kind, bytes);
    if (first < 0xD800 || first > 0xDFFF) {
        *character = first;
        return 2;
    }
    if (n < 4 && !ended && first < 0xDC00)
        return 0;
    const uint32_t second = n >= 4 ? unit_at(kind, bytes + 2) : 0;
    if (first >= 0xDC00 || second < 0xDC00 || second > 0xDFFF)
        return 2; /* half of a pair */
    *character = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

/* Bytes that a character of UTF-8 has by its first one. */
static size_t wanted_bytes(unsigned char first)
{
    return first < 0xC2 || first > 0xF4 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool may_go_on(const unsigned char *bytes, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    return n < wanted_bytes(bytes[0]);
}

static size_t take_bytes(struct recoder *recoder, const unsigned char *bytes, size_t n, bool ended, uint32_t *character)
{
    if (recoder->kind == RECODE_1252) {
        *character = bytes[0] >= 0x80 && bytes[0] < 0xA0 ? upper_controls[bytes[0] - 0x80] : bytes[0];
        return 1;
    }
    const struct base_codepoint c = base_utf8_next((const char *)bytes, n);
    *character = c.value;
    if (c.valid)
        return c.length;
    if (!ended && may_go_on(bytes, n))
        return 0;
    recoder->n_foreign++;
    *character = bytes[0] < 0xA0 ? upper_controls[bytes[0] - 0x80] : bytes[0];
    return 1;
}

/* ---- all ---- */

/* Whether the first bytes are enough to know the kind; a short line that somebody types is. */
static bool is_known(const struct recoder *recoder, bool ended)
{
    return recoder->n >= FIRST || ended || (recoder->n && recoder->bytes[recoder->n - 1] == '\n');
}

size_t recode(struct recoder *recoder, bool ended, char *out)
{
    size_t written = 0, at = 0;
    const bool wide = recoder->kind == RECODE_UTF16, open = wide || recoder->kind == RECODE_UNKNOWN;
    if (open && !is_known(recoder, ended))
        return 0;
    if (open) {
        recoder->kind = guess(recoder->bytes, recoder->n);
        recoder->kind = wide && recoder->kind == RECODE_UTF8 ? RECODE_UTF16_LE : recoder->kind;
        at = recoder->kind != RECODE_UTF8 && recoder->n > 1 && unit_at(recoder->kind, recoder->bytes) == 0xFEFF ? 2 : 0;
    }
    while (at < recoder->n) {
        const unsigned char *const next = recoder->bytes + at;
        uint32_t character;
        const size_t length = recoder->kind <= RECODE_1252
                                  ? take_bytes(recoder, next, recoder->n - at, ended, &character)
                                  : take_utf16(recoder->kind, next, recoder->n - at, ended, &character);
        if (!length)
            break;
        written += base_utf8_put(out + written, character);
        at += length;
    }
    recoder->n -= at;
    memmove(recoder->bytes, recoder->bytes + at, recoder->n);
    return written;
}
