/* Building edited text. See edit.h. */
#include "edit.h"

#include <string.h>

bool fe_edit_start(struct fe_edit *edit)
{
    edit->changed = edit->wants_space = false;
    return base_text_start(&edit->text);
}

/* The space that is owed to the words before. */
static bool part_from(struct fe_edit *edit, char next)
{
    const bool owed = edit->wants_space && !strchr(" \t\r\n,.;:!?", next);
    edit->wants_space = false;
    return !owed || base_buffer_add(&edit->text.bytes, " ", 1);
}

bool fe_edit_keep(struct fe_edit *edit, const char *input, size_t offset, size_t length)
{
    return !length || (part_from(edit, input[offset]) && base_text_keep(&edit->text, input + offset, length, offset));
}

bool fe_edit_say(struct fe_edit *edit, size_t offset, size_t length, const char *words, size_t size)
{
    const struct base_buffer *const before = &edit->text.bytes;
    edit->changed = true;
    if (!size)
        return true;
    edit->wants_space = before->length > 0 && before->data[before->length - 1] != ' ';
    if (!part_from(edit, 'x'))
        return false;
    edit->wants_space = true;
    return base_text_say(&edit->text, words, size, offset, length);
}

bool fe_edit_say_more(struct fe_edit *edit, const char *words, size_t size)
{
    if (!base_buffer_add(&edit->text.bytes, " ", 1) || !base_buffer_add(&edit->text.bytes, words, size))
        return false;
    edit->text.pieces[edit->text.n_pieces - 1].out_length += size + 1;
    return true;
}

void fe_edit_free(struct fe_edit *edit)
{
    base_text_free(&edit->text);
    *edit = (struct fe_edit){0};
}
