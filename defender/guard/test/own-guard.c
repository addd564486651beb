/* Acts on the guard in its own process in the way that the first argument names, says what came of it, and then starts
 * the program of the second. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct range {
    uintptr_t start, end;
};

/* The code of the mapped file whose path holds `name`. */
static struct range code_of(const char *name) {
    char line[512], mode[8];
    struct range range = {0, 0};
    FILE *maps = fopen("/proc/self/maps", "re");
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, name) && sscanf(line, "%lx-%lx %7s", &range.start, &range.end, mode) == 3 && mode[2] == 'x')
            break;
    fclose(maps);
    return range;
}

static int descriptor(int index) {
    int fds[2] = {-1, -1};
    sscanf(getenv("RINGFENCE_GUARD"), "%d,%d", &fds[0], &fds[1]);
    return fds[index];
}

static int result_of(long result) { return result == -1 ? errno : 0; }

static int act(const char *way) {
    struct range guard = code_of("guard.so"), libc = code_of("libc");
    size_t size = guard.end - guard.start;
    void *page = (void *)guard.start;
    if (!strcmp(way, "unmap")) return result_of(munmap(page, size));
    if (!strcmp(way, "make-writable")) return result_of(mprotect((void *)libc.start, 4096, PROT_READ | PROT_WRITE));
    if (!strcmp(way, "forget-changes"))
        return result_of(madvise((void *)libc.start, libc.end - libc.start, MADV_DONTNEED));
    if (!strcmp(way, "map-over"))
        return result_of((long)mmap(page, size, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0));
    if (!strcmp(way, "move")) return result_of((long)mremap(page, size, size, MREMAP_MAYMOVE));
    if (!strcmp(way, "own-memory")) return result_of(open("/proc/self/mem", O_RDWR));
    if (!strcmp(way, "own-memory-by-thread")) return result_of(open("/proc/thread-self/mem", O_WRONLY));
    if (!strcmp(way, "own-memory-relative")) return chdir("/proc/self") ? 200 : result_of(open("mem", O_RDWR));
    if (!strcmp(way, "run-data")) return result_of(personality(READ_IMPLIES_EXEC));
    if (!strcmp(way, "close")) return result_of(close(descriptor(0))) && result_of(close(descriptor(1))) ? EBADF : 0;
    if (!strcmp(way, "close-range")) return result_of(syscall(SYS_close_range, 3, ~0u, 0));
    if (!strcmp(way, "replace")) return result_of(dup2(0, descriptor(0)));
    if (!strcmp(way, "other-table")) return result_of(syscall(0x40000000 | SYS_getpid));
    return 255;
}

int main(int argc, char **argv) {
    char *arguments[] = {argc > 2 ? argv[2] : "", NULL};
    printf("RESULT %d\n", act(argc > 1 ? argv[1] : ""));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(execve(arguments[0], arguments, environ) ? errno : 0);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}
