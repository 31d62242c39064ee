/* Portuguese, as in Brazil: what it is made of. */
#include "normalize_pt.h"

static const char *const digits[] = {"zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"};

static const struct language_words words = {
    .months = {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
               "novembro", "dezembro"},
    .day_first = true,
    .minute = "minuto",
    .minutes = "minutos",
    .second = "segundo",
    .seconds = "segundos",
    .plus = "mais",
    .bleep = "bipe",
};

const struct language language_pt = {
    .tags = "pt",
    .digits = digits,
    .letter_a = "A",
    .decimal = ',',
    .group = '.',
    .space_groups = true,
    .normaliser = &pt_normaliser.base,
    .sentences = &pt_sentences,
    .abbreviations = &pt_abbreviations,
    .names = &pt_names,
    .words = &words,
};
