/* The user's own dictionaries. Private to src/engine. */
#ifndef LINNET_ENGINE_USER_LEXICONS_H
#define LINNET_ENGINE_USER_LEXICONS_H

#include "linnet.h"

/* linnet_user_lexicons(). */
int user_lexicons(const char *language, linnet_path_callback callback, void *user);

#endif
