/* Text of markup as it is read. See ssml_text.h. */
#include "ssml_text.h"

#include "base/chars.h"
#include "base/utf8.h"
#include <string.h>

/* Characters that stand for words with given phonemes become spaces. */
static void clean_given(char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        if (given_is(GIVEN_BY_MARKUP, c.value))
            memset(text + i, ' ', c.length);
        i += c.length;
    }
}

static void clean_line_ends(char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (base_is_blank(text[i]))
            text[i] = ' ';
}

void ssml_clean(char *text, size_t size)
{
    clean_line_ends(text, size);
    clean_given(text, size);
}

bool ssml_read_plain(struct fe_document *doc, const char *text, size_t size, size_t offset)
{
    const size_t start = doc->text.bytes.length;
    if (!fe_document_read(doc, text, size, offset))
        return false;
    clean_given(doc->text.bytes.data + start, size);
    return true;
}

bool ssml_read(struct fe_document *doc, const char *text, size_t size, size_t offset)
{
    const size_t start = doc->text.bytes.length;
    if (!ssml_read_plain(doc, text, size, offset))
        return false;
    clean_line_ends(doc->text.bytes.data + start, size);
    return true;
}
