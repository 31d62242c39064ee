/* What a program that reads strangers' text, voices and requests gives up once it has started: should a mistake in it
 * ever be made use of, there is little to be had. Linux only: seccomp(2) by libseccomp, and Landlock, landlock(7). */
#ifndef LINNET_SANDBOX_H
#define LINNET_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* From now on this thread, and all that it starts, can't run programs or make processes, make or connect sockets (those
 * that are open go on, and accept), trace others or mount; and writes, makes and removes files below writable[n] only
 * (a NULL or a folder that isn't there is passed over). What is open stays open; reading is free. It can't be undone.
 * false: something of it is missing, which errno says (a kernel before 5.13 has no Landlock: ENOSYS or EOPNOTSUPP); the
 * rest holds. Before threads are started. Built with a sanitizer it does nothing, since those look into their own
 * process. */
bool sandbox_enter(const char *const *writable, size_t n);

#endif
