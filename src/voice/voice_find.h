/* Where voice files are: a name becomes a path, and all voices can be listed. Opens no voice. */
#ifndef LINNET_VOICE_FIND_H
#define LINNET_VOICE_FIND_H

#include "base/status.h"
#include <stddef.h>

#define VOICE_DEFAULT_NAME "linnet-en"

/* Writes the path of `voice` into path[size]. With a '/' in it or .gguf at its end it is a path already and is copied
 * as it is; NULL is VOICE_DEFAULT_NAME; other names are looked up as NAME.gguf in the folders of LINNET_VOICE_PATH
 * (separated by ':'; "-" ends the search), the voices of the checkout that the program was built in, ../voices beside
 * the program, $XDG_DATA_HOME/linnet/voices (~/.local/share if unset), ../share/linnet/voices beside the program,
 * LINNET_DATADIR/voices, and ./voices. LINNET_ERR_NOT_FOUND names the folders searched; LINNET_ERR_ARGUMENT: empty
 * name, or path too long for `size`. */
BASE_MUST_USE int voice_find(char *path, size_t size, const char *voice, struct base_error *err);

struct voice_entry {
    char *name, *path;
};

struct voice_list {
    size_t count;
    struct voice_entry *entries; /* sorted; a name that is in several folders appears once, as voice_find() finds it */
};

/* Fills *list, to be freed with voice_list_free() after an error too. Folders that don't exist are skipped. */
BASE_MUST_USE int voice_list_all(struct voice_list *list, struct base_error *err);
void voice_list_free(struct voice_list *list);

#endif
