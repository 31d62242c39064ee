/* Endings of English words, and what espeak-ng makes of them. See words_en.h. */
#include "words_en.h"

#include "base/chars.h"
#include "base/utf8.h"
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* voices/train/words_en.py has the same. */
static const struct word_ending endings[] = {
    {"'s", ""},   {"s", ""},    {"es", ""},   {"ies", "y"}, {"ed", ""},  {"ed", "e"},  {"ied", "y"},
    {"ing", ""},  {"ing", "e"}, {"er", ""},   {"er", "e"},  {"ers", ""}, {"ers", "e"}, {"ly", ""},
    {"ness", ""}, {"less", ""}, {"ment", ""}, {"ful", ""},  {"ist", ""}, {"ism", ""},  {"ship", ""},
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

/* "-ed" is t behind a voiceless sound, and "-s" is s; behind a hissing one "-s" has a vowel: laughed, graphs,
 * judge's. */
static const char *mend(const char *word, size_t size, const char *ipa, size_t length, size_t *drop)
{
    static const char *const stops[] = {"p", "t", "k", "f", "\u03B8"};
    static const char *const hissing[] = {"s", "\u0283", "\u02A7"}; /* voiceless */
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

/* ---- little words ---- */

static bool is_word(const struct sentence *sentence, size_t i, const char *lower)
{
    const size_t n = strlen(lower);
    if (i >= sentence->n_tokens)
        return false;
    const struct sentence_token token = sentence_at(sentence, i);
    bool same = token.word && token.length == n;
    for (size_t k = 0; k < n && same; k++)
        same = base_ascii_lower(token.text[k]) == lower[k];
    return same;
}

static bool is_one_of(const struct sentence *sentence, size_t i, const char *const *words, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (is_word(sentence, i, words[k]))
            return true;
    return false;
}

/* The word that follows, behind opening brackets and quotes; n_tokens: none. */
static size_t next_word(const struct sentence *sentence, size_t i)
{
    for (i++; i < sentence->n_tokens; i++) {
        const struct sentence_token token = sentence_at(sentence, i);
        if (token.word)
            return i;
        if (!token.opens && *token.text != '"')
            break;
    }
    return sentence->n_tokens;
}

static bool starts_with_vowel(const struct sentence_token *word)
{
    static const char vowels[] =
        "aeiouAIOWYQ\u00E6\u0250\u0251\u0252\u0254\u0259\u025A\u025B\u025C\u026A\u028A\u028C\u1D7B";
    const char *const ipa = word->ipa;
    for (size_t i = 0; i < word->ipa_length;) {
        const struct base_codepoint c = base_utf8_next(ipa + i, word->ipa_length - i);
        char one[5] = "";
        memcpy(one, ipa + i, c.length);
        if (c.value != 0x2C8 && c.value != 0x2CC)
            return strstr(vowels, one) != NULL;
        i += c.length;
    }
    return false;
}

/* Weak "the" goes by the sound behind it, whatever mark stands between. */
static const char *fit_the(const struct sentence *sentence, size_t token)
{
    const struct sentence_token the = sentence_at(sentence, token);
    const size_t next = next_word(sentence, token);
    const bool schwa = ends_with(the.ipa, the.ipa_length, "\u0259");
    if (next == sentence->n_tokens || the.ipa_length > 4 || !(schwa || ends_with(the.ipa, the.ipa_length, "\u026A")))
        return NULL;
    const struct sentence_token behind = sentence_at(sentence, next);
    if (!behind.ipa_length)
        return NULL;
    const bool vowel = starts_with_vowel(&behind);
    return vowel == !schwa ? NULL : vowel ? "\u00F0\u026A" : "\u00F0\u0259";
}

/* The article before a mark, where espeak-ng, which sees no word behind it, says the letter; the letter behind words for
 * letters, and behind "an". */
static const char *fit_a(const struct sentence *sentence, size_t token)
{
    static const char *const names[] = {"letter", "letters", "vowel", "vowels", "an", "initial", "vitamin"};
    static const char *const times[] = {"day",    "week", "month", "year",
                                        "minute", "time", "piece"}; /* "a letter a day" */
    if (token > 0 && is_one_of(sentence, token - 1, names, COUNT(names)) &&
        !is_one_of(sentence, token + 1, times, COUNT(times)))
        return "\u02C8e\u026A";
    const size_t next = next_word(sentence, token);
    const bool article =
        next < sentence->n_tokens && next > token + 1 && (*sentence_at(sentence, token).text == 'a' || token == 0);
    return article ? "\u0250" : NULL;
}

/* "We used to go" and "used to it" have s, "it is used to cut" and "a tool used to cut is" have z. */
static const char *fit_used(const struct sentence *sentence, size_t token)
{
    static const char *const be[] = {"am",   "is",   "are",   "was",   "were",   "be",      "been", "being", "i'm",
                                     "it's", "he's", "she's", "we're", "you're", "they're", "get",  "got",   "getting"};
    static const char *const subjects[] = {"i",        "you",    "he",        "she",   "it",     "we",    "they",
                                           "who",      "there",  "what",      "never", "always", "also",  "people",
                                           "everyone", "nobody", "everybody", "just",  "only",   "often", "usually"};
    static const char *const objects[] = {"it",   "that",  "this",  "the",  "a",     "an",    "him",   "her",
                                          "them", "me",    "us",    "you",  "my",    "your",  "his",   "its",
                                          "our",  "their", "being", "such", "these", "those", "having"};
    static const char *const finite[] = {"is",  "are", "was",  "were", "has",  "have",
                                         "had", "can", "will", "may",  "must", "should"};
    if (!is_word(sentence, token + 1, "to"))
        return NULL;
    const bool object = is_one_of(sentence, token + 2, objects, COUNT(objects));
    if (token > 0 && is_one_of(sentence, token - 1, be, COUNT(be)))
        return object ? "j\u02C8u\u02D0st" : NULL;
    if (token > 0 && is_one_of(sentence, token - 1, subjects, COUNT(subjects)))
        return "j\u02C8u\u02D0st";
    for (size_t i = token + 2; i < sentence->n_tokens && sentence_at(sentence, i).word; i++)
        if (is_one_of(sentence, i, finite, COUNT(finite)))
            return NULL;
    for (size_t i = 0; i < token; i++)
        if (is_one_of(sentence, i, finite, COUNT(finite)) || is_one_of(sentence, i, be, COUNT(be)))
            return NULL;
    return token > 0 ? "j\u02C8u\u02D0st" : NULL;
}

const char *en_fit(const struct sentence *sentence, size_t token)
{
    switch (*sentence_at(sentence, token).text) {
    case 't':
    case 'T': return is_word(sentence, token, "the") ? fit_the(sentence, token) : NULL;
    case 'a':
    case 'A': return is_word(sentence, token, "a") ? fit_a(sentence, token) : NULL;
    case 'u':
    case 'U': return is_word(sentence, token, "used") ? fit_used(sentence, token) : NULL;
    default: return NULL;
    }
}

const struct language_words_said en_us_words = {en_words, &en_words_size, endings, COUNT(endings), mend};
/* The rows are American; the endings are everybody's. */
const struct language_words_said en_gb_words = {.mend = mend};
