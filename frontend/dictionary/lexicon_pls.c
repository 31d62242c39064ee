/* Reads dictionaries in W3C PLS 1.0 (www.w3.org/TR/pronunciation-lexicon): each grapheme of a lexeme gets its first
 * phoneme, or the preferred one, or else its alias. What has nothing to do with that is skipped. */
#include "lexicon_pls.h"
#include "frontend/language/language.h"
#include "frontend/xml.h"
#include <string.h>

enum part { PART_NONE, PART_GRAPHEME, PART_PHONEME, PART_ALIAS };

struct pls {
    struct lex_source *source;
    bool is_lexicon, other_language, ipa_by_default;
    enum part part;
    bool counts;                    /* the part in hand is the one to take */
    bool ipa, has_value;            /* of the lexeme: what was found */
    struct base_buffer graphemes;   /* of the lexeme, a NUL behind each */
    struct base_buffer value, text; /* what is said; the part in hand */
    struct fe_xml_place value_place;
};

static bool is_ipa(const char *alphabet)
{
    return strcmp(alphabet, "ipa") == 0;
}

static void stand_at(struct pls *pls, const struct fe_xml_place *place)
{
    pls->source->line = place->line;
    pls->source->column = place->column;
}

static void start_lexicon(struct pls *pls, const char *const *attributes)
{
    const char *const language = fe_xml_attribute(attributes, "xml:lang");
    const char *const alphabet = fe_xml_attribute(attributes, "alphabet");
    pls->is_lexicon = true;
    pls->ipa_by_default = !alphabet || is_ipa(alphabet);
    pls->other_language = language && !language_same(language, pls->source->language);
    if (pls->other_language)
        lex_complain(pls->source, "this dictionary is for %.20s, the voice speaks %.20s", language,
                     pls->source->language);
}

static void start_phoneme(struct pls *pls, const char *const *attributes)
{
    const char *const alphabet = fe_xml_attribute(attributes, "alphabet"), *const prefer =
                                                                               fe_xml_attribute(attributes, "prefer");
    const bool ipa = alphabet ? is_ipa(alphabet) : pls->ipa_by_default;
    pls->part = PART_PHONEME;
    pls->counts = ipa && (!pls->has_value || !pls->ipa || (prefer && strcmp(prefer, "true") == 0));
    if (!ipa)
        lex_complain(pls->source, "phonemes of another alphabet than ipa");
}

static bool on_start(void *context, const struct fe_xml_place *place, const char *name, const char *const *attributes)
{
    struct pls *const pls = context;
    stand_at(pls, place);
    if (!pls->is_lexicon && strcmp(name, "lexicon") != 0) {
        lex_complain(pls->source, "expected <lexicon>, found <%.40s>", name);
        return false;
    }
    base_buffer_cut(&pls->text, 0);
    pls->part = PART_NONE;
    if (strcmp(name, "lexicon") == 0) {
        start_lexicon(pls, attributes);
        return !pls->other_language;
    }
    if (strcmp(name, "lexeme") == 0) {
        base_buffer_cut(&pls->graphemes, 0);
        pls->has_value = pls->ipa = false;
    } else if (strcmp(name, "grapheme") == 0) {
        pls->part = PART_GRAPHEME;
    } else if (strcmp(name, "phoneme") == 0) {
        start_phoneme(pls, attributes);
    } else if (strcmp(name, "alias") == 0) {
        pls->part = PART_ALIAS;
        pls->counts = !pls->has_value;
    }
    return true;
}

static bool on_text(void *context, const struct fe_xml_place *place, const char *text, size_t size)
{
    struct pls *const pls = context;
    stand_at(pls, place);
    if (pls->part == PART_NONE || pls->text.length > LEX_MAX_VALUE)
        return true;
    pls->source->out_of_memory = !base_buffer_add(&pls->text, text, size);
    return !pls->source->out_of_memory;
}

/* Takes what the part said. */
static bool end_part(struct pls *pls, const struct fe_xml_place *place)
{
    if (pls->part == PART_GRAPHEME)
        return base_buffer_add(&pls->graphemes, pls->text.data, pls->text.length) &&
               base_buffer_add(&pls->graphemes, "", 1);
    if (!pls->counts)
        return true;
    base_buffer_cut(&pls->value, 0);
    pls->has_value = true;
    pls->ipa = pls->part == PART_PHONEME;
    pls->value_place = *place;
    return base_buffer_add(&pls->value, pls->text.data, pls->text.length);
}

static void end_lexeme(struct pls *pls)
{
    if (!pls->graphemes.length)
        lex_complain(pls->source, "a lexeme without grapheme");
    else if (!pls->has_value)
        lex_complain(pls->source, "a lexeme without phoneme or alias");
    else
        stand_at(pls, &pls->value_place);
    for (size_t i = 0; pls->has_value && i < pls->graphemes.length;) {
        const char *const word = pls->graphemes.data + i;
        lex_add_word(pls->source, word, strlen(word), pls->ipa, pls->value.data, pls->value.length);
        i += strlen(word) + 1;
    }
}

static bool on_end(void *context, const struct fe_xml_place *place, const char *name)
{
    struct pls *const pls = context;
    stand_at(pls, place);
    if (pls->part != PART_NONE && (!base_buffer_add(&pls->text, "", 0) || !end_part(pls, place)))
        pls->source->out_of_memory = true;
    pls->part = PART_NONE;
    if (strcmp(name, "lexeme") == 0 && !pls->source->out_of_memory)
        end_lexeme(pls);
    return !pls->source->out_of_memory;
}

void lex_read_pls(struct lex_source *source, const char *text, size_t size)
{
    static const struct fe_xml_handler handler = {on_start, on_end, on_text};
    struct pls pls = {.source = source};
    struct fe_xml_place place;
    struct base_error err;
    const int status = fe_xml_parse(text, size, &handler, &pls, &place, &err);
    if (status == LINNET_ERR_SYNTAX) {
        stand_at(&pls, &place);
        lex_complain(source, "%s", err.text);
    }
    source->out_of_memory = source->out_of_memory || status == LINNET_ERR_MEMORY;
    base_buffer_free(&pls.graphemes);
    base_buffer_free(&pls.value);
    base_buffer_free(&pls.text);
}
