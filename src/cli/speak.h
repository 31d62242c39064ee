/* Speaking: text in, samples to a sink, times to a timing file. */
#ifndef LINNET_SPEAK_H
#define LINNET_SPEAK_H

#include "cli/input.h"
#include "cli/options.h"
#include "linnet.h"

/* Speaks the whole input as the options say. Returns an exit status, after a message unless it is 0 or a
 * signal came. */
int speak_all(linnet_engine *engine, const struct options *options, struct input *input);

#endif
