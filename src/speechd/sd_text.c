/* A lenient reader of tags and entities: what isn't one of those it knows is text. */
#include "speechd/sd_text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PAUSE_MS 10000

/* A piece of the message. */
struct piece {
    const char *start;
    size_t size;
};

/* ---- what is collected ---------------------------------------------------------------------------------------- */

static void put(struct sd_text *text, const char *bytes, size_t size)
{
    if (text->capacity - text->size < size + 1) {
        const size_t capacity = 2 * text->capacity + size + 1;
        char *const grown = realloc(text->text, capacity);
        text->failed = text->failed || !grown;
        if (!grown)
            return;
        text->text = grown;
        text->capacity = capacity;
    }
    memcpy(text->text + text->size, bytes, size);
    text->size += size;
    text->text[text->size] = '\0';
}

/* `name` NULL: a break. */
static void put_mark(struct sd_text *text, const struct piece *name, unsigned pause_ms)
{
    if (text->n_marks == text->mark_capacity) {
        const size_t capacity = 2 * text->mark_capacity + 8;
        struct sd_text_mark *const grown = realloc(text->marks, capacity * sizeof *grown);
        text->failed = text->failed || !grown;
        if (!grown)
            return;
        text->marks = grown;
        text->mark_capacity = capacity;
    }
    char *const copy = name ? strndup(name->start, name->size) : NULL;
    text->failed = text->failed || (name && !copy);
    if (!text->failed)
        text->marks[text->n_marks++] = (struct sd_text_mark){text->size, copy, pause_ms};
}

/* ---- entities --------------------------------------------------------------------------------------------------- */

static void put_character(struct sd_text *text, unsigned long c)
{
    char bytes[4];
    size_t n = 1;
    if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        c = ' ';
    if (c >= 0x80)
        n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3f));
    static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    bytes[0] = (char)(heads[n] | c);
    put(text, bytes, n);
}

/* "&lt;", "&#38;", "&#x26;": how many bytes; 0: it isn't one. */
static size_t read_entity(struct sd_text *text, const struct piece *rest)
{
    static const struct {
        const char *name;
        char character;
    } entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        const size_t length = strlen(entities[i].name);
        if (length <= rest->size && memcmp(rest->start, entities[i].name, length) == 0) {
            put(text, &entities[i].character, 1);
            return length;
        }
    }
    if (rest->size < 4 || rest->start[1] != '#')
        return 0;
    const bool hex = rest->start[2] == 'x';
    const char *const digits = rest->start + 2 + hex;
    char *end;
    if (!strchr(hex ? "0123456789abcdefABCDEF" : "0123456789", *digits))
        return 0;
    const unsigned long c = strtoul(digits, &end, hex ? 16 : 10);
    if (*end != ';')
        return 0;
    put_character(text, c);
    return (size_t)(end + 1 - rest->start);
}

/* ---- tags ------------------------------------------------------------------------------------------------------- */

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the tag, from '<' to '>', is called `name`. */
static bool is_tag(const struct piece *tag, const char *name)
{
    const size_t length = strlen(name);
    return tag->size > length + 1 && memcmp(tag->start + 1, name, length) == 0 &&
           (is_space(tag->start[length + 1]) || strchr("/>", tag->start[length + 1]));
}

/* The value of the tag's attribute; its start is NULL when it has none. */
static struct piece attribute(const struct piece *tag, const char *name)
{
    const size_t length = strlen(name);
    const char *const end = tag->start + tag->size;
    for (const char *at = tag->start + 1; at + length + 2 < end; at++) {
        if (!is_space(at[-1]) || memcmp(at, name, length) != 0 || at[length] != '=')
            continue;
        const char *const value = at + length + 2;
        const char *const close = strchr("\"'", value[-1]) ? memchr(value, value[-1], (size_t)(end - value)) : NULL;
        if (close)
            return (struct piece){value, (size_t)(close - value)};
    }
    return (struct piece){NULL, 0};
}

/* time="300ms" or "1.5s", strength="weak"; a break that says neither is a medium one. */
static unsigned pause_of(const struct piece *tag)
{
    static const struct {
        const char *name;
        unsigned ms;
    } strengths[] = {{"none", 0}, {"x-weak", 50}, {"weak", 150}, {"strong", 600}, {"x-strong", 1200}};
    const struct piece time = attribute(tag, "time"), strength = attribute(tag, "strength");
    if (time.start) {
        char *end;
        const double number = strtod(time.start, &end);
        const double ms = *end == 's' ? 1000 * number : number;
        return ms > 0 ? (ms < MAX_PAUSE_MS ? (unsigned)ms : MAX_PAUSE_MS) : 0;
    }
    for (size_t i = 0; strength.start && i < sizeof strengths / sizeof *strengths; i++)
        if (strlen(strengths[i].name) == strength.size && memcmp(strengths[i].name, strength.start, strength.size) == 0)
            return strengths[i].ms;
    return 300;
}

/* So that the voice rests where silence comes, unless it does already. */
static void cut_phrase(struct sd_text *text)
{
    size_t n = text->size;
    while (n > 0 && is_space(text->text[n - 1]))
        n--;
    if (n == 0 || strchr(".,;:!?", text->text[n - 1]))
        return;
    if (n == text->size)
        put(text, ", ", 2);
    else
        text->text[n] = ','; /* instead of a space: the marks stand where they stood */
}

static void read_tag(struct sd_text *text, const struct piece *tag)
{
    if (is_tag(tag, "mark")) {
        const struct piece name = attribute(tag, "name");
        if (name.start)
            put_mark(text, &name, 0);
    } else if (is_tag(tag, "break")) {
        const unsigned pause_ms = pause_of(tag);
        if (pause_ms > 0) {
            cut_phrase(text);
            put_mark(text, NULL, pause_ms);
        }
    } else if (is_tag(tag, "/s") || is_tag(tag, "/p")) {
        put(text, "\n\n", 2);
    }
}

/* How many bytes of `rest` are a tag; 0: none. */
static size_t tag_size(const struct piece *rest)
{
    if (rest->size < 3 || !(is_letter(rest->start[1]) || strchr("/!?", rest->start[1])))
        return 0;
    const char *const close = memchr(rest->start, '>', rest->size);
    return close ? (size_t)(close + 1 - rest->start) : 0;
}

/* What stands at the start of `rest`: how many bytes of it are done. */
static size_t read_piece(struct sd_text *text, const struct piece *rest)
{
    if (*rest->start == '<') {
        const struct piece tag = {rest->start, tag_size(rest)};
        if (tag.size > 0) {
            read_tag(text, &tag);
            return tag.size;
        }
    }
    const size_t entity = *rest->start == '&' ? read_entity(text, rest) : 0;
    if (entity > 0)
        return entity;
    size_t n = 1;
    while (n < rest->size && rest->start[n] != '<' && rest->start[n] != '&')
        n++;
    put(text, rest->start, n);
    return n;
}

bool sd_text_open(struct sd_text *text, const char *ssml, size_t size)
{
    *text = (struct sd_text){.text = NULL};
    put(text, "", 0);
    for (size_t done = 0; done < size && !text->failed;) {
        const struct piece rest = {ssml + done, size - done};
        done += read_piece(text, &rest);
    }
    return !text->failed;
}

void sd_text_close(struct sd_text *text)
{
    for (size_t i = 0; i < text->n_marks; i++)
        free(text->marks[i].name);
    free(text->marks);
    free(text->text);
    *text = (struct sd_text){.text = NULL};
}
