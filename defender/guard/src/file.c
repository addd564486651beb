#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

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

long file_status(int fd, struct stat *status) { return SYSTEM(fstat, fd, status); }

bool file_path(int fd, const struct stat *status, char *path, size_t size) {
    char link[FILE_LINK];
    struct stat named;
    file_link(fd, link);
    long length = SYSTEM(readlinkat, AT_FDCWD, link, path, size - 1);
    path[length > 0 ? length : 0] = '\0';
    return path[0] == '/' && SYSTEM(newfstatat, AT_FDCWD, path, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           named.st_dev == status->st_dev && named.st_ino == status->st_ino;
}

long file_copy_path(const char *from, char *to, size_t size) {
    if ((uintptr_t)from < LOWEST_ADDRESS) return -EFAULT;
    for (size_t i = 0; i < size; i++)
        if (!(to[i] = from[i])) return (long)i;
    return -ENAMETOOLONG;
}
