/* Bytes to a descriptor. */
#ifndef LINNET_BASE_WRITE_H
#define LINNET_BASE_WRITE_H

#include "compiler.h"
#include <stddef.h>

/* Writes all of it, waiting for a slow reader, of a non-blocking descriptor too. 0, or an errno. */
BASE_MUST_USE int base_write(int fd, const void *data, size_t size);

#endif
