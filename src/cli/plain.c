/* Blanks tags and decodes entities in place, in linear time. It needs to be right only for markup that is well-formed.
 * See plain.h. */
#include "cli/plain.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool starts_with(const char *text, size_t size, const char *what)
{
    return size >= strlen(what) && memcmp(text, what, strlen(what)) == 0;
}

/* What the rest of the text hasn't, so that it isn't looked for again. */
struct missing {
    bool comment_end, cdata_end;
};

/* Bytes up to and with `end`, three characters; 0: it isn't there. */
static size_t find_end(const char *text, size_t size, const char *end, bool *missing)
{
    for (size_t i = 0; i + 3 <= size && !*missing; i++)
        if (memcmp(text + i, end, 3) == 0)
            return i + 3;
    *missing = true;
    return 0;
}

/* Whether a tag stands inside a phrase, or even a word. */
static bool is_inline(const char *tag, size_t size)
{
    static const char *const names[] = {"mark",   "prosody", "emphasis", "voice", "lang",  "sub",
                                        "say-as", "phoneme", "w",        "token", "lookup"};
    const size_t first = size > 1 && tag[1] == '/' ? 2 : 1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const size_t n = strlen(names[i]);
        if (first + n < size && memcmp(tag + first, names[i], n) == 0 && memchr(" \t\r\n/>", tag[first + n], 6))
            return true;
    }
    return false;
}

/* Length of the tag at text[0]; 0: none. Values in quotes may hold a '>', but no '<'. */
static size_t tag_length(const char *text, size_t size)
{
    char quote = '\0';
    for (size_t i = 1; i < size && text[i] != '<'; i++) {
        if (text[i] == '>' && !quote)
            return i + 1;
        if (quote ? text[i] == quote : text[i] == '"' || text[i] == '\'')
            quote = quote ? '\0' : text[i];
    }
    return 0;
}

/* Blanks what begins with '<' at text[0]; how many bytes are done. */
static size_t blank_markup(char *text, size_t size, struct missing *missing)
{
    if (starts_with(text, size, "<![CDATA[")) {
        const size_t length = find_end(text, size, "]]>", &missing->cdata_end);
        if (length == 0)
            return 1;
        memset(text, 0, 9);
        memset(text + length - 3, 0, 3);
        return length;
    }
    const bool comment = starts_with(text, size, "<!--");
    const size_t length = comment ? find_end(text, size, "-->", &missing->comment_end) : tag_length(text, size);
    const bool parts = length && !comment && !is_inline(text, length);
    memset(text, 0, length);
    if (parts)
        text[0] = ' ';
    return length ? length : 1;
}

/* Decodes what begins with '&' at text[0]; how many bytes are done. */
static size_t decode_entity(char *text, size_t size)
{
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    const char *const end = memchr(text, ';', size < 12 ? size : 12);
    const size_t length = end ? (size_t)(end - text) + 1 : 0;
    uint32_t codepoint = 0;
    char character[4];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (length == strlen(names[i]) && memcmp(text, names[i], length) == 0)
            codepoint = (unsigned char)"&<>\"'"[i];
    if (length > 3 && text[1] == '#')
        codepoint = (uint32_t)strtoul(text + 2 + (text[2] == 'x'), NULL, text[2] == 'x' ? 16 : 10);
    if (codepoint == 0 || codepoint > 0x10FFFF)
        return 1;
    const size_t n = base_utf8_put(character, codepoint);
    if (n > length)
        return 1;
    memset(text, 0, length);
    memcpy(text, character, n);
    return length;
}

char *plain_copy(const char *text, size_t size)
{
    struct missing missing = {false, false};
    char *const copy = malloc(size + 1);
    if (!copy)
        return NULL;
    memcpy(copy, text, size);
    copy[size] = '\0';
    for (size_t i = 0; i < size;) {
        if (copy[i] == '<')
            i += blank_markup(copy + i, size - i, &missing);
        else
            i += copy[i] == '&' ? decode_entity(copy + i, size - i) : 1;
    }
    return copy;
}
