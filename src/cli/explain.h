/* --phonemes, --ipa and --explain: what the front end and the predictors make of a text, printed instead of spoken. */
#ifndef LINNET_EXPLAIN_H
#define LINNET_EXPLAIN_H

#include "cli/input.h"
#include "cli/options.h"
#include "linnet.h"

/* Prints each sentence of the chunk: its phonemes on one line, or with ACTION_EXPLAIN a table, or as espeak-ng does.
 * *n_sentences counts on. 0, or an exit status after a message. */
int explain_chunk(linnet_engine *engine, const struct input_chunk *chunk, const struct options *options,
                  unsigned long *n_sentences);

#endif
