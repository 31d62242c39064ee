/* A file that appears under its name only when it is whole.
 *
 * Bytes go to a hidden file beside the target, which takes the target's name at the end. A target that exists and is no
 * regular file (a device, a named pipe) is written directly. */
#ifndef LINNET_WHOLE_FILE_H
#define LINNET_WHOLE_FILE_H

#include "base/compiler.h"
#include "base/status.h"

struct whole_file {
    int fd;           /* open for reading and writing, or -1 */
    char *final_path; /* symbolic links resolved */
    char *temp_path;  /* NULL: written directly */
};

BASE_MUST_USE int whole_file_open(struct whole_file *file, const char *path, struct base_error *err);
/* Closes and renames. On failure nothing is left behind. */
BASE_MUST_USE int whole_file_commit(struct whole_file *file, struct base_error *err);
/* Closes and removes. After commit or a failed open it does nothing. */
void whole_file_discard(struct whole_file *file);

#endif
