/* One pass over the tags; elements aren't nested or checked, since people write what they like. See html.h. */
#include "html.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "frontend/entity.h"
#include "ssml_text.h"
#include <string.h>

#define LONGEST_TAG 1000
#define LONGEST_NAME 12

enum element { NO_ELEMENT, INLINE, BLOCK, CELL, BREAK, HIDDEN };

static const struct {
    enum element kind;
    const char *names;
} elements[] = {
    {INLINE, "a|abbr|acronym|b|bdi|bdo|big|center|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|rp|rt|ruby|"
             "s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"},
    {BLOCK,
     "address|article|aside|blockquote|body|button|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
     "form|h1|h2|h3|h4|h5|h6|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|tbody|"
     "tfoot|thead|tr|ul"},
    {CELL, "td|th"},
    {BREAK, "br"},
    {HIDDEN, "head|iframe|noscript|script|style|svg|template|textarea|title"},
};

/* ---- tags ---- */

struct tag {
    enum element kind;
    bool closes;
    char name[LONGEST_NAME + 1];
    size_t length; /* with its brackets; 0: there is none */
};

static bool starts_with(const char *text, size_t size, const char *lower)
{
    for (size_t i = 0; lower[i]; i++)
        if (i >= size || base_ascii_lower(text[i]) != lower[i])
            return false;
    return true;
}

static enum element element_of(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        for (const char *p = elements[i].names; *p;) {
            const size_t n = strcspn(p, "|");
            if (n == length && memcmp(p, name, n) == 0)
                return elements[i].kind;
            p += n + (p[n] == '|');
        }
    return NO_ELEMENT;
}

/* The tag of an element of HTML at text[0]. Values in quotes may hold a '>'. */
static struct tag read_tag(const char *text, size_t size)
{
    struct tag tag = {.kind = NO_ELEMENT};
    size_t i = 1, n = 0;
    if (size < 3 || text[0] != '<')
        return tag;
    tag.closes = text[1] == '/';
    i += tag.closes;
    for (; i < size && n < LONGEST_NAME &&
           (base_is_ascii_letter((unsigned char)text[i]) || (n && base_is_digit((unsigned char)text[i])));
         i++)
        tag.name[n++] = base_ascii_lower(text[i]);
    if (i >= size || !memchr(" \t\r\n/>", text[i], 6))
        return tag;
    char quote = '\0';
    for (; i < size && i < LONGEST_TAG; i++) {
        if (text[i] == '>' && !quote) {
            tag.kind = element_of(tag.name, n);
            tag.length = tag.kind ? i + 1 : 0;
            return tag;
        }
        if (quote ? text[i] == quote : text[i] == '"' || text[i] == '\'')
            quote = quote ? '\0' : text[i];
    }
    return tag;
}

bool html_is(const char *text, size_t size)
{
    for (const char *p = text; (p = memchr(p, '<', size - (size_t)(p - text))) != NULL; p++) {
        const size_t left = size - (size_t)(p - text);
        const struct tag tag = read_tag(p, left);
        if (tag.length && (tag.closes || tag.kind == BREAK || strcmp(tag.name, "html") == 0 ||
                           (tag.name[1] == '\0' && tag.length == 3 && tag.name[0] == 'p')))
            return true;
        if (starts_with(p, left, "<!doctype html"))
            return true;
    }
    return false;
}

/* ---- what stands for what ---- */

/* Bytes of what isn't read from text[0] on: a comment, a declaration; 0: it is none. */
static size_t comment_length(const char *text, size_t size)
{
    const bool comment = starts_with(text, size, "<!--");
    if (!comment && !starts_with(text, size, "<!doctype") && !starts_with(text, size, "<?xml"))
        return 0;
    for (size_t i = 2; i < size; i++)
        if (text[i] == '>' && (!comment || (i > 5 && text[i - 1] == '-' && text[i - 2] == '-')))
            return i + 1;
    return size;
}

/* Bytes up to and with the end tag of the hidden element that starts at text[0]. */
static size_t hidden_length(const char *text, size_t size, const struct tag *tag)
{
    for (size_t i = tag->length; i < size; i++) {
        const struct tag end = text[i] == '<' ? read_tag(text + i, size - i) : (struct tag){.length = 0};
        if (end.length && end.closes && strcmp(end.name, tag->name) == 0)
            return i + end.length;
    }
    return size;
}

static bool part(struct fe_document *doc, const char *bytes)
{
    const struct base_buffer *const text = &doc->text.bytes;
    const size_t n = strlen(bytes);
    const bool there = !text->length || (text->length >= n && memcmp(text->data + text->length - n, bytes, n) == 0);
    return there || fe_document_part(doc, bytes, n);
}

/* The text of a picture: alt="..." in its tag. */
static bool read_picture(struct fe_document *doc, const char *text, const struct tag *tag, size_t offset)
{
    for (size_t i = 4; i + 5 < tag->length; i++) {
        if (!base_is_blank(text[i - 1]) || !starts_with(text + i, tag->length - i, "alt=") ||
            (text[i + 4] != '"' && text[i + 4] != '\''))
            continue;
        const char *const start = text + i + 5, *const end = memchr(start, text[i + 4], tag->length - i - 5);
        return !end || ssml_read(doc, start, (size_t)(end - start), offset + i + 5);
    }
    return true;
}

static bool read_element(struct fe_document *doc, const char *text, const struct tag *tag, size_t offset)
{
    switch (tag->kind) {
    case BLOCK: return part(doc, "\n\n");
    case CELL: return !tag->closes || part(doc, ", ");
    case BREAK: return part(doc, "\n");
    case INLINE: return strcmp(tag->name, "img") != 0 || read_picture(doc, text, tag, offset);
    default: return true;
    }
}

/* Bytes of text[at ...) up to the next tag or entity, at least one. */
static size_t plain_length(const char *text, size_t size)
{
    size_t n = 1;
    while (n < size && text[n] != '<' && text[n] != '&')
        n++;
    return n;
}

bool html_parse(struct fe_document *doc, const struct by_script *who, const char *text, size_t size)
{
    bool fine = fe_document_start(doc);
    for (size_t at = 0, taken; at < size && fine; at += taken) {
        const char *const p = text + at;
        const size_t left = size - at;
        const struct tag tag = read_tag(p, left);
        uint32_t codepoint;
        if (tag.length) {
            taken = tag.kind == HIDDEN && !tag.closes ? hidden_length(p, left, &tag) : tag.length;
            fine = read_element(doc, p, &tag, at);
            continue;
        }
        if (*p == '<' && (taken = comment_length(p, left)) > 0)
            continue;
        taken = *p == '&' ? fe_entity(p, left, &codepoint) : 0;
        if (taken) {
            char character[4];
            fine = fe_document_say(doc, character, base_utf8_put(character, codepoint), at, taken);
            continue;
        }
        taken = plain_length(p, left);
        fine = by_script_read(doc, who, p, taken, at);
    }
    return fine;
}
