/* Whether espeak-ng's dictionary of a language is there and whole. */
#ifndef LINNET_FRONTEND_ESPEAK_DICTIONARY_H
#define LINNET_FRONTEND_ESPEAK_DICTIONARY_H

#include "base/status.h"

/* Both return LINNET_ERR_ESPEAK, naming the file, when it is damaged. `home` is espeak-ng's folder of data. */

/* Before a voice is chosen, since damage can crash espeak-ng: the dictionary that most likely is that of the voice
 * "en-us", if it is there. */
BASE_MUST_USE int fe_espeak_dictionary_guess(const char *home, const char *voice, struct base_error *err);

/* When it is: of the voice that espeak-ng calls `identifier` ("gmw/en-US", a variant "+f3" behind it). A dictionary
 * that is missing is an error, too. What isn't where 1.51 has it isn't judged. */
BASE_MUST_USE int fe_espeak_dictionary_check(const char *home, const char *identifier, struct base_error *err);

#endif
