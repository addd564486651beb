#include "library.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "audit.h"
#include "configuration.h"
#include "environment.h"
#include "library-audit.h"
#include "library-image.h"
#include "library-share.h"
#include "loader-variables.h"
#include "loader.h"
#include "loop.h"
#include "program.h"
#include "resolver.h"
#include "surroundings.h"

#ifndef F_SEAL_FUTURE_WRITE /* Linux 5.1 */
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

enum { HIGHEST_DESCRIPTOR = 1024, RESERVED = 8, RECORDS_A_TURN = 64 };

static struct library_share *share;
static int share_fd = -1, child_socket = -1;
static bool is_open, loads_at_once;
static char file[PATH_MAX + 48], setting[64];
static struct library_reach reach;
static struct loop_source records = {.fd = -1};

/* The main process has a table of descriptors of its own by now, which it may have shared with the init before. */
static void on_hello(const struct library_record *record) {
    reach = (struct library_reach){.loaded = true, .sites = record->sites, .missed = record->missed};
    if (child_socket >= 0) close(child_socket);
    child_socket = -1;
}

static void on_record(const struct library_record *record, size_t length) {
    bool is_main = record->process == share->main_process;
    if (record->type == RECORD_FILE) { /* only before any of the function's own code has run */
        if (is_main && !reach.loaded && length == sizeof(struct library_file))
            library_image_note((const struct library_file *)record);
        return;
    }
    if (record->type == RECORD_HELLO && is_main)
        on_hello(record);
    else if (record->type == RECORD_HELLO)
        library_image_make(share);
    library_audit((struct span){(const uint8_t *)record, length});
}

static void on_records(struct loop_source *source, uint32_t events) {
    (void)events;
    static _Alignas(struct library_file) uint8_t bytes[LIBRARY_RECORD];
    for (int i = 0; i < RECORDS_A_TURN && source->fd >= 0; i++) {
        ssize_t length = recv(source->fd, bytes, sizeof bytes, MSG_DONTWAIT);
        if (length < 0) return;
        if (length == 0) { /* the last guarded process has ended */
            loop_remove(source);
            source->fd = -1;
            return;
        }
        if ((size_t)length >= sizeof(struct library_record)) on_record((const void *)bytes, (size_t)length);
    }
}

/* Where programs that count on low numbers, or close all above them, meet it last. */
static int move_up(int fd) {
    struct rlimit limit;
    int from = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < HIGHEST_DESCRIPTOR ? (int)limit.rlim_cur
                                                                                            : HIGHEST_DESCRIPTOR;
    int moved = fcntl(fd, F_DUPFD_CLOEXEC, from - RESERVED);
    if (moved < 0) return fd;
    close(fd);
    return moved;
}

/* Whether its loader takes a library in before anything of the program itself runs: not one with rights of its own.
 * Where the init was started with such, as by who has two user ids, so will it be. */
static bool takes_library(const char *command, const struct program *program, const struct stat *status) {
    return !getauxval(AT_SECURE) && program->has_loader && !program->is_script &&
           !(status->st_mode & (S_ISUID | S_ISGID)) && getxattr(command, "security.capability", NULL, 0) < 0;
}

static void inspect(const char *command) {
    struct program program;
    struct stat status;
    int fd = open(command, O_PATH | O_CLOEXEC);
    if (fd < 0) return;
    if (fstat(fd, &status) == 0 &&
        program_inspect(fd, &(struct file_identity){status.st_dev, status.st_ino}, &program) == 0) {
        share->starts_as_script = program.is_script;
        loads_at_once = takes_library(command, &program, &status);
    }
    close(fd);
}

static bool write_settings(void) {
    const char *preload = getenv("LD_PRELOAD"), *path = getenv("LD_LIBRARY_PATH");
    bool has_preload = preload && *preload;
    int length = snprintf(share->preload, sizeof share->preload, "LD_PRELOAD=%s%s%s", file, has_preload ? ":" : "",
                          has_preload ? preload : "");
    int path_length = path ? snprintf(share->library_path, sizeof share->library_path, "LD_LIBRARY_PATH=%s", path) : 0;
    snprintf(setting, sizeof setting, LIBRARY_VARIABLE "%d,%d", share_fd, child_socket);
    return length < LIBRARY_PATH && path_length < LIBRARY_PATH;
}

static void write_surroundings(const char *command) {
    memcpy(share->magic, LIBRARY_MAGIC, sizeof share->magic);
    share->init = getpid();
    share->init_group = getpgrp() > 1 ? getpgrp() : INT32_MAX; /* 1: -1 means all anyway */
    inspect(command);
    share->network = surroundings.network;
    if (!configuration_folder(share->package) || readlink("/proc/self/exe", share->binary, LIBRARY_PATH - 1) < 0)
        share->package[0] = '\0';
    for (int i = 0; i < VARIABLES; i++) {
        struct span value = surroundings.variables.values[i];
        share->variable_set[i] = value.bytes != NULL;
        if (value.length < LIBRARY_PATH) memcpy(share->variables[i], value.bytes, value.length);
    }
}

/* At an address where large pages of the file can be such of the memory. */
static void *map_aligned(int fd, size_t size) {
    size_t spare = LIBRARY_LARGE_PAGE;
    uint8_t *room = mmap(NULL, size + spare, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) return NULL;
    size_t before = -(uintptr_t)room % spare;
    void *at = mmap(room + before, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
    if (before) munmap(room, before);
    munmap(room + before + size, spare - before);
    return at == MAP_FAILED ? NULL : at;
}

/* The guarded processes can map the memory for reading only, and not change its size. */
static bool open_share(void) {
    share_fd = memfd_create("ringfence", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (share_fd < 0 || ftruncate(share_fd, LIBRARY_SIZE) != 0) return false;
    share = map_aligned(share_fd, LIBRARY_SIZE);
    if (!share) return false;
    return fcntl(share_fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0;
}

/* A loader passes over what it can't load. */
static const char *find_fault(void) {
    char head[256];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return "the guard library .ringfence/guard.so is not in the package";
    ssize_t length = read(fd, head, sizeof head);
    close(fd);
    bool is_sound = length > 0 && loader_takes(head, (size_t)length);
    return is_sound ? NULL : "the guard library .ringfence/guard.so is damaged, or one for another architecture";
}

const char *library_open(const struct policy *policy, const char *command, bool filtered) {
    int sockets[2];
    if (configuration_folder(file)) strcat(file, "/guard.so");
    const char *fault = find_fault();
    if (fault) return fault;
    if (strpbrk(file, ": \t")) return "the loader takes no library from a folder with a colon or a space in its name";
    if (!open_share()) return "no sealed memory can be shared with the guarded processes";
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) return "no socket can be opened";
    share_fd = move_up(share_fd);
    child_socket = move_up(sockets[1]);
    records = (struct loop_source){.fd = sockets[0], .ready = on_records};
    if (!write_settings()) return "LD_PRELOAD or LD_LIBRARY_PATH is too long";
    if (!loop_add(&records, EPOLLIN)) return "the socket can't be watched";
    write_surroundings(command);
    share->filtered = filtered;
    resolver_keep_names(&share->names);
    library_use_policy(policy);
    loader_variables_require(share->preload);
    loader_variables_require(setting);
    is_open = true;
    return NULL;
}

bool library_is_open(void) { return is_open; }

void library_give_up(void) { is_open = false; }

void library_spare(pid_t process) { reach.spared = process == share->main_process; }

const char *library_file(void) { return file; }

bool library_is_share(int fd) {
    struct stat shared, other;
    return share && fstat(share_fd, &shared) == 0 && fstat(fd, &other) == 0 && shared.st_dev == other.st_dev &&
           shared.st_ino == other.st_ino;
}

void library_enter(void) {
    const struct rlimit none = {0, 0};
    fcntl(share_fd, F_SETFD, 0);
    fcntl(child_socket, F_SETFD, 0);
    if (!environment_set(setting) || !environment_set(share->preload)) abort();
    environment_remove("LD_AUDIT");
    prlimit(0, RLIMIT_CORE, &none, NULL); /* a core dump would hold what the function's memory does */
}

void library_set_main(pid_t process) { share->main_process = process; }

bool library_loads_at_once(void) { return loads_at_once; }

/* It stays in the socket, for what the main process becomes by a further exec. */
void library_release(void) { send(records.fd, "", 1, MSG_NOSIGNAL); }

void library_use_resolver(void) {
    static const int families[] = {AF_INET, AF_INET6};
    for (int i = 0; share && i < 2; i++) {
        share->resolver_port[false][i] = resolver_port(families[i], SOCK_DGRAM);
        share->resolver_port[true][i] = resolver_port(families[i], SOCK_STREAM);
    }
}

void library_use_policy(const struct policy *policy) {
    struct span compiled = policy->compiled;
    if (!share || compiled.length > sizeof share->policy[0].bytes) return;
    struct library_policy *next = &share->policy[share->policies % 2];
    next->length = (uint32_t)compiled.length;
    memcpy(next->bytes, compiled.bytes, compiled.length);
    next->link_count = surroundings.variables.link_count;
    memcpy(next->links, surroundings.variables.links, sizeof next->links);
    share->sections = policy_sections(policy) & (share->filtered ? SECTION_NETWORK : ~0u);
    __atomic_store_n(&share->policies, share->policies + 1, __ATOMIC_RELEASE);
}

void library_end_start(void) {
    if (share) __atomic_store_n(&share->started, 1, __ATOMIC_RELEASE);
}

void library_receive(void) { on_records(&records, EPOLLIN); }

struct library_reach library_reach(void) {
    return reach;
}
