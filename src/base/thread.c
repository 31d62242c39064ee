/* Starting threads, see thread.h. */
#include "base/thread.h"

#include <signal.h>

#define STACK_BYTES ((size_t)1 << 20) /* ours need a tenth, espeak-ng and codecs some more */

bool base_thread_start(pthread_t *thread, void *(*run)(void *context), void *context)
{
    pthread_attr_t attributes;
    sigset_t all, before;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    sigfillset(&all);
    bool started =
        pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0 && pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
    if (started) {
        started = pthread_create(thread, &attributes, run, context) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return started;
}
