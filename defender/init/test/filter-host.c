/* Builds the filter for the sections of the first argument and runs it, as the kernel would, on each line of stdin:
 * `ARCHITECTURE NUMBER ARGUMENT …` (numbers; the architecture is an AUDIT_ARCH_*). With `list`, prints the table of
 * calls. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"

enum { INIT = 77, GROUP = 70 };

static uint32_t run(const struct sock_filter *program, size_t length, const struct seccomp_data *data) {
    uint32_t accumulator = 0;
    for (size_t at = 0; at < length; at++) {
        struct sock_filter step = program[at];
        bool holds = step.code == (BPF_JMP | BPF_JEQ | BPF_K)    ? accumulator == step.k
                     : step.code == (BPF_JMP | BPF_JGE | BPF_K)  ? accumulator >= step.k
                     : step.code == (BPF_JMP | BPF_JGT | BPF_K)  ? accumulator > step.k
                     : step.code == (BPF_JMP | BPF_JSET | BPF_K) ? (accumulator & step.k) != 0
                                                                 : false;
        if (step.code == (BPF_LD | BPF_W | BPF_ABS)) {
            if (step.k > sizeof *data - 4 || step.k % 4) abort();
            memcpy(&accumulator, (const char *)data + step.k, 4);
        } else if (step.code == (BPF_ALU | BPF_AND | BPF_K)) {
            accumulator &= step.k;
        } else if (step.code == (BPF_JMP | BPF_JA)) {
            at += step.k;
        } else if (BPF_CLASS(step.code) == BPF_JMP) {
            at += holds ? step.jt : step.jf;
        } else if (step.code == (BPF_RET | BPF_K)) {
            return step.k;
        } else {
            abort();
        }
    }
    abort(); /* the kernel refuses a program that can run over its end */
}

static void say(uint32_t action) {
    if (action == SECCOMP_RET_ALLOW) puts("allow");
    if (action == SECCOMP_RET_USER_NOTIF) puts("notify");
    if (action == SECCOMP_RET_KILL_PROCESS) puts("kill");
    if ((action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO) printf("error %u\n", action & SECCOMP_RET_DATA);
}

int main(int argc, char **argv) {
    static struct sock_filter program[MAX_INSTRUCTIONS];
    if (argc > 1 && strcmp(argv[1], "list") == 0) {
        for (size_t i = 0; i < watched_call_count; i++)
            printf("%u %u %s %u\n", watched_calls[i].arch, watched_calls[i].number, watched_calls[i].name,
                   watched_calls[i].sections);
        return 0;
    }
    size_t length = filter_build(program, (unsigned)atoi(argv[1]), INIT, GROUP);
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        struct seccomp_data data = {.nr = 0};
        char *rest = line;
        data.arch = (uint32_t)strtoull(rest, &rest, 0);
        data.nr = (int)strtoull(rest, &rest, 0);
        for (int i = 0; i < 6; i++) data.args[i] = strtoull(rest, &rest, 0);
        say(run(program, length, &data));
    }
    return 0;
}
