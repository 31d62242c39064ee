/* The thread that makes the sound of messages, and the short queue of packets through which it reaches the server.
 *
 * The main thread gives it one message at a time and takes packets while the server takes bytes; the thread waits when
 * the queue is full. After sd_speaker_stop() no packet of the message comes out any more, whatever the thread still
 * does with it. */
#ifndef LINNET_SD_SPEAKER_H
#define LINNET_SD_SPEAKER_H

#include "speechd/sd_config.h"
#include "speechd/sd_log.h"
#include "speechd/sd_params.h"
#include "speechd/sd_protocol.h"
#include "speechd/sd_voices.h"

enum sd_message_type { SD_SPEAK, SD_CHAR, SD_KEY, SD_SOUND_ICON };

struct sd_message {
    enum sd_message_type type;
    struct sd_params params;
    size_t size;
    char text[]; /* [size] and a NUL */
};

struct sd_speaker;

/* `voices` and `config` are borrowed; the voices' engines belong to the thread until sd_speaker_close(). Opens the
 * default voice at once: false when no voice can be opened (the log says why), or there is no memory or thread. */
BASE_MUST_USE bool sd_speaker_open(struct sd_speaker **out, struct sd_voices *voices, const struct sd_config *config,
                                   struct sd_log *log);
/* Stops and ends the thread. NULL is fine. */
void sd_speaker_close(struct sd_speaker *speaker);

/* Speaks the message, which is malloc()ed and taken over. The one before must have ended or been stopped. */
void sd_speaker_speak(struct sd_speaker *speaker, struct sd_message *message);

/* Ends the message. */
void sd_speaker_stop(struct sd_speaker *speaker);

/* Whether a message hasn't ended: its last packet hasn't been taken yet, and it wasn't stopped. */
bool sd_speaker_busy(struct sd_speaker *speaker);

/* Takes the next packet; false when there is none now. */
bool sd_speaker_take(struct sd_speaker *speaker, struct sd_packet *packet);

/* Becomes readable when there may be a packet; sd_speaker_take() makes it unreadable again. */
int sd_speaker_fd(const struct sd_speaker *speaker);

#endif
