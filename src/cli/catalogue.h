/* --list-voices, --voice-info and --list-devices. */
#ifndef LINNET_CATALOGUE_H
#define LINNET_CATALOGUE_H

#include "linnet.h"

/* Each prints on standard output and returns an exit status. */
int catalogue_voices(const char *language); /* a tag: "de", "en-GB"; NULL: all */
int catalogue_voice(const linnet_engine *engine);
int catalogue_devices(void);

#endif
