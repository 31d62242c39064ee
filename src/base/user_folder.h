/* Where a user's own files are, by the XDG Base Directory Specification. */
#ifndef LINNET_BASE_USER_FOLDER_H
#define LINNET_BASE_USER_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* $VARIABLE/RELATIVE, or $HOME/FALLBACK/RELATIVE when the variable is no absolute path: to out[size]. False: neither is
 * set, or it is too long. base_user_folder(out, size, "XDG_DATA_HOME", ".local/share", "linnet/voices"). */
bool base_user_folder(char *out, size_t size, const char *variable, const char *fallback, const char *relative);

#endif
