/* The elements of SSML as a table; each has a function for its start, its end, or both. See ssml.h.
 *
 * Prosody is resolved here: a style in the document is what all elements around the place ask for together. Elements
 * whose text is replaced (sub, say-as, phoneme) first collect it. */
#include "ssml.h"

#include "base/alloc.h"
#include "base/chars.h"
#include "base/utf8.h"
#include "by_script.h"
#include "frontend/language/language.h"
#include "frontend/phonemize.h"
#include "say_as.h"
#include "ssml_phonemes.h"
#include "ssml_strip.h"
#include "ssml_text.h"
#include "frontend/xml.h"
#include <stdlib.h>
#include <string.h>

#define MAX_LANGUAGES 16 /* in one document; further ones are read as the voice's own */
#define MAX_TAG 32
#define MAX_PATH 4096
#define N_KEPT 3             /* attributes kept until an element ends */
#define BETWEEN_GENDERS 5.0f /* semitones that a woman's voice is moved for a man's, and the other way */
#define CHILD_SEMITONES 4.0f

/* What is owed to the text before the next word. */
enum gap { GAP_NONE, GAP_SPACE, GAP_SENTENCE };

struct ssml;

struct element {
    const char *name;
    enum gap gap; /* before and behind it */
    bool skipped; /* its text isn't read */
    bool (*start)(struct ssml *ssml, const char *const *attributes);
    bool (*end)(struct ssml *ssml); /* it collects its text; this reads it */
    const char *kept[N_KEPT];       /* attributes that `end` needs */
};

/* An open element. */
struct level {
    const struct element *element;
    struct phone_style style;
    size_t contour; /* + 1; 0: none */
    bool owns_contour;
    const char *voice; /* espeak-ng's; "": the voice's own */
    float speaker;     /* semitones more that stand for another speaker */
    size_t number;     /* of the voice (ssml_settings.choose) */
};

struct ssml {
    struct fe_document *doc;
    const struct ssml_settings *settings;
    struct level levels[FE_XML_DEPTH + 1];   /* [0] stands for the document */
    size_t depth, skip_depth, collect_depth; /* the latter two: 0, or of the element that is skipped, or collects */
    enum gap owed;
    const struct fe_xml_place *place;

    struct base_buffer collected;
    size_t collected_start, collected_end; /* in the caller's text */
    bool exact;                            /* the collected bytes are the caller's */
    struct base_buffer kept[N_KEPT];
    bool has_kept[N_KEPT];

    struct {
        char tag[MAX_TAG], voice[FE_ESPEAK_NAME];
    } languages[MAX_LANGUAGES];
    size_t n_languages;

    struct say_as say_as;
    struct base_buffer ipa, mapped, scratch;
    int status; /* why we stopped */
    struct fe_xml_place error_place;
    struct base_error *err;
};

static bool fail_memory(struct ssml *ssml)
{
    ssml->status = base_fail(ssml->err, LINNET_ERR_MEMORY, "markup: out of memory");
    return false;
}

static bool stop(struct ssml *ssml, int status)
{
    ssml->status = status;
    ssml->error_place = *ssml->place;
    return false;
}

static struct level *top(struct ssml *ssml)
{
    return &ssml->levels[ssml->depth];
}

/* An attribute that says nothing: an error, unless we are lenient. */
static bool reject(struct ssml *ssml, const char *attribute, const char *value)
{
    if (ssml->settings->lenient)
        return true;
    return stop(ssml, base_fail(ssml->err, LINNET_ERR_SYNTAX, "<%s>: %s=\"%.60s\": not understood",
                                top(ssml)->element->name, attribute, value));
}

static bool demand(struct ssml *ssml, const char *attribute)
{
    if (ssml->settings->lenient)
        return true;
    return stop(ssml, base_fail(ssml->err, LINNET_ERR_SYNTAX, "<%s>: needs %s", top(ssml)->element->name, attribute));
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static void owe(struct ssml *ssml, enum gap gap)
{
    if (gap > ssml->owed)
        ssml->owed = gap;
}

/* Pays what is owed before text that starts with `next`. */
static bool pay(struct ssml *ssml, char next)
{
    const struct base_buffer *const text = &ssml->doc->text.bytes;
    const enum gap owed = ssml->owed;
    ssml->owed = GAP_NONE;
    if (!text->length || owed == GAP_NONE)
        return true;
    if (owed == GAP_SENTENCE)
        return fe_document_part(ssml->doc, "\n\n", 2);
    const char last = text->data[text->length - 1];
    const bool apart = base_is_blank(last) || base_is_blank(next) || strchr("([{", last) || strchr(")]},.;:!?", next);
    return apart || fe_document_part(ssml->doc, " ", 1);
}

static bool read_text(struct ssml *ssml, const char *text, size_t size)
{
    struct fe_document *const doc = ssml->doc;
    const size_t offset = ssml->place->byte_offset, length = ssml->place->byte_length;
    size_t spaces = 0;
    while (spaces < size && base_is_blank(text[spaces]))
        spaces++;
    if (spaces == size)
        return !doc->text.bytes.length || ssml->owed == GAP_SENTENCE || fe_document_part(doc, " ", 1);
    if (size != length) /* an entity */
        return pay(ssml, *text) && ((unsigned char)*text == 0xF4 ? fe_document_part(doc, " ", 1)
                                                                 : fe_document_say(doc, text, size, offset, length));
    if (spaces && doc->text.bytes.length && ssml->owed != GAP_SENTENCE && !ssml_read(doc, text, spaces, offset))
        return false;
    const struct by_script who = {.choose = ssml->settings->choose,
                                  .context = ssml->settings->context,
                                  .number = top(ssml)->number,
                                  .language = top(ssml)->voice};
    return pay(ssml, text[spaces]) && by_script_read(doc, &who, text + spaces, size - spaces, offset + spaces);
}

static bool collect(struct ssml *ssml, const char *text, size_t size)
{
    const struct fe_xml_place *const place = ssml->place;
    struct base_buffer *const collected = &ssml->collected;
    const size_t start = collected->length;
    if (!start) {
        ssml->collected_start = place->byte_offset;
        ssml->exact = true;
    } else if (ssml->collected_end != place->byte_offset) {
        ssml->exact = false;
    }
    ssml->exact = ssml->exact && size == place->byte_length;
    ssml->collected_end = place->byte_offset + place->byte_length;
    if (!base_buffer_add(collected, text, size))
        return false;
    ssml_clean(collected->data + start, size);
    return true;
}

static bool goes_on(struct ssml *ssml)
{
    const atomic_bool *const cancelled = ssml->settings->cancelled;
    return !cancelled || !atomic_load_explicit(cancelled, memory_order_relaxed) ||
           stop(ssml, base_fail(ssml->err, LINNET_CANCELLED, "cancelled"));
}

static bool on_text(void *context, const struct fe_xml_place *place, const char *text, size_t size)
{
    struct ssml *const ssml = context;
    ssml->place = place;
    if (!goes_on(ssml))
        return false;
    if (ssml->skip_depth)
        return true;
    if (!(ssml->collect_depth ? collect(ssml, text, size) : read_text(ssml, text, size)))
        return fail_memory(ssml);
    if (ssml->doc->text.bytes.length <= FE_DOCUMENT_MAX_TEXT)
        return true;
    return stop(ssml, base_fail(ssml->err, LINNET_ERR_SYNTAX, "the text grows beyond %zu bytes", FE_DOCUMENT_MAX_TEXT));
}

/* ---- elements that collect their text ---------------------------------------------------------------------------- */

static const char *kept(const struct ssml *ssml, size_t i)
{
    return ssml->has_kept[i] ? ssml->kept[i].data : NULL;
}

static size_t collected_length(const struct ssml *ssml)
{
    return ssml->collected_end - ssml->collected_start;
}

/* Reads `size` bytes in place of what was collected. */
static bool say_instead(struct ssml *ssml, const char *words, size_t size)
{
    if (!size)
        return true;
    if (!pay(ssml, *words))
        return fail_memory(ssml);
    const size_t start = ssml->doc->text.bytes.length;
    if (!fe_document_say(ssml->doc, words, size, ssml->collected_start, collected_length(ssml)))
        return fail_memory(ssml);
    ssml_clean(ssml->doc->text.bytes.data + start, size);
    return true;
}

/* Reads what was collected. */
static bool say_collected(struct ssml *ssml)
{
    const struct base_buffer *const text = &ssml->collected;
    if (!ssml->exact || !text->length)
        return say_instead(ssml, text->data, text->length);
    return (pay(ssml, text->data[0]) && fe_document_read(ssml->doc, text->data, text->length, ssml->collected_start)) ||
           fail_memory(ssml);
}

static bool end_sub(struct ssml *ssml)
{
    const char *const alias = kept(ssml, 0);
    return alias ? say_instead(ssml, alias, strlen(alias)) : say_collected(ssml);
}

/* Takes over the pieces of what say-as made of the collected text, and the bytes between them. */
static bool say_edited(struct ssml *ssml, const struct base_text *text)
{
    size_t done = 0;
    if (!text->n_pieces)
        return true;
    if (!pay(ssml, text->bytes.data[0]))
        return false;
    for (size_t i = 0; i < text->n_pieces; i++) {
        const struct base_piece *const piece = &text->pieces[i];
        const size_t offset = ssml->exact ? ssml->collected_start + piece->in_offset : ssml->collected_start;
        const size_t length = ssml->exact ? piece->in_length : collected_length(ssml);
        if (!fe_document_part(ssml->doc, text->bytes.data + done, piece->out_offset - done) ||
            !fe_document_say(ssml->doc, text->bytes.data + piece->out_offset, piece->out_length, offset, length))
            return false;
        done = piece->out_offset + piece->out_length;
    }
    return true;
}

static const char *language(struct ssml *ssml)
{
    const char *const voice = top(ssml)->voice;
    return *voice ? voice : ssml->settings->espeak_voice;
}

static bool end_say_as(struct ssml *ssml)
{
    struct base_buffer *const text = &ssml->collected;
    const char *const as = kept(ssml, 0);
    size_t start = 0;
    while (start < text->length && text->data[start] == ' ')
        start++;
    while (text->length > start && text->data[text->length - 1] == ' ')
        base_buffer_cut(text, text->length - 1);
    ssml->collected_start += ssml->exact ? start : 0;
    const int status = fe_say_as(&ssml->say_as, language(ssml), as ? as : "", kept(ssml, 1), kept(ssml, 2),
                                 text->data + start, text->length - start, ssml->err);
    if (status != LINNET_OK)
        return stop(ssml, status);
    if (ssml->say_as.edit.changed)
        return say_edited(ssml, &ssml->say_as.edit.text) || fail_memory(ssml);
    memmove(text->data, text->data + start, text->length - start + 1);
    base_buffer_cut(text, text->length - start);
    return say_collected(ssml);
}

/* ssml->mapped gets the voice's phonemes; *known is false when it lacks some. */
static int map_phonemes(struct ssml *ssml, bool *known)
{
    const char *const phonemes = kept(ssml, 0);
    enum ssml_alphabet alphabet;
    uint32_t unknown = 0;
    *known = phonemes && *phonemes && ssml_alphabet(kept(ssml, 1), &alphabet);
    if (!*known)
        return LINNET_OK;
    if (!ssml_to_ipa(alphabet, phonemes, &ssml->ipa, known))
        return base_fail(ssml->err, LINNET_ERR_MEMORY, "markup: out of memory");
    if (!*known)
        return LINNET_OK;
    const int status = fe_map_given(ssml->settings->map, ssml->ipa.data, ssml->ipa.length, &ssml->mapped,
                                    &ssml->scratch, &unknown, ssml->err);
    *known = !unknown && ssml->mapped.length;
    return status;
}

static bool end_phoneme(struct ssml *ssml)
{
    bool known;
    const int status = map_phonemes(ssml, &known);
    const struct base_buffer *const word = ssml->collected.length ? &ssml->collected : &ssml->mapped;
    if (status != LINNET_OK)
        return stop(ssml, status);
    ssml->doc->unknown += !known;
    if (!known || ssml->doc->n_givens == GIVEN_MAX)
        return say_collected(ssml);
    return (pay(ssml, 'x') && fe_document_give(ssml->doc, word->data, word->length, ssml->mapped.data,
                                               ssml->collected_start, collected_length(ssml))) ||
           fail_memory(ssml);
}

/* ---- elements that act at their start ---------------------------------------------------------------------------- */

static bool start_break(struct ssml *ssml, const char *const *attributes)
{
    const char *const time = fe_xml_attribute(attributes, "time"), *const strength =
                                                                       fe_xml_attribute(attributes, "strength");
    float ms = 0;
    (void)ssml_strength("medium", &ms);
    if (strength && !ssml_strength(strength, &ms) && !reject(ssml, "strength", strength))
        return false;
    if (time && !ssml_time(time, &ms) && !reject(ssml, "time", time))
        return false;
    return ms == 0 || fe_document_add_break(ssml->doc, ms) || fail_memory(ssml);
}

static bool start_mark(struct ssml *ssml, const char *const *attributes)
{
    const char *const name = fe_xml_attribute(attributes, "name");
    if (!name)
        return demand(ssml, "name");
    return fe_document_add_mark(ssml->doc, name) || fail_memory(ssml);
}

static bool start_contour(struct ssml *ssml, const char *value)
{
    struct fe_contour_target targets[SSML_MAX_TARGETS];
    struct level *const level = top(ssml);
    const size_t n = ssml_contour(value, &ssml->settings->pitch, level->style.semitones + level->speaker, targets);
    if (!n)
        return reject(ssml, "contour", value);
    level->contour = fe_document_add_contour(ssml->doc, targets, n);
    level->owns_contour = level->contour > 0;
    return level->owns_contour || fail_memory(ssml);
}

static bool start_prosody(struct ssml *ssml, const char *const *attributes)
{
    const struct ssml_pitch *const pitch = &ssml->settings->pitch;
    struct level *const level = top(ssml);
    const char *value;
    if ((value = fe_xml_attribute(attributes, "rate")) && !ssml_rate(value, &level->style.rate) &&
        !reject(ssml, "rate", value))
        return false;
    if ((value = fe_xml_attribute(attributes, "pitch")) && !ssml_pitch_value(value, pitch, &level->style.semitones) &&
        !reject(ssml, "pitch", value))
        return false;
    if ((value = fe_xml_attribute(attributes, "range")) && !ssml_range(value, pitch, &level->style.range) &&
        !reject(ssml, "range", value))
        return false;
    if ((value = fe_xml_attribute(attributes, "volume")) && !ssml_volume(value, &level->style.volume) &&
        !reject(ssml, "volume", value))
        return false;
    value = fe_xml_attribute(attributes, "contour");
    return !value || start_contour(ssml, value);
}

/* espeak-ng's voice for a language; "": the voice's own, or none. */
static const char *find_voice(struct ssml *ssml, const char *tag)
{
    if (language_same(tag, ssml->settings->espeak_voice) || strlen(tag) >= MAX_TAG)
        return "";
    for (size_t i = 0; i < ssml->n_languages; i++)
        if (strcmp(ssml->languages[i].tag, tag) == 0)
            return ssml->languages[i].voice;
    if (ssml->n_languages == MAX_LANGUAGES)
        return "";
    const size_t i = ssml->n_languages++;
    memcpy(ssml->languages[i].tag, tag, strlen(tag) + 1);
    if (!fe_espeak_find(tag, ssml->languages[i].voice))
        ssml->languages[i].voice[0] = '\0';
    return ssml->languages[i].voice;
}

/* Goes over to the voice that fits. */
static void choose(struct ssml *ssml, struct level *level, const struct voice_wish *wish)
{
    const struct ssml_settings *const settings = ssml->settings;
    const size_t number = settings->choose ? settings->choose(settings->context, level->number, wish) : level->number;
    if (number != level->number)
        level->voice = "";
    level->number = number;
}

static void enter_language(struct ssml *ssml, struct level *level, const char *tag)
{
    choose(ssml, level, &(struct voice_wish){.spoken = tag});
    level->voice = find_voice(ssml, tag);
}

/* What makes the voice pass for another speaker, in semitones. */
static float speaker_semitones(const struct ssml *ssml, const char *const *attributes)
{
    static const float variants[] = {0, -2, 2}; /* for the first, second and third speaker of a kind */
    const char *const gender = fe_xml_attribute(attributes, "gender"), *const age = fe_xml_attribute(attributes, "age"),
                      *const variant = fe_xml_attribute(attributes, "variant");
    float semitones = 0;
    if (gender && strcmp(gender, "male") == 0 && strcmp(ssml->settings->gender, "female") == 0)
        semitones -= BETWEEN_GENDERS;
    if (gender && strcmp(gender, "female") == 0 && strcmp(ssml->settings->gender, "male") == 0)
        semitones += BETWEEN_GENDERS;
    if (age && atoi(age) > 0 && atoi(age) < 13)
        semitones += CHILD_SEMITONES;
    return semitones + (variant && atoi(variant) > 0 ? variants[(atoi(variant) - 1) % 3] : 0);
}

/* Where there is no voice of the kind, what can be told of a speaker by pitch, is. */
static bool start_voice(struct ssml *ssml, const char *const *attributes)
{
    struct level *const level = top(ssml);
    const char *const languages = fe_xml_attribute(attributes, "languages");
    char tag[MAX_TAG];
    const size_t length = languages ? strcspn(languages, " :") : 0;
    choose(ssml, level,
           &(struct voice_wish){.names = fe_xml_attribute(attributes, "name"),
                                .languages = languages,
                                .gender = fe_xml_attribute(attributes, "gender")});
    level->speaker = speaker_semitones(ssml, attributes);
    if (length && length < sizeof tag) {
        memcpy(tag, languages, length);
        tag[length] = '\0';
        level->voice = find_voice(ssml, tag);
    }
    return true;
}

static bool start_emphasis(struct ssml *ssml, const char *const *attributes)
{
    const char *const given = fe_xml_attribute(attributes, "level"), *const value = given ? given : "moderate";
    return ssml_emphasis(value, &top(ssml)->style) || reject(ssml, "level", value);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* Takes "//", "/./" and "/name/../" out of a path, as RFC 3986 does with an address: it shall be known again. */
static void remove_dots(char *path)
{
    char *const base = path + (*path == '/'), *out = base;
    for (const char *part = base; *part;) {
        const size_t n = strcspn(part, "/");
        const bool up = n == 2 && memcmp(part, "..", 2) == 0, stay = n == 0 || (n == 1 && *part == '.');
        char *last = out; /* the part before */
        while (last > base && last[-1] != '/')
            last--;
        if (up && out > base && !(out - last == 2 && memcmp(last, "..", 2) == 0)) {
            out = last > base ? last - 1 : base;
        } else if (!stay && !(up && base > path)) {
            if (out > base)
                *out++ = '/';
            memmove(out, part, n);
            out += n;
        }
        part += n + (part[n] == '/');
    }
    *out = '\0';
}

/* A URI of a local file -> its path in path[MAX_PATH]; false: it isn't one. */
static bool local_path(const struct ssml *ssml, const char *uri, char *path)
{
    const bool has_scheme = strncmp(uri, "file://", 7) == 0;
    const char *const folder = ssml->settings->folder;
    size_t n = 0;
    if (!*uri || (!has_scheme && strstr(uri, "://")))
        return false;
    if (folder && !has_scheme && *uri != '/') {
        n = strlen(folder);
        if (n + 2 > MAX_PATH)
            return false;
        memcpy(path, folder, n);
        path[n++] = '/';
    }
    for (uri += has_scheme ? 7 : 0; *uri && n + 1 < MAX_PATH; uri++) {
        const int high = *uri == '%' ? hex_digit(uri[1]) : -1, low = high >= 0 ? hex_digit(uri[2]) : -1;
        path[n++] = low >= 0 ? (char)(16 * high + low) : *uri;
        uri += low >= 0 ? 2 : 0;
    }
    path[n] = '\0';
    if (n == 0 || *uri || strlen(path) != n)
        return false;
    remove_dots(path);
    return *path;
}

/* The recording at a path, in *out; NULL: it can't be played. */
static bool find_recording(struct ssml *ssml, const char *path, const struct fe_recording **out)
{
    struct fe_document *const doc = ssml->doc;
    float *samples = NULL;
    size_t n_samples = 0;
    *out = fe_document_recording(doc, path);
    if (!*out && doc->n_recordings < FE_DOCUMENT_MAX_RECORDINGS && doc->n_samples < FE_DOCUMENT_MAX_SAMPLES) {
        if (!ssml->settings->load(ssml->settings->context, path, &samples, &n_samples))
            samples = NULL;
        if (!fe_document_keep_recording(doc, path, samples, n_samples))
            return fail_memory(ssml);
        *out = fe_document_recording(doc, path);
    }
    if (*out && !(*out)->samples)
        *out = NULL;
    return true;
}

/* Its text is read when it can't be played. */
static bool start_audio(struct ssml *ssml, const char *const *attributes)
{
    const char *const source = fe_xml_attribute(attributes, "src");
    char path[MAX_PATH];
    const struct fe_recording *recording;
    if (!source)
        return demand(ssml, "src");
    if (!ssml->settings->load || !local_path(ssml, source, path))
        return true;
    if (!find_recording(ssml, path, &recording))
        return false;
    if (!recording)
        return true;
    ssml->skip_depth = ssml->depth;
    owe(ssml, GAP_SENTENCE);
    return fe_document_add_audio(ssml->doc, recording) || fail_memory(ssml);
}

static bool start_lexicon(struct ssml *ssml, const char *const *attributes)
{
    const char *const uri = fe_xml_attribute(attributes, "uri");
    char path[MAX_PATH];
    if (!uri)
        return demand(ssml, "uri");
    if (!ssml->settings->add_lexicon)
        return true;
    if (!local_path(ssml, uri, path))
        return reject(ssml, "uri", uri);
    const int status = ssml->settings->add_lexicon(ssml->settings->context, path, ssml->err);
    return status == LINNET_OK || (ssml->settings->lenient && status != LINNET_ERR_MEMORY) || stop(ssml, status);
}

/* ---- elements ---------------------------------------------------------------------------------------------------- */

static const struct element elements[] = {
    {.name = "speak", .gap = GAP_SENTENCE},
    {.name = "p", .gap = GAP_SENTENCE},
    {.name = "s", .gap = GAP_SENTENCE},
    {.name = "voice", .start = start_voice},
    {.name = "lang"},
    {.name = "w"},
    {.name = "token"},
    {.name = "lookup"},
    {.name = "prosody", .start = start_prosody},
    {.name = "emphasis", .start = start_emphasis},
    {.name = "break", .gap = GAP_SPACE, .start = start_break},
    {.name = "mark", .start = start_mark},
    {.name = "sub", .end = end_sub, .kept = {"alias"}},
    {.name = "say-as", .end = end_say_as, .kept = {"interpret-as", "format", "detail"}},
    {.name = "phoneme", .end = end_phoneme, .kept = {"ph", "alphabet"}},
    {.name = "audio", .gap = GAP_SPACE, .start = start_audio},
    {.name = "lexicon", .skipped = true, .start = start_lexicon},
    {.name = "meta", .skipped = true},
    {.name = "metadata", .skipped = true},
    {.name = "desc", .skipped = true},
};

/* Of any other markup: the text is read. */
static const struct element unknown_element = {.name = "?", .gap = GAP_SPACE};

static const struct element *find_element(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return &unknown_element;
}

static bool start_collecting(struct ssml *ssml, const char *const *attributes)
{
    const struct element *const element = top(ssml)->element;
    ssml->collect_depth = ssml->depth;
    ssml->collected_start = ssml->place->byte_offset;
    ssml->collected_end = ssml->collected_start + ssml->place->byte_length;
    ssml->exact = false;
    base_buffer_cut(&ssml->collected, 0);
    for (size_t i = 0; i < N_KEPT; i++) {
        const char *const value = element->kept[i] ? fe_xml_attribute(attributes, element->kept[i]) : NULL;
        ssml->has_kept[i] = value != NULL;
        base_buffer_cut(&ssml->kept[i], 0);
        if (!base_buffer_add(&ssml->kept[i], value ? value : "", value ? strlen(value) : 0))
            return fail_memory(ssml);
    }
    if (!base_buffer_add(&ssml->collected, "", 0) || !base_buffer_add(&ssml->mapped, "", 0))
        return fail_memory(ssml);
    return ssml->has_kept[0] || demand(ssml, element->kept[0]);
}

/* Tells the document what has changed between two levels. */
static bool change_level(struct ssml *ssml, const struct level *from, const struct level *to)
{
    const bool restyle = memcmp(&from->style, &to->style, sizeof from->style) != 0 || from->contour != to->contour ||
                         from->speaker != to->speaker;
    struct phone_style style = to->style;
    style.semitones += to->speaker;
    if (restyle && !fe_document_set_style(ssml->doc, &style, to->contour))
        return fail_memory(ssml);
    if (from->number != to->number && !fe_document_set_voice(ssml->doc, to->number))
        return fail_memory(ssml);
    return from->voice == to->voice || strcmp(from->voice, to->voice) == 0 ||
           fe_document_set_language(ssml->doc, to->voice) || fail_memory(ssml);
}

static bool on_start(void *context, const struct fe_xml_place *place, const char *name, const char *const *attributes)
{
    struct ssml *const ssml = context;
    ssml->place = place;
    if (!goes_on(ssml))
        return false;
    const struct level *const before = top(ssml);
    struct level *const level = &ssml->levels[++ssml->depth];
    *level = *before;
    level->owns_contour = false;
    level->element = find_element(name);
    if (ssml->skip_depth)
        return true;
    const struct element *const element = level->element;
    owe(ssml, element->gap);
    if (element->skipped)
        ssml->skip_depth = ssml->depth;
    const char *const tag = fe_xml_attribute(attributes, "xml:lang");
    if (tag)
        enter_language(ssml, level, tag);
    if (element->start && !element->start(ssml, attributes))
        return false;
    if (element->end && !ssml->collect_depth && !start_collecting(ssml, attributes))
        return false;
    return change_level(ssml, before, level);
}

static bool on_end(void *context, const struct fe_xml_place *place, const char *name)
{
    struct ssml *const ssml = context;
    const struct level *const level = top(ssml);
    (void)name;
    ssml->place = place;
    if (ssml->skip_depth == ssml->depth)
        ssml->skip_depth = 0;
    if (ssml->collect_depth == ssml->depth) {
        ssml->collect_depth = 0;
        if (!level->element->end(ssml))
            return false;
    }
    if (level->owns_contour)
        fe_document_end_contour(ssml->doc, level->contour);
    ssml->depth--;
    if (ssml->skip_depth)
        return true;
    owe(ssml, level->element->gap);
    return change_level(ssml, level, top(ssml));
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static int parse(struct ssml *ssml, const char *text, size_t size, struct base_error *err)
{
    static const struct fe_xml_handler handler = {on_start, on_end, on_text};
    struct fe_xml_place place;
    struct base_error why = {""};
    ssml->err = &why;
    if (!fe_document_start(ssml->doc))
        return base_fail(err, LINNET_ERR_MEMORY, "markup: out of memory");
    const int parsed = fe_xml_parse(text, size, &handler, ssml, &place, &why);
    const int status = parsed != LINNET_OK ? parsed : ssml->status;
    if (parsed == LINNET_OK)
        place = ssml->error_place;
    if (status == LINNET_OK || (status == LINNET_ERR_SYNTAX && ssml->settings->lenient))
        return status; /* lenient: nobody needs to know why */
    if (status == LINNET_ERR_MEMORY || status == LINNET_CANCELLED)
        return base_fail(err, status, "%s", why.text);
    return base_fail(err, status, "markup: line %zu, column %zu: %s", place.line, place.column, why.text);
}

static void release(struct ssml *ssml)
{
    base_buffer_free(&ssml->collected);
    for (size_t i = 0; i < N_KEPT; i++)
        base_buffer_free(&ssml->kept[i]);
    fe_say_as_free(&ssml->say_as);
    base_buffer_free(&ssml->ipa);
    base_buffer_free(&ssml->mapped);
    base_buffer_free(&ssml->scratch);
    base_free(ssml);
}

int ssml_parse(struct fe_document *doc, const char *text, size_t size, const struct ssml_settings *settings,
               struct base_error *err)
{
    if (size > LINNET_SSML_MAX_BYTES)
        return base_fail(err, LINNET_ERR_SYNTAX, "markup: %zu bytes: at most %zu are allowed", size,
                         LINNET_SSML_MAX_BYTES);
    struct ssml *const ssml = base_alloc(1, sizeof *ssml);
    if (!ssml)
        return base_fail(err, LINNET_ERR_MEMORY, "markup: out of memory");
    ssml->doc = doc;
    ssml->settings = settings;
    ssml->levels[0] = (struct level){&unknown_element, {1, 0, 1, 1}, 0, false, "", 0, 0};
    int status = parse(ssml, text, size, err);
    if (status == LINNET_ERR_SYNTAX && settings->lenient)
        status = ssml_strip(doc, text, size) ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "markup: out of memory");
    release(ssml);
    return status;
}
