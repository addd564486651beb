#include "loader-variables.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bearssl.h"

enum { MAX_KNOWN = 8, CHUNK = 1024, HEAD = 20 };

static const char *const names[] = {"LD_PRELOAD=", "LD_AUDIT=", "RINGFENCE_POLICY="};

static uint8_t known[MAX_KNOWN][br_sha256_SIZE]; /* digests of whole settings */
static unsigned known_count;

static void remember(const uint8_t digest[static br_sha256_SIZE]) {
    if (known_count < MAX_KNOWN) memcpy(known[known_count++], digest, br_sha256_SIZE);
}

static bool is_known(const uint8_t digest[static br_sha256_SIZE]) {
    for (unsigned i = 0; i < known_count; i++)
        if (memcmp(known[i], digest, br_sha256_SIZE) == 0) return true;
    return false;
}

static bool is_name(const char *text, size_t length) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (length == strlen(names[i]) && memcmp(text, names[i], length) == 0) return true;
    return false;
}

/* One setting of the environment, byte by byte. */
struct setting {
    char head[HEAD];
    size_t length;
    bool is_meant;
    br_sha256_context context;
};

static void add_byte(struct setting *setting, char byte) {
    if (setting->length < HEAD) setting->head[setting->length] = byte;
    setting->length++;
    if (setting->is_meant) br_sha256_update(&setting->context, &byte, 1);
    if (setting->length > HEAD || !is_name(setting->head, setting->length)) return;
    setting->is_meant = true;
    br_sha256_init(&setting->context);
    br_sha256_update(&setting->context, setting->head, setting->length);
}

/* False when the environment can't be read, or has a setting that is not known and is not to be `adopted`. */
static bool look_through(pid_t process, bool adopt) {
    char path[40], chunk[CHUNK];
    uint8_t digest[br_sha256_SIZE];
    struct setting setting = {.length = 0};
    snprintf(path, sizeof path, "/proc/%d/environ", process);
    int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    ssize_t got = -1;
    bool sound = fd >= 0;
    while (sound && (got = read(fd, chunk, sizeof chunk)) > 0)
        for (ssize_t i = 0; i < got; i++) {
            if (chunk[i]) {
                add_byte(&setting, chunk[i]);
                continue;
            }
            if (setting.is_meant) br_sha256_out(&setting.context, digest);
            if (setting.is_meant && !is_known(digest)) {
                if (adopt) remember(digest);
                sound = sound && adopt;
            }
            setting.length = 0;
            setting.is_meant = false;
        }
    if (fd >= 0) close(fd);
    return sound && got == 0;
}

void loader_variables_adopt(pid_t process) { look_through(process, true); }

bool loader_variables_are_known(pid_t process) { return look_through(process, false); }
