#include "link.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "system.h"

enum { TARGET = 192, KNOWN_LINKS = 8, KNOWN_NAME = 62 };

/* Names of links that were followed before, and so need not be searched for; each is read again when it is met. */
static struct known_link {
    uint16_t length; /* 0: none, or being written */
    char name[KNOWN_NAME];
} known_links[KNOWN_LINKS];
static unsigned next_known;
static bool known_busy; /* whoever finds it so writes none: they may be a signal's handler, or a fork's child */

/* The name of a known link that the path begins with, by its length; 0: none. There is room for any name behind the
 * path's beginning. */
static size_t find_known(const char *path) {
    for (const struct known_link *link = known_links; link < known_links + KNOWN_LINKS; link++) {
        size_t length = __atomic_load_n(&link->length, __ATOMIC_ACQUIRE);
        if (length && memcmp(path, link->name, length) == 0 && (!path[length] || path[length] == '/')) return length;
    }
    return 0;
}

/* Where a link's text climbs, what it leads to depends on folders in front of it that would not be looked at again. */
static bool climbs(const char *target) { return target[0] == '.'; }

static void remember(const char *path, size_t length, const char *target) {
    if (length > KNOWN_NAME || climbs(target) || __atomic_test_and_set(&known_busy, __ATOMIC_ACQUIRE)) return;
    struct known_link *link = &known_links[next_known++ % KNOWN_LINKS];
    __atomic_store_n(&link->length, 0, __ATOMIC_SEQ_CST);
    memcpy(link->name, path, length);
    __atomic_store_n(&link->length, (uint16_t)length, __ATOMIC_RELEASE);
    __atomic_clear(&known_busy, __ATOMIC_RELEASE);
}

static void forget(const char *path, size_t length) {
    if (__atomic_test_and_set(&known_busy, __ATOMIC_ACQUIRE)) return;
    for (struct known_link *link = known_links; link < known_links + KNOWN_LINKS; link++)
        if (link->length == length && memcmp(path, link->name, length) == 0) link->length = 0;
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
    size_t length = find_known(path);
    if (!length) return LINK_NONE;
    char *end = path + length;
    long read = read_link(path, end, target);
    if (read > 0 && read < TARGET && !climbs(target))
        return replace(path, size, end, target, (size_t)read) ? LINK_FOLLOWED : LINK_UNKNOWN;
    forget(path, length);
    return LINK_NONE;
}

bool link_follow(char *path, size_t size) {
    char target[TARGET];
    size_t length;
    char *end = find_link(path, target, &length);
    if (!end || is_shared(path, slash_before(end))) return false;
    remember(path, (size_t)(end - path), target);
    return replace(path, size, end, target, length);
}
