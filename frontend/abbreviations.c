/* Tables of abbreviations, and of words that start sentences. See abbreviations.h. Matched as written, in lower case,
 * or with a capital. */
#include "abbreviations.h"

#include <string.h>

static const char *const titles[] = {
    "adm", "atty", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "drs", "e.g", "fr", "ft", "gen", "gov", "hon",
    "i.e", "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "pres", "prof", "pvt", "rep", "rev",
    "sen", "sgt", "st", "supt", "viz", "vs",
};

static const char *const numbered[] = {
    "art", "ch", "eq", "ext", "fig", "figs", "no", "nos", "nr", "op", "p", "pg", "pp", "sec", "vol", "vols",
};

static const char *const anywhere[] = {
    "al", "approx", "apr", "assn", "aug", "ave", "blvd", "bros", "co", "corp", "dec", "dept", "dist", "ed", "eds",
    "esp", "est", "etc", "feb", "hrs", "inc", "jan", "jr", "jul", "jun", "ltd", "max", "min", "mon", "nov", "oct", "rd", "sep",
    "sept", "sr", "temp", "thurs", "tues", "univ", "wed",
};

static const char *const starters[] = {
    "a",     "after", "all",  "although", "an",   "and",   "another", "as",    "at",   "because", "before", "but",
    "by",    "did",   "do",   "each",     "even", "every", "for",     "from",  "he",   "her",     "here",   "his",
    "how",   "however", "i",  "if",       "in",   "is",    "it",      "its",   "just", "many",    "most",   "my",
    "no",    "nobody", "not", "now",      "on",   "once",  "one",     "only",  "or",   "our",     "perhaps", "she",
    "since", "so",    "some", "such",     "that", "the",   "their",   "then",  "there", "these",  "they",   "this",
    "those", "though", "to",  "today",    "under", "until", "we",     "were",  "what", "when",    "where",  "whether",
    "which", "while", "who",  "why",      "with", "yes",   "yet",     "you",   "your",
};

/* Compares with the first letter in either case. */
static bool in_table(const char *const *table, size_t n, const char *word, size_t length)
{
    for (size_t i = 0; i < n; i++) {
        const char *const entry = table[i];
        if (strlen(entry) == length && (word[0] | 0x20) == entry[0] && memcmp(word + 1, entry + 1, length - 1) == 0)
            return true;
    }
    return false;
}

#define IN_TABLE(table, word, length) in_table(table, sizeof(table) / sizeof *(table), word, length)

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

enum fe_abbreviation_kind fe_abbreviation(const char *word, size_t length)
{
    if (length == 0 || length > 16)
        return FE_ABBR_NONE;
    if (IN_TABLE(titles, word, length))
        return FE_ABBR_TITLE;
    if (IN_TABLE(numbered, word, length) && !(length == 1 && word[0] < 'a'))
        return FE_ABBR_NUMBERED;
    if (length == 1 && word[0] >= 'A' && word[0] <= 'Z')
        return FE_ABBR_INITIAL;
    return IN_TABLE(anywhere, word, length) || is_dotted(word, length) ? FE_ABBR_ANYWHERE : FE_ABBR_NONE;
}

bool fe_is_starter(const char *word, size_t length)
{
    return length > 0 && word[0] >= 'A' && word[0] <= 'Z' && IN_TABLE(starters, word, length);
}
