/* A voice's keys for front-end tests: the phoneme table and rewrites of an English voice, without a file. */
#ifndef LINNET_TEST_FRONTEND_VOICE_H
#define LINNET_TEST_FRONTEND_VOICE_H

#include "voice/voice_file.h"

static const char *const test_phonemes[] = {
    "_", ";", ":", ",", ".", "!", "?", "—", "…", "\"", "(", ")", "“", "”", " ", "A", "I", "O", "Q", "S",
    "T", "W", "Y", "ᵊ", "a", "b", "c", "d", "e", "f",  "h", "i", "j", "k", "l", "m", "n", "o", "p", "q",
    "r", "s", "t", "u", "v", "w", "x", "y", "z", "ɑ",  "ɐ", "ɒ", "æ", "β", "ɔ", "ð", "ʤ", "ə", "ɚ", "ɛ",
    "ɜ", "ɡ", "ɪ", "ŋ", "θ", "ɹ", "ɾ", "ʃ", "ʧ", "ʊ",  "ʌ", "ʒ", "ʔ", "ˈ", "ˌ", "ː", "ʲ", "ᵻ",
};

/* from, to, from, to ... */
static const char *const test_rewrites[] = {
    "ɚɹ",  "əɹ", "ʔˌn̩", "tᵊn", "ʔn̩",  "tᵊn", "ʔn",  "tᵊn", "ʔ",   "t",  "a^ɪ",    "I",  "a^ʊ",    "W",
    "d^ʒ", "ʤ",  "e^ɪ", "A",   "t^ʃ", "ʧ",   "ɔ^ɪ", "Y",   "o^ʊ", "O",  "ə^l",    "ᵊl", "ʲo",     "jo",
    "ʲə",  "jə", "ʲ",   "",    "ɜːɹ", "ɜɹ",  "ɜː",  "ɜɹ",  "ɪə",  "iə", "ɚ",      "əɹ", "e",      "A",
    "r",   "ɹ",  "x",   "k",   "ç",   "k",   "ɐ",   "ə",   "ɬ",   "l",  "\u0303", "",   "ː",      "",
    "ɾ",   "T",  "o",   "ɔ",   "n̩",   "ᵊn",  "l̩",   "ᵊl",  "m̩",   "ᵊm", "ɹ̩",      "ᵊɹ", "\u0329", "",
};

#define TEST_COUNT(array) (sizeof(array) / sizeof *(array))

static inline struct voice_meta test_meta(const char *espeak_voice)
{
    return (struct voice_meta){
        .espeak_voice = espeak_voice,
        .gender = "female",
        .n_phonemes = TEST_COUNT(test_phonemes),
        .phonemes = test_phonemes,
        .n_rewrites = TEST_COUNT(test_rewrites) / 2,
        .rewrites = test_rewrites,
    };
}

#endif
