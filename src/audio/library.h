/* Shared libraries that few uses of a program need, loaded when one does: a program with PortAudio's, cairo's and all that
 * these load takes 6 ms longer to start.
 *
 *     #define FUNCTIONS(F) F(Pa_, Initialize) F(Pa_, Terminate)
 *     static struct { FUNCTIONS(LIBRARY_POINTER) } pa;
 *     static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};
 *
 *     status = LIBRARY_LOAD(&pa, names, "libportaudio.so.2", err);     then    pa.Initialize(); */
#ifndef LINNET_AUDIO_LIBRARY_H
#define LINNET_AUDIO_LIBRARY_H

#include "base/compiler.h"
#include "base/status.h"
#include <stddef.h>

#define LIBRARY_POINTER(prefix, name) BASE_POINTER_TO(prefix##name) name;
#define LIBRARY_NAME(prefix, name) #prefix #name,
#define LIBRARY_LOAD(functions, names, file, err)                                                                      \
    library_load(functions, names, sizeof(names) / sizeof *(names), file, err)

/* Loads the library, for good, and writes n pointers to its functions, one after another. LINNET_ERR_IO with a message
 * if it, or one of them, isn't there. Again: the same again. */
BASE_MUST_USE int library_load(void *functions, const char *const *names, size_t n, const char *file,
                               struct base_error *err);

#endif
