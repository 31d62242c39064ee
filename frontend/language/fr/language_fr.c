/* French: what it is made of. */
#include "normalize_fr.h"

static const char *const digits[] = {"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"};

static const struct language_words words = {
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
               "novembre", "décembre"},
    .day_first = true,
    .minute = "minute",
    .minutes = "minutes",
    .second = "seconde",
    .seconds = "secondes",
    .plus = "plus",
    .bleep = "bip",
};

/* The t of "vingt" is silent in eighty and what follows it. */
static const struct language_respelling respellings[] = {{"quatre-vingt-", "quatre-vin-"}, {NULL, NULL}};

const struct language language_fr = {
    .tags = "fr",
    .digits = digits,
    .letter_a = "A",
    .decimal = ',',
    .group = '.',
    .space_groups = true,
    .normaliser = &fr_normaliser.base,
    .abbreviations = &fr_abbreviations,
    .sentences = &fr_sentences,
    .names = &fr_names,
    .words = &words,
    .respellings = respellings,
};
