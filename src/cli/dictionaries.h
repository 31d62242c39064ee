/* Gives the engine the user's dictionaries. */
#ifndef LINNET_DICTIONARIES_H
#define LINNET_DICTIONARIES_H

#include "cli/options.h"

/* Adds $XDG_CONFIG_HOME/linnet/lexicon-LANGUAGE.txt for the voice's language ("en", then "en-US"), where there is one,
 * and then those of the command line. Mistakes in a dictionary are a warning. 0, or an exit status. */
int dictionaries_add(linnet_engine *engine, const struct options *options);

/* Tells once what was wrong with a dictionary that has changed since it was read; `told` keeps the state. */
void dictionaries_check(const linnet_engine *engine, const struct options *options, bool *told);

#endif
