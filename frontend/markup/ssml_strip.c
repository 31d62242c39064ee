/* Text that pretends to be markup: its tags are taken out, its entities decoded. What is neither is text, so "a < b &
 * c" is read as it stands. Linear in the length of the text. */
#include "ssml_strip.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "ssml_text.h"
#include "ssml_values.h"
#include <string.h>

#define MAX_TAG_BYTES 4096
#define MAX_VALUE 256

struct stripper {
    struct fe_document *doc;
    const char *text;
    size_t size, position;
    size_t unread;                     /* from here to position: text that isn't in the document yet */
    bool no_comment_end, no_cdata_end; /* looked for one in the rest of the text: there is none */
    bool failed;                       /* out of memory */
};

static bool starts_with(const struct stripper *s, size_t at, const char *what)
{
    const size_t n = strlen(what);
    return s->size - at >= n && memcmp(s->text + at, what, n) == 0;
}

/* Puts the text up to the position into the document. */
static void flush(struct stripper *s)
{
    s->failed = s->failed || !ssml_read(s->doc, s->text + s->unread, s->position - s->unread, s->unread);
}

/* The end of what began at `from` and closes with `close`; 0: it doesn't. */
static size_t find_close(const struct stripper *s, size_t from, const char *close, bool *none)
{
    for (size_t i = from; !*none && s->size - i >= 3; i++) {
        const char *const hit = memchr(s->text + i, close[0], s->size - i - 2);
        if (!hit)
            break;
        i = (size_t)(hit - s->text);
        if (starts_with(s, i, close))
            return i + 3;
    }
    *none = true;
    return 0;
}

/* The end of the tag at the position; 0: it is none. */
static size_t tag_end(const struct stripper *s)
{
    const size_t limit = s->size - s->position < MAX_TAG_BYTES ? s->size : s->position + MAX_TAG_BYTES;
    size_t i = s->position + 1;
    char quote = '\0';
    if (i >= limit || !(base_is_ascii_letter((unsigned char)s->text[i]) || memchr("/!?", s->text[i], 3)))
        return 0;
    for (; i < limit && s->text[i] != '<'; i++) {
        const char c = s->text[i];
        if (c == '>' && !quote)
            return i + 1;
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? '\0' : c;
    }
    return 0;
}

/* Whether the tag's name is one of a list "|a|b|". */
static bool is_named(const char *tag, const char *list)
{
    char name[16] = "|";
    size_t n = 1;
    tag += tag[1] == '/' ? 2 : 1;
    while (n + 2 < sizeof name && (base_is_ascii_letter((unsigned char)tag[n - 1]) || tag[n - 1] == '-')) {
        name[n] = tag[n - 1];
        n++;
    }
    name[n] = '|';
    return strstr(list, name) != NULL;
}

/* The value of an attribute, " name=", of a tag; NULL: there is none. */
static const char *read_attribute(const char *tag, size_t size, const char *name, char value[MAX_VALUE])
{
    const size_t n = strlen(name);
    for (size_t i = 1; i + n + 2 < size; i++) {
        if (memcmp(tag + i, name, n) != 0 || (tag[i + n] != '"' && tag[i + n] != '\''))
            continue;
        const char *const start = tag + i + n + 1, *const end = memchr(start, tag[i + n], size - i - n - 1);
        if (!end || (size_t)(end - start) >= MAX_VALUE)
            return NULL;
        memcpy(value, start, (size_t)(end - start));
        value[end - start] = '\0';
        return value;
    }
    return NULL;
}

static void read_mark(struct stripper *s, const char *tag, size_t size)
{
    char value[MAX_VALUE];
    const char *const name = read_attribute(tag, size, " name=", value);
    if (name)
        s->failed = s->failed || !fe_document_add_mark(s->doc, name);
}

static void read_break(struct stripper *s, const char *tag, size_t size)
{
    char value[MAX_VALUE];
    const char *given = read_attribute(tag, size, " strength=", value);
    float ms = 0;
    (void)ssml_strength("medium", &ms);
    (void)(given && ssml_strength(given, &ms));
    given = read_attribute(tag, size, " time=", value);
    (void)(given && ssml_time(given, &ms));
    if (ms > 0)
        s->failed = s->failed || !fe_document_add_break(s->doc, ms);
}

/* What a tag leaves behind in the text. */
static void replace_tag(struct stripper *s, const char *tag, size_t size)
{
    const char *gap = " ";
    if (is_named(tag, "|p|s|speak|"))
        gap = "\n\n";
    else if (is_named(tag, "|mark|prosody|emphasis|voice|lang|sub|say-as|phoneme|w|token|"))
        gap = "";
    if (is_named(tag, "|mark|") && tag[1] != '/')
        read_mark(s, tag, size);
    if (is_named(tag, "|break|") && tag[1] != '/')
        read_break(s, tag, size);
    if (s->doc->text.bytes.length)
        s->failed = s->failed || !fe_document_part(s->doc, gap, strlen(gap));
}

static bool skip_to(struct stripper *s, size_t end)
{
    s->position = s->unread = end;
    return true;
}

/* At '<'; false: it is text. */
static bool strip_tag(struct stripper *s)
{
    const char *const tag = s->text + s->position;
    size_t end = 0;
    if (starts_with(s, s->position, "<!--")) {
        end = find_close(s, s->position + 4, "-->", &s->no_comment_end);
        if (end)
            flush(s);
        return end && skip_to(s, end);
    }
    if (starts_with(s, s->position, "<![CDATA[")) {
        end = find_close(s, s->position + 9, "]]>", &s->no_cdata_end);
        if (!end)
            return false;
        flush(s);
        s->unread = s->position + 9;
        s->position = end - 3;
        flush(s);
        return skip_to(s, end);
    }
    end = tag_end(s);
    if (!end)
        return false;
    flush(s);
    replace_tag(s, tag, end - s->position);
    return skip_to(s, end);
}

/* "&#x20AC;" and "&#8364;"; 0: no character. */
static uint32_t numeric_entity(const char *digits, size_t n)
{
    const bool hex = n > 1 && (digits[0] | 0x20) == 'x';
    uint32_t value = 0;
    for (size_t i = hex; i < n; i++) {
        const char c = digits[i];
        const uint32_t digit = c >= '0' && c <= '9'                            ? (uint32_t)(c - '0')
                               : hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (uint32_t)((c | 0x20) - 'a' + 10)
                                                                               : 99;
        if (digit == 99 || value > 0x10FFFF)
            return 0;
        value = value * (hex ? 16 : 10) + digit;
    }
    return value >= 0xA0 || (value >= 0x20 && value < 0x7F) ? value : 0;
}

/* At '&'; false: it is text. */
static bool decode_entity(struct stripper *s)
{
    static const struct {
        const char *name;
        uint32_t codepoint;
    } named[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}};
    const char *const name = s->text + s->position + 1;
    const size_t left = s->size - s->position - 1, look = left < 12 ? left : 12;
    const char *const end = look ? memchr(name, ';', look) : NULL;
    const size_t length = end ? (size_t)(end - name) : 0;
    uint32_t codepoint = 0;
    char character[4];
    if (length > 1 && name[0] == '#')
        codepoint = numeric_entity(name + 1, length - 1);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (length == strlen(named[i].name) && memcmp(name, named[i].name, length) == 0)
            codepoint = named[i].codepoint;
    if (!codepoint || codepoint >= 0x100000)
        return false;
    flush(s);
    const size_t size = base_utf8_put(character, codepoint);
    s->failed = s->failed || !fe_document_say(s->doc, character, size, s->position, length + 2);
    return skip_to(s, s->position + length + 2);
}

bool ssml_strip(struct fe_document *doc, const char *text, size_t size)
{
    struct stripper s = {.doc = doc, .text = text, .size = size};
    if (!fe_document_start(doc))
        return false;
    while (s.position < size && !s.failed) {
        const char c = text[s.position];
        if (!(c == '<' && strip_tag(&s)) && !(c == '&' && decode_entity(&s)))
            s.position++;
    }
    flush(&s);
    return !s.failed;
}
