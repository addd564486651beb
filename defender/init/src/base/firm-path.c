#include "firm-path.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool can_change(const char *folder) {
    struct stat status;
    if (stat(folder, &status) != 0) return true;
    if (geteuid() == 0) return status.st_mode & S_IWOTH;
    return status.st_uid == geteuid() || access(folder, W_OK) == 0;
}

bool path_is_firm(const char *path, const char *resolved) {
    enum { MAX_LINKS_ON_THE_WAY = 8 };
    char walked[2 * PATH_MAX] = "", left[PATH_MAX], link[PATH_MAX], joined[PATH_MAX];
    struct stat proc, status;
    if (path[0] != '/' || strlen(path) >= PATH_MAX || stat("/proc", &proc) != 0) return false;
    char *rest = strcpy(left, path);
    for (int links = 0; rest;) {
        const char *name = strsep(&rest, "/");
        char *end = walked + strlen(walked);
        if (!name[0] || strcmp(name, ".") == 0) continue;
        if (strcmp(name, "..") == 0) {
            if (end > walked) *strrchr(walked, '/') = '\0';
            continue;
        }
        if ((size_t)(end - walked) + strlen(name) + 2 > PATH_MAX) return false;
        sprintf(end, "/%s", name);
        /* Below /proc a path means another file for each process. */
        if (lstat(walked, &status) != 0 || status.st_dev == proc.st_dev) return false;
        if (!S_ISLNK(status.st_mode)) continue;
        ssize_t length = readlink(walked, link, sizeof link - 1);
        *end = '\0';
        if (length <= 0 || ++links > MAX_LINKS_ON_THE_WAY || can_change(end > walked ? walked : "/")) return false;
        link[length] = '\0';
        if (link[0] == '/') walked[0] = '\0';
        int joined_length = snprintf(joined, sizeof joined, "%s/%s", link, rest ? rest : "");
        if (joined_length >= (int)sizeof joined) return false;
        rest = strcpy(left, joined);
    }
    return strcmp(walked, resolved) == 0;
}
