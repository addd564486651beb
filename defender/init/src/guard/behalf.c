#include "behalf.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAX_STATUS = 2048, MAX_GROUPS = 64, FILE_SYSTEM_ID = 3 /* real, effective, saved, file system: proc(5) */ };

static bool is_other;
static struct __user_cap_header_struct own = {.version = _LINUX_CAPABILITY_VERSION_3}; /* of this process */
static struct __user_cap_data_struct capabilities[_LINUX_CAPABILITY_U32S_3];

static const char *field(const char *status, const char *name) {
    const char *at = strstr(status, name);
    return at ? at + strlen(name) : NULL;
}

static unsigned nth_number(const char *text, unsigned index) {
    char *end = (char *)(uintptr_t)text;
    unsigned number = 0;
    for (unsigned i = 0; i <= index; i++) number = (unsigned)strtoul(end, &end, 10);
    return number;
}

static void take_groups(const char *text) {
    gid_t groups[MAX_GROUPS];
    size_t count = 0;
    for (char *end; count < MAX_GROUPS; text = end) {
        groups[count] = (gid_t)strtoul(text, &end, 10);
        if (end == text || memchr(text, '\n', (size_t)(end - text))) break;
        count++;
    }
    syscall(SYS_setgroups, count, groups); /* musl's own would signal threads that this program does not have */
}

/* Another fsuid takes only some of them away, and not CAP_SETFCAP or CAP_SYS_ADMIN (extended attributes). The memory
 * of the thread has to stay readable. */
static bool drop_capabilities(void) {
    struct __user_cap_data_struct few[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &own, capabilities) != 0) return false;
    memcpy(few, capabilities, sizeof few);
    few[0].effective &= 1U << CAP_SYS_PTRACE;
    few[1].effective = 0;
    return syscall(SYS_capset, &own, few) == 0;
}

bool behalf_begin(pid_t thread, bool creates) {
    char path[40], status[MAX_STATUS];
    if (!creates && geteuid() != 0) return true; /* nobody can be another user then */
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC); /* musl's open sets the flag once more */
    if (fd < 0) return false;
    ssize_t length = read(fd, status, sizeof status - 1);
    close(fd);
    status[length > 0 ? length : 0] = '\0';
    const char *mask = field(status, "\nUmask:"), *user = field(status, "\nUid:"), *group = field(status, "\nGid:"),
               *groups = field(status, "\nGroups:");
    if (!mask || !user || !group || !groups) return false;
    umask((mode_t)strtoul(mask, NULL, 8));
    is_other = geteuid() == 0 && nth_number(user, FILE_SYSTEM_ID) != 0;
    if (!is_other) return true;
    take_groups(groups);
    syscall(SYS_setfsgid, nth_number(group, FILE_SYSTEM_ID));
    syscall(SYS_setfsuid, nth_number(user, FILE_SYSTEM_ID));
    if (drop_capabilities()) return true;
    behalf_end();
    return false;
}

void behalf_end(void) {
    if (!is_other) return;
    is_other = false;
    syscall(SYS_capset, &own, capabilities);
    syscall(SYS_setfsuid, 0);
    syscall(SYS_setfsgid, getegid());
    syscall(SYS_setgroups, 0, NULL);
}
