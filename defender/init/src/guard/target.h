/* Looks into a guarded process: its memory, files and identity. Everything read here may change while it is read. */
#ifndef RINGFENCE_TARGET_H
#define RINGFENCE_TARGET_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct file_identity {
    uint64_t device, inode;
};

/* Reads a NUL-terminated string of less than `size` bytes. Returns its length, or -errno. */
int target_read_string(pid_t thread, uint64_t address, char *out, size_t size);

/* Reads `size` bytes; true when all could be read. */
bool target_read(pid_t thread, uint64_t address, void *out, size_t size);

/* Writes `size` bytes; true when all could be written. */
bool target_write(pid_t thread, uint64_t address, const void *bytes, size_t size);

/* Writes several pieces of bytes at once, each to its place in the thread's memory; true when all could be written. */
struct target_piece {
    uint64_t address;
    const void *bytes;
    size_t size;
};
bool target_write_pieces(pid_t thread, const struct target_piece *pieces, size_t count);

/* The binary that the thread runs. */
bool target_executable(pid_t thread, struct file_identity *identity);
void target_executable_path(pid_t thread, char path[static PATH_MAX]);

/* Its path, if that is how this process reaches it, too; else false (deleted, in memory only, behind another mount). */
bool target_executable_name(pid_t thread, struct file_identity *identity, char path[static PATH_MAX]);

/* Opens, without reading it, the file that `path` names for the thread; `folder` is as for openat. Returns an
 * O_PATH descriptor, or -errno. Paths are resolved as this process sees the file system, so that a mount of the
 * target's own can't give a forbidden file an allowed name. */
int target_open(pid_t thread, int folder, const char *path, bool follow_last_symlink);

/* The name that the kernel gives to what a descriptor of this process stands for; empty when it has none to give. */
void descriptor_name(int fd, char path[static PATH_MAX]);

/* The one path by which this process reaches the file of an O_PATH descriptor; false when there is none
 * (deleted, in memory only, or behind another mount). */
bool name_of_file(int fd, const struct file_identity *identity, char path[static PATH_MAX]);

/* Whether the thread has this process's root and mounts. */
bool target_sees_same_files(pid_t thread);

/* Whether an absolute path leads the thread as well as this process to `resolved`, and by no symlink which somebody
 * without privileges could change. */
bool target_path_is_firm(pid_t thread, const char *path, const char *resolved);

/* The id of the process that a descriptor of the thread stands for (pidfd, folder of /proc), or 0. */
pid_t target_descriptor_process(pid_t thread, int fd);

/* The mask that the thread's process has for the modes of new files. */
mode_t target_umask(pid_t thread);

/* Whether a signal that the thread handles is due and can't reach it while it waits for an answer. */
bool target_has_signal(pid_t thread);

/* The id of the process's parent, or -1. */
pid_t target_parent(pid_t process);

/* The id of the process to which the thread belongs, or the thread's own. */
pid_t target_process(pid_t thread);

#endif
