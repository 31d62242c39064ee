/* A program that has entered the sandbox can do its work, and nothing else. Each case runs in a process of its own. */
#define _GNU_SOURCE
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char inside[] = "/tmp/linnet-inside-XXXXXX", outside[] = "/tmp/linnet-outside-XXXXXX";

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, 1u /* the version */) >= 1;
}

/* What `act` does after sandbox_enter(), in a child: its exit status. */
static int in_sandbox(int (*act)(void))
{
    const char *const writable[] = {NULL, "/no/such/folder", inside};
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const bool whole = sandbox_enter(writable, 3);
        _exit(whole == has_landlock() ? act() : 99);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* 0: refused with EPERM. */
#define REFUSED(call) ((call) < 0 && errno == EPERM ? 0 : 1)

static int run_program(void)
{
    char *const arguments[] = {"true", NULL};
    return REFUSED(execv("/bin/true", arguments));
}

static int make_process(void)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return REFUSED(child);
}

static int call_out(void)
{
    return REFUSED(socket(AF_INET, SOCK_STREAM, 0)) + REFUSED(socket(AF_UNIX, SOCK_DGRAM, 0));
}

static int trace(void)
{
    return REFUSED(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static void *say_seven(void *out)
{
    *(int *)out = 7;
    return NULL;
}

static int work(void)
{
    pthread_t thread;
    int out = 0;
    char byte;
    const int fd = open("/proc/self/status", O_RDONLY);
    const bool reads = fd >= 0 && read(fd, &byte, 1) == 1;
    return !reads || pthread_create(&thread, NULL, say_seven, &out) != 0 || pthread_join(thread, NULL) != 0 || out != 7;
}

/* A file `name` of `folder`: 0 if it could be written, else errno. */
static int write_file(const char *folder, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    const int fd = open(path, O_WRONLY | O_CREAT, 0600);
    return fd >= 0 && write(fd, "x", 1) == 1 ? 0 : errno;
}

static int write_inside(void)
{
    return write_file(inside, "new");
}

static int write_outside(void)
{
    return write_file(outside, "new") != EACCES || write_file(outside, "old") != EACCES;
}

static int remove_outside(void)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/old", outside);
    return unlink(path) == 0 || errno != EACCES || rmdir(outside) == 0;
}

static int in_thread_status;
static void *write_outside_in_thread(void *unused)
{
    (void)unused;
    in_thread_status = write_outside() || call_out();
    return NULL;
}

static int in_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, write_outside_in_thread, NULL) != 0 || pthread_join(thread, NULL) != 0 ||
           in_thread_status;
}

static void test_calls(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(run_program), 0);
    assert_int_equal(in_sandbox(make_process), 0);
    assert_int_equal(in_sandbox(call_out), 0);
    assert_int_equal(in_sandbox(trace), 0);
}

static void test_files(void **state)
{
    (void)state;
    if (!has_landlock())
        skip();
    assert_int_equal(in_sandbox(write_outside), 0);
    assert_int_equal(in_sandbox(remove_outside), 0);
    assert_int_equal(in_sandbox(in_thread), 0);
}

static void test_work(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(work), 0);
    assert_int_equal(in_sandbox(write_inside), 0);
}

static int make_folders(void **state)
{
    (void)state;
    return !mkdtemp(inside) || !mkdtemp(outside) || write_file(outside, "old") != 0;
}

static int remove_folders(void **state)
{
    char path[PATH_MAX];
    (void)state;
    snprintf(path, sizeof path, "%s/old", outside);
    unlink(path);
    snprintf(path, sizeof path, "%s/new", inside);
    unlink(path);
    return rmdir(inside) | rmdir(outside);
}

int main(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    puts("skip sandbox: a sanitizer run");
    return 0;
#endif
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_calls), cmocka_unit_test(test_files),
                                       cmocka_unit_test(test_work)};
    return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
