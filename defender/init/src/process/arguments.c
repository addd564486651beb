#include "arguments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "target.h"

enum { BATCH = 16, CHUNK = 1024, SHOWN_ARGUMENTS = 12, SHOWN_ARGUMENT = 160 };

/* Some of the pointers, so that most commands need one read for them; fewer where memory ends. */
static size_t read_pointers(pid_t thread, uint64_t address, size_t width, uint64_t pointers[static BATCH]) {
    uint8_t bytes[BATCH * 8];
    size_t count = BATCH;
    if (!target_read(thread, address, bytes, count * width)) {
        count = 1;
        if (!target_read(thread, address, bytes, width)) return 0;
    }
    for (size_t i = 0; i < count; i++) {
        pointers[i] = 0; /* little-endian, so the low half is right for both widths */
        memcpy(&pointers[i], bytes + i * width, width);
    }
    return count;
}

ssize_t arguments_read(pid_t thread, uint64_t argv, size_t width, char *out, size_t size, bool *whole) {
    size_t length = 0, count;
    uint64_t pointers[BATCH];
    *whole = true;
    for (; argv; argv += count * width) {
        count = read_pointers(thread, argv, width, pointers);
        if (!count) return -EFAULT;
        for (size_t i = 0; i < count; i++) {
            if (!pointers[i]) return (ssize_t)length;
            int got = target_read_string(thread, pointers[i], out + length, size - length);
            if (got == -EFAULT) return got;
            if (got < 0) {
                *whole = false;
                return (ssize_t)size;
            }
            length += (size_t)got + 1;
        }
    }
    return (ssize_t)length;
}

void arguments_describe(struct span arguments, struct json *json) {
    json_open(json, "argv", '[');
    for (size_t i = 0; arguments.length && i < SHOWN_ARGUMENTS; i++) {
        size_t length = strnlen((const char *)arguments.bytes, arguments.length);
        json_bytes(json, NULL, arguments.bytes, length, SHOWN_ARGUMENT);
        arguments = span_after(arguments, length < arguments.length ? length + 1 : length);
    }
    json_close(json, ']');
}

static int open_command_line(pid_t process) {
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/cmdline", process);
    return openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
}

void command_line_describe(pid_t process, struct json *json) {
    char bytes[2 * CHUNK];
    int fd = open_command_line(process);
    ssize_t length = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);
    if (fd >= 0) close(fd);
    arguments_describe((struct span){(const uint8_t *)bytes, length > 0 ? (size_t)length : 0}, json);
}

bool command_line_is(pid_t process, const struct command_line *expected) {
    char chunk[CHUNK];
    uint8_t digest[br_sha256_SIZE];
    br_sha256_context context;
    br_sha256_init(&context);
    int fd = open_command_line(process);
    if (fd < 0) return false;
    size_t left = expected->length;
    ssize_t got = 1;
    while (left && got > 0) {
        got = read(fd, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (got <= 0) break;
        br_sha256_update(&context, chunk, (size_t)got);
        left -= (size_t)got;
    }
    bool ended = !left && (!expected->whole || read(fd, chunk, 1) == 0);
    close(fd);
    br_sha256_out(&context, digest);
    return ended && memcmp(digest, expected->digest, sizeof digest) == 0;
}
