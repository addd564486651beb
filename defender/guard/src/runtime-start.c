#include "runtime-start.h"

#include <fcntl.h>

#include "file.h"
#include "own-program.h"
#include "state.h"
#include "system.h"

enum { MAX_FORKS = 16, STATUS_HEAD = 512, PROC_PATH = 32 };

static bool is_shell(const char *path) {
    static const char *const shells[] = {"sh", "bash", "dash", "ash", "busybox", "env"};
    const char *base = path;
    for (const char *at = path; *at; at++)
        if (*at == '/') base = at + 1;
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        if (strcmp(base, shells[i]) == 0) return true;
    return false;
}

static void proc_path(char path[static PROC_PATH], int32_t process, const char *file) {
    file_append_number(path, "/proc/", (uint32_t)process);
    memcpy(path + strlen(path), file, strlen(file) + 1);
}

static bool runs_own_binary(int32_t process) {
    char path[PROC_PATH];
    struct stat binary;
    proc_path(path, process, "/exe");
    return SYSTEM(newfstatat, AT_FDCWD, path, &binary, 0) == 0 && binary.st_dev == own_program()->status.st_dev &&
           binary.st_ino == own_program()->status.st_ino;
}

/* 0: not known. */
static int32_t parent_of(int32_t process) {
    static const char label[] = "\nPPid:\t";
    char path[PROC_PATH], head[STATUS_HEAD];
    proc_path(path, process, "/status");
    int fd = (int)SYSTEM(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    long length = SYSTEM(read, fd, head, sizeof head - 1);
    SYSTEM(close, fd);
    head[length > 0 ? length : 0] = '\0';
    const char *at = memmem(head, strlen(head), label, sizeof label - 1);
    int32_t parent = 0;
    for (at = at ? at + sizeof label - 1 : ""; *at >= '0' && *at <= '9'; at++) parent = parent * 10 + (*at - '0');
    return parent;
}

/* What the script starts and stays with is no fork of it: a shell that this starts is no part of the start. */
static bool is_fork_of_main(void) {
    int32_t process = (int32_t)SYSTEM(getpid, 0);
    for (int level = 0; level < MAX_FORKS && process > 0 && runs_own_binary(process); level++) {
        if (process == state.share->main_process) return true;
        process = parent_of(process);
    }
    return false;
}

bool runtime_start_includes(const char *program) {
    if (state_started()) return false;
    if (state.share->starts_as_script && is_shell(own_program()->path)) return is_fork_of_main();
    return SYSTEM(getpid, 0) == state.share->main_process && strcmp(program, own_program()->path) == 0;
}
