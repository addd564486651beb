#include "file-lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../policy/rules-files.h"
#include "behalf.h"

enum { MAX_SYMLINKS = 40 /* MAXSYMLINKS, include/linux/namei.h */, MAX_PROC = 64, PROC_ROOT = 1 /* inode */ };

struct walk {
    pid_t thread;
    int at; /* handle of the folder reached so far */
    enum file_lookup_end end;
    unsigned links;
    bool by_magic; /* a link of /proc led here, so the name that the kernel gives may be another mount's */
    char rest[2 * PATH_MAX];
};

static int open_handle(int folder, const char *path, int flags) {
    int fd = openat(folder, path, O_PATH | O_CLOEXEC | flags);
    return fd < 0 ? -errno : fd;
}

static int go_to(struct walk *walk, int fd) {
    if (fd < 0) return fd;
    if (walk->at >= 0) close(walk->at);
    walk->at = fd;
    return 0;
}

/* Whether the path is that of this process in /proc, or below. */
static bool is_of_init(const char *path) {
    char own[MAX_PROC];
    if (strncmp(path, "/proc/", 6) != 0) return false;
    size_t length = (size_t)snprintf(own, sizeof own, "/proc/%d", getpid());
    return strncmp(path, own, length) == 0 && (path[length] == '/' || !path[length]);
}

static bool is_in_proc(const struct stat *status) {
    static dev_t device;
    struct stat proc;
    if (!device && stat("/proc", &proc) == 0) device = proc.st_dev;
    return status->st_dev == device;
}

/* Puts `text` in front of what is left of the path. */
static int put_first(struct walk *walk, const char *text, const char *rest) {
    char joined[sizeof walk->rest];
    int length = snprintf(joined, sizeof joined, *rest ? "%s/%s" : "%s%s", text, rest);
    if (length >= PATH_MAX) return -ENAMETOOLONG;
    memcpy(walk->rest, joined, (size_t)length + 1);
    return walk->rest[0] == '/' ? go_to(walk, open_handle(AT_FDCWD, "/", 0)) : 0;
}

/* `self` and `thread-self` in the root of /proc stand for whoever asks. */
static bool name_thread(const struct walk *walk, const char *name, char *other, size_t size) {
    struct stat folder;
    bool thread_self = strcmp(name, "thread-self") == 0;
    if (!thread_self && strcmp(name, "self") != 0) return false;
    if (fstat(walk->at, &folder) != 0 || !is_in_proc(&folder) || folder.st_ino != PROC_ROOT) return false;
    pid_t process = target_process(walk->thread);
    snprintf(other, size, thread_self ? "%d/task/%d" : "%d", process, walk->thread);
    return true;
}

static int follow(struct walk *walk, int link, const struct stat *status, const char *name, const char *rest) {
    char text[PATH_MAX], left[sizeof walk->rest];
    struct stat folder;
    if (++walk->links > MAX_SYMLINKS) return -ELOOP;
    strcpy(left, rest);
    if (is_in_proc(status) && (fstat(walk->at, &folder) != 0 || folder.st_ino != PROC_ROOT)) {
        char reached[PATH_MAX];
        descriptor_name(walk->at, reached);
        if (is_of_init(reached)) return -EACCES;
        int fd = open_handle(walk->at, name, 0); /* the kernel knows where it leads */
        walk->by_magic = true;
        strcpy(walk->rest, left);
        return go_to(walk, fd);
    }
    ssize_t length = readlinkat(link, "", text, sizeof text - 1);
    if (length <= 0) return length < 0 ? -errno : -ENOENT;
    text[length] = '\0';
    return put_first(walk, text, left);
}

/* One name of the path; 1 when it was the last one. */
static int step(struct walk *walk, struct found *found) {
    char name[sizeof found->name], thread[MAX_PROC];
    const char *from = walk->rest + strspn(walk->rest, "/");
    size_t length = strcspn(from, "/");
    if (!length) return 1;
    if (length >= sizeof name) return -ENAMETOOLONG;
    memcpy(name, from, length);
    name[length] = '\0';
    const char *rest = from + length + strspn(from + length, "/");
    bool is_last = !*rest, wants_folder = from[length] == '/';
    if (name_thread(walk, name, thread, sizeof thread)) {
        char left[sizeof walk->rest];
        strcpy(left, rest);
        return put_first(walk, thread, left);
    }
    if (is_last && walk->end == LOOKUP_ENTRY) {
        strcpy(found->name, name);
        return 1;
    }
    int fd = open_handle(walk->at, name, O_NOFOLLOW);
    if (fd < 0) return fd;
    struct stat status;
    int result = fstat(fd, &status) != 0 ? -errno : 0;
    if (!result && S_ISLNK(status.st_mode) && (!is_last || wants_folder || walk->end == LOOKUP_FILE)) {
        result = follow(walk, fd, &status, name, rest);
        close(fd);
        return result;
    }
    if (!result && (!is_last || wants_folder) && !S_ISDIR(status.st_mode)) result = -ENOTDIR;
    if (result) {
        close(fd);
        return result;
    }
    memmove(walk->rest, rest, strlen(rest) + 1);
    return go_to(walk, fd);
}

/* Where a relative path begins. */
static int open_base(struct walk *walk, int folder) {
    char base[MAX_PROC];
    if (folder == AT_FDCWD) {
        snprintf(base, sizeof base, "/proc/%d/cwd", walk->thread);
    } else {
        snprintf(base, sizeof base, "/proc/%d/fd/%d", walk->thread, folder);
    }
    int fd = open_handle(AT_FDCWD, base, 0);
    walk->by_magic = true;
    return fd == -ENOENT && folder != AT_FDCWD ? -EBADF : fd;
}

static int begin(struct walk *walk, int folder, const char *path, bool at_once) {
    walk->at = -1;
    walk->by_magic = false;
    if (path[0] != '/') return go_to(walk, open_base(walk, folder));
    return at_once ? 0 : go_to(walk, open_handle(AT_FDCWD, "/", 0));
}

/* Where no link of /proc is met, the kernel walks the path in one step. */
static int walk_at_once(struct walk *walk, const char *path) {
    struct open_how how = {.flags = O_PATH | O_CLOEXEC | (walk->end == LOOKUP_NOFOLLOW ? O_NOFOLLOW : 0),
                           .resolve = RESOLVE_NO_MAGICLINKS};
    long fd = syscall(SYS_openat2, walk->at, path, &how, sizeof how);
    return fd < 0 ? -errno : go_to(walk, (int)fd);
}

static int walk_by_steps(struct walk *walk, struct found *found) {
    int result = 0;
    while (!result) result = step(walk, found);
    return result < 0 ? result : 0;
}

/* Whether the name that the kernel gives leads here, too. */
static bool leads_to(const char *path, int fd) {
    struct stat named, here;
    return path[0] == '/' && lstat(path, &named) == 0 && fstat(fd, &here) == 0 && named.st_dev == here.st_dev &&
           named.st_ino == here.st_ino;
}

static int finish(const struct walk *walk, struct found *found) {
    descriptor_name(walk->at, found->path);
    found->fd = walk->at;
    bool is_certain = !walk->by_magic && file_path_kept_length(found->path) == strlen(found->path);
    found->is_named = found->path[0] == '/' && (is_certain || leads_to(found->path, walk->at));
    if (walk->end != LOOKUP_ENTRY) return 0;
    const char *name = found->name;
    if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return -EBUSY; /* no entry that could change */
    size_t length = strlen(found->path);
    if (length == 1) length = 0; /* the root */
    if (length + strlen(name) + 2 > PATH_MAX) return -ENAMETOOLONG;
    sprintf(found->path + length, "/%s", name);
    return 0;
}

/* A folder that the thread may not search leads it nowhere. */
static int walk_as_thread(struct walk *walk, const char *path, bool at_once, struct found *found) {
    if (!behalf_begin(walk->thread, false)) return -EACCES;
    int result = at_once ? walk_at_once(walk, path) : walk_by_steps(walk, found);
    behalf_end();
    return result;
}

static int reach(struct walk *walk, int folder, const char *path, bool at_once, struct found *found) {
    int result = begin(walk, folder, path, at_once);
    if (!result && path[0]) {
        strcpy(walk->rest, path);
        result = walk_as_thread(walk, path, at_once, found);
    }
    if (!result) result = finish(walk, found);
    if (result && walk->at >= 0) close(walk->at);
    return result;
}

int file_lookup(pid_t thread, int folder, const char *path, enum file_lookup_end end, struct found *found) {
    struct walk walk = {.thread = thread, .end = end};
    found->name[0] = '\0';
    if (strlen(path) >= PATH_MAX) return -ENAMETOOLONG;
    if (end != LOOKUP_ENTRY) {
        int result = reach(&walk, folder, path, true, found);
        if (!result && !is_of_init(found->path)) return 0;
        if (!result) close(found->fd); /* `/proc/self` meant this process, as it may have where nothing was found */
    }
    walk.links = 0;
    return reach(&walk, folder, path, false, found);
}
