/* Acts on the guard in its own process in the way that the first argument names, with a file that the third names, says
 * what came of it, and then starts the program of the second. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/shm.h>
#include <sys/stat.h>
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

struct bytes {
    const void *bytes;
    size_t length;
};
#define BYTES(text)                                                                                                    \
    (struct bytes) { text, sizeof text - 1 }

#if defined(__x86_64__)
static const struct bytes call = BYTES("\xb8\x3b\x00\x00\x00\x0f\x05\xc3"), /* mov $59,%eax; syscall; ret */
    push = BYTES("\x6a\x3b\x58\x99\x0f\x05"),                               /* push $59; pop %rax; cltd; syscall */
    cleared = BYTES("\x31\xc0\x99\x52\x57\x54\x5e\xb0\x3b\x0f\x05"), /* xor %eax,%eax; …; mov $59,%al; syscall */
    library = BYTES("\x4c\x89\xd0\x0f\x05\x48\x3d\x01\xf0\xff\xff"), /* mov %r10,%rax; syscall; cmp $-4095,%rax */
    unwatched = BYTES("\xb8\x27\x00\x00\x00\x0f\x05\xc3"),           /* getpid */
    constants = BYTES("\x48\xb8\x0f\x05\x00\x00\x3b\x00\x00\x00\x48\x8d\x05\x0f\x05\x00\x00\xc3");
#elif defined(__aarch64__)
static const struct bytes call = BYTES("\xa8\x1b\x80\xd2\x01\x00\x00\xd4"), push = call, cleared = call,
                          library = BYTES("\x01\x00\x00\xd4\x1f\x20\x03\xd5"), /* svc #0, whatever is in x8; nop */
    unwatched = BYTES("\x88\x15\x80\xd2\x01\x00\x00\xd4"),                     /* getpid */
    constants = BYTES("\x00\x01\x00\x00\xd4\x00\x00\x00");
#endif

static void *anonymous(int protection) { return mmap(NULL, 65536, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

/* As a JIT compiler does that never has memory writable and executable at once. */
static int write_and_run(const struct bytes *code) {
    char *at = anonymous(PROT_READ | PROT_WRITE);
    memcpy(at + 4096, code->bytes, code->length); /* a page's first bytes, behind one that nobody has touched */
    return result_of(mprotect(at, 65536, PROT_READ | PROT_EXEC));
}

/* The kernel makes executable what lies in front of the hole, and then says ENOMEM. */
static int write_before_hole(const struct bytes *code) {
    char *at = anonymous(PROT_READ | PROT_WRITE);
    memcpy(at, code->bytes, code->length);
    munmap(at + 8192, 4096);
    return result_of(mprotect(at, 65536, PROT_READ | PROT_EXEC));
}

static int write_below(const struct bytes *code) {
    char *at = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0);
    memcpy(at, code->bytes, code->length);
    at[61440] = 1;
    return result_of(mprotect(at + 61440, 4096, PROT_READ | PROT_EXEC | PROT_GROWSDOWN));
}

static int map_file(const char *path, int protection, int later) {
    struct stat status;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &status)) return 200;
    void *at = mmap(NULL, (size_t)status.st_size, protection, MAP_PRIVATE, fd, 0);
    return at == MAP_FAILED || !later ? result_of((long)at) : result_of(mprotect(at, (size_t)status.st_size, later));
}

static int act(const char *way, const char *file) {
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
    if (!strcmp(way, "run-call")) return write_and_run(&call);
    if (!strcmp(way, "run-pushed-call")) return write_and_run(&push);
    if (!strcmp(way, "run-call-of-cleared")) return write_and_run(&cleared);
    if (!strcmp(way, "run-call-of-library")) return write_and_run(&library);
    if (!strcmp(way, "run-unwatched-call")) return write_and_run(&unwatched);
    if (!strcmp(way, "run-before-hole")) return write_before_hole(&call);
    if (!strcmp(way, "run-unwatched-before-hole")) return write_before_hole(&unwatched);
    if (!strcmp(way, "run-below")) return write_below(&call);
    if (!strcmp(way, "run-unwatched-below")) return write_below(&unwatched);
    if (!strcmp(way, "run-constants")) return write_and_run(&constants);
    if (!strcmp(way, "file-writable")) return map_file(file, PROT_READ | PROT_WRITE | PROT_EXEC, 0);
    if (!strcmp(way, "file-later")) return map_file(file, PROT_READ, PROT_READ | PROT_EXEC);
    if (!strcmp(way, "file-only-executable")) return map_file(file, PROT_READ, PROT_EXEC);
    if (!strcmp(way, "attach-code"))
        return result_of((long)shmat(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0700), NULL, SHM_EXEC));
    if (!strcmp(way, "close")) return result_of(close(descriptor(0))) && result_of(close(descriptor(1))) ? EBADF : 0;
    if (!strcmp(way, "close-range")) return result_of(syscall(SYS_close_range, 3, ~0u, 0));
    if (!strcmp(way, "replace")) return result_of(dup2(0, descriptor(0)));
    if (!strcmp(way, "other-table")) return result_of(syscall(0x40000000 | SYS_getpid));
    return 255;
}

int main(int argc, char **argv) {
    char *arguments[] = {argc > 2 ? argv[2] : "", NULL};
    printf("RESULT %d\n", act(argc > 1 ? argv[1] : "", argc > 3 ? argv[3] : ""));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(execve(arguments[0], arguments, environ) ? errno : 0);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200;
}
