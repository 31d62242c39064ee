/* Float samples to 16-bit integers: the one place where this is done, so that every sink gives the same bytes. */
#ifndef LINNET_PCM_H
#define LINNET_PCM_H

#include <stddef.h>
#include <stdint.h>

/* out[n] = round(32767 in[n] + dither), clamped. The dither is triangular, one step either way, and depends only on the
 * sample's number `first + n`: the same speech gives the same file, in blocks of any size. Exact silence, a pause that
 * was asked for, stays exact. */
void pcm16(int16_t *out, const float *in, size_t n, uint64_t first);

/* The same as little-endian bytes, out[2 n]. */
void pcm16_bytes(unsigned char *out, const float *in, size_t n, uint64_t first);

/* The header of a WAV file of 16-bit mono samples, data_bytes of them; PCM_WAV_OPEN: as many as come, for a file whose
 * header can't be mended at its end. Readers take that as "until the end". */
#define PCM_WAV_HEADER 44
#define PCM_WAV_OPEN 0xFFFFFFFFu
void pcm_wav_header(unsigned char header[PCM_WAV_HEADER], int sample_rate, uint32_t data_bytes);

#endif
