/* The arguments of an exec: as its caller's memory holds them now, and as the new program got them. */
#ifndef RINGFENCE_ARGUMENTS_H
#define RINGFENCE_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "bearssl.h"
#include "json.h"
#include "span.h"

/* Reads argv of the thread (`width`: bytes of a pointer there) into `out`: each argument with its NUL, as in
 * /proc/PID/cmdline. What has no room is cut off, and `whole` then false. Returns the length, or -EFAULT. */
ssize_t arguments_read(pid_t thread, uint64_t argv, size_t width, char *out, size_t size, bool *whole);

/* Writes the first of them as "argv" of an audit's detail. */
void arguments_describe(struct span arguments, struct json *json);

/* What a command line has to be. */
struct command_line {
    bool whole; /* nothing may follow */
    uint32_t length;
    uint8_t digest[br_sha256_SIZE];
};

/* Whether the command line of the process, which is stopped at its exec, is the expected one. */
bool command_line_is(pid_t process, const struct command_line *expected);

/* Writes what it is instead, as "argv". */
void command_line_describe(pid_t process, struct json *json);

#endif
