#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "rules-files.h"
#include "system.h"

enum { LOWEST_ADDRESS = 4096 };

void file_append_number(char *room, const char *text, uint32_t number) {
    char digits[12], *digit = digits + sizeof digits - 1;
    *digit = '\0';
    do *--digit = (char)('0' + number % 10);
    while (number /= 10);
    size_t length = strlen(text);
    memcpy(room, text, length);
    memcpy(room + length, digit, (size_t)(digits + sizeof digits - digit));
}

void file_link(int fd, char link[static FILE_LINK]) { file_append_number(link, "/proc/self/fd/", (uint32_t)fd); }

bool file_path_is_plain(const char *path) {
    if (path[0] != '/' || strncmp(path, "/proc/", strlen("/proc/")) == 0) return false;
    for (; *path; path++) {
        if (*path != '/') continue;
        const char *name = path + 1;
        if (*name == '.') name += name[1] == '.' ? 2 : 1;
        if (!*name || *name == '/') return false;
    }
    return true;
}

long file_status(int fd, struct stat *status) { return SYSTEM(fstat, fd, status); }

/* The name that the kernel gives leads to the file, since there are no mounts of the function's own; unless it says
 * that it is gone, which a name may also end with. */
bool file_path(int fd, const struct stat *status, char *path, size_t size) {
    char link[FILE_LINK];
    struct stat named;
    file_link(fd, link);
    long length = SYSTEM(readlinkat, AT_FDCWD, link, path, size - 1);
    path[length > 0 ? length : 0] = '\0';
    if (path[0] != '/') return false;
    if (file_path_kept_length(path) == (size_t)length) return true;
    return SYSTEM(newfstatat, AT_FDCWD, path, &named, AT_SYMLINK_NOFOLLOW) == 0 && named.st_dev == status->st_dev &&
           named.st_ino == status->st_ino;
}

long file_copy_path(const char *from, char *to, size_t size) {
    if ((uintptr_t)from < LOWEST_ADDRESS) return -EFAULT;
    for (size_t i = 0; i < size; i++)
        if (!(to[i] = from[i])) return (long)i;
    return -ENAMETOOLONG;
}
