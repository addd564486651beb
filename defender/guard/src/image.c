#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "known-image.h"
#include "loader.h"
#include "system.h"

enum { MAX_INTERPRETERS = 5 /* fs/exec.c */, HEAD = LIBRARY_RECORD, FIRST_LINE = 256 };

/* A loader ignores LD_PRELOAD for a program with rights of its own, and there is none in a static one. */
static bool loads_library(int fd, const struct stat *status, const char *head, size_t length) {
    struct loader_place place;
    char name[LOADER_NAME];
    if (status->st_mode & (S_ISUID | S_ISGID)) return false;
    if (SYSTEM(fgetxattr, fd, "security.capability", 0, 0) > 0) return false;
    return loader_find(head, length, &place) &&
           SYSTEM(pread64, fd, name, place.size, place.offset) == (long)place.size && loader_is_known(name, place.size);
}

/* `#! interpreter [argument]` as fs/binfmt_script.c reads it. */
static bool read_interpreter(char *head, size_t length, char *interpreter) {
    if (length < 2 || head[0] != '#' || head[1] != '!') return false;
    size_t end = length < FIRST_LINE ? length : FIRST_LINE - 1, at = 2, from;
    while (at < end && (head[at] == ' ' || head[at] == '\t')) at++;
    for (from = at; at < end && head[at] && !strchr(" \t\n", head[at]); at++) continue;
    memcpy(interpreter, head + from, at - from);
    interpreter[at - from] = '\0';
    return true;
}

static long open_to_read(const char *path) { return SYSTEM(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); }

static long open_first(const struct image_file *file) {
    char link[FILE_LINK];
    struct stat status;
    long opened = file->path ? open_to_read(file->path) : -ENOENT;
    bool is_it = opened >= 0 && file_status((int)opened, &status) == 0 && status.st_dev == file->status->st_dev &&
                 status.st_ino == file->status->st_ino;
    if (is_it) return opened;
    if (opened >= 0) SYSTEM(close, opened);
    file_link(file->fd, link);
    return open_to_read(link);
}

int image_inspect(const struct image_file *file, struct scratch *scratch, struct image *image) {
    *image = (struct image){false, false};
    char name[FIRST_LINE];
    scratch->work[0] = '\0';
    if (file->status && known_image_is(file->status)) {
        image->guarded = true;
        return 0;
    }
    for (int depth = 0; depth <= MAX_INTERPRETERS; depth++) {
        long opened = depth ? open_to_read(name) : open_first(file);
        if (opened == -EACCES || opened == -EPERM) return 0; /* it may be run, but not read: not guarded */
        if (opened < 0) return (int)-opened;
        struct stat status;
        file_status((int)opened, &status);
        long length = S_ISREG(status.st_mode) ? SYSTEM(pread64, opened, scratch->record, HEAD, 0) : -EACCES;
        bool script = length > 0 && read_interpreter(scratch->record, (size_t)length, name);
        if (length > 0 && !script)
            image->guarded = loads_library((int)opened, &status, scratch->record, (size_t)length);
        SYSTEM(close, opened);
        if (!script && !depth && image->guarded) known_image_remember(&status);
        if (!script) return length < 0 ? EACCES : 0;
        if (name[0] != '/') return EACCES; /* would depend on a folder that can change before the kernel looks */
        if (!image->is_script) memcpy(scratch->work, name, strlen(name) + 1);
        image->is_script = true;
    }
    return ELOOP;
}
