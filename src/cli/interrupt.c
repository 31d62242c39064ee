/* Signals. A handler has no argument to carry state, so this is the one place of the program with mutable globals.
 * All that the handler touches is atomic and lock-free; linnet_cancel() and write() are safe in it. */
#include "cli/interrupt.h"
#include "cli/endings.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static struct {
    _Atomic(linnet_engine *) engine;
    atomic_bool pending, at_once, soon;
    atomic_int signal;
    int pipe[2]; /* written by the handler: a signal between a check and a poll() isn't lost */
} state = {.pipe = {-1, -1}};

static void on_signal(int number)
{
    const int saved = errno;
    if (atomic_load(&state.at_once))
        raise(number); /* ends the program on return: SA_RESETHAND has put back the default */
    atomic_store(&state.signal, number);
    atomic_store(&state.pending, true);
    linnet_engine *const engine = atomic_load(&state.engine);
    if (engine)
        linnet_cancel(engine);
    if (atomic_load(&state.soon))
        alarm(1);
    const ssize_t n = write(state.pipe[1], "", 1); /* a full pipe is readable already */
    (void)n;
    errno = saved;
}

/* The signal that came ends the program: its handler was for once. */
static void on_alarm(int number)
{
    (void)number;
    raise(atomic_load(&state.signal));
}

bool interrupt_install(void)
{
    if (pipe(state.pipe) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        if (fcntl(state.pipe[i], F_SETFL, O_NONBLOCK) != 0 || fcntl(state.pipe[i], F_SETFD, FD_CLOEXEC) != 0)
            return false;
    }
    endings_catch(on_signal, (int)SA_RESETHAND); /* a second one of the same kind ends the program at once */
    return true;
}

void interrupt_set_engine(linnet_engine *engine)
{
    atomic_store(&state.engine, engine);
}

void interrupt_end_soon(void)
{
    struct sigaction action = {.sa_handler = on_alarm};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    atomic_store(&state.soon, true);
}

void interrupt_end_at_once(bool at_once)
{
    atomic_store(&state.at_once, at_once);
}

bool interrupt_pending(void)
{
    return atomic_load(&state.pending);
}

const atomic_bool *interrupt_flag(void)
{
    return &state.pending;
}

int interrupt_signal(void)
{
    return atomic_load(&state.signal);
}

int interrupt_fd(void)
{
    return state.pipe[0];
}
