/* The resolver by itself, for its tests. Tells its ports on stdout, among the audits; answers each line of stdin,
 * "ADDRESS PORT" with an address of IPv6 form, with whether the policy lets that be reached. Argument: a file with the
 * compiled policy. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "audit.h"
#include "guard.h"
#include "loop.h"
#include "resolver.h"
#include "surroundings.h"

static struct configuration configuration;
static struct policy policy;

void policy_received(const uint8_t *bytes, size_t length) { (void)bytes, (void)length; }

static void line_ready(struct loop_source *source, uint32_t events) {
    (void)events;
    char line[200], address[100];
    unsigned port;
    ssize_t length = read(source->fd, line, sizeof line - 1);
    if (length <= 0) exit(0);
    line[length] = '\0';
    struct endpoint endpoint;
    if (sscanf(line, "%99s %u", address, &port) != 2 || inet_pton(AF_INET6, address, endpoint.address) != 1) abort();
    endpoint.port = (uint16_t)port;
    bool reachable = network_rules_match_endpoint(&policy.network, &surroundings.network, resolver_names(),
                                                  &endpoint) == NETWORK_ALLOWED;
    printf("%s %u %s\n", address, port, reachable ? "reachable" : "out of reach");
    fflush(stdout);
}

int main(int argc, char **argv) {
    static uint8_t compiled[65536];
    static struct loop_source source = {.fd = STDIN_FILENO, .ready = line_ready};
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file) abort();
    struct span span = {compiled, fread(compiled, 1, sizeof compiled, file)};
    fclose(file);
    const char *error = policy_parse(&policy, span);
    if (error) return fprintf(stderr, "%s\n", error), 1;
    loop_open();
    configuration.cloud = span_of("aws");
    configuration.account = span_of("123456789012");
    configuration.region = span_of("eu-west-1");
    configuration.name = span_of("resolver");
    configuration.runtime = span_of("provided.al2023");
    configuration.arch = span_of("x86_64");
    audit_open(&configuration);
    surroundings_read("true", NULL);
    guard_use_policy(&policy);
    if (!resolver_open()) abort();
    printf("ports %u %u %u %u\n", resolver_port(AF_INET, SOCK_DGRAM), resolver_port(AF_INET, SOCK_STREAM),
           resolver_port(AF_INET6, SOCK_DGRAM), resolver_port(AF_INET6, SOCK_STREAM));
    fflush(stdout);
    loop_add(&source, EPOLLIN);
    for (;;) loop_turn(-1);
}
