/* A file with an input as its content, for what reads files; and a folder to write to. Nobody else sees either. */
#ifndef LINNET_FUZZ_SCRATCH_H
#define LINNET_FUZZ_SCRATCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef require
#define require(condition) ((condition) ? (void)0 : abort())
#endif

static char scratch_path[64];

static inline void scratch_remove(void)
{
    unlink(scratch_path);
}

/* The path of a file with this content: one file for all inputs, made in memory where there is such a folder. */
static inline const char *scratch_file(const void *data, size_t size)
{
    static int fd = -1;
    if (fd < 0) {
        snprintf(scratch_path, sizeof scratch_path, "%s/linnet-fuzz-XXXXXX",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        fd = mkstemp(scratch_path);
        require(fd >= 0 && atexit(scratch_remove) == 0);
    }
    require(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    return scratch_path;
}

#endif
