/* Finds languages. See language.h. */
#include "language.h"

#include <string.h>

/* What many languages of Europe share. */
static const struct abbreviation shared_rows[] = {
    {"dr|prof|vs", NULL, 0, DOT_GOES_ON},
    {"art|fig|no|nr|nos|p|pp|tel|vol", NULL, 0, DOT_NUMBER},
    {"etc|max|min", NULL, 0, DOT_CLOSES},
};

static const struct abbreviations shared_abbreviations = {.rows = shared_rows,
                                                          .n_rows = sizeof shared_rows / sizeof *shared_rows};
static const struct sentence_words no_words = {
    .starters = "", .unfinished = "dr", .time_words = "", .joints = "", .no_names = "", .letters = ""};

static const struct language unknown = {
    .tags = "", .decimal = '.', .group = ',', .abbreviations = &shared_abbreviations, .sentences = &no_words};

#define LANGUAGE_ADDRESS(name) &language_##name,
static const struct language *const table[] = {LANGUAGES(LANGUAGE_ADDRESS)};
#undef LANGUAGE_ADDRESS

/* Tags are the same but for case, and '_' for '-'. */
static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c == '_' ? '-' : c;
}

/* Behind a part of a tag: its end, the next part, a variant of espeak-ng's ("+f2"), a locale's encoding or modifier. */
static bool is_border(char c)
{
    return !c || strchr("-+.@", folded(c));
}

/* `tag` is entry[n], or starts with it. */
static bool starts_with(const char *tag, const char *entry, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (folded(tag[i]) != entry[i])
            return false;
    return is_border(tag[n]);
}

/* Length of the longest of a language's tags that fits; 0: none. */
static size_t tag_length(const struct language *language, const char *tag)
{
    size_t longest = 0;
    for (const char *entry = language->tags; *entry;) {
        const size_t n = strcspn(entry, "|");
        if (n > longest && starts_with(tag, entry, n))
            longest = n;
        entry += n + (entry[n] == '|');
    }
    return longest;
}

const struct language *language_find(const char *tag)
{
    const struct language *found = &unknown;
    size_t longest = 0;
    for (size_t i = 0; tag && i < sizeof table / sizeof *table; i++) {
        const size_t length = tag_length(table[i], tag);
        if (length > longest) {
            longest = length;
            found = table[i];
        }
    }
    return found;
}

bool language_same(const char *a, const char *b)
{
    while (!is_border(*a) && folded(*a) == folded(*b)) {
        a++;
        b++;
    }
    return is_border(*a) && is_border(*b);
}
