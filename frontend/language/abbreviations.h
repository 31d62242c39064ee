/* Which dots belong to the word before them, and which words start sentences: tables of a language. */
#ifndef LINNET_FRONTEND_ABBREVIATIONS_H
#define LINNET_FRONTEND_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

enum fe_abbreviation_kind {
    FE_ABBR_NONE,
    FE_ABBR_TITLE,    /* never ends a sentence: "Mr.", "vs." */
    FE_ABBR_NUMBERED, /* only before a number: "No. 5" */
    FE_ABBR_INITIAL,  /* one capital letter: "J. Smith" */
    FE_ABBR_ANYWHERE, /* may end a sentence as well, and a name may follow: "U.S.", "Inc." */
    FE_ABBR_CLOSING   /* the same, but a capital behind it starts a sentence: "p.m.", "etc." */
};

/* Lists of words in lower case, "a|b|c". */
struct fe_abbreviations {
    const char *titles, *numbered, *anywhere, *closing;
    const char *starters;  /* words that start sentences but hardly follow an abbreviation inside one: "The" */
    const char *unfinished; /* words that a heading doesn't end with: "the", "of" */
    const char *time_words; /* names that go on with a time: "5 p.m. Monday" */
    const char *joints;    /* words before which a sentence that is too long is best cut: "and" */
    const char *suffix;    /* of words that are followed by a number: "Hauptstr. 5"; NULL: none */
    bool ordinal_dots;     /* "3. Mai" */
};

/* `word` without the dot. */
enum fe_abbreviation_kind fe_abbreviation(const struct fe_abbreviations *table, const char *word, size_t length);

/* A word as it starts a sentence, with a capital. */
bool fe_is_starter(const struct fe_abbreviations *table, const char *word, size_t length);
/* Whether a word is in one of the lists; its first letter counts in either case. */
bool fe_is_listed(const char *list, const char *word, size_t length);

#endif
