#include "link.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "system.h"

enum { TARGET = 192, KNOWN_LINKS = 8, KNOWN_NAME = 60, KNOWN_TARGET = 64 };

/* Links that were followed before, and so need not be searched for; each is read again when it is met. */
static struct known_link {
    uint16_t name_length, target_length; /* of the name 0: none */
    char name[KNOWN_NAME], target[KNOWN_TARGET];
} known_links[KNOWN_LINKS];
static unsigned next_known;
static bool known_busy; /* whoever finds it so does without: they may be a signal's handler, or a fork's child */

/* There is room for any name behind the path's beginning. */
static bool is_on(const char *path, const struct known_link *link) {
    return link->name_length && memcmp(path, link->name, link->name_length) == 0 &&
           (!path[link->name_length] || path[link->name_length] == '/');
}

/* Without a lock, which most paths are spared so; what is changed meanwhile is met again by whoever has one. */
static bool may_be_known(const char *path) {
    bool found = false;
    for (const struct known_link *link = known_links; link < known_links + KNOWN_LINKS && !found; link++)
        found = is_on(path, link);
    return found;
}

static bool copy_known(const char *path, struct known_link *copy) {
    copy->name_length = 0;
    if (!may_be_known(path) || __atomic_test_and_set(&known_busy, __ATOMIC_ACQUIRE)) return false;
    for (const struct known_link *link = known_links; link < known_links + KNOWN_LINKS && !copy->name_length; link++) {
        if (!is_on(path, link)) continue;
        copy->name_length = link->name_length;
        copy->target_length = link->target_length;
        memcpy(copy->target, link->target, link->target_length);
    }
    __atomic_clear(&known_busy, __ATOMIC_RELEASE);
    return copy->name_length;
}

/* Where `target` climbs, what it leads to depends on folders in front of it that would not be looked at again. */
static void remember(const char *path, size_t name_length, const char *target, size_t target_length) {
    if (name_length >= KNOWN_NAME || target_length >= KNOWN_TARGET || target[0] == '.') return;
    if (__atomic_test_and_set(&known_busy, __ATOMIC_ACQUIRE)) return;
    struct known_link *link = &known_links[next_known++ % KNOWN_LINKS];
    link->name_length = (uint16_t)name_length;
    link->target_length = (uint16_t)target_length;
    memcpy(link->name, path, name_length);
    memcpy(link->target, target, target_length);
    __atomic_clear(&known_busy, __ATOMIC_RELEASE);
}

static void forget(const char *path) {
    if (__atomic_test_and_set(&known_busy, __ATOMIC_ACQUIRE)) return;
    for (struct known_link *link = known_links; link < known_links + KNOWN_LINKS; link++)
        if (is_on(path, link)) link->name_length = 0;
    __atomic_clear(&known_busy, __ATOMIC_RELEASE);
}

/* Of the link that ends at `end`. */
static long read_link(char *path, char *end, char target[static TARGET]) {
    char kept = *end;
    *end = '\0';
    long length = SYSTEM(readlinkat, AT_FDCWD, path, target, TARGET);
    *end = kept;
    return length;
}

/* The end of the first part of the path that is a symlink, with its text; NULL: none is. */
static char *find_link(char *path, char target[static TARGET], size_t *length) {
    for (char *end = path + 1;; end++) {
        if (*end && *end != '/') continue;
        long read = read_link(path, end, target);
        *length = (size_t)read;
        if (read > 0) return read < TARGET ? end : NULL;
        if (!*end) return NULL;
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

static char *slash_before(char *end) {
    while (*--end != '/') continue;
    return end;
}

/* Puts the text of the link that ends at `end` in its place. */
static bool replace(char *path, size_t size, char *end, const char *text, size_t length) {
    char *slash = slash_before(end);
    if (text[0] == '/') slash = path, text++, length--;
    for (; length > 3 && memcmp(text, "../", 3) == 0; text += 3, length -= 3)
        if (slash > path) slash = slash_before(slash);
    size_t rest = strlen(end) + 1, start = (size_t)(slash + 1 - path);
    if (start + length + rest >= size) return false;
    memmove(slash + 1 + length, end, rest);
    memcpy(slash + 1, text, length);
    return file_path_is_plain(slash); /* as what stands in front of it was */
}

enum link_step link_follow_known(char *path, size_t size) {
    char target[TARGET];
    struct known_link link;
    if (!copy_known(path, &link)) return LINK_NONE;
    char *end = path + link.name_length;
    bool is_same =
        read_link(path, end, target) == link.target_length && memcmp(target, link.target, link.target_length) == 0;
    if (is_same) return replace(path, size, end, target, link.target_length) ? LINK_FOLLOWED : LINK_UNKNOWN;
    forget(path);
    return LINK_NONE;
}

bool link_follow(char *path, size_t size) {
    char target[TARGET];
    size_t length;
    char *end = find_link(path, target, &length);
    if (!end || is_shared(path, slash_before(end))) return false;
    remember(path, (size_t)(end - path), target, length);
    return replace(path, size, end, target, length);
}
