/* What was spoken lately, ready to be sent again: the very packets, under a key of everything they depend on. Bounded
 * in bytes; what was used least recently goes first. One thread. */
#ifndef LINNET_SD_CACHE_H
#define LINNET_SD_CACHE_H

#include "base/compiler.h"
#include "speechd/sd_protocol.h"

/* A packet of a recording. All are of one size in memory, so that what goes makes room for what comes: hours of messages of
 * all lengths would else leave holes that nothing fits. */
struct sd_recorded {
    struct sd_recorded *next;
    struct sd_packet packet;
};

/* Packets one after another. Zeroed: empty. */
struct sd_recording {
    struct sd_recorded *first, *last;
    size_t size; /* bytes */
    bool failed; /* it lost something: out of memory, or over the limit */
};

/* Appends a packet; more than `limit` bytes in all is a failure. */
void sd_recording_add(struct sd_recording *recording, const struct sd_packet *packet, size_t limit);
void sd_recording_clear(struct sd_recording *recording);

struct sd_cache_entry;

struct sd_cache {
    struct sd_cache_entry *newest, *oldest;
    size_t size, limit; /* bytes */
};

/* The recording under the key, or NULL. Borrowed until the next sd_cache_add(). */
const struct sd_recording *sd_cache_find(struct sd_cache *cache, const void *key, size_t key_size);

/* Takes the recording over (it is empty afterwards), also when there is no room for it. The key must not be in the
 * cache. */
void sd_cache_add(struct sd_cache *cache, const void *key, size_t key_size, struct sd_recording *recording);
void sd_cache_clear(struct sd_cache *cache);

#endif
