/* Spanish: what it is made of. */
#include "normalize_es.h"

static const char *const digits[] = {"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"};

static const struct language_words words = {
    .months = {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
               "noviembre", "diciembre"},
    .day_first = true,
    .minute = "minuto",
    .minutes = "minutos",
    .second = "segundo",
    .seconds = "segundos",
    .plus = "más",
    .bleep = "pip",
};

#define SHARED                                                                                                         \
    .digits = digits, .letter_a = "A", .space_groups = true, .sentences = &es_sentences,                               \
    .abbreviations = &es_abbreviations, .names = &es_names, .words = &words

const struct language language_es = {
    .tags = "es",
    SHARED,
    .decimal = ',',
    .group = '.',
    .normaliser = &es_normaliser.base,
};

const struct language language_es_419 = {
    .tags = "es-419|es-mx|es-us|es-gt|es-sv|es-hn|es-ni|es-pa|es-do|es-pr|es-pe",
    SHARED,
    .decimal = '.',
    .group = ',',
    .normaliser = &es_419_normaliser.base,
};
