/* A list, newest first. Some hundreds of entries are looked through in microseconds: the hash is compared before the
 * key. */
#include "speechd/sd_cache.h"

#include <stdlib.h>
#include <string.h>

struct sd_cache_entry {
    struct sd_cache_entry *newer, *older;
    uint64_t hash;
    struct sd_recording recording;
    size_t key_size;
    char key[]; /* [key_size] */
};

/* ---- recordings ----------------------------------------------------------------------------------------------- */

void sd_recording_add(struct sd_recording *r, const struct sd_packet *packet, size_t limit)
{
    struct sd_recorded *const more = r->failed || r->size + sizeof *more > limit ? NULL : malloc(sizeof *more);
    if (!more) {
        r->failed = true;
        return;
    }
    *more = (struct sd_recorded){.packet = *packet};
    *(r->last ? &r->last->next : &r->first) = more;
    r->last = more;
    r->size += sizeof *more;
}

void sd_recording_clear(struct sd_recording *r)
{
    for (struct sd_recorded *packet = r->first, *next; packet; packet = next) {
        next = packet->next;
        free(packet);
    }
    *r = (struct sd_recording){.first = NULL};
}

/* ---- the cache ------------------------------------------------------------------------------------------------ */

/* FNV-1a */
static uint64_t hash_of(const void *key, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const unsigned char *byte = key; size > 0; byte++, size--)
        hash = (hash ^ *byte) * UINT64_C(1099511628211);
    return hash;
}

static size_t entry_size(const struct sd_cache_entry *entry)
{
    return sizeof *entry + entry->key_size + entry->recording.size;
}

static void unlink_entry(struct sd_cache *cache, struct sd_cache_entry *entry)
{
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct sd_cache *cache, struct sd_cache_entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

static void drop_oldest(struct sd_cache *cache)
{
    struct sd_cache_entry *const entry = cache->oldest;
    cache->size -= entry_size(entry);
    unlink_entry(cache, entry);
    sd_recording_clear(&entry->recording);
    free(entry);
}

const struct sd_recording *sd_cache_find(struct sd_cache *cache, const void *key, size_t key_size)
{
    const uint64_t hash = hash_of(key, key_size);
    for (struct sd_cache_entry *entry = cache->newest; entry; entry = entry->older) {
        if (entry->hash != hash || entry->key_size != key_size || memcmp(entry->key, key, key_size) != 0)
            continue;
        unlink_entry(cache, entry);
        link_newest(cache, entry);
        return &entry->recording;
    }
    return NULL;
}

static struct sd_cache_entry *new_entry(const void *key, size_t key_size, struct sd_recording *recording)
{
    struct sd_cache_entry *const entry = malloc(sizeof *entry + key_size);
    if (!entry)
        return NULL;
    *entry = (struct sd_cache_entry){.hash = hash_of(key, key_size), .recording = *recording, .key_size = key_size};
    memcpy(entry->key, key, key_size);
    *recording = (struct sd_recording){.first = NULL};
    return entry;
}

void sd_cache_add(struct sd_cache *cache, const void *key, size_t key_size, struct sd_recording *recording)
{
    struct sd_cache_entry *const entry = recording->failed ? NULL : new_entry(key, key_size, recording);
    sd_recording_clear(recording);
    if (!entry)
        return;
    link_newest(cache, entry);
    cache->size += entry_size(entry);
    while (cache->size > cache->limit)
        drop_oldest(cache);
}

void sd_cache_clear(struct sd_cache *cache)
{
    while (cache->oldest)
        drop_oldest(cache);
}
