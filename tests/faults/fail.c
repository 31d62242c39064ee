/* Preloaded into a program: lets the n-th call of a kind fail that the program itself makes, libraries left alone.
 * Whose call it is tells the address that it returns to: Linnet's own code is all in the executable.
 *
 *   FAULT_KIND=alloc|write|open|thread FAULT_N=7 LD_PRELOAD=fail.so PROGRAM    the seventh fails; 0: none
 *   FAULT_COUNT=FILE                                                             how many there were goes there */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_long count;
static long failing;
static const char *kind = "";
static const char *start, *end; /* the executable's code */

/* The program's own code, from the first line of its map that can be executed. */
__attribute__((constructor)) static void set_up(void)
{
    char line[512], program[256] = "";
    const char *const wanted = getenv("FAULT_KIND"), *const n = getenv("FAULT_N");
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    FILE *const maps = fopen("/proc/self/maps", "r");
    while (maps && length > 0 && fgets(line, sizeof line, maps)) {
        unsigned long from, to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) == 3 && rights[2] == 'x' && strstr(line, program)) {
            start = (const char *)from;
            end = (const char *)to;
            break;
        }
    }
    if (maps)
        fclose(maps);
    failing = n ? atol(n) : 0;
    kind = wanted ? wanted : "";
    atomic_store(&count, 0);
}

__attribute__((destructor)) static void report(void)
{
    const char *const path = getenv("FAULT_COUNT");
    FILE *const file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&count));
        fclose(file);
    }
}

static bool must_fail(const char *what, const void *caller)
{
    if ((const char *)caller < start || (const char *)caller >= end || strcmp(kind, what) != 0)
        return false;
    return atomic_fetch_add(&count, 1) + 1 == failing;
}

#define FAILS(what) must_fail(what, __builtin_return_address(0))
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- memory ---- */

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    return FAILS("alloc") ? no_memory() : __libc_malloc(size);
}
void *calloc(size_t n, size_t size)
{
    return FAILS("alloc") ? no_memory() : __libc_calloc(n, size);
}
void *realloc(void *block, size_t size)
{
    return FAILS("alloc") ? no_memory() : __libc_realloc(block, size);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    if (FAILS("alloc"))
        return ENOMEM;
    *block = __libc_memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}

char *strdup(const char *text)
{
    const size_t size = strlen(text) + 1;
    char *const copy = FAILS("alloc") ? no_memory() : __libc_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

/* ---- files ---- */

static int fails_with(int code)
{
    errno = code;
    return -1;
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return FAILS("open") ? fails_with(EMFILE) : REAL(open)(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    if (!FAILS("open"))
        return REAL(fopen)(path, mode);
    errno = EMFILE;
    return NULL;
}

FILE *fdopen(int fd, const char *mode)
{
    if (!FAILS("open"))
        return REAL(fdopen)(fd, mode);
    errno = ENOMEM;
    return NULL;
}

DIR *opendir(const char *path)
{
    if (!FAILS("open"))
        return REAL(opendir)(path);
    errno = EMFILE;
    return NULL;
}

int pipe(int ends[2])
{
    return FAILS("open") ? fails_with(EMFILE) : REAL(pipe)(ends);
}
int dup(int fd)
{
    return FAILS("open") ? fails_with(EMFILE) : REAL(dup)(fd);
}

ssize_t write(int fd, const void *data, size_t size)
{
    return FAILS("write") ? fails_with(ENOSPC) : REAL(write)(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at)
{
    return FAILS("write") ? fails_with(ENOSPC) : REAL(pwrite)(fd, data, size, at);
}

int fflush(FILE *file)
{
    return FAILS("write") ? fails_with(ENOSPC) : REAL(fflush)(file);
}

int fclose(FILE *file)
{
    const bool fails = FAILS("write");
    const int closed = REAL(fclose)(file);
    return fails ? fails_with(ENOSPC) : closed;
}

int close(int fd)
{
    const bool fails = FAILS("write");
    const int closed = REAL(close)(fd);
    return fails ? fails_with(EIO) : closed;
}

int rename(const char *from, const char *to)
{
    return FAILS("write") ? fails_with(EROFS) : REAL(rename)(from, to);
}
int fchmod(int fd, mode_t mode)
{
    return FAILS("write") ? fails_with(EPERM) : REAL(fchmod)(fd, mode);
}

/* ---- threads ---- */

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    return FAILS("thread") ? EAGAIN : REAL(pthread_create)(thread, attributes, run, context);
}
