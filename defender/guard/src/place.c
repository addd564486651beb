#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "file.h"
#include "scratch.h"
#include "system.h"

enum { LOWEST_MOVED = 256 };

static long name_place(struct place *place, int fd) {
    struct stat status;
    long error = file_status(fd, &status);
    if (error) return error;
    place->is_folder = S_ISDIR(status.st_mode);
    place->is_named = file_path(fd, &status, place->path, SCRATCH_PATH);
    return 0;
}

static long open_place(struct place *place, int folder, const char *path, int flags) {
    long fd = SYSTEM(openat, folder, path, O_PATH | O_CLOEXEC | flags);
    if (fd < 0) return fd;
    place->fd = (int)fd;
    return name_place(place, place->fd);
}

static long append_name(struct place *place) {
    const char *name = place->name;
    if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return -EBUSY; /* no entry that could change */
    size_t length = strlen(place->path), more = strlen(name) + 1;
    if (!length) return 0;
    if (length == 1) length = 0; /* the root */
    if (length + more + 1 > SCRATCH_PATH) {
        place->path[0] = '\0'; /* as the kernel names what lies that deep */
        return 0;
    }
    place->path[length] = '/';
    memcpy(place->path + length + 1, name, more);
    return 0;
}

static long find_entry(struct place *place, int folder, char *asked) {
    size_t length = strlen(asked);
    while (length > 1 && asked[length - 1] == '/') asked[--length] = '\0';
    char *slash = asked + length;
    while (slash > asked && *slash != '/') slash--;
    place->name = *slash == '/' ? slash + 1 : asked;
    if (place->name == asked) return open_place(place, folder, ".", O_DIRECTORY);
    if (slash == asked) return open_place(place, folder, "/", 0);
    *slash = '\0';
    long error = open_place(place, folder, asked, O_DIRECTORY);
    *slash = '/';
    return error;
}

long place_find(struct place *place, int folder, char *asked, enum place_end end) {
    place->fd = -1;
    place->name = "";
    if (end == PLACE_ENTRY) {
        long error = asked[0] ? find_entry(place, folder, asked) : -ENOENT;
        return error ? error : append_name(place);
    }
    return open_place(place, folder, asked, end == PLACE_NOFOLLOW ? O_NOFOLLOW : 0);
}

long place_of_descriptor(struct place *place, int fd) {
    place->fd = -1;
    place->name = "";
    return name_place(place, fd);
}

void place_move_up(struct place *place) {
    long fd = SYSTEM(fcntl, place->fd, F_DUPFD_CLOEXEC, LOWEST_MOVED);
    if (fd < 0) return;
    SYSTEM(close, place->fd);
    place->fd = (int)fd;
}

void place_close(struct place *place) {
    if (place->fd >= 0) SYSTEM(close, place->fd);
}
