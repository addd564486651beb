/* The link to the Console by itself, for its tests: told what to do by lines on stdin, tells what happened on stdout,
 * among the audits. Arguments: host:port, token, delivery ms, refresh seconds, then authorities as DER files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "audit.h"
#include "console.h"
#include "loop.h"

static struct configuration configuration;
static struct policy policy;
static char input[65536];
static size_t input_length;

void policy_received(const uint8_t *bytes, size_t length) {
    printf("policy %zu ", length);
    for (size_t i = 0; i < length && i < 64; i++) printf("%02x", bytes[i]);
    printf("\n");
    fflush(stdout);
}

static struct span read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) abort();
    uint8_t *bytes = malloc(65536);
    struct span span = {bytes, fread(bytes, 1, 65536, file)};
    fclose(file);
    return span;
}

static void finish(void) {
    uint64_t from = loop_now();
    console_finish();
    printf("finished after %llu ms\n", (unsigned long long)(loop_now() - from));
    fflush(stdout);
    exit(0);
}

/* "audit TEXT", "lines COUNT SIZE", "finish" */
static void obey(char *line) {
    unsigned count, size;
    static char text[4000];
    if (strncmp(line, "audit ", 6) == 0) {
        audit_defender(line + 6);
    } else if (sscanf(line, "lines %u %u", &count, &size) == 2) {
        for (unsigned i = 0; i < count; i++) {
            int length = snprintf(text, sizeof text, "{\"line\":%u,\"fill\":\"", i);
            memset(text + length, 'x', size - (size_t)length - 3);
            memcpy(text + size - 3, "\"}\n", 3);
            console_deliver(text, size);
        }
    } else if (strcmp(line, "finish") == 0) {
        finish();
    }
}

static void input_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    ssize_t got = read(source->fd, input + input_length, sizeof input - 1 - input_length);
    if (got <= 0) exit(0);
    input_length += (size_t)got;
    input[input_length] = '\0';
    for (char *newline; (newline = strchr(input, '\n'));) {
        *newline = '\0';
        obey(input);
        size_t taken = (size_t)(newline - input) + 1;
        input_length -= taken;
        memmove(input, input + taken, input_length + 1);
    }
}

int main(int argc, char **argv) {
    static struct loop_source source = {.fd = STDIN_FILENO, .ready = input_ready};
    configuration.console = span_of(argv[1]);
    configuration.token = span_of(argv[2]);
    policy.delivery_ms = (uint32_t)atoi(argv[3]);
    policy.refresh_seconds = (uint32_t)atoi(argv[4]);
    for (int i = 5; i < argc; i++) configuration.authorities[configuration.authority_count++] = read_file(argv[i]);
    loop_open();
    audit_open(&configuration);
    console_open(&configuration, &policy);
    loop_add(&source, EPOLLIN);
    for (;;) loop_turn(-1);
}
