/* Phonemes as espeak-ng prints them: a clause a line, in IPA or in its ASCII mnemonics, with separators or ties. */
#ifndef LINNET_NOTATION_H
#define LINNET_NOTATION_H

#include <stdbool.h>

struct notation {
    bool mnemonics;        /* "h@l'oU"; else IPA, "həlˈoʊ" */
    const char *separator; /* between phonemes; NULL: nothing */
    const char *tie;       /* between the letters of one phoneme; NULL: nothing */
};

/* Prints the IPA of a sentence, as linnet_sentence has it, on standard output. */
void notation_print(const char *ipa, const struct notation *notation);

/* What stands at text[0]: a mark of stress, which belongs to what follows; length, tone or a diacritic, which belongs to
 * what is before it (U+02B0 to U+036F but for stress, and arrows). */
bool notation_is_stress(const char *text);
bool notation_is_modifier(const char *text);

#endif
