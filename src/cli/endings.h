/* The signals that end a program: SIGINT, SIGTERM and SIGHUP. */
#ifndef LINNET_ENDINGS_H
#define LINNET_ENDINGS_H

/* Has `handler` called for them, with `flags` of sigaction(). What is ignored, as under nohup, stays ignored. From then
 * on a write to a closed pipe, or beyond the limit of a file's size, is an error (EPIPE, EFBIG) and no longer ends the
 * program unheard. */
void endings_catch(void (*handler)(int number), int flags);

#endif
