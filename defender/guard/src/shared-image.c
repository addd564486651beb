#include "shared-image.h"

#include <fcntl.h>
#include <linux/mman.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "instruction-cache.h"
#include "state.h"
#include "system.h"

static bool find_file(const char *path, struct library_file_key *key) {
    struct stat status;
    if (path[0] != '/' || SYSTEM(newfstatat, AT_FDCWD, path, &status, 0) != 0) return false;
    *key = (struct library_file_key){status.st_dev, status.st_ino, library_changed(&status.st_ctim)};
    return true;
}

bool shared_image_key(struct library_image_key *key, const struct loaded *loaded,
                      const uint8_t watched[static CALL_NUMBERS / 8]) {
    const struct span *id = &loaded->build_id;
    *key = (struct library_image_key){.size = loaded->code.size};
    if (id->length)
        memcpy(key->build_id, id->bytes, id->length < sizeof key->build_id ? id->length : sizeof key->build_id);
    else if (!find_file(loaded->path, &key->file))
        return false;
    memcpy(key->watched, watched, sizeof key->watched);
    return true;
}

void shared_image_tell(const struct library_image_key *key, const char *path) {
    if (state.process != state.share->main_process) return;
    struct library_file file = {.head = {.type = RECORD_FILE, .process = state.process}, .key = *key};
    size_t length = strlen(path);
    if (length >= sizeof file.path || !find_file(path, &file.file)) return;
    memcpy(file.path, path, length);
    SYSTEM(sendto, state.audit_fd, &file, sizeof file, MSG_DONTWAIT | MSG_NOSIGNAL);
}

const struct library_image *shared_image_find(const struct library_image_key *key) {
    for (int i = 0; i < LIBRARY_IMAGES; i++) {
        const struct library_image *image = &state.share->images[i];
        if (__atomic_load_n(&image->ready, __ATOMIC_ACQUIRE) && memcmp(&image->key, key, sizeof *key) == 0)
            return image;
    }
    return NULL;
}

void *shared_image_map(const struct library_image *image, const struct code *code, void (*entry)(void)) {
    struct trampoline_head *head = (struct trampoline_head *)(void *)(code->bytes - LIBRARY_TRAMPOLINES_BELOW);
    long at = SYSTEM(mmap, head, image->trampolines, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED_NOREPLACE,
                     state.share_fd, image->code - LIBRARY_TRAMPOLINES_BELOW);
    if (at > 0 && at != (long)head) SYSTEM(munmap, at, image->trampolines); /* before Linux 4.17 a place is a wish */
    if (at != (long)head) return NULL;
    head->entry = (uint64_t)(uintptr_t)entry;
    SYSTEM(mprotect, head, image->trampolines, PROT_READ | PROT_EXEC);
    instruction_cache_forget(head, image->trampolines);
    at = SYSTEM(mmap, code->bytes, code->size, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_FIXED, state.share_fd,
                image->code);
    if (at == (long)code->bytes) return head;
    SYSTEM(munmap, head, image->trampolines);
    return NULL;
}
