/* JSON of the server's protocols. Strings that are given out are to be free()d; NULL is out of memory. */
#ifndef LINNET_SV_JSON_H
#define LINNET_SV_JSON_H

#include "server/sv_catalogue.h"
#include <stddef.h>

/* A request to speak, as clients of OpenAI's and of piper's HTTP interfaces write it, or Wyoming's "synthesize". */
struct sv_speech {
    char *text; /* owned [size]; "" at least */
    size_t size;
    char voice[128]; /* "": the default one */
    char format[16]; /* "": not given */
    double rate;     /* factor on speed */
    bool is_sse;     /* stream_format "sse" */
    bool is_ssml;
};

struct sv_json_error {
    char text[256]; /* what is wrong, for people */
    char field[32]; /* which field; "" */
};

/* {"input", "voice", "response_format", "speed", "stream_format"}; others are passed over. */
bool sv_json_openai(struct sv_speech *out, const char *body, size_t size, struct sv_json_error *err);
/* {"text", "voice" or "speaker", "length_scale"}. */
bool sv_json_piper(struct sv_speech *out, const char *body, size_t size, struct sv_json_error *err);
void sv_speech_free(struct sv_speech *speech);

/* {"error": {"message", "type", "param", "code"}}. */
char *sv_json_failure(const char *type, const struct sv_json_error *err);
char *sv_json_models(void);                                     /* GET /v1/models */
char *sv_json_voices(const struct sv_catalogue *catalogue);     /* GET /voices: by id, as piper has it */
char *sv_json_voice_list(const struct sv_catalogue *catalogue); /* GET /v1/audio/voices: {"voices": [{"id", ...}]} */
/* A server-sent event: data: {...}; `audio` is base64, NULL at the end. */
char *sv_json_sse(const char *audio);

/* ---- Wyoming: a line of JSON, then data_length bytes of JSON, then payload_length bytes -------------------------- */

enum sv_wyoming_type {
    SV_WYOMING_DESCRIBE,
    SV_WYOMING_PING,
    SV_WYOMING_SYNTHESIZE,
    SV_WYOMING_START,
    SV_WYOMING_CHUNK,
    SV_WYOMING_STOP,
    SV_WYOMING_OTHER
};

struct sv_wyoming_header {
    enum sv_wyoming_type type;
    size_t data_length, payload_length;
};

/* The header's line. false: it isn't one. */
bool sv_json_wyoming_header(struct sv_wyoming_header *out, const char *line, size_t size);
/* What an event says: its data may stand in the line, behind it, or in both. */
bool sv_json_wyoming_speech(struct sv_speech *out, const char *line, size_t size, const char *data, size_t data_size,
                            struct sv_json_error *err);
/* Whole events, ready to be sent. */
char *sv_json_wyoming_info(const struct sv_catalogue *catalogue);
char *sv_json_wyoming_plain(const char *type); /* "pong", "audio-stop", "synthesize-stopped" */
char *sv_json_wyoming_audio(const char *type, int sample_rate, unsigned long long milliseconds, size_t payload_length);
char *sv_json_wyoming_error(const char *message);

#endif
