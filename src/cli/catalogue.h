/* --list-voices, --voice-info and --list-devices. */
#ifndef LINNET_CATALOGUE_H
#define LINNET_CATALOGUE_H

#include "linnet.h"
#include <stdbool.h>
#include <stddef.h>

/* Each prints on standard output and returns an exit status. */
int catalogue_voices(const char *language); /* a tag: "de", "en-GB"; NULL: all */
int catalogue_voice(const linnet_engine *engine);
int catalogue_devices(void);

/* Whether the voice's language begins with the parts of the tag: "pt" has "pt-BR" in it, "pt_PT" hasn't. */
bool catalogue_speaks(const linnet_voice_info *info, const char *tag);
/* The name to give to -v, the file's name without folder and ending: -> *name in `path`, and its length. */
size_t catalogue_name(const char *path, const char **name);

#endif
