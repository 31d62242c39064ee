/* A lenient reader of tags and entities. */
#include "speechd/sd_text.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *text;
} entities[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&apos;", "'"}};

static bool add_mark(struct sd_text *text, const char *name, size_t length)
{
    struct sd_text_mark *const marks = realloc(text->marks, (text->n_marks + 1) * sizeof *marks);
    if (!marks)
        return false;
    text->marks = marks;
    marks[text->n_marks].offset = text->size;
    marks[text->n_marks].name = strndup(name, length);
    return marks[text->n_marks++].name;
}

/* The tag between < and >. */
static bool read_tag(struct sd_text *text, const char *tag, size_t size)
{
    static const char head[] = "mark name=";
    const size_t skip = sizeof head - 1;
    if (size < skip + 2 || strncmp(tag, head, skip) != 0)
        return true;
    const char *const name = tag + skip + 1;
    const char *const end = memchr(name, tag[skip], size - skip - 1);
    return !end || add_mark(text, name, (size_t)(end - name));
}

static size_t read_entity(struct sd_text *text, const char *at, size_t left)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        const size_t length = strlen(entities[i].name);
        if (length <= left && memcmp(at, entities[i].name, length) == 0) {
            text->text[text->size++] = entities[i].text[0];
            return length;
        }
    }
    text->text[text->size++] = '&';
    return 1;
}

bool sd_text_open(struct sd_text *text, const char *ssml, size_t size)
{
    *text = (struct sd_text){.text = malloc(size + 1)};
    if (!text->text)
        return false;
    for (size_t i = 0; i < size;) {
        const char *const close = ssml[i] == '<' ? memchr(ssml + i, '>', size - i) : NULL;
        if (close) {
            const size_t length = (size_t)(close - ssml) - i;
            if (!read_tag(text, ssml + i + 1, length - 1))
                return false;
            i += length + 1;
        } else if (ssml[i] == '&') {
            i += read_entity(text, ssml + i, size - i);
        } else {
            text->text[text->size++] = ssml[i++];
        }
    }
    text->text[text->size] = '\0';
    return true;
}

void sd_text_close(struct sd_text *text)
{
    for (size_t i = 0; i < text->n_marks; i++)
        free(text->marks[i].name);
    free(text->marks);
    free(text->text);
    *text = (struct sd_text){.text = NULL};
}
