/* Writing until all is written, see write.h. */
#include "base/write.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

int base_write(int fd, const void *data, size_t size)
{
    const char *from = data;
    while (size > 0) {
        const ssize_t n = write(fd, from, size);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            if (poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1) < 0 && errno != EINTR)
                return errno;
        } else if (n < 0 && errno != EINTR) {
            return errno;
        }
        if (n > 0) {
            from += n;
            size -= (size_t)n;
        }
    }
    return 0;
}
