#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "surroundings.h"

enum { REFER_VERSION = 2 }; /* Linux 5.19: before, nothing could be moved from one folder to another */

/* include/uapi/linux/landlock.h of Linux 6.2 and 5.19; Debian 12's headers are older. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif

enum { TRUNCATE_VERSION = 3, SCOPE_SIGNAL = 1 << 1 /* LANDLOCK_SCOPE_SIGNAL, Linux 6.12 */ };

static const uint64_t read_rights = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t write_rights =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER;
static const uint64_t file_rights =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;

static const struct policy *held; /* until the wall is up */
static uint64_t held_revision;
static uint64_t handled; /* 0: no wall */

int landlock_version(void) {
    long found = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    return found > 0 ? (int)found : 0;
}

/* The file or folder that a pattern is about; false where Landlock has no such rule. */
static bool read_place(const struct pattern *pattern, char place[static PATH_MAX]) {
    struct span value = surroundings.variables.values[pattern->variable];
    if (pattern->variable != VARIABLE_NONE && !value.bytes) return false;
    int length = snprintf(place, PATH_MAX, "%.*s%.*s", (int)value.length, (const char *)value.bytes,
                          (int)pattern->text.length, (const char *)pattern->text.bytes);
    if (length >= PATH_MAX) return false;
    if (pattern->kind == PATTERN_GLOB) {
        char *wildcard = strpbrk(place, "*?");
        if (!wildcard || strcmp(wildcard, "**") != 0 || wildcard[-1] != '/') return false;
        *wildcard = '\0';
    }
    struct stat status;
    return stat(place, &status) == 0 && S_ISDIR(status.st_mode) == (pattern->kind == PATTERN_GLOB);
}

static bool can_hold(const struct pattern_list *allow, const struct pattern_list *deny) {
    char place[PATH_MAX];
    struct reader reader = reader_of(allow->entries);
    bool possible = deny->count == 0;
    for (uint16_t i = 0; i < allow->count && possible; i++) {
        struct pattern pattern = read_pattern(&reader);
        possible = read_place(&pattern, place);
    }
    return possible;
}

void landlock_plan(const struct policy *policy, bool with_library) {
    const struct file_rules *rules = &policy->files;
    int version = landlock_version();
    held = policy;
    held_revision = policy->revision;
    handled = 0;
    if (rules->effect != EFFECT_PREVENT || version < REFER_VERSION) return;
    if (can_hold(&rules->allow[FILE_WRITE], &rules->deny[FILE_WRITE])) {
        handled |= write_rights;
        if (version >= TRUNCATE_VERSION) handled |= LANDLOCK_ACCESS_FS_TRUNCATE;
    }
    if (!with_library && rules->limits_reading && !rules->sealed.count &&
        can_hold(&rules->allow[FILE_READ], &rules->deny[FILE_READ]))
        handled |= read_rights;
}

static void grant_place(int ruleset, const char *place, uint64_t rights) {
    struct stat status;
    struct landlock_path_beneath_attr rule = {.parent_fd = open(place, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0) return;
    if (fstat(rule.parent_fd, &status) == 0 && !S_ISDIR(status.st_mode)) rights &= file_rights;
    rule.allowed_access = rights & handled;
    if (rule.allowed_access) syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

static void grant(int ruleset, const struct pattern_list *list, uint64_t rights) {
    char place[PATH_MAX];
    struct reader reader = reader_of(list->entries);
    for (uint16_t i = 0; i < list->count; i++) {
        struct pattern pattern = read_pattern(&reader);
        if (read_place(&pattern, place)) grant_place(ruleset, place, rights);
    }
}

/* A wall without rights keeps what is behind it, root included, from tracing what is outside and from opening its
 * /proc/PID/mem, at no cost for files. */
static void restrict_tracing(void) {
    const uint64_t attributes[3] = {0, 0, SCOPE_SIGNAL};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, attributes, sizeof attributes, 0);
    if (ruleset < 0) return; /* before Linux 6.12 */
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
}

int landlock_restrict(void) {
    static const char *const devices[] = {"/dev/null",    "/dev/zero", "/dev/full",
                                          "/dev/urandom", "/dev/tty",  "/dev/random"};
    if (!handled) {
        restrict_tracing();
        return 0;
    }
    struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0);
    if (ruleset < 0) return -errno;
    grant(ruleset, &held->files.allow[FILE_WRITE], write_rights | LANDLOCK_ACCESS_FS_TRUNCATE);
    grant(ruleset, &held->files.allow[FILE_READ], read_rights);
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) grant_place(ruleset, devices[i], file_rights);
    int result = syscall(SYS_landlock_restrict_self, ruleset, 0) != 0 ? -errno : 0;
    close(ruleset);
    return result;
}

void landlock_give_up(void) { handled = 0; }

bool landlock_holds(const struct policy *policy, enum file_access access) {
    return policy->revision == held_revision &&
           handled & (access == FILE_WRITE ? LANDLOCK_ACCESS_FS_WRITE_FILE : LANDLOCK_ACCESS_FS_READ_FILE);
}

bool landlock_exempts(const char *path) { return strncmp(path, "/proc/", 6) == 0; }
