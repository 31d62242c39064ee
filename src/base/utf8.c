/* UTF-8 decoding, see utf8.h. Follows table 3-7 of The Unicode Standard: the lead byte fixes the length and the range
 * of the second byte, which excludes overlong forms, surrogates and values above U+10FFFF. */
#include "base/utf8.h"

struct lead {
    size_t length;
    unsigned char second_low, second_high;
};

static struct lead classify(unsigned char byte)
{
    if (byte >= 0xC2 && byte <= 0xDF)
        return (struct lead){2, 0x80, 0xBF};
    if (byte >= 0xE0 && byte <= 0xEF)
        return (struct lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    if (byte >= 0xF0 && byte <= 0xF4)
        return (struct lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
    return (struct lead){0, 0, 0};
}

struct base_codepoint base_utf8_next(const char *text, size_t size)
{
    static const unsigned char lead_bits[5] = {0, 0, 0x1F, 0x0F, 0x07};
    const unsigned char *const bytes = (const unsigned char *)text;
    if (bytes[0] < 0x80)
        return (struct base_codepoint){bytes[0], 1, true};
    const struct lead lead = classify(bytes[0]);
    uint32_t value = bytes[0] & lead_bits[lead.length];
    for (size_t i = 1; i < lead.length; i++) {
        const unsigned char low = i == 1 ? lead.second_low : 0x80, high = i == 1 ? lead.second_high : 0xBF;
        if (i >= size || bytes[i] < low || bytes[i] > high)
            return (struct base_codepoint){BASE_REPLACEMENT, i, false};
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (lead.length == 0)
        return (struct base_codepoint){BASE_REPLACEMENT, 1, false};
    return (struct base_codepoint){value, lead.length, true};
}

size_t base_utf8_put(char *out, uint32_t value)
{
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        value = BASE_REPLACEMENT;
    if (value < 0x80) {
        out[0] = (char)value;
        return 1;
    }
    const size_t length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    static const unsigned char lead_mark[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (value & 0x3F));
        value >>= 6;
    }
    out[0] = (char)(lead_mark[length] | value);
    return length;
}

size_t base_utf8_count(const char *text, size_t size, size_t *invalid)
{
    size_t count = 0, replaced = 0;
    for (size_t at = 0; at < size; count++) {
        const struct base_codepoint next = base_utf8_next(text + at, size - at);
        replaced += !next.valid;
        at += next.length;
    }
    if (invalid)
        *invalid = replaced;
    return count;
}
