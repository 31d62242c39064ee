/* Text made safe for espeak-ng 1.51, which reads freed memory when one of its words needs two foreign languages. */
#ifndef LINNET_FRONTEND_SCRIPTS_H
#define LINNET_FRONTEND_SCRIPTS_H

#include "utterance.h"

/* Appends text[size] to *out, with spaces put in where the script changes. `voice` is espeak-ng's name. false: out of
 * memory. */
BASE_MUST_USE bool fe_part_scripts(const char *voice, const char *text, size_t size, struct base_buffer *out);

/* espeak-ng's voice for a word of two letters or more that are all of one script, which isn't the one that `voice`
 * reads by itself; NULL: `voice` reads it. The voice need not be installed. */
const char *fe_script_voice(const char *voice, const char *text, size_t size);

/* The language that most words with this letter are of, espeak-ng's name for it, where it isn't written in Latin; NULL:
 * none, or no letter. */
const char *fe_script_letter(uint32_t letter);

#endif
