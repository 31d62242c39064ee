/* Threads of ours. */
#ifndef LINNET_BASE_THREAD_H
#define LINNET_BASE_THREAD_H

#include "compiler.h"
#include <pthread.h>
#include <stdbool.h>

/* Starts a thread with a stack that is large enough whatever the program's limit (ulimit -s) says, and with every
 * signal blocked: the program's handlers run on its own threads. false: there is none to be had. */
BASE_MUST_USE bool base_thread_start(pthread_t *thread, void *(*run)(void *context), void *context);

#endif
