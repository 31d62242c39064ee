/* English: what it is made of. */
#include "homographs_en.h"
#include "normalize_en.h"
#include "words_en.h"

#include <string.h>

static const char *const digits[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

static const struct language_words words = {
    .months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"},
    .minute = "minute",
    .minutes = "minutes",
    .second = "second",
    .seconds = "seconds",
    .plus = "plus",
    .bleep = "bleep",
};

static bool ends_with_one(const char *ipa, size_t length, const char *const *ends, size_t n_ends)
{
    for (size_t i = 0; i < n_ends; i++) {
        const size_t n = strlen(ends[i]);
        if (length >= n && memcmp(ipa + length - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

/* By the word's last sound: "Max's", "Jack's", "Ann's". */
static const char *possessive(const char *ipa, size_t length)
{
    static const char *const hissing[] = {"s", "z", "\u0283", "\u0292", "\u02A7", "\u02A4"};
    static const char *const voiceless[] = {"p", "t", "k", "f", "\u03B8"};
    if (ends_with_one(ipa, length, hissing, NORM_COUNT(hissing)))
        return "\u026Az";
    return ends_with_one(ipa, length, voiceless, NORM_COUNT(voiceless)) ? "s" : "z";
}

/* What both kinds have. */
#define ENGLISH                                                                                                        \
    .digits = digits, .letter_a = "eigh", .decimal = '.', .group = ',', .normaliser = &en_normaliser,                  \
    .abbreviations = &en_abbreviations, .sentences = &en_sentences, .names = &en_names, .words = &words,               \
    .possessive = possessive

const struct language language_en_us = {
    .tags = "en-us|en-ca|en-ph", .variant = EN_US, ENGLISH, .said = &en_us_words, .reading = en_reading, .fit = en_fit};
const struct language language_en_gb = {.tags = "en", .variant = EN_GB, ENGLISH, .said = &en_gb_words, .fit = en_fit};
