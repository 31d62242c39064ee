/* Italian: what it is made of. */
#include "normalize_it.h"

static const char *const digits[] = {"zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"};

static const struct language_words words = {
    .months = {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
               "novembre", "dicembre"},
    .day_first = true,
    .minute = "minuto",
    .minutes = "minuti",
    .second = "secondo",
    .seconds = "secondi",
    .plus = "più",
    .bleep = "bip",
};

const struct language language_it = {
    .tags = "it",
    .digits = digits,
    .letter_a = "A",
    .decimal = ',',
    .group = '.',
    .space_groups = true,
    .normaliser = &it_normaliser.base,
    .sentences = &it_sentences,
    .abbreviations = &it_abbreviations,
    .names = &it_names,
    .words = &words,
};
