/* espeak-ng's voice files. */
#ifndef LINNET_FRONTEND_ESPEAK_VOICE_H
#define LINNET_FRONTEND_ESPEAK_VOICE_H

#include <stdbool.h>

/* Where espeak-ng with its data in `home` finds the voice `name` by the name of a language's file, whose case doesn't
 * matter: "gmw/en-US" for "en-us", below home/lang. false: nowhere, more than once, or by a simpler way. */
#define FE_ESPEAK_IDENTIFIER 128
bool fe_espeak_voice_file(const char *home, const char *name, char identifier[FE_ESPEAK_IDENTIFIER]);

#endif
