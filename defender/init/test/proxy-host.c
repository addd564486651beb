/* Runs the proxy alone, for its tests: tells what it does on stdout, line by line.
 * proxy-host UPSTREAM [MOST_DESCRIPTORS]   or   proxy-host UPSTREAM --init-error TYPE MESSAGE */
#include "audit.h"
#include "engine.h"
#include "loop.h"
#include "proxy.h"
#include "waas.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static volatile sig_atomic_t is_over;

static void finish(int number) { is_over = number; }

static void say(const char *what, const char *text, size_t length) {
    printf("%s %.*s\n", what, (int)length, text);
    fflush(stdout);
}

void audit_defender(const char *message) { say("audit", message, strlen(message)); }

void audit_emit(const struct audit *audit) { say(audit->type, audit->detail->text, audit->detail->length); }

/* Judges events by the section in the file that TEST_WAAS names. */
static void use_section(void) {
    static uint8_t bytes[65536];
    static struct policy policy;
    FILE *file = getenv("TEST_WAAS") ? fopen(getenv("TEST_WAAS"), "rb") : NULL;
    if (!file) return;
    policy.waas = (struct span){bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    waas_use_policy(&policy);
}

static void ready(void) { say("ready", "", 0); }
static void started(const char *id, size_t length) { say("started", id, length); }
static void ended(const char *id, size_t length) { say("ended", id, length); }

int main(int count, char **arguments) {
    if (count == 5) return proxy_report_init_error(arguments[1], arguments[3], arguments[4]) ? 0 : 1;
    static const struct proxy_hooks hooks = {ready, started, ended}, silent = {0};
    char address[32];
    if (count < 2) return 2;
    engine_catch_faults();
    bool is_quiet = count > 2 && !strcmp(arguments[2], "quiet");
    if (count > 2 && !is_quiet) {
        rlim_t most = (rlim_t)atoi(arguments[2]);
        setrlimit(RLIMIT_NOFILE, &(struct rlimit){most, most});
    }
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = finish}, NULL);
    loop_open();
    use_section();
    if (!proxy_open(arguments[1], is_quiet ? &silent : &hooks, address)) return 2;
    say("address", address, strlen(address));
    while (!is_over) loop_turn(-1);
    return 0;
}
