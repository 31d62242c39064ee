/* Dictionaries on the disk: read, and read again when they have changed. */
#ifndef LINNET_FRONTEND_LEXICON_FILE_H
#define LINNET_FRONTEND_LEXICON_FILE_H

#include "lexicon_entries.h"

/* *out is set when there are entries to use, after LINNET_ERR_SYNTAX too; else it is NULL. lex_close() frees it. */
BASE_MUST_USE int lex_open(struct lex_file **out, const struct phone_map *map, const char *language, const char *path,
                           struct base_error *err);
/* The same for a file that was read before. LINNET_OK and NULL: its size and time are as they were. */
BASE_MUST_USE int lex_reopen(struct lex_file **out, const struct lex_file *old, const struct phone_map *map,
                             const char *language, struct base_error *err);

#endif
