/* The front end as a table of steps, run once for each sentence:
 *
 *   caller's text --clause--> tokens --spoken text--> tokens as they are spoken --pronounce--> IPA of each word,
 *
 * and then, sentence or part of a long one after another, --phone map--> ids. */
#include "frontend.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "clause.h"
#include "frontend/language/language.h"
#include "correct.h"
#include "pauses.h"
#include "phone_ipa.h"
#include "phone_map.h"
#include "frontend/markup/by_script.h"
#include "frontend/markup/html.h"
#include "frontend/markup/inline.h"
#include "frontend/markup/placement.h"
#include "phonemize.h"
#include "pronounce.h"
#include "scripts.h"
#include "spoken.h"
#include "frontend/markup/ssml.h"
#include "utterance.h"
#include <math.h>
#include <string.h>

struct frontend {
    const struct voice_meta *meta;
    const char *espeak_voice, *gender;
    struct phone_map *map;
    const struct language *language; /* the voice's */
    struct pronouncer *pronouncer;
    struct corrector corrector;
    struct fe_pauses pauses;
    struct clause_reader reader;
    struct spoken_text spoken;
    struct utterance utt;
    struct utterance passage, joined; /* of a sentence in several languages: one of them, and all */
    size_t next_token, next_byte;     /* what of utt hasn't been given out */
    bool given;                       /* something of the text has been */
    struct fe_part part;
    struct fe_document doc; /* of markup */
    struct fe_placement place;
    size_t n_lexicons; /* the caller's; those of markup come behind them */
    struct phone_seq seq;
    struct base_buffer ipa; /* fe_ipa() */
    struct base_buffer phoneme_text;
    const char **phoneme_ipa; /* [n_phonemes], in phoneme_text */
    size_t unknown_phones;
};

static bool is_named(const void *modes, uint32_t codepoint)
{
    return fe_modes_named(modes, codepoint);
}

/* The language that text is cut into sentences and normalised by. */
static void set_language(struct frontend *fe, const char *voice)
{
    const struct language *const language = language_find(voice);
    fe->spoken.language = fe->spoken.modes.language = language;
    fe->reader.language = fe->spoken.reader.language = language;
}

/* The same for what stands at this place of a document. */
static void enter_language(struct frontend *fe, size_t position)
{
    const char *const voice = fe_place_language(&fe->place, position);
    if (fe->place.doc && fe->place.doc->n_languages)
        set_language(fe, voice ? voice : fe->espeak_voice);
}

static int step_clause(struct frontend *fe, struct base_error *err)
{
    enter_language(fe, fe->reader.position);
    if (fe_modes_raw(&fe->spoken.modes)) {
        fe_clause_raw(&fe->reader, &fe->utt);
        return LINNET_OK;
    }
    return fe_clause_next(&fe->reader, &fe->utt) ? LINNET_OK
                                                 : base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

/* Adds what is spoken for text[start ... end), which is of one language, to fe->joined. */
static int join_passage(struct frontend *fe, size_t start, size_t end, struct base_error *err)
{
    const char *const text = fe->reader.text;
    struct utterance *const passage = &fe->passage;
    fe_utterance_clear(passage);
    passage->byte_offset = start;
    passage->byte_length = end - start;
    enter_language(fe, start);
    const int status = fe_spoken_text(&fe->spoken, text, passage, err);
    if (status != LINNET_OK || !passage->n_tokens)
        return status;
    const bool space = passage->tokens[0].byte_offset > start || (start > 0 && text[start - 1] == ' ');
    fe->joined.icons = passage->icons;
    fe->joined.raise = passage->raise;
    return fe_utterance_append(&fe->joined, passage, space)
               ? LINNET_OK
               : base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

/* Each language has its own numbers and abbreviations. */
static int spoken_in_languages(struct frontend *fe, struct base_error *err)
{
    const size_t end = fe->utt.byte_offset + fe->utt.byte_length;
    int status = LINNET_OK;
    fe_utterance_clear(&fe->joined);
    for (size_t start = fe->utt.byte_offset, next; start < end && status == LINNET_OK; start = next) {
        next = fe_place_language_end(&fe->place, start);
        next = next < end ? next : end;
        status = join_passage(fe, start, next, err);
    }
    const struct utterance before = fe->utt;
    fe->utt = fe->joined;
    fe->joined = before;
    fe->utt.byte_offset = before.byte_offset;
    fe->utt.byte_length = before.byte_length;
    fe->utt.behind = before.behind;
    fe->utt.joints = before.joints;
    return status;
}

/* The voice for a word of another script than that of `language`, whose voice `own` reads the words here, if espeak-ng
 * has it; NULL: that one. */
static const char *foreign_voice(const struct frontend *fe, const struct language *language, const char *own,
                                 const struct fe_token *token)
{
    const char *const text = fe->utt.text.data + token->text_offset;
    const char *const latin = language->latin_voice;
    if (token->kind != FE_WORD || token->given)
        return NULL;
    if (latin && base_is_ascii_letter((unsigned char)text[0]))
        return latin;
    if ((unsigned char)text[0] < 0x80)
        return NULL;
    const char *const voice = fe_script_voice(own, text, token->text_length);
    return voice && fe_espeak_check(voice, NULL) == LINNET_OK ? voice : NULL;
}

static int step_spoken(struct frontend *fe, struct base_error *err)
{
    const size_t start = fe->utt.n_tokens ? fe->utt.tokens[0].byte_offset : fe->utt.byte_offset;
    const bool mixed = fe_place_language_end(&fe->place, start) < fe->utt.byte_offset + fe->utt.byte_length;
    enter_language(fe, start);
    const int status =
        mixed ? spoken_in_languages(fe, err) : fe_spoken_text(&fe->spoken, fe->reader.text, &fe->utt, err);
    for (size_t i = 0; i < fe->utt.n_tokens; i++) {
        struct fe_token *const token = &fe->utt.tokens[i];
        const char *const own = fe_place_language(&fe->place, token->byte_offset);
        const struct language *const language = own ? language_find(own) : fe->language;
        const char *const foreign =
            !own || language->latin_voice ? foreign_voice(fe, language, own ? own : fe->espeak_voice, token) : NULL;
        token->voice = foreign ? foreign : own;
    }
    fe_place_rests(&fe->place, &fe->utt);
    return status;
}

static int step_pronounce(struct frontend *fe, struct base_error *err)
{
    const int status = fe_pronounce(fe->pronouncer, &fe->utt, err);
    fe->unknown_phones += fe->utt.unread;
    return status;
}

static int step_correct(struct frontend *fe, struct base_error *err)
{
    return fe_correct(&fe->corrector, fe->language, fe->pronouncer, fe->map, &fe->utt, err);
}

static int step_pause(struct frontend *fe, struct base_error *err)
{
    (void)err;
    fe_pause(&fe->utt, &fe->pauses);
    return LINNET_OK;
}

/* In order. */
static int (*const steps[])(struct frontend *fe, struct base_error *err) = {step_clause, step_spoken, step_pronounce,
                                                                            step_correct, step_pause};

int fe_open_meta(struct frontend **out, const struct voice_meta *meta, struct base_error *err)
{
    *out = NULL;
    struct frontend *fe = base_alloc(1, sizeof *fe);
    if (!fe)
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    fe->meta = meta;
    fe->espeak_voice = meta->espeak_voice;
    fe->gender = meta->gender;
    fe->reader.is_named = is_named;
    fe->reader.naming = &fe->spoken.modes;
    set_language(fe, meta->espeak_voice);
    fe->language = fe->spoken.language;
    int status = fe_map_open(&fe->map, meta, err);
    if (status == LINNET_OK)
        status = fe_pronounce_open(&fe->pronouncer, meta->espeak_voice, fe->map, err);
    if (status == LINNET_OK && !fe_phone_ipa_table(meta, &fe->phoneme_text, &fe->phoneme_ipa))
        status = base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    if (status != LINNET_OK)
        fe_close(&fe);
    *out = fe;
    return status;
}

int fe_open(struct frontend **out, const struct voice_file *voice, struct base_error *err)
{
    return fe_open_meta(out, voice_file_meta(voice), err);
}

void fe_prepare(const struct voice_meta *meta)
{
    const int status = fe_espeak_check(meta->espeak_voice, NULL);
    (void)status; /* fe_open() asks again */
}

void fe_close(struct frontend **fe)
{
    if (!*fe)
        return;
    fe_pronounce_close(&(*fe)->pronouncer);
    fe_corrector_free(&(*fe)->corrector);
    fe_map_close(&(*fe)->map);
    fe_clause_free(&(*fe)->reader);
    fe_lexicon_close(&(*fe)->spoken.lexicon);
    fe_spoken_free(&(*fe)->spoken);
    fe_utterance_free(&(*fe)->utt);
    fe_utterance_free(&(*fe)->passage);
    fe_utterance_free(&(*fe)->joined);
    fe_part_free(&(*fe)->part);
    base_buffer_free(&(*fe)->ipa);
    base_buffer_free(&(*fe)->phoneme_text);
    base_free((void *)(*fe)->phoneme_ipa);
    fe_document_free(&(*fe)->doc);
    fe_placement_free(&(*fe)->place);
    base_free(*fe);
    *fe = NULL;
}

static void drop_sentence(struct frontend *fe)
{
    fe_utterance_clear(&fe->utt);
    fe->next_token = 0;
    fe->next_byte = 0;
}

void fe_set_reading(struct frontend *fe, const struct reading_modes *reading)
{
    fe->spoken.modes.how = *reading;
    fe->spoken.literal = reading->markdown == LINNET_MARKDOWN_OFF || reading->unit != LINNET_UNIT_TEXT ||
                         reading->spelling != LINNET_SPELLING_OFF;
}

void fe_set_pauses(struct frontend *fe, const struct fe_pauses *pauses)
{
    fe->pauses = *pauses;
}

int fe_set_punctuation(struct frontend *fe, int level, const char *characters, struct base_error *err)
{
    struct base_buffer *const list = &fe->spoken.modes.lists[level - LINNET_PUNCTUATION_SOME];
    base_buffer_free(list);
    return !characters || base_buffer_add(list, characters, strlen(characters))
               ? LINNET_OK
               : base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

int fe_copy_punctuation(struct frontend *fe, const struct frontend *from, struct base_error *err)
{
    int status = LINNET_OK;
    for (int level = LINNET_PUNCTUATION_SOME; level <= LINNET_PUNCTUATION_ALL && status == LINNET_OK; level++)
        status = fe_set_punctuation(fe, level, from->spoken.modes.lists[level - LINNET_PUNCTUATION_SOME].data, err);
    return status;
}

static int add_lexicon(void *context, const char *path, struct base_error *err)
{
    struct frontend *const fe = context;
    const int status =
        fe->spoken.lexicon ? LINNET_OK : fe_lexicon_open(&fe->spoken.lexicon, fe->map, fe->espeak_voice, err);
    return status == LINNET_OK ? fe_lexicon_add(fe->spoken.lexicon, path, err) : status;
}

int fe_add_lexicon(struct frontend *fe, const char *path, struct base_error *err)
{
    if (fe->spoken.lexicon && fe_lexicon_count(fe->spoken.lexicon) > fe->n_lexicons)
        fe_set_text(fe, "", 0); /* ends the markup that brought more */
    const int status = add_lexicon(fe, path, err);
    fe->n_lexicons = fe->spoken.lexicon ? fe_lexicon_count(fe->spoken.lexicon) : 0;
    return status;
}

const char *fe_lexicon_warning(const struct frontend *fe)
{
    return fe->spoken.lexicon ? fe_lexicon_error(fe->spoken.lexicon) : "";
}

static void start_text(struct frontend *fe, const char *text, size_t size, const struct fe_document *doc)
{
    set_language(fe, fe->espeak_voice);
    fe_clause_start(&fe->reader, text, size);
    fe->spoken.given_by_markup = (struct given_source){doc ? fe_document_given : NULL, doc};
    fe->reader.given[GIVEN_BY_MARKUP] = fe->spoken.given_by_markup;
    fe->spoken.marked_up = false;
    fe_placement_start(&fe->place, doc);
    drop_sentence(fe);
    fe->unknown_phones = 0;
    fe->given = false;
}

void fe_set_text(struct frontend *fe, const char *text, size_t size)
{
    if (fe->spoken.lexicon) {
        fe_lexicon_keep(fe->spoken.lexicon, fe->n_lexicons);
        fe_lexicon_refresh(fe->spoken.lexicon);
    }
    start_text(fe, text, size, NULL);
    fe_document_forget_recordings(&fe->doc);
}

struct markup_files {
    struct frontend *fe;
    const struct fe_markup *markup;
};

static bool load_recording(void *context, const char *path, float **samples, size_t *n_samples)
{
    const struct markup_files *const files = context;
    return files->markup->load && files->markup->load(files->markup->context, path, samples, n_samples);
}

static size_t choose_voice(void *context, size_t current, const struct voice_wish *wish)
{
    const struct markup_files *const files = context;
    return files->markup->choose(files->markup->context, current, wish);
}

static int add_markup_lexicon(void *context, const char *path, struct base_error *err)
{
    const struct markup_files *const files = context;
    return add_lexicon(files->fe, path, err);
}

/* Of the text that has been read into fe->doc. */
static void start_document(struct frontend *fe)
{
    start_text(fe, fe->doc.text.bytes.data, fe->doc.text.bytes.length, &fe->doc);
    fe->unknown_phones = fe->doc.unknown;
    if (fe->doc.n_runs)
        fe_start_run(fe, 0);
}

int fe_set_markup(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                  struct base_error *err)
{
    const float octave = 0.69314718f; /* natural log of 2 */
    struct markup_files files = {fe, markup};
    const struct ssml_settings settings = {
        .map = fe->map,
        .espeak_voice = fe->espeak_voice,
        .gender = fe->gender,
        .pitch = {expf(markup->pitch_mean), 4.0f * markup->pitch_std * 12.0f / octave},
        .lenient = markup->lenient,
        .cancelled = markup->cancelled,
        .folder = markup->folder,
        .context = &files,
        .load = load_recording,
        .add_lexicon = add_markup_lexicon,
        .choose = markup->choose ? choose_voice : NULL,
    };
    fe_set_text(fe, "", 0);
    const int status = ssml_parse(&fe->doc, text, size, &settings, err);
    if (status != LINNET_OK)
        return status;
    start_document(fe);
    fe->spoken.marked_up = true;
    return LINNET_OK;
}

size_t fe_runs(const struct frontend *fe)
{
    return fe->place.doc ? fe_document_runs(fe->place.doc) : 1;
}

size_t fe_run_voice(const struct frontend *fe, size_t run)
{
    return fe->place.doc ? fe_document_run(fe->place.doc, run).voice : 0;
}

void fe_start_run(struct frontend *fe, size_t run)
{
    const size_t start = fe_document_run(&fe->doc, run).position, end = fe_document_run_end(&fe->doc, run).position;
    const size_t invalid = fe->reader.invalid;
    fe_clause_start(&fe->reader, fe->doc.text.bytes.data, end);
    fe->reader.position = fe->reader.line_start = start;
    fe->reader.invalid = invalid;
    fe->reader.given[GIVEN_BY_MARKUP] = fe->spoken.given_by_markup;
    fe_placement_run(&fe->place, run);
    drop_sentence(fe);
}

const float *fe_recording(const struct frontend *fe, const char *path, size_t *n_samples)
{
    const struct fe_recording *const recording = fe_document_recording(&fe->doc, path);
    *n_samples = recording ? recording->n_samples : 0;
    return recording ? recording->samples : NULL;
}

bool fe_is_html(const char *text, size_t size)
{
    return html_is(text, size);
}

int fe_set_html(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                struct base_error *err)
{
    const struct by_script who = {.choose = markup->choose, .context = markup->context, .language = ""};
    fe_set_text(fe, "", 0);
    if (!html_parse(&fe->doc, &who, text, size))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    start_document(fe);
    fe->spoken.marked_up = true;
    return LINNET_OK;
}

bool fe_has_scripts(const char *text, size_t size)
{
    return by_script_needed(text, size);
}

int fe_set_scripts(struct frontend *fe, const char *text, size_t size, const struct fe_markup *markup,
                   struct base_error *err)
{
    const struct by_script who = {.choose = markup->choose, .context = markup->context, .language = "", .plain = true};
    fe_set_text(fe, "", 0);
    if (!fe_document_start(&fe->doc) || !by_script_read(&fe->doc, &who, text, size, 0))
        return base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    start_document(fe);
    return LINNET_OK;
}

int fe_set_inline(struct frontend *fe, const char *text, size_t size, struct base_error *err)
{
    fe_set_text(fe, "", 0);
    const int status = inline_parse(&fe->doc, fe->map, text, size, err);
    if (status != LINNET_OK)
        return status;
    start_document(fe);
    return LINNET_OK;
}

struct fe_warnings fe_warnings(const struct frontend *fe)
{
    return (struct fe_warnings){fe->reader.invalid, fe->unknown_phones};
}

/* Bytes of the caller's text that the part tokens[first ... next) was made from. */
static void set_bytes(struct frontend *fe, size_t first, size_t first_byte)
{
    const struct utterance *const utt = &fe->utt;
    const size_t next = fe->part.next_token;
    const size_t start = first == 0 && first_byte == 0 ? utt->byte_offset : utt->tokens[first].byte_offset;
    size_t end = utt->byte_offset + utt->byte_length;
    if (next < utt->n_tokens) {
        const struct fe_token *const last = &utt->tokens[fe->part.next_byte ? next : next - 1];
        end = last->byte_offset + last->byte_length;
    }
    fe->seq.byte_offset = start;
    fe->seq.byte_length = end - start;
}

/* Makes the next part of the sentence in hand. The first of a text is short when it must be a part anyway: nothing is
 * heard before it is encoded. */
static int map_part(struct frontend *fe, struct base_error *err)
{
    const bool opens_text = !fe->given && fe->next_token == 0;
    const size_t limits[] = {FE_MAX_PHONES, FE_FIRST_PHONES};
    int status = LINNET_OK;
    for (size_t i = 0; i < (opens_text ? 2 : 1) && status == LINNET_OK; i++) {
        if (i > 0 && fe->part.next_token == fe->utt.n_tokens)
            break; /* the whole sentence fits */
        status = fe_map_part(fe->map, &fe->utt, fe->next_token, fe->next_byte, limits[i], &fe->part, err);
    }
    return status;
}

/* Gives out the next part of the sentence in hand. */
static int next_part(struct frontend *fe, struct base_error *err)
{
    const size_t first = fe->next_token, first_byte = fe->next_byte;
    struct fe_part *const part = &fe->part;
    const int status = map_part(fe, err);
    if (status != LINNET_OK)
        return status;
    fe->next_token = part->next_token;
    fe->next_byte = part->next_byte;
    fe->unknown_phones += part->unknown;
    fe->seq = (struct phone_seq){
        .n_phones = part->n_ids,
        .ids = part->ids,
        .n_words = part->n_words,
        .words = part->words,
        .ipa = part->ipa.data,
        .text = fe->utt.text.data,
        .readings = fe->corrector.why.length ? fe->corrector.why.data : "",
    };
    set_bytes(fe, first, first_byte);
    return part->n_spoken ? fe_place_part(&fe->place, &fe->utt, first, part, &fe->seq, err) : LINNET_OK;
}

/* What is to be heard before the sentence in hand, or behind the last one. */
static int next_interlude(struct frontend *fe, bool *due, struct base_error *err)
{
    const bool last = !fe->utt.n_tokens && fe->reader.position >= fe->reader.size;
    const size_t position = fe->utt.n_tokens ? fe->utt.tokens[0].byte_offset : 0;
    *due = false;
    if (fe->next_token > 0 || fe->next_byte > 0 || (!last && !fe->utt.n_tokens))
        return LINNET_OK;
    return fe_place_interlude(&fe->place, position, last, &fe->seq, due, err);
}

static int next_sentence(struct frontend *fe, struct base_error *err)
{
    drop_sentence(fe);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const int status = steps[i](fe, err);
        if (status != LINNET_OK) {
            drop_sentence(fe); /* the next call goes on behind it */
            return status;
        }
    }
    return LINNET_OK;
}

int fe_next(struct frontend *fe, const struct phone_seq **out, struct base_error *err)
{
    *out = NULL;
    for (;;) {
        bool due;
        int status = next_interlude(fe, &due, err);
        if (status == LINNET_OK && due) {
            *out = &fe->seq;
            return LINNET_OK;
        }
        if (status == LINNET_OK && fe->next_token < fe->utt.n_tokens) {
            status = next_part(fe, err);
            if (status == LINNET_OK && fe->part.n_spoken) {
                fe->given = true;
                *out = &fe->seq;
                return LINNET_OK;
            }
        } else if (status == LINNET_OK && fe->reader.position < fe->reader.size) {
            status = next_sentence(fe, err);
        } else if (status == LINNET_OK && fe->utt.n_tokens) {
            drop_sentence(fe); /* what stands behind it may be due now */
        } else {
            return status;
        }
        if (status != LINNET_OK)
            return status;
    }
}

int fe_ipa(struct frontend *fe, const char **out, struct base_error *err)
{
    base_buffer_cut(&fe->ipa, 0);
    const bool made = fe_phone_ipa(fe->meta, fe->seq.ipa, &fe->ipa);
    *out = fe->ipa.data;
    return made ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
}

const char *const *fe_phoneme_ipa(const struct frontend *fe)
{
    return fe->phoneme_ipa;
}
