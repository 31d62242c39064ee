/* Which dots belong to the word before them. English tables for now; a sentence of another language that meets one of
 * these is merely not split there. */
#ifndef LINNET_FRONTEND_ABBREVIATIONS_H
#define LINNET_FRONTEND_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

enum fe_abbreviation_kind {
    FE_ABBR_NONE,
    FE_ABBR_TITLE,    /* never ends a sentence: "Mr.", "vs." */
    FE_ABBR_NUMBERED, /* only before a number: "No. 5" */
    FE_ABBR_INITIAL,  /* one capital letter: "J. Smith" */
    FE_ABBR_ANYWHERE  /* may end a sentence as well: "etc.", "p.m.", "U.S." */
};

/* `word` without the dot. */
enum fe_abbreviation_kind fe_abbreviation(const char *word, size_t length);

/* Words that start sentences but hardly follow an abbreviation inside one: "The", "He". */
bool fe_is_starter(const char *word, size_t length);

#endif
