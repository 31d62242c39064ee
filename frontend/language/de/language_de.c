/* German: what it is made of. */
#include "normalize_de.h"

static const char *const digits[] = {"null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"};

static const struct language_words words = {
    .months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
               "November", "Dezember"},
    .day_first = true,
    .minute = "Minute",
    .minutes = "Minuten",
    .second = "Sekunde",
    .seconds = "Sekunden",
    .plus = "plus",
    .bleep = "piep",
};

/* Not good German, but written: "Peter's". */
static const char *possessive(const char *ipa, size_t length)
{
    (void)ipa;
    (void)length;
    return "s";
}

const struct language language_de = {
    .tags = "de",
    .digits = digits,
    .letter_a = "A",
    .decimal = ',',
    .group = '.',
    .space_groups = true,
    .normaliser = &de_normaliser,
    .abbreviations = &de_abbreviations,
    .sentences = &de_sentences,
    .names = &de_names,
    .words = &words,
    .possessive = possessive,
};
