/* The sound files that markup names. */
#ifndef LINNET_RECORDINGS_H
#define LINNET_RECORDINGS_H

#include "cli/options.h"

/* Tells the engine where files that markup names are, beside the file with the text (`path`; NULL: none), and, when the
 * options allow it, how to play recordings. What can't be played is a warning; its text is spoken then. 0, or an exit
 * status. */
int recordings_allow(linnet_engine *engine, const struct options *options, const char *path);

#endif
