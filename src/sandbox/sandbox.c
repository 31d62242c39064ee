/* seccomp says which system calls are left, Landlock which files they may change. */
#define _GNU_SOURCE
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifndef SANITIZED

/* Refused with EPERM. A list of what is refused, not of what is allowed: the C library's own calls differ from one
 * release to the next. */
static const int refused[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kcmp),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(personality),
};

#ifdef __s390__
#define CLONE_FLAGS SCMP_A1 /* its clone() has them second */
#else
#define CLONE_FLAGS SCMP_A0
#endif

/* A negative errno, or 0. */
static int add_rules(scmp_filter_ctx filter)
{
    int status = 0;
    for (size_t i = 0; i < sizeof refused / sizeof *refused && status == 0; i++)
        status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    /* Threads are made by clone(); clone3(), whose flags a filter can't see, isn't there, and the C library takes the
     * older one. */
    if (status == 0)
        status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                  CLONE_FLAGS(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    if (status == 0)
        status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return status ? status : seccomp_load(filter);
}

static bool limit_calls(void)
{
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter) {
        errno = ENOMEM;
        return false;
    }
    const int status = add_rules(filter);
    seccomp_release(filter);
    errno = -status;
    return status == 0;
}

/* All that changes files and that the oldest Landlock knows. */
#define CHANGES                                                                                                        \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |                  \
     LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |                        \
     LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |                     \
     LANDLOCK_ACCESS_FS_MAKE_SYM)

static bool allow_below(int rules, const char *folder)
{
    const int fd = folder ? open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0)
        return true; /* what isn't there isn't written */
    const struct landlock_path_beneath_attr below = {.allowed_access = CHANGES, .parent_fd = fd};
    const bool done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0u) == 0;
    close(fd);
    return done;
}

static bool limit_files(const char *const *writable, size_t n)
{
    const struct landlock_ruleset_attr changes = {.handled_access_fs = CHANGES};
    const int rules = (int)syscall(SYS_landlock_create_ruleset, &changes, sizeof changes, 0u);
    if (rules < 0)
        return false;
    bool done = true;
    for (size_t i = 0; i < n && done; i++)
        done = allow_below(rules, writable[i]);
    done = done && syscall(SYS_landlock_restrict_self, rules, 0u) == 0;
    const int why = errno;
    close(rules);
    errno = why;
    return done;
}

bool sandbox_enter(const char *const *writable, size_t n)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    const bool files = limit_files(writable, n);
    const int why = errno;
    const bool calls = limit_calls();
    if (calls)
        errno = why;
    return files && calls;
}

#else

bool sandbox_enter(const char *const *writable, size_t n)
{
    (void)writable;
    (void)n;
    return true;
}

#endif
