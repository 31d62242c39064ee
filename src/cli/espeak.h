/* The command line of espeak-ng, for scripts that call it: the same program under the name espeak-ng or espeak. */
#ifndef LINNET_ESPEAK_H
#define LINNET_ESPEAK_H

#include "cli/options.h"

/* Whether the program was called by such a name. */
bool espeak_is_called(const char *program);

/* Translates its arguments into our options. 0; EXIT_USAGE after a message; or ESPEAK_DONE when that was all. */
#define ESPEAK_DONE (-1)
int espeak_parse(struct options *options, int argc, char **argv);

/* By how many semitones the variant of a voice's name, "en+f3", moves the pitch of a speaker of this gender. */
float espeak_variant_pitch(const char *voice, const char *gender);

/* Prints --voices[=LANGUAGE] as espeak-ng does. An exit status. */
int espeak_voices(const char *language);

#endif
