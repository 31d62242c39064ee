/* Pauses that belong to the text, beside those that a voice makes of its marks: a voice makes next to none of an
 * ellipsis or a bracket, and knows nothing of paragraphs. Step of the front end; the silence is put in between the
 * network's frames. */
#ifndef LINNET_FRONTEND_PAUSES_H
#define LINNET_FRONTEND_PAUSES_H

#include "frontend.h"
#include "utterance.h"

/* Sets pause_ms of the tokens and of the sentence. */
void fe_pause(struct utterance *utt, const struct fe_pauses *pauses);

#endif
