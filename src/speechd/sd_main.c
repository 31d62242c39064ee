/* sd_linnet: the speech-dispatcher module. This file reads commands and answers them; sd_speaker.c makes the sound in
 * a thread of its own.
 *
 * The main thread is one loop around poll(). It alone reads standard input and writes standard output, and never waits
 * for either, and the kernel runs it before the threads that compute, so STOP is answered at once whatever the rest is
 * doing: packets of the message that haven't left are dropped, the wave is led to zero, and 703 goes out. A message
 * ends with exactly one of 702, 703 and 704, and nothing of it comes after that. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "base/buffer.h"
#include "sandbox/sandbox.h"
#include "speechd/sd_config.h"
#include "speechd/sd_log.h"
#include "speechd/sd_params.h"
#include "speechd/sd_protocol.h"
#include "speechd/sd_speaker.h"
#include "speechd/sd_urgent.h"
#include "speechd/sd_voices.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_TEXT (16u << 20)   /* bytes of a message; what is longer is cut */
#define MAX_WAITING (1u << 20) /* bytes of replies that the server doesn't take: until it does, it isn't listened to */
#define PIPE_BYTES 16384 /* of sound on its way to the server, a third of a second: what has left can't be paused */
#define FADE_S 0.005     /* of a stop */
#define MAX_FADE 512     /* samples */
#define PI 3.14159265358979323846
#define SERVER_MARK                                                                                                    \
    "__spd_" /* begins the names of the marks that the server puts between sentences; a number follows */

struct module;

/* What the lines that come in now belong to. */
enum state { COMMAND, SETTINGS, TEXT };

struct block {
    const char *receiving, *received; /* the replies before and after */
    enum sd_set (*set)(struct module *m, const char *name, const char *value);
};

struct module {
    struct sd_log log;
    struct sd_config config;
    struct sd_voices voices;
    struct sd_speaker *speaker; /* NULL before INIT */
    struct sd_params params;
    struct sd_reader in;
    struct sd_writer out;
    int16_t last_sample; /* where the wave of the message stands */
    int sample_rate;     /* of its audio; 0: none was sent */
    bool begun;          /* 701 has been sent of the message */
    long sentence;       /* number of the server's mark that was sent last of it; -1: none yet */
    bool quit;

    enum state state;
    const struct block *block; /* SETTINGS */
    const char *block_error;   /* reply instead of block->received; NULL: all is well so far */
    enum sd_message_type type; /* TEXT */
    struct base_buffer text;
    size_t n_lines;
    bool text_lost; /* something was cut off */
};

/* ---- stop and pause ------------------------------------------------------------------------------------------- */

/* From where the wave stands to zero, so that nothing clicks. */
static void fade_out(struct module *m)
{
    int16_t samples[MAX_FADE];
    const size_t wanted = (size_t)(FADE_S * m->sample_rate), n = wanted < MAX_FADE ? wanted : MAX_FADE;
    if (n == 0 || m->last_sample == 0)
        return;
    for (size_t i = 0; i < n; i++)
        samples[i] = (int16_t)lrint(m->last_sample * (0.5 + 0.5 * cos(PI * (double)(i + 1) / (double)n)));
    struct sd_packet packet;
    for (size_t done = 0; done < n;) {
        done += sd_packet_audio(&packet, samples + done, n - done, m->sample_rate);
        sd_write(&m->out, packet.bytes, packet.size);
    }
}

/* Ends the message that is spoken; false: none is. */
static bool end_message(struct module *m)
{
    if (!m->speaker || !sd_speaker_busy(m->speaker))
        return false;
    sd_speaker_stop(m->speaker);
    fade_out(m);
    return true;
}

static void command_stop(struct module *m)
{
    if (end_message(m))
        sd_reply(&m->out, "703 STOP");
}

/* The server (0.11.4, 0.12) pauses when it plays a mark of its own, resumes there, and waits for ever if none comes. So
 * what is left of a message gets the last one again: here, and before the end, which can cross the server's PAUSE.
 * Before the first mark it is one that lies ahead of the text. */
static void repeat_mark(struct module *m)
{
    sd_reply(&m->out, "700-" SERVER_MARK "%ld", m->sentence);
    sd_reply(&m->out, "700 INDEX MARK");
}

static void command_pause(struct module *m)
{
    if (!m->config.pause_event) {
        command_stop(m);
    } else if (end_message(m)) {
        if (!m->begun)
            sd_reply(&m->out, "701 BEGIN");
        repeat_mark(m);
        sd_reply(&m->out, "704 PAUSE");
    }
}

/* ---- commands of one line ------------------------------------------------------------------------------------- */

static void command_init(struct module *m)
{
    const char *why = NULL;
    if (!m->speaker && sd_voices_open(&m->voices, &m->config, &m->log, &why) &&
        !sd_speaker_open(&m->speaker, &m->voices, &m->config, &m->log))
        why = "no voice can be used; the log says why";
    if (m->speaker) {
        sd_be_urgent(); /* now that the thread which shall not be has been started */
        sd_reply(&m->out, "299-Linnet %s: %s", linnet_version(), m->voices.usual->name);
        sd_reply(&m->out, "299 OK LOADED SUCCESSFULLY");
        return;
    }
    sd_log(&m->log, SD_LOG_ERROR, "not ready: %s", why);
    sd_voices_close(&m->voices);
    sd_reply(&m->out, "399-%s", why);
    sd_reply(&m->out, "399 ERR CANT INIT MODULE");
}

/* "LIST VOICES", and of later servers "LIST VOICES language [variant]". */
static void command_list_voices(struct module *m, const char *wanted)
{
    char language[SD_MAX_NAME] = "";
    size_t sent = 0;
    sscanf(wanted, "%255s", language);
    for (size_t i = 0; i < m->voices.count; i++) {
        const struct sd_voice *const voice = &m->voices.items[i];
        if (!sd_voice_fits(voice, language))
            continue;
        sd_reply(&m->out, "200-%s\t%s\t%s", voice->name, voice->language, *voice->gender ? voice->gender : "none");
        sent++;
    }
    sd_reply(&m->out, sent ? "200 OK VOICE LIST SENT" : "304 CANT LIST VOICES");
}

static void command_debug(struct module *m, const char *how)
{
    char on[8] = "", path[SD_MAX_PATH] = "";
    sscanf(how, "%7s %1023s", on, path);
    if (strcmp(on, "ON") == 0 && *path)
        sd_reply(&m->out, sd_log_debug(&m->log, path) ? "200 OK DEBUGGING ON" : "303 CANT OPEN CUSTOM DEBUG FILE");
    else if (strcmp(on, "OFF") == 0 && sd_log_debug(&m->log, NULL))
        sd_reply(&m->out, "200 OK DEBUGGING OFF");
    else
        sd_reply(&m->out, "302 ERROR BAD SYNTAX");
}

static void command_quit(struct module *m)
{
    if (m->speaker)
        sd_speaker_stop(m->speaker);
    sd_reply(&m->out, "210 OK QUIT");
    m->quit = true;
}

/* ---- SET, AUDIO, LOGLEVEL: lines name=value up to a dot ------------------------------------------------------- */

static enum sd_set set_param(struct module *m, const char *name, const char *value)
{
    return sd_params_set(&m->params, name, value);
}

/* Sound goes through the server; 3xx makes it try another way, which there isn't. */
static enum sd_set set_audio(struct module *m, const char *name, const char *value)
{
    (void)m;
    return strcmp(name, "audio_output_method") == 0 && strcmp(value, "server") == 0 ? SD_SET_FINE : SD_SET_WRONG;
}

static enum sd_set set_log_level(struct module *m, const char *name, const char *value)
{
    char *end;
    const long level = strtol(value, &end, 10);
    if (strcmp(name, "log_level") != 0 || end == value || *end || level < 0 || level > SD_LOG_ALL)
        return SD_SET_WRONG;
    sd_log_set_level(&m->log, (int)level);
    return SD_SET_FINE;
}

static void begin_settings(struct module *m, const struct block *block)
{
    m->state = SETTINGS;
    m->block = block;
    m->block_error = NULL;
    sd_reply(&m->out, "%s", block->receiving);
}

static void take_setting(struct module *m, char *line)
{
    if (strcmp(line, ".") == 0) {
        m->state = COMMAND;
        sd_reply(&m->out, "%s", m->block_error ? m->block_error : m->block->received);
        return;
    }
    char *const equals = strchr(line, '=');
    if (!equals || equals == line || equals[1] == '\0') {
        sd_log(&m->log, SD_LOG_WARNING, "not a setting: %.100s", line);
        m->block_error = "302 ERROR BAD SYNTAX";
        return;
    }
    *equals = '\0';
    switch (m->block->set(m, line, equals + 1)) {
    case SD_SET_FINE: break;
    case SD_SET_UNKNOWN: /* of a later server: no reason to stay silent */
        sd_log(&m->log, SD_LOG_NOTICE, "unknown setting: %.100s", line);
        break;
    case SD_SET_WRONG:
        sd_log(&m->log, SD_LOG_WARNING, "%.100s can't be set to %.100s", line, equals + 1);
        m->block_error = "303 ERROR INVALID PARAMETER OR VALUE";
    }
}

static const struct block block_set = {"203 OK RECEIVING SETTINGS", "203 OK SETTINGS RECEIVED", set_param};
static const struct block block_audio = {"207 OK RECEIVING AUDIO SETTINGS", "203 OK AUDIO INITIALIZED", set_audio};
static const struct block block_loglevel = {"207 OK RECEIVING LOGLEVEL SETTINGS", "203 OK LOGLEVEL SET", set_log_level};

/* ---- SPEAK, CHAR, KEY, SOUND_ICON: text up to a dot ----------------------------------------------------------- */

static void begin_text(struct module *m, enum sd_message_type type)
{
    m->state = TEXT;
    m->type = type;
    base_buffer_cut(&m->text, 0);
    m->n_lines = 0;
    m->text_lost = false;
    sd_reply(&m->out, "202 OK RECEIVING MESSAGE");
}

static void add_line(struct module *m, const char *line, size_t size)
{
    if (m->text.length + size > MAX_TEXT || !base_buffer_add(&m->text, "\n", m->n_lines > 0) ||
        !base_buffer_add(&m->text, line, size)) {
        m->text_lost = true;
        return;
    }
    m->n_lines++;
}

/* The server sends the character by its name: a line of white space could get lost. */
static void restore_space(struct sd_message *message)
{
    if (strcmp(message->text, "space") == 0)
        message->size = strlen(strcpy(message->text, " "));
}

static bool speak(struct module *m)
{
    if (!m->speaker || sd_speaker_busy(m->speaker))
        return false;
    struct sd_message *const message = malloc(sizeof *message + m->text.length + 1);
    if (!message)
        return false;
    *message = (struct sd_message){.type = m->type, .params = m->params, .size = m->text.length};
    memcpy(message->text, m->text.length ? m->text.data : "", m->text.length);
    message->text[m->text.length] = '\0';
    if (m->type == SD_CHAR)
        restore_space(message);
    m->last_sample = 0;
    m->sample_rate = 0;
    m->begun = false;
    m->sentence = -1;
    sd_reply(&m->out, "200 OK SPEAKING");
    sd_speaker_speak(m->speaker, message);
    return true;
}

/* What one message needed doesn't stay for the next. */
static void end_text(struct module *m)
{
    m->state = COMMAND;
    if (m->text_lost)
        sd_log(&m->log, SD_LOG_WARNING, "the message is longer than %u bytes; its end isn't spoken", MAX_TEXT);
    if (m->type != SD_SPEAK && m->n_lines > 1)
        sd_reply(&m->out, "305 DATA MORE THAN ONE LINE");
    else if (m->text.length == 0 || !speak(m))
        sd_reply(&m->out, "301 ERROR CANT SPEAK");
    base_buffer_free(&m->text);
}

static void take_text(struct module *m, const char *line, size_t size)
{
    if (size == 1 && *line == '.')
        end_text(m);
    else
        add_line(m, *line == '.' ? line + 1 : line, *line == '.' ? size - 1 : size);
}

/* ---- commands ------------------------------------------------------------------------------------------------- */

static void command_set(struct module *m)
{
    begin_settings(m, &block_set);
}
static void command_audio(struct module *m)
{
    begin_settings(m, &block_audio);
}
static void command_loglevel(struct module *m)
{
    begin_settings(m, &block_loglevel);
}
static void command_speak(struct module *m)
{
    begin_text(m, SD_SPEAK);
}
static void command_char(struct module *m)
{
    begin_text(m, SD_CHAR);
}
static void command_key(struct module *m)
{
    begin_text(m, SD_KEY);
}
static void command_sound_icon(struct module *m)
{
    begin_text(m, SD_SOUND_ICON);
}

static const struct {
    const char *name;
    void (*run)(struct module *m);
} commands[] = {
    {"SPEAK", command_speak},       {"CHAR", command_char},
    {"KEY", command_key},           {"SOUND_ICON", command_sound_icon},
    {"STOP", command_stop},         {"PAUSE", command_pause},
    {"SET", command_set},           {"AUDIO", command_audio},
    {"LOGLEVEL", command_loglevel}, {"INIT", command_init},
    {"QUIT", command_quit},
};

/* The rest of the line when it begins with the words, else NULL. */
static const char *after(const char *line, const char *words)
{
    const size_t length = strlen(words);
    const bool begins = strncmp(line, words, length) == 0 && (line[length] == '\0' || line[length] == ' ');
    return begins ? line + length : NULL;
}

static void run_command(struct module *m, const char *line)
{
    const char *rest;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(line, commands[i].name) == 0) {
            commands[i].run(m);
            return;
        }
    if ((rest = after(line, "LIST VOICES")))
        command_list_voices(m, rest);
    else if ((rest = after(line, "DEBUG")))
        command_debug(m, rest);
    else
        sd_reply(&m->out, "300 ERR UNKNOWN COMMAND");
}

static void take_line(struct module *m, char *line, size_t size, bool cut)
{
    if (cut) {
        sd_log(&m->log, SD_LOG_WARNING, "a line is longer than %u bytes; its end is dropped", SD_MAX_LINE);
        m->text_lost = true;
    }
    switch (m->state) {
    case COMMAND: run_command(m, line); break;
    case SETTINGS: take_setting(m, line); break;
    case TEXT: take_text(m, line, size); break;
    }
}

/* ---- the loop ------------------------------------------------------------------------------------------------- */

/* On its way; what has to be known of the message at a pause is noted. */
static void send_event(struct module *m, const struct sd_packet *packet)
{
    if (strncmp(packet->bytes, "701", 3) == 0)
        m->begun = true;
    else if (strncmp(packet->bytes, "702", 3) == 0)
        repeat_mark(m);
    else
        sscanf(packet->bytes, "700-" SERVER_MARK "%ld", &m->sentence);
    sd_write(&m->out, packet->bytes, packet->size);
}

static void send_sound(struct module *m, const struct sd_packet *packet)
{
    m->last_sample = packet->last_sample;
    m->sample_rate = packet->sample_rate;
    sd_write(&m->out, packet->bytes, packet->size);
}

/* Moves the next packet on its way; false when there is none. */
static bool forward_packet(struct module *m)
{
    struct sd_packet packet;
    if (!m->speaker || !sd_speaker_take(m->speaker, &packet))
        return false;
    (packet.n_samples > 0 ? send_sound : send_event)(m, &packet);
    return true;
}

/* Sends until the server takes no more or there is nothing more to send. A packet leaves the queue only when all
 * before it has left: what waits can still be stopped. */
static void send_all(struct module *m)
{
    do
        sd_writer_flush(&m->out);
    while (!m->out.failed && sd_writer_waiting(&m->out) == 0 && forward_packet(m));
}

/* false: the server has closed its end. */
static bool receive(struct module *m)
{
    const enum sd_read got = sd_reader_fill(&m->in);
    size_t size;
    bool cut;
    for (char *line; !m->quit && (line = sd_reader_line(&m->in, &size, &cut));)
        take_line(m, line, size, cut);
    return got == SD_READ_SOME;
}

/* Until QUIT, or until the server is gone. */
static void run(struct module *m)
{
    enum { IN, OUT, SPEAKER };
    while (!m->out.failed && !m->quit) {
        const size_t waiting = sd_writer_waiting(&m->out);
        struct pollfd ends[] = {
            [IN] = {.fd = m->in.fd, .events = waiting < MAX_WAITING ? POLLIN : 0},
            [OUT] = {.fd = m->out.fd, .events = waiting > 0 ? POLLOUT : 0},
            [SPEAKER] = {.fd = m->speaker && waiting == 0 ? sd_speaker_fd(m->speaker) : -1, .events = POLLIN},
        };
        if (poll(ends, 3, -1) < 0 && errno != EINTR)
            break;
        if (ends[OUT].revents & POLLERR)
            break;
        if (ends[IN].revents && !receive(m))
            break;
        send_all(m);
    }
}

/* Replies of QUIT still have to leave; a server that doesn't take them within a moment doesn't want them. */
static void say_goodbye(struct module *m)
{
    sd_writer_flush(&m->out);
    if (!m->out.failed && sd_writer_waiting(&m->out) > 0 &&
        poll(&(struct pollfd){.fd = m->out.fd, .events = POLLOUT}, 1, 200) == 1)
        sd_writer_flush(&m->out);
}

/* What speech-dispatcher may want written: a log, where it has been told to (the open one needs nothing), or in its own
 * places. */
static void give_up_the_rest(struct sd_log *log)
{
    char runtime[PATH_MAX] = "";
    const char *const folder = getenv("XDG_RUNTIME_DIR");
    if (folder)
        snprintf(runtime, sizeof runtime, "%s/speech-dispatcher", folder);
    const char *const writable[] = {"/tmp", getenv("TMPDIR"), "/var/log/speech-dispatcher", runtime};
    if (!sandbox_enter(writable, sizeof writable / sizeof *writable))
        sd_log(log, SD_LOG_NOTICE, "the sandbox isn't whole: %s", strerror(errno));
}

static bool start(struct module *m, const char *config_path)
{
    signal(SIGPIPE, SIG_IGN);
    const int flags = fcntl(STDOUT_FILENO, F_GETFL);
    if (!sd_log_open(&m->log) || flags < 0 || fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK) < 0)
        return false;
    (void)fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES); /* it may be no pipe */
    m->in.fd = STDIN_FILENO;
    m->out.fd = STDOUT_FILENO;
    sd_params_init(&m->params);
    sd_config_init(&m->config);
    if (config_path)
        sd_config_read(&m->config, config_path, &m->log);
    if (*m->config.log)
        sd_log_to_file(&m->log, m->config.log);
    give_up_the_rest(&m->log);
    return true;
}

int main(int argc, char **argv)
{
    struct module m = {.quit = false};
    if (!start(&m, argc > 1 ? argv[1] : NULL)) {
        fprintf(stderr, "sd_linnet: can't start: %s\n", strerror(errno));
        return 1;
    }
    run(&m);
    say_goodbye(&m);
    sd_speaker_close(m.speaker);
    sd_voices_close(&m.voices);
    sd_reader_clear(&m.in);
    sd_writer_clear(&m.out);
    base_buffer_free(&m.text);
    sd_log_close(&m.log);
    return 0;
}
