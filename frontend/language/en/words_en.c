/* Endings of English words, and what espeak-ng makes of them. See words_en.h. */
#include "words_en.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* voices/train/words_en.py has the same. */
static const struct word_ending endings[] = {
    {"'s", ""},  {"s", ""},   {"es", ""},   {"ies", "y"},  {"ed", ""},   {"ed", "e"},  {"ied", "y"},
    {"ing", ""}, {"ing", "e"}, {"er", ""},   {"er", "e"},   {"ers", ""},  {"ers", "e"}, {"ly", ""},
    {"ness", ""}, {"less", ""}, {"ment", ""}, {"ful", ""},   {"ist", ""},  {"ism", ""},  {"ship", ""},
};

static bool ends_with(const char *text, size_t size, const char *end)
{
    const size_t n = strlen(end);
    return size >= n && memcmp(text + size - n, end, n) == 0;
}

static bool ends_with_one(const char *text, size_t size, const char *const *ends, size_t n_ends)
{
    for (size_t i = 0; i < n_ends; i++)
        if (ends_with(text, size, ends[i]))
            return true;
    return false;
}

/* "-ed" is t behind a voiceless sound, and "-s" is s; behind a hissing one "-s" has a vowel: laughed, graphs, judge's. */
static const char *mend(const char *word, size_t size, const char *ipa, size_t length, size_t *drop)
{
    static const char *const stops[] = {"p", "t", "k", "f", "\u03B8"};
    static const char *const hissing[] = {"s", "\u0283", "\u02A7"};                      /* voiceless */
    static const char *const buzzing[] = {"z", "\u0292", "\u02A4"};
    *drop = 1;
    if (length < 2)
        return NULL;
    const size_t before = length - 1;
    const bool voiceless = ends_with_one(ipa, before, stops, COUNT(stops));
    const bool hisses = ends_with_one(ipa, before, hissing, COUNT(hissing));
    if (ipa[before] == 'd' && ends_with(word, size, "ed") && (voiceless || hisses))
        return "t";
    if (ipa[before] != 'z' || !ends_with(word, size, "s"))
        return NULL;
    if (voiceless)
        return "s";
    return hisses || ends_with_one(ipa, before, buzzing, COUNT(buzzing)) ? "\u1D7Bz" : NULL;
}

const struct language_words_said en_us_words = {en_words, &en_words_size, endings, COUNT(endings), mend};
/* The rows are American; the endings are everybody's. */
const struct language_words_said en_gb_words = {.mend = mend};
