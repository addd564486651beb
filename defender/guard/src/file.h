/* Files by descriptors, so that what was looked at is what is used. Results are negative errno. */
#ifndef RINGFENCE_FILE_H
#define RINGFENCE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

enum { FILE_LINK = 32 };

/* `text` and a number behind it; `room` is enough for both. */
void file_append_number(char *room, const char *text, uint32_t number);

/* "/proc/self/fd/<fd>" */
void file_link(int fd, char link[static FILE_LINK]);

/* The one path that leads to what the descriptor stands for; false when there is none (deleted, in memory only). */
bool file_path(int fd, const struct stat *status, char *path, size_t size);

/* Copies a path of the program's; -EFAULT, -ENAMETOOLONG or its length. */
long file_copy_path(const char *from, char *to, size_t size);

/* Whether without symlinks the text is the file's path: it is absolute, and each name leads one step down (`..` would
 * lead elsewhere than the text says once a folder is moved meanwhile). What lies in /proc may be another process's. */
bool file_path_is_plain(const char *path);

long file_status(int fd, struct stat *status);

#endif
