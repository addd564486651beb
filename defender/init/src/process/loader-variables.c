#include "loader-variables.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bearssl.h"

enum { MAX_KNOWN = 8, CHUNK = 1024, HEAD = 20 };

static const char *const names[] = {"LD_PRELOAD=", "LD_AUDIT=", "RINGFENCE_POLICY=", "RINGFENCE_GUARD="};

static uint8_t known[MAX_KNOWN][br_sha256_SIZE]; /* digests of whole settings */
static unsigned known_count, required_count;     /* those that are required are the first */

static void remember(const uint8_t digest[static br_sha256_SIZE]) {
    if (known_count < MAX_KNOWN) memcpy(known[known_count++], digest, br_sha256_SIZE);
}

/* Its place; MAX_KNOWN: it is not known. */
static unsigned find(const uint8_t digest[static br_sha256_SIZE]) {
    for (unsigned i = 0; i < known_count; i++)
        if (memcmp(known[i], digest, br_sha256_SIZE) == 0) return i;
    return MAX_KNOWN;
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

/* The end of a setting: whether it may stand there. */
static bool settle(struct setting *setting, bool adopt, unsigned *seen) {
    uint8_t digest[br_sha256_SIZE];
    bool is_meant = setting->is_meant;
    if (is_meant) br_sha256_out(&setting->context, digest);
    setting->length = 0;
    setting->is_meant = false;
    if (!is_meant) return true;
    unsigned place = find(digest);
    if (place == MAX_KNOWN && adopt) remember(digest);
    if (place < MAX_KNOWN) *seen |= 1u << place;
    return place < MAX_KNOWN || adopt;
}

/* False when the environment can't be read, or has a setting that is not known and is not to be `adopted`. */
static bool look_through(pid_t process, bool adopt, unsigned *seen) {
    char path[40], chunk[CHUNK];
    struct setting setting = {.length = 0};
    snprintf(path, sizeof path, "/proc/%d/environ", process);
    int fd = openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    ssize_t got = -1;
    bool sound = fd >= 0;
    *seen = 0;
    while (sound && (got = read(fd, chunk, sizeof chunk)) > 0)
        for (ssize_t i = 0; i < got; i++) {
            if (chunk[i]) {
                add_byte(&setting, chunk[i]);
            } else {
                sound = settle(&setting, adopt, seen) && sound;
            }
        }
    if (fd >= 0) close(fd);
    return sound && got == 0;
}

void loader_variables_require(const char *setting) {
    uint8_t digest[br_sha256_SIZE];
    br_sha256_context context;
    br_sha256_init(&context);
    br_sha256_update(&context, setting, strlen(setting));
    br_sha256_out(&context, digest);
    remember(digest);
    required_count++;
}

void loader_variables_adopt(pid_t process) {
    unsigned seen;
    if (!required_count) look_through(process, true, &seen);
}

bool loader_variables_are_known(pid_t process, bool with_required) {
    unsigned seen, required = (1u << required_count) - 1;
    return look_through(process, false, &seen) && (!with_required || (seen & required) == required);
}
