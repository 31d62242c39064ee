/* The scheduler's attributes of a thread. glibc has no functions for them before 2.41. */
#define _DEFAULT_SOURCE /* syscall() */
#include "speechd/sd_urgent.h"

#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SLICE_NS 100000 /* the shortest there is */

void sd_be_urgent(void)
{
    struct sched_attr attr = {.size = sizeof attr};
    if (syscall(SYS_sched_getattr, 0, &attr, sizeof attr, 0) != 0 || attr.sched_policy != SCHED_NORMAL)
        return;
    attr.sched_runtime = SLICE_NS;
    syscall(SYS_sched_setattr, 0, &attr, 0); /* when it fails, all is as it was */
}
