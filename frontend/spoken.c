/* Runs the steps that rewrite a sentence, and carries the bytes of the caller's text over to the tokens. See
 * spoken.h. */
#include "spoken.h"

#include "base/chars.h"
#include "base/utf8.h"
#include "compat.h"
#include "linnet.h"
#include "markdown.h"

#define MAX_MAPS 5
#define CAPITAL_SEMITONES 5.0f /* as much higher is a word with a capital letter spoken */

/* A sentence on its way through the steps. */
struct passage {
    const char *text;
    size_t size;
    const struct base_text *maps[MAX_MAPS]; /* the text after each step, made from that before it */
    size_t n_maps;
};

static void add_map(struct passage *passage, const struct base_text *text)
{
    passage->text = text->bytes.data;
    passage->size = text->bytes.length;
    passage->maps[passage->n_maps++] = text;
}

static void add_edit(struct passage *passage, const struct fe_edit *edit)
{
    if (edit->changed)
        add_map(passage, &edit->text);
}

static bool is_rewritten(const struct base_text *text)
{
    for (size_t i = 0; i < text->n_pieces; i++)
        if (text->pieces[i].rewritten)
            return true;
    return false;
}

/* The bytes of the sentence behind bytes of the text that all steps made. pieces[] says how far each map is read. */
static struct base_range trace(const struct passage *passage, size_t *pieces, struct base_range spoken)
{
    for (size_t m = passage->n_maps; m-- > 0;)
        spoken = base_text_source(passage->maps[m], &pieces[m], spoken);
    return spoken;
}

/* Turns the tokens' bytes from those of the spoken text into those of the caller's, where the sentence starts at
 * `base`. Tokens never overlap: they have the same bytes or follow each other. */
static void place_tokens(const struct passage *passage, struct utterance *utt, size_t base)
{
    struct base_range last = {0, 0};
    size_t pieces[MAX_MAPS] = {0};
    for (size_t i = 0; i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        struct base_range bytes =
            trace(passage, pieces, (struct base_range){token->byte_offset, token->byte_offset + token->byte_length});
        if (bytes.end <= last.end)
            bytes = last;
        else if (bytes.start < last.end)
            bytes.start = last.end;
        token->byte_offset = base + bytes.start;
        token->byte_length = bytes.end - bytes.start;
        last = bytes;
    }
}

static int out_of_memory(struct base_error *err)
{
    return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

static int run_steps(struct spoken_text *spoken, struct passage *passage, bool head, struct base_error *err)
{
    const bool unmarks =
        !spoken->literal && !spoken->marked_up && spoken->modes.how.punctuation <= LINNET_PUNCTUATION_NONE;
    if (unmarks) {
        if (!fe_markdown_edit(passage->text, passage->size, head, &spoken->unmarked))
            return out_of_memory(err);
        add_edit(passage, &spoken->unmarked);
    }
    if (!fe_compat_edit(passage->text, passage->size, unmarks, &spoken->compat))
        return out_of_memory(err);
    add_edit(passage, &spoken->compat);
    if (!fe_lexicon_replace(spoken->lexicon, passage->text, passage->size, &spoken->replaced))
        return out_of_memory(err);
    add_edit(passage, &spoken->replaced);
    if (!fe_modes_edit(&spoken->modes, spoken->lexicon, passage->text, passage->size, &spoken->edited))
        return out_of_memory(err);
    add_edit(passage, &spoken->edited);
    if (!spoken->language->normaliser || !passage->size)
        return LINNET_OK;
    const int status = norm_run(&spoken->out, spoken->language, passage->text, passage->size, err);
    if (status == LINNET_OK && is_rewritten(&spoken->out.text))
        add_map(passage, &spoken->out.text);
    return status;
}

/* Notes which tokens begin with a capital letter in the caller's text. */
static void find_capitals(const struct spoken_text *spoken, const char *text, struct utterance *utt)
{
    const int capitals = spoken->modes.how.capitals;
    utt->icons = capitals == LINNET_CAPITALS_ICON;
    utt->raise = capitals == LINNET_CAPITALS_PITCH ? CAPITAL_SEMITONES : 0.0f;
    if (capitals != LINNET_CAPITALS_ICON && capitals != LINNET_CAPITALS_PITCH)
        return;
    for (size_t i = 0; i < utt->n_tokens; i++) {
        struct fe_token *const token = &utt->tokens[i];
        token->capital = token->kind == FE_WORD && token->byte_length &&
                         base_is_upper(base_utf8_next(text + token->byte_offset, token->byte_length).value);
    }
}

static int rewrite(struct spoken_text *spoken, const char *text, struct utterance *utt, struct base_error *err)
{
    const size_t base = utt->byte_offset, size = utt->byte_length;
    const enum fe_gap_kind behind = utt->behind;
    struct passage passage = {.text = text + base, .size = size};
    const int status = run_steps(spoken, &passage, base == 0 || text[base - 1] == '\n', err);
    if (status != LINNET_OK || (!passage.n_maps && utt->n_tokens))
        return status;
    fe_clause_start(&spoken->reader, passage.text, passage.size);
    if (spoken->lexicon)
        spoken->reader.given[GIVEN_BY_DICTIONARY] = (struct given_source){fe_lexicon_given, spoken->lexicon};
    spoken->reader.given[GIVEN_BY_MARKUP] = spoken->given_by_markup;
    if (!fe_clause_all(&spoken->reader, utt))
        return out_of_memory(err);
    place_tokens(&passage, utt, base);
    utt->byte_offset = base;
    utt->byte_length = size;
    utt->behind = behind;
    return LINNET_OK;
}

int fe_spoken_text(struct spoken_text *spoken, const char *text, struct utterance *utt, struct base_error *err)
{
    const int status = rewrite(spoken, text, utt, err);
    if (status == LINNET_OK)
        find_capitals(spoken, text, utt);
    return status;
}

void fe_spoken_free(struct spoken_text *spoken)
{
    fe_edit_free(&spoken->unmarked);
    fe_edit_free(&spoken->compat);
    fe_edit_free(&spoken->replaced);
    fe_edit_free(&spoken->edited);
    norm_output_free(&spoken->out);
    fe_modes_free(&spoken->modes);
    fe_clause_free(&spoken->reader);
}
