/* Float to int16 with triangular (TPDF) dither: the sum of two independent uniform numbers makes the rounding error's
 * mean and variance independent of the signal (Lipshitz, Wannamaker, Vanderkooy: Quantization and Dither, JAES 1992).
 * The random numbers are the splitmix64 finaliser of the sample's number, so no state is carried from block to
 * block. */
#include "audio/pcm.h"

#include <math.h>
#include <string.h>

/* Triangular in -1 ... 1. */
static float triangular(uint64_t n)
{
    uint64_t x = (n + 1) * 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    x ^= x >> 31;
    const float a = (float)(x >> 40), b = (float)(x & 0xFFFFFF); /* 24 bits each */
    return (a - b) * (1.0f / 16777216.0f);
}

static int16_t quantise(float sample, uint64_t n)
{
    const float scaled = sample == 0.0f ? 0.0f : 32767.0f * sample + triangular(n);
    if (!(scaled > -32768.0f)) /* also NaN */
        return INT16_MIN;
    return scaled >= 32767.0f ? INT16_MAX : (int16_t)lrintf(scaled);
}

void pcm16(int16_t *out, const float *in, size_t n, uint64_t first)
{
    for (size_t i = 0; i < n; i++)
        out[i] = quantise(in[i], first + i);
}

void pcm16_bytes(unsigned char *out, const float *in, size_t n, uint64_t first)
{
    for (size_t i = 0; i < n; i++) {
        const unsigned value = (unsigned)quantise(in[i], first + i);
        out[2 * i] = (unsigned char)(value & 0xFF);
        out[2 * i + 1] = (unsigned char)(value >> 8 & 0xFF);
    }
}

static void put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (8 * i) & 0xFF);
}

void pcm_wav_header(unsigned char header[PCM_WAV_HEADER], int sample_rate, uint32_t data_bytes)
{
    static const unsigned char pattern[PCM_WAV_HEADER] = {
        'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16,  0,   0, 0, 1, 0,
        1,   0,   0,   0,   0, 0, 0, 0, 0,   0,   2,   0,   16,  0,   'd', 'a', 't', 'a', 0, 0, 0, 0};
    const uint32_t rate = (uint32_t)sample_rate;
    memcpy(header, pattern, PCM_WAV_HEADER);
    put_u32(header + 4, data_bytes == PCM_WAV_OPEN ? PCM_WAV_OPEN : data_bytes + PCM_WAV_HEADER - 8);
    put_u32(header + 24, rate);
    put_u32(header + 28, rate * 2);
    put_u32(header + 40, data_bytes);
}
