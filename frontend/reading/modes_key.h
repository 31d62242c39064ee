/* Names of keys as screen readers write them: "shift_a", "control_alt_delete", "kp-enter", "_". */
#ifndef LINNET_FRONTEND_MODES_KEY_H
#define LINNET_FRONTEND_MODES_KEY_H

#include "frontend/language/names.h"
#include <stdbool.h>

/* Calls say() for each key of text[size]: its bytes, and its name; NULL: they are a character or words of their own.
 * false when say() returns that. */
bool fe_key_parts(const struct fe_names *names, const char *text, size_t size,
                  bool (*say)(void *context, size_t start, size_t length, const char *name), void *context);

#endif
