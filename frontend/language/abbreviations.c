/* Looks abbreviations and words that start sentences up. See abbreviations.h. */
#include "abbreviations.h"

#include <string.h>

bool fe_is_listed(const char *list, const char *word, size_t length)
{
    const char first = (char)(word[0] >= 'A' && word[0] <= 'Z' ? word[0] | 0x20 : word[0]);
    for (const char *entry = list; length && *entry;) {
        const size_t n = strcspn(entry, "|");
        if (n == length && entry[0] == first && memcmp(entry + 1, word + 1, n - 1) == 0)
            return true;
        entry += n + (entry[n] == '|');
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters with a dot between: "U.S", "a.m", "Ph.D". */
static bool is_dotted(const char *word, size_t length)
{
    size_t dots = 0, run = 0;
    for (size_t i = 0; i < length; i++) {
        dots += word[i] == '.';
        run = word[i] == '.' ? 0 : run + 1;
        if (run > 2 || (word[i] != '.' && !is_letter(word[i])))
            return false;
    }
    return dots > 0 && length <= 16 && word[0] != '.';
}

enum fe_abbreviation_kind fe_abbreviation(const struct fe_abbreviations *table, const char *word, size_t length)
{
    const size_t suffix = table->suffix ? strlen(table->suffix) : 0;
    const bool capital_letter = length == 1 && word[0] >= 'A' && word[0] <= 'Z';
    if (suffix && length > suffix && memcmp(word + length - suffix, table->suffix, suffix) == 0)
        return FE_ABBR_NUMBERED;
    if (length == 0 || length > 16)
        return FE_ABBR_NONE;
    if (!capital_letter && fe_is_listed(table->titles, word, length))
        return FE_ABBR_TITLE;
    if (!(capital_letter && !table->ordinal_dots) && fe_is_listed(table->numbered, word, length))
        return FE_ABBR_NUMBERED;
    if (capital_letter)
        return FE_ABBR_INITIAL;
    if (fe_is_listed(table->closing, word, length))
        return FE_ABBR_CLOSING;
    return fe_is_listed(table->anywhere, word, length) || is_dotted(word, length) ? FE_ABBR_ANYWHERE : FE_ABBR_NONE;
}

bool fe_is_starter(const struct fe_abbreviations *table, const char *word, size_t length)
{
    return length > 0 && word[0] >= 'A' && word[0] <= 'Z' && fe_is_listed(table->starters, word, length);
}
