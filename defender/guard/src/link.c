#include "link.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "system.h"

enum { TARGET = 192 };

/* The end of the first part of the path that is a symlink, with its text; NULL: none is. */
static char *find_link(char *path, char target[static TARGET], size_t *length) {
    for (char *end = path + 1;; end++) {
        if (*end && *end != '/') continue;
        char kept = *end;
        *end = '\0';
        long read = SYSTEM(readlinkat, AT_FDCWD, path, target, TARGET);
        *end = kept;
        *length = (size_t)read;
        if (read > 0) return read < TARGET ? end : NULL;
        if (!kept) return NULL;
    }
}

/* Where everybody may write, the kernel follows only links of the caller's or the folder's owner (proc(5),
 * protected_symlinks). */
static bool is_shared(char *path, char *slash) {
    struct stat status;
    char kept = slash[1];
    slash[1] = '\0';
    long error = SYSTEM(newfstatat, AT_FDCWD, path, &status, 0);
    slash[1] = kept;
    return error || status.st_mode & S_ISVTX;
}

bool link_follow(char *path, size_t size) {
    char target[TARGET], *text = target;
    size_t length;
    char *end = find_link(path, target, &length);
    if (!end) return false;
    char *slash = end;
    while (*--slash != '/') continue;
    if (is_shared(path, slash)) return false;
    if (target[0] == '/') slash = path, text++, length--;
    for (; length > 3 && memcmp(text, "../", 3) == 0; text += 3, length -= 3)
        while (slash > path && *--slash != '/') continue;
    size_t rest = strlen(end) + 1, start = (size_t)(slash + 1 - path);
    if (start + length + rest >= size) return false;
    memmove(slash + 1 + length, end, rest);
    memcpy(slash + 1, text, length);
    return file_path_is_plain(path);
}
