/* Text in timing files: escaped as each format demands, always well-formed UTF-8 on one line. */
#include "cli/timing_format.h"

#include <string.h>

/* Length of the well-formed UTF-8 sequence at text[0], 0: ill-formed. */
static size_t sequence(const unsigned char *text, size_t size)
{
    const unsigned char c = text[0];
    if (c < 0x80)
        return 1;
    const size_t n = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (c < 0xC2 || c > 0xF4 || size < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    const unsigned char d = text[1]; /* overlong forms, surrogates, beyond U+10FFFF */
    if ((c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F))
        return 0;
    return n;
}

static void put_ascii(FILE *out, enum timing_escape escape, unsigned char c)
{
    if (escape == ESCAPE_JSON && (c < 0x20 || c == 0x7F))
        fprintf(out, "\\u%04x", (unsigned)c);
    else if (c < 0x20 || c == 0x7F)
        fputc(' ', out);
    else if (escape == ESCAPE_JSON && (c == '"' || c == '\\'))
        fprintf(out, "\\%c", c);
    else if (escape == ESCAPE_VTT && (c == '&' || c == '<' || c == '>'))
        fputs(c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;", out);
    else if (escape == ESCAPE_TEXTGRID && c == '"')
        fputs("\"\"", out);
    else
        fputc(c, out);
}

void timing_put_text(FILE *out, enum timing_escape escape, const char *text, size_t size)
{
    const unsigned char *const bytes = (const unsigned char *)text;
    size_t i = 0;
    while (i < size) {
        if (!bytes[i]) { /* markup was there (plain.h) */
            i++;
            continue;
        }
        const size_t n = sequence(bytes + i, size - i);
        if (n == 1)
            put_ascii(out, escape, bytes[i]);
        else
            fwrite(n ? (const char *)bytes + i : "\xEF\xBF\xBD", 1, n ? n : 3, out);
        i += n ? n : 1;
    }
}
