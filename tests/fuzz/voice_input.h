/* A voice of an input: what is before its last byte, and as many blocks of small weights as that byte says. So inputs are
 * little more than headers, where mistakes are. */
#ifndef LINNET_FUZZ_VOICE_INPUT_H
#define LINNET_FUZZ_VOICE_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define VOICE_BLOCK 32768 /* bytes */
#define VOICE_BLOCKS 8    /* the byte may say 0 to 8 */
#define VOICE_WEIGHT 0x2c /* of every byte: as half a float 0.065 */

/* malloc()ed, of the exact size, so that overreads show. */
static inline uint8_t *voice_input(const uint8_t *data, size_t size, size_t *voice_size)
{
    const size_t head = size > 0 ? size - 1 : 0;
    const size_t weights = size > 0 ? data[head] % (VOICE_BLOCKS + 1u) * VOICE_BLOCK : 0;
    uint8_t *const voice = malloc(head + weights > 0 ? head + weights : 1);
    if (!voice)
        abort();
    if (head > 0)
        memcpy(voice, data, head);
    memset(voice + head, VOICE_WEIGHT, weights);
    *voice_size = head + weights;
    return voice;
}

#endif
