/* Emoji by the names of Unicode's CLDR. The tables (normalize_emoji_en.c, ...) hold the most used ones, without
 * variation selectors; skin tones are passed over; other emoji go on to espeak-ng as they are. */
#include "normalize_lang.h"

#include "base/utf8.h"
#include <string.h>

enum { JOINER = 0x200D, TEXT_STYLE = 0xFE0E, EMOJI_STYLE = 0xFE0F, KEYCAP = 0x20E3 };

static bool is_emoji(uint32_t c)
{
    return c >= 0x1F000 || (c >= 0x2190 && c < 0x21FF) || (c >= 0x2300 && c < 0x2400) || (c >= 0x2600 && c < 0x27C0) ||
           (c >= 0x2B00 && c < 0x2C00) || c == 0x203C || c == 0x2049;
}

static bool is_silent(uint32_t c)
{
    return c == TEXT_STYLE || c == EMOJI_STYLE || (c >= 0x1F3FB && c <= 0x1F3FF);
}

/* Bytes of text[size] that `emoji` covers, silent characters in between included; 0: it doesn't stand there. */
static size_t match_emoji(const char *text, size_t size, const char *emoji)
{
    size_t i = 0;
    while (*emoji) {
        if (i >= size)
            return 0;
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (i && c.valid && is_silent(c.value)) {
            i += c.length;
            continue;
        }
        if (strncmp(text + i, emoji, c.length) != 0)
            return 0;
        emoji += c.length;
        i += c.length;
    }
    return i;
}

/* First token behind the whole sequence that starts at token i: joined characters, silent ones, both halves of a flag.
 */
static size_t sequence_end(const struct norm_pass *pass, size_t i)
{
    size_t end = i + 1;
    const uint32_t first = norm_at(pass, i)->codepoint;
    if (first >= 0x1F1E6 && first <= 0x1F1FF && norm_touches(pass, end) && norm_at(pass, end)->codepoint >= 0x1F1E6 &&
        norm_at(pass, end)->codepoint <= 0x1F1FF)
        end++;
    while (end < i + NORM_LOOK_AHEAD && norm_touches(pass, end) && norm_is_kind(pass, end, NORM_SYMBOL)) {
        const uint32_t c = norm_at(pass, end)->codepoint;
        if (c == JOINER && norm_touching_kind(pass, end + 1, NORM_SYMBOL))
            end += 2;
        else if (is_silent(c) || c == KEYCAP)
            end++;
        else
            break;
    }
    return end;
}

size_t norm_rule_emoji(struct norm_pass *pass, size_t i)
{
    if (!norm_is_kind(pass, i, NORM_SYMBOL) || !is_emoji(norm_at(pass, i)->codepoint))
        return 0;
    const char *const text = norm_text(pass, i);
    const size_t end = sequence_end(pass, i);
    const size_t size = norm_at(pass, end - 1)->offset + norm_at(pass, end - 1)->length - norm_at(pass, i)->offset;
    for (const struct norm_entry *entry = pass->lang->normaliser->emoji; entry->written; entry++) {
        if (entry->written[0] != text[0] || entry->written[1] != text[1])
            continue;
        size_t n = match_emoji(text, size, entry->written);
        while (n && n < size) { /* silent characters behind it */
            const struct base_codepoint c = base_utf8_next(text + n, size - n);
            if (!is_silent(c.value))
                break;
            n += c.length;
        }
        if (n < size)
            continue;
        norm_say(pass, entry->spoken);
        return end - i;
    }
    if (norm_at(pass, i)->codepoint < 0x1F000)
        return 0;
    norm_say_bytes(pass, text, size);
    return end - i;
}
