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

/* The s of six and seven is voiceless inside of numbers too. */
static const struct language_respelling respellings[] = {
    {"entisei", "enti-sei"},
    {"entisette", "enti-sette"},
    {"antasei", "anta-sei"},
    {"antasette", "anta-sette"},
    {"entasei", "enta-sei"},
    {"entasette", "enta-sette"},
    {"centosei", "cento-sei"},
    {"centosette", "cento-sette"},
    {"centosessa", "cento-sessa"},
    {"milasei", "mila-sei"},
    {"milasette", "mila-sette"},
    {"centosedici", "cento-sedici"},
    {NULL, NULL},
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
    .respellings = respellings,
};
