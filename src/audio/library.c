/* Libraries loaded when needed, see library.h. */
#include "audio/library.h"

#include "linnet.h"
#include <dlfcn.h>
#include <string.h>

int library_load(void *functions, const char *const *names, size_t n, const char *file, struct base_error *err)
{
    char *place = functions;
    void *const library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return base_fail(err, LINNET_ERR_IO, "can't load a library: %s", dlerror());
    for (size_t i = 0; i < n; i++, place += sizeof(void *)) {
        void *const function = dlsym(library, names[i]);
        if (!function)
            return base_fail(err, LINNET_ERR_IO, "can't load a library: %s", dlerror());
        memcpy(place, &function, sizeof function); /* POSIX has pointers of all kinds alike */
    }
    return LINNET_OK;
}
