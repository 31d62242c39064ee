/* SIGINT, SIGTERM and SIGHUP: cancel what is being said, and wake who waits for input. */
#ifndef LINNET_INTERRUPT_H
#define LINNET_INTERRUPT_H

#include "linnet.h"
#include <stdatomic.h>
#include <stdbool.h>

/* Installs the handlers; ignores SIGPIPE and SIGXFSZ, so that a closed pipe or a size limit is an ordinary write
 * error. False when there is no pipe to be had. Once a process. */
bool interrupt_install(void);

/* The engine that a signal cancels; NULL before it is closed. */
void interrupt_set_engine(linnet_engine *engine);

/* True after a signal; the same flag, for a sink to poll. */
bool interrupt_pending(void);
const atomic_bool *interrupt_flag(void);

/* While something is called that may not return for long, and there is nothing to lose: a signal ends the program
 * then. */
void interrupt_end_at_once(bool at_once);

/* From now on, for good: a second after a signal the program ends, whatever it waits for: a sound server may never
 * answer again, and there is nothing to lose. */
void interrupt_end_soon(void);

/* The signal's number, 0: none came. */
int interrupt_signal(void);

/* Becomes readable when a signal comes: for poll(). */
int interrupt_fd(void);

#endif
