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

#endif
