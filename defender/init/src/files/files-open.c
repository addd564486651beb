#include "files-open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "behalf.h"
#include "files.h"
#include "landlock.h"

enum { TRIES = 4 };

struct opening {
    const struct request *request;
    const struct policy *policy;
    struct found found;
    int folder, flags;
    mode_t mode;
};

static void read_call(struct opening *at) {
    const uint64_t *args = (const uint64_t *)at->request->notification.data.args;
    switch (at->request->call->kind) {
    case CALL_OPENAT:
        at->folder = (int)args[0];
        at->flags = (int)args[2];
        at->mode = (mode_t)args[3];
        break;
    case CALL_CREAT:
        at->flags = O_CREAT | O_WRONLY | O_TRUNC;
        at->mode = (mode_t)args[1];
        break;
    default:
        at->flags = (int)args[1];
        at->mode = (mode_t)args[2];
    }
}

static uint64_t path_address(const struct request *request) {
    return request->notification.data.args[request->call->kind == CALL_OPENAT ? 1 : 0];
}

static bool writes(int flags) { return (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC); }

static bool goes_ahead(const struct opening *at, bool is_folder) {
    struct file_use use = {.requested = file_paths[0].requested, .found = &at->found, .is_folder = is_folder};
    if ((at->flags & O_ACCMODE) != O_WRONLY && !file_use_apply(at->request, at->policy, &use, FILE_READ)) return false;
    return !writes(at->flags) || file_use_apply(at->request, at->policy, &use, FILE_WRITE);
}

/* The kernel may do it itself where nothing is to be prevented, or where Landlock stands behind what was checked. */
static bool may_continue(const struct opening *at) {
    if (at->policy->files.effect != EFFECT_PREVENT) return true;
    if (!landlock_holds(at->policy, FILE_WRITE) || landlock_exempts(at->found.path)) return false;
    return (at->flags & O_ACCMODE) == O_WRONLY || !at->policy->files.limits_reading;
}

static void give(const struct opening *at, int fd, int error) {
    if (fd < 0) {
        answer_refuse(at->request, error);
        return;
    }
    answer_descriptor(at->request, fd, at->flags & O_CLOEXEC);
    close(fd);
}

static int open_as_thread(const struct opening *at, int folder, const char *path, int flags) {
    bool creates = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;
    if (!behalf_begin(at->request->thread, creates)) return -EACCES;
    int fd = openat(folder, path, flags | O_CLOEXEC | O_NOCTTY, at->mode);
    int error = errno;
    behalf_end();
    return fd < 0 ? -error : fd;
}

/* What was looked up is what is opened, whatever has happened to its name since. The init must not be kept waiting by
 * the other end of a FIFO or a terminal's line. */
static void open_found(struct opening *at) {
    char path[40];
    int flags = (at->flags & ~(O_CREAT | O_EXCL | O_NOFOLLOW)) | O_NONBLOCK;
    snprintf(path, sizeof path, "/proc/self/fd/%d", at->found.fd);
    int fd = open_as_thread(at, AT_FDCWD, path, flags);
    if (fd >= 0 && !(at->flags & O_NONBLOCK)) fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    give(at, fd, -fd);
}

static void decide_existing(struct opening *at) {
    struct stat status;
    bool is_temporary = (at->flags & O_TMPFILE) == O_TMPFILE;
    if (fstat(at->found.fd, &status) != 0) {
        answer_refuse(at->request, errno);
    } else if (at->flags & O_CREAT && at->flags & O_EXCL && !is_temporary) {
        answer_refuse(at->request, EEXIST);
    } else if (S_ISLNK(status.st_mode)) {
        answer_refuse(at->request, at->flags & O_DIRECTORY ? ENOTDIR : ELOOP);
    } else if (goes_ahead(at, S_ISDIR(status.st_mode))) {
        if (at->flags & O_CREAT && S_ISDIR(status.st_mode)) {
            answer_refuse(at->request, EISDIR);
        } else if (may_continue(at)) {
            answer_continue(at->request);
        } else {
            open_found(at);
        }
    }
}

/* Returns false when the entry has come to be meanwhile, so that it must be looked up anew. */
static bool decide_new(struct opening *at) {
    if (!goes_ahead(at, false)) return true;
    if (may_continue(at)) {
        answer_continue(at->request);
        return true;
    }
    int fd = open_as_thread(at, at->found.fd, at->found.name, at->flags | O_EXCL | O_NOFOLLOW);
    if (fd == -EEXIST && !(at->flags & O_EXCL)) return false;
    give(at, fd, -fd);
    return true;
}

static bool try(struct opening *at) {
    const char *path = file_paths[0].requested;
    bool follows = !(at->flags & O_NOFOLLOW) && !(at->flags & O_CREAT && at->flags & O_EXCL);
    int result = path[0] ? file_lookup(at->request->thread, at->folder, path, follows ? LOOKUP_FILE : LOOKUP_NOFOLLOW,
                                       &at->found)
                         : -ENOENT;
    if (!result) {
        decide_existing(at);
        close(at->found.fd);
        return true;
    }
    if (result == -ENOENT && path[0] && at->flags & O_CREAT)
        result = path[strlen(path) - 1] == '/'
                     ? -EISDIR
                     : file_lookup(at->request->thread, at->folder, path, LOOKUP_ENTRY, &at->found);
    if (result) {
        answer_refuse(at->request, -result);
        return true;
    }
    bool done = decide_new(at);
    close(at->found.fd);
    return done;
}

void files_open(const struct request *request, const struct policy *policy) {
    struct opening opening = {
        .request = request, .policy = policy, .folder = AT_FDCWD, .found = {.path = file_paths[0].resolved}};
    int length = target_read_string(request->thread, path_address(request), file_paths[0].requested, PATH_MAX);
    read_call(&opening);
    if (opening.flags & O_PATH) { /* such a descriptor gives nothing that would not be asked for again */
        answer_continue(request);
    } else if (length < 0) {
        answer_refuse(request, -length);
    } else {
        for (int tries = 0; tries < TRIES; tries++)
            if (try(&opening)) return;
        answer_refuse(request, ELOOP); /* a link to nothing, or a name that comes and goes */
    }
}
