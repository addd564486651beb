#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "target.h"

enum {
    CACHED = 8,
    THREAD = O_EXCL /* PIDFD_THREAD, Linux 6.9 */
};

/* A pidfd means one thread or process for ever, also after its number is given to another one. */
static struct {
    pid_t thread; /* 0: free */
    int pidfd;
} cache[CACHED];
static unsigned oldest;
static bool forbidden;

static int open_pidfd(pid_t thread, unsigned flags) { return (int)syscall(SYS_pidfd_open, thread, flags); }

static int copy_by(int pidfd, int fd) {
    int copy = (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
    return copy < 0 ? -errno : copy;
}

static int copy_by_process(pid_t thread, int fd) {
    int pidfd = open_pidfd(target_process(thread), 0);
    if (pidfd < 0) return -errno;
    int copy = copy_by(pidfd, fd);
    close(pidfd);
    return copy;
}

static void remember(pid_t thread, int pidfd) {
    if (cache[oldest].thread) close(cache[oldest].pidfd);
    cache[oldest].thread = thread;
    cache[oldest].pidfd = pidfd;
    oldest = (oldest + 1) % CACHED;
}

int descriptor_copy(pid_t thread, int fd) {
    for (unsigned i = 0; i < CACHED; i++) {
        if (cache[i].thread != thread) continue;
        int copy = copy_by(cache[i].pidfd, fd);
        if (copy != -ESRCH) return copy;
        close(cache[i].pidfd);
        cache[i].thread = 0;
    }
    int pidfd = open_pidfd(thread, THREAD);
    if (pidfd < 0) pidfd = open_pidfd(thread, 0);
    if (pidfd < 0) return copy_by_process(thread, fd); /* an older kernel, and not the first thread of its process */
    remember(thread, pidfd);
    return copy_by(pidfd, fd);
}

bool descriptor_try(pid_t child) {
    int copy = descriptor_copy(child, STDIN_FILENO);
    forbidden = copy < 0;
    if (copy >= 0) close(copy);
    return !forbidden;
}

bool descriptor_is_forbidden(void) { return forbidden; }
