#include "plan.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "state.h"
#include "system.h"

_Static_assert(sizeof(struct site) == LIBRARY_SITE, "the init keeps sites by their size");
_Static_assert((int)SITES_LISTED == (int)LIBRARY_SITES, "a plan holds a whole list");

bool plan_key(struct library_plan_key *key, const char *path, size_t size,
              const uint8_t watched[static CALL_NUMBERS / 8]) {
    struct stat status;
    if (path[0] != '/' || SYSTEM(newfstatat, AT_FDCWD, path, &status, 0) != 0) return false;
    *key = (struct library_plan_key){.device = status.st_dev,
                                     .inode = status.st_ino,
                                     .changed = (uint64_t)status.st_ctim.tv_sec * 1000000000 +
                                                (uint64_t)status.st_ctim.tv_nsec,
                                     .size = size};
    memcpy(key->watched, watched, sizeof key->watched);
    return true;
}

bool plan_find(const struct library_plan_key *key, struct site_list *list) {
    for (int i = 0; i < LIBRARY_PLANS; i++) {
        const struct library_plan *plan = &state.share->plans[i];
        uint32_t count = __atomic_load_n(&plan->count, __ATOMIC_ACQUIRE);
        if (!count || count > SITES_LISTED || memcmp(&plan->key, key, sizeof *key) != 0) continue;
        list->count = count;
        memcpy(list->sites, plan->sites, (size_t)count * sizeof list->sites[0]);
        return true;
    }
    return false;
}

void plan_tell(const struct library_plan_key *key, const struct site_list *list) {
    struct library_plan_part part = {
        .head = {.type = RECORD_PLAN, .process = state.process}, .key = *key, .total = list->count};
    if (state.process != state.share->main_process) return;
    while (part.first < list->count) {
        uint32_t left = list->count - part.first;
        part.count = left < LIBRARY_PART_SITES ? left : LIBRARY_PART_SITES;
        memcpy(part.sites, &list->sites[part.first], (size_t)part.count * LIBRARY_SITE);
        SYSTEM(sendto, state.audit_fd, &part, sizeof part, MSG_DONTWAIT | MSG_NOSIGNAL);
        part.first += part.count;
    }
}
