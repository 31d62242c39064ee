/* JSON, by jansson: the only file that includes it. */
#include "server/sv_json.h"

#include "linnet.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ATTRIBUTION "Linnet"

static bool fail(struct sv_json_error *err, const char *field, const char *text)
{
    snprintf(err->field, sizeof err->field, "%s", field);
    snprintf(err->text, sizeof err->text, "%s", text);
    return false;
}

static json_t *parse(const char *text, size_t size, struct sv_json_error *err)
{
    json_error_t why;
    json_t *const value = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    if (json_is_object(value))
        return value;
    if (value)
        fail(err, "", "the body is not a JSON object");
    else if (size == 0)
        fail(err, "", "the body is empty");
    else {
        char message[sizeof err->text];
        snprintf(message, sizeof message, "the body is not JSON: line %d, column %d: %.100s", why.line, why.column,
                 why.text);
        fail(err, "", message);
    }
    json_decref(value);
    return NULL;
}

/* A short string field; absent or null leaves `out` empty. */
static bool get_word(const json_t *object, const char *field, char *out, size_t size, struct sv_json_error *err)
{
    const json_t *const value = json_object_get(object, field);
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return fail(err, field, "must be a string");
    if (json_string_length(value) >= size)
        return fail(err, field, "is too long");
    snprintf(out, size, "%s", json_string_value(value));
    return true;
}

static bool get_text(const json_t *object, const char *field, struct sv_speech *out, struct sv_json_error *err)
{
    const json_t *const value = json_object_get(object, field);
    if (!json_is_string(value))
        return fail(err, field, value ? "must be a string" : "is missing");
    out->size = json_string_length(value);
    out->text = malloc(out->size + 1);
    if (!out->text)
        return fail(err, field, "out of memory");
    memcpy(out->text, json_string_value(value), out->size);
    out->text[out->size] = 0;
    return true;
}

/* A number field within a range; absent or null: `otherwise`. */
static bool get_number(const json_t *object, const char *field, double low, double high, double otherwise, double *out,
                       struct sv_json_error *err)
{
    char message[100];
    const json_t *const value = json_object_get(object, field);
    *out = otherwise;
    if (!value || json_is_null(value))
        return true;
    *out = json_number_value(value);
    if (json_is_number(value) && *out >= low && *out <= high)
        return true;
    snprintf(message, sizeof message, "must be a number from %g to %g", low, high);
    return fail(err, field, message);
}

static bool is_markup(const struct sv_speech *speech)
{
    return !strncmp(speech->text, "<speak", 6);
}

static bool read_openai(const json_t *object, struct sv_speech *out, struct sv_json_error *err)
{
    char stream[16] = "audio";
    const json_t *voice = json_object_get(object, "voice");
    const bool is_object = json_is_object(voice); /* {"id": ...}, as later versions of the interface have it */
    if (!get_text(object, "input", out, err) ||
        !get_word(object, "response_format", out->format, sizeof out->format, err) ||
        !get_word(object, "stream_format", stream, sizeof stream, err) ||
        !get_word(is_object ? voice : object, is_object ? "id" : "voice", out->voice, sizeof out->voice, err) ||
        !get_number(object, "speed", 0.25, 4, 1, &out->rate, err))
        return false;
    out->is_sse = !strcmp(stream, "sse");
    out->is_ssml = is_markup(out);
    return out->is_sse || !strcmp(stream, "audio") || fail(err, "stream_format", "must be audio or sse");
}

static bool read_piper(const json_t *object, struct sv_speech *out, struct sv_json_error *err)
{
    double scale;
    if (!get_text(object, "text", out, err) || !get_number(object, "length_scale", 0.17, 4, 1, &scale, err) ||
        !get_word(object, "voice", out->voice, sizeof out->voice, err))
        return false;
    out->rate = 1 / scale;
    out->is_ssml = is_markup(out);
    return out->voice[0] || get_word(object, "speaker", out->voice, sizeof out->voice, err);
}

static bool read_body(struct sv_speech *out, const char *body, size_t size, struct sv_json_error *err,
                      bool (*read)(const json_t *, struct sv_speech *, struct sv_json_error *))
{
    *out = (struct sv_speech){.rate = 1};
    *err = (struct sv_json_error){.text = ""};
    json_t *const object = parse(body, size, err);
    const bool good = object && read(object, out, err);
    json_decref(object);
    if (!good)
        sv_speech_free(out);
    return good;
}

bool sv_json_openai(struct sv_speech *out, const char *body, size_t size, struct sv_json_error *err)
{
    return read_body(out, body, size, err, read_openai);
}

bool sv_json_piper(struct sv_speech *out, const char *body, size_t size, struct sv_json_error *err)
{
    return read_body(out, body, size, err, read_piper);
}

void sv_speech_free(struct sv_speech *speech)
{
    free(speech->text);
    speech->text = NULL;
}

/* ---- replies ----------------------------------------------------------------------------------------------------- */

/* Takes over `value`. */
static char *print(json_t *value)
{
    char *const text = value ? json_dumps(value, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
    json_decref(value);
    return text;
}

char *sv_json_failure(const char *type, const struct sv_json_error *err)
{
    char message[sizeof err->text + sizeof err->field + 4];
    snprintf(message, sizeof message, "%s%s%s", err->field, err->field[0] ? ": " : "", err->text);
    return print(json_pack("{s:{s:s, s:s, s:s?, s:n}}", "error", "message", message, "type", type, "param",
                           err->field[0] ? err->field : NULL, "code"));
}

char *sv_json_models(void)
{
    static const char *const ids[] = {"linnet", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"};
    json_t *const list = json_array();
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:s}", "id", ids[i], "object", "model", "created", 0,
                                              "owned_by", "linnet"));
    return print(json_pack("{s:s, s:o}", "object", "list", "data", list));
}

static json_t *voice_entry(const struct sv_voice *voice)
{
    return json_pack("{s:s, s:s, s:{s:s}, s:{s:i}, s:s, s:s, s:s}", "key", voice->id, "name", voice->name, "language",
                     "code", voice->language, "audio", "sample_rate", voice->sample_rate, "gender", voice->gender,
                     "license", voice->license, "description", voice->description);
}

char *sv_json_voices(const struct sv_catalogue *catalogue)
{
    json_t *const all = json_object();
    for (size_t i = 0; i < catalogue->n_voices; i++)
        json_object_set_new(all, catalogue->voices[i].id, voice_entry(&catalogue->voices[i]));
    return print(all);
}

char *sv_json_voice_list(const struct sv_catalogue *catalogue)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < catalogue->n_voices; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "id", catalogue->voices[i].id, "name",
                                              catalogue->voices[i].name, "language", catalogue->voices[i].language));
    return print(json_pack("{s:o}", "voices", list));
}

char *sv_json_sse(const char *audio)
{
    json_t *const value = audio ? json_pack("{s:s, s:s}", "type", "speech.audio.delta", "audio", audio)
                                : json_pack("{s:s, s:{s:i, s:i, s:i}}", "type", "speech.audio.done", "usage",
                                            "input_tokens", 0, "output_tokens", 0, "total_tokens", 0);
    char *const text = print(value);
    char *const line = text ? malloc(strlen(text) + 16) : NULL;
    if (line)
        sprintf(line, "data: %s\n\n", text);
    free(text);
    return line;
}

/* ---- Wyoming ----------------------------------------------------------------------------------------------------- */

static enum sv_wyoming_type type_of(const char *name)
{
    static const char *const names[] = {"describe",         "ping",           "synthesize", "synthesize-start",
                                        "synthesize-chunk", "synthesize-stop"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name))
            return (enum sv_wyoming_type)i;
    return SV_WYOMING_OTHER;
}

/* A length of a header; absent or null: 0. */
static bool get_length(const json_t *object, const char *field, size_t *out)
{
    const json_t *const value = json_object_get(object, field);
    *out = 0;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *out = (size_t)json_integer_value(value);
    return true;
}

bool sv_json_wyoming_header(struct sv_wyoming_header *out, const char *line, size_t size)
{
    struct sv_json_error err;
    json_t *const object = parse(line, size, &err);
    const char *const type = json_string_value(json_object_get(object, "type"));
    const bool good = type && get_length(object, "data_length", &out->data_length) &&
                      get_length(object, "payload_length", &out->payload_length);
    if (good)
        out->type = type_of(type);
    json_decref(object);
    return good;
}

static bool read_wyoming(const json_t *data, struct sv_speech *out, struct sv_json_error *err)
{
    char format[8] = "";
    const json_t *const voice = json_object_get(data, "voice");
    const char *const field = json_object_get(voice, "name") ? "name" : "language";
    if (json_object_get(data, "text") && !get_text(data, "text", out, err))
        return false;
    if (!out->text && !(out->text = calloc(1, 1)))
        return fail(err, "text", "out of memory");
    out->is_ssml = get_word(data, "text_format", format, sizeof format, err) && !strcmp(format, "ssml");
    return get_word(voice, field, out->voice, sizeof out->voice, err);
}

bool sv_json_wyoming_speech(struct sv_speech *out, const char *line, size_t size, const char *data, size_t data_size,
                            struct sv_json_error *err)
{
    *out = (struct sv_speech){.rate = 1};
    *err = (struct sv_json_error){.text = ""};
    json_t *const header = parse(line, size, err);
    json_t *const more = header && data_size > 0 ? parse(data, data_size, err) : NULL;
    json_t *const all = header ? json_object() : NULL;
    bool good = all && (data_size == 0 || more);
    if (good && json_is_object(json_object_get(header, "data")))
        json_object_update(all, json_object_get(header, "data"));
    if (good && more)
        json_object_update(all, more);
    good = good && read_wyoming(all, out, err);
    json_decref(all);
    json_decref(more);
    json_decref(header);
    if (!good)
        sv_speech_free(out);
    return good;
}

/* A header's line with its data in it; takes over `data`. */
static char *event(const char *type, json_t *data, size_t payload_length)
{
    json_t *const value = json_pack("{s:s, s:o}", "type", type, "data", data ? data : json_object());
    if (payload_length > 0)
        json_object_set_new(value, "payload_length", json_integer((json_int_t)payload_length));
    char *const text = print(value);
    char *const line = text ? realloc(text, strlen(text) + 2) : NULL;
    if (line)
        strcat(line, "\n");
    return line;
}

static json_t *attribution(void)
{
    return json_pack("{s:s, s:s}", "name", ATTRIBUTION, "url", "");
}

static json_t *wyoming_voice(const struct sv_voice *voice)
{
    return json_pack("{s:s, s:o, s:b, s:s, s:s, s:[s]}", "name", voice->id, "attribution", attribution(), "installed",
                     1, "description", voice->name, "version", linnet_version(), "languages", voice->language);
}

char *sv_json_wyoming_info(const struct sv_catalogue *catalogue)
{
    static const char *const others[] = {"asr", "handle", "intent", "wake", "mic", "snd"};
    json_t *const voices = json_array();
    for (size_t i = 0; i < catalogue->n_voices; i++)
        json_array_append_new(voices, wyoming_voice(&catalogue->voices[i]));
    json_t *const program = json_pack("{s:s, s:o, s:b, s:s, s:s, s:o, s:b}", "name", "linnet", "attribution",
                                      attribution(), "installed", 1, "description", "Neural text-to-speech", "version",
                                      linnet_version(), "voices", voices, "supports_synthesize_streaming", 1);
    json_t *const info = json_pack("{s:[o]}", "tts", program);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        json_object_set_new(info, others[i], json_array());
    return event("info", info, 0);
}

char *sv_json_wyoming_plain(const char *type)
{
    return event(type, NULL, 0);
}

char *sv_json_wyoming_audio(const char *type, int sample_rate, unsigned long long milliseconds, size_t payload_length)
{
    json_t *const data = json_pack("{s:i, s:i, s:i, s:I}", "rate", sample_rate, "width", 2, "channels", 1, "timestamp",
                                   (json_int_t)milliseconds);
    return event(type, data, payload_length);
}

char *sv_json_wyoming_error(const char *message)
{
    return event("error", json_pack("{s:s, s:s}", "text", message, "code", "linnet"), 0);
}
