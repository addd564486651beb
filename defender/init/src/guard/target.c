#include "target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../base/firm-path.h"

enum { PAGE = 4096, MAX_PROC_PATH = 64 };

static bool read_page_part(pid_t thread, uint64_t address, void *out, size_t size) {
    struct iovec local = {out, size};
    struct iovec remote = {(void *)(uintptr_t)address, size};
    return process_vm_readv(thread, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

bool target_read(pid_t thread, uint64_t address, void *out, size_t size) {
    return read_page_part(thread, address, out, size);
}

bool target_write(pid_t thread, uint64_t address, const void *bytes, size_t size) {
    struct iovec local = {(void *)(uintptr_t)bytes, size};
    struct iovec remote = {(void *)(uintptr_t)address, size};
    return process_vm_writev(thread, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

bool target_write_pieces(pid_t thread, const struct target_piece *pieces, size_t count) {
    enum { MOST = 4 };
    struct iovec local[MOST], remote[MOST];
    size_t size = 0;
    if (count > MOST) return false;
    for (size_t i = 0; i < count; i++) {
        local[i] = (struct iovec){(void *)(uintptr_t)pieces[i].bytes, pieces[i].size};
        remote[i] = (struct iovec){(void *)(uintptr_t)pieces[i].address, pieces[i].size};
        size += pieces[i].size;
    }
    return process_vm_writev(thread, local, count, remote, count, 0) == (ssize_t)size;
}

int target_read_string(pid_t thread, uint64_t address, char *out, size_t size) {
    size_t length = 0;
    while (length < size) {
        size_t part = PAGE - (address + length) % PAGE;
        if (part > 256) part = 256; /* most strings are short */
        if (part > size - length) part = size - length;
        if (!read_page_part(thread, address + length, out + length, part)) return -EFAULT;
        char *end = memchr(out + length, '\0', part);
        if (end) return (int)(end - out);
        length += part;
    }
    return -ENAMETOOLONG;
}

static bool identify(const char *path, struct file_identity *identity) {
    struct stat status;
    if (stat(path, &status) != 0) return false;
    *identity = (struct file_identity){status.st_dev, status.st_ino};
    return true;
}

bool target_executable(pid_t thread, struct file_identity *identity) {
    char path[MAX_PROC_PATH];
    snprintf(path, sizeof path, "/proc/%d/exe", thread);
    return identify(path, identity);
}

void target_executable_path(pid_t thread, char path[static PATH_MAX]) {
    char link[MAX_PROC_PATH];
    snprintf(link, sizeof link, "/proc/%d/exe", thread);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = '\0';
}

static int open_handle(int folder, const char *path, int flags) {
    int fd = openat(folder, path, O_PATH | O_CLOEXEC | flags);
    return fd < 0 ? -errno : fd;
}

/* Links of /proc and /dev/fd mean the process that follows them; here that must be the target. */
static const char *behind(const char *path, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(path, prefix, length) == 0 ? path + length : NULL;
}

static int open_absolute(pid_t thread, const char *path, int flags) {
    char own[PATH_MAX + MAX_PROC_PATH];
    const char *rest;
    if ((rest = behind(path, "/proc/self/")) || (rest = behind(path, "/proc/thread-self/"))) {
        snprintf(own, sizeof own, "/proc/%d/%s", thread, rest);
        return open_handle(AT_FDCWD, own, flags);
    }
    if ((rest = behind(path, "/dev/fd/"))) {
        snprintf(own, sizeof own, "/proc/%d/fd/%s", thread, rest);
        return open_handle(AT_FDCWD, own, flags);
    }
    return open_handle(AT_FDCWD, path, flags);
}

int target_open(pid_t thread, int folder, const char *path, bool follow_last_symlink) {
    int flags = follow_last_symlink ? 0 : O_NOFOLLOW;
    if (path[0] == '/') return open_absolute(thread, path, flags);
    char base_path[MAX_PROC_PATH];
    if (folder == AT_FDCWD) {
        snprintf(base_path, sizeof base_path, "/proc/%d/cwd", thread);
    } else {
        snprintf(base_path, sizeof base_path, "/proc/%d/fd/%d", thread, folder);
    }
    int base = open_handle(AT_FDCWD, base_path, 0);
    if (base == -ENOENT && folder != AT_FDCWD) return -EBADF;
    if (base < 0 || !path[0]) return base;
    int fd = open_handle(base, path, flags);
    close(base);
    return fd;
}

static bool leads_to(const char *path, const struct file_identity *identity) {
    struct stat named;
    return path[0] == '/' && lstat(path, &named) == 0 && named.st_dev == identity->device &&
           named.st_ino == identity->inode;
}

bool target_executable_name(pid_t thread, struct file_identity *identity, char path[static PATH_MAX]) {
    target_executable_path(thread, path);
    return target_executable(thread, identity) && leads_to(path, identity);
}

void descriptor_name(int fd, char path[static PATH_MAX]) {
    static int folder = -1; /* the way through /proc takes as long as the rest */
    char number[12];
    if (folder < 0) folder = openat(AT_FDCWD, "/proc/self/fd", O_PATH | O_CLOEXEC);
    snprintf(number, sizeof number, "%d", fd);
    ssize_t length = readlinkat(folder, number, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = '\0';
}

bool name_of_file(int fd, const struct file_identity *identity, char path[static PATH_MAX]) {
    descriptor_name(fd, path);
    return leads_to(path, identity);
}

bool target_sees_same_files(pid_t thread) {
    char path[MAX_PROC_PATH], own[MAX_PROC_PATH], other[MAX_PROC_PATH];
    struct file_identity root, own_root;
    snprintf(path, sizeof path, "/proc/%d/root", thread);
    if (!identify(path, &root) || !identify("/", &own_root)) return false;
    if (root.device != own_root.device || root.inode != own_root.inode) return false;
    snprintf(path, sizeof path, "/proc/%d/ns/mnt", thread);
    ssize_t length = readlink(path, other, sizeof other);
    return length > 0 && readlink("/proc/self/ns/mnt", own, sizeof own) == length &&
           memcmp(own, other, (size_t)length) == 0;
}

bool target_path_is_firm(pid_t thread, const char *path, const char *resolved) {
    return target_sees_same_files(thread) && path_is_firm(path, resolved);
}

static void read_text(const char *path, char *text, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, size - 1);
    if (fd >= 0) close(fd);
    text[length > 0 ? length : 0] = '\0';
}

/* The number behind a name in a file of /proc, or -1. */
static pid_t read_field(const char *path, const char *name) {
    char text[1024];
    read_text(path, text, sizeof text);
    const char *line = strstr(text, name);
    return line ? (pid_t)atoi(line + strlen(name)) : -1;
}

pid_t target_descriptor_process(pid_t thread, int fd) {
    char path[MAX_PROC_PATH], link[MAX_PROC_PATH];
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", thread, fd);
    pid_t process = read_field(path, "\nPid:");
    if (process > 0) return process;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", thread, fd);
    ssize_t length = readlink(path, link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    const char *slash = strrchr(link, '/');
    return slash ? (pid_t)atoi(slash + 1) : 0;
}

pid_t target_parent(pid_t process) {
    char path[MAX_PROC_PATH];
    snprintf(path, sizeof path, "/proc/%d/status", process);
    return read_field(path, "\nPPid:");
}

pid_t target_process(pid_t thread) {
    char path[MAX_PROC_PATH];
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    pid_t process = read_field(path, "\nTgid:");
    return process > 0 ? process : thread;
}

mode_t target_umask(pid_t thread) {
    char path[MAX_PROC_PATH], status[2048];
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    read_text(path, status, sizeof status);
    const char *line = strstr(status, "\nUmask:");
    return line ? (mode_t)strtoul(line + strlen("\nUmask:"), NULL, 8) : 022;
}

static uint64_t signals_of(const char *status, const char *name) {
    const char *line = strstr(status, name);
    return line ? strtoull(line + strlen(name), NULL, 16) : 0;
}

bool target_has_signal(pid_t thread) {
    char path[MAX_PROC_PATH], status[2048];
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    read_text(path, status, sizeof status);
    uint64_t pending = signals_of(status, "\nSigPnd:") | signals_of(status, "\nShdPnd:");
    return pending & ~signals_of(status, "\nSigBlk:") & signals_of(status, "\nSigCgt:");
}
