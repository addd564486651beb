/* The policy's decisions by themselves, for the tests that hold the builds for both architectures against each other.
 * Argument: a file with the compiled policy. Lines of stdin, words with tabs between, are answered with a line each. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

#include "policy.h"

enum { MAX_WORDS = 12 };

static struct policy policy;
static const struct variables variables = {.values = {[VARIABLE_TASK] = {(const uint8_t *)"/var/task", 9},
                                                      [VARIABLE_TMP] = {(const uint8_t *)"/tmp", 4},
                                                      [VARIABLE_RUNTIME] = {(const uint8_t *)"/var/runtime", 12}}};
static const struct network_surroundings surroundings;
static struct names names;

static const char *judge_process(char **words, int count) { /* path, parent, arguments with argv[0] first */
    static uint8_t arguments[4096];
    size_t length = 0;
    for (int i = 3; i < count; i++) {
        strcpy((char *)arguments + length, words[i]);
        length += strlen(words[i]) + 1;
    }
    struct process_start start = {
        .path = span_of(words[1]), .parent = span_of(words[2]), .arguments = {arguments, length}};
    enum effect effect;
    const char *against = process_rules_judge(&policy.process, &variables, &start, &effect);
    static char answer[400];
    if (!against) return "allowed";
    snprintf(answer, sizeof answer, "%s: %s", effect_names[effect], against);
    return answer;
}

static const char *judge_endpoint(char **words) { /* address in the form of IPv6, port */
    static const char *const answers[] = {"allowed", "not named", "other port", "metadata"};
    struct endpoint endpoint = {.port = (uint16_t)atoi(words[2])};
    if (inet_pton(AF_INET6, words[1], endpoint.address) != 1) abort();
    return answers[network_rules_match_endpoint(&policy.network, &surroundings, &names, &endpoint)];
}

static const char *judge_file(char **words) { /* path, access, whether the runtime has started */
    static const char *const answers[] = {"allowed", "not listed", "denied", "sealed"};
    enum file_access access = words[2][0] == 'r' ? FILE_READ : words[2][0] == 'w' ? FILE_WRITE : FILE_EXECUTE;
    return answers[file_rules_match(&policy.files, &variables, span_of(words[1]), access, words[3][0] == '1')];
}

static const char *judge(char **words, int count) {
    bool holds = false;
    if (strcmp(words[0], "process") == 0 && count > 3) return judge_process(words, count);
    if (strcmp(words[0], "endpoint") == 0 && count == 3) return judge_endpoint(words);
    if (strcmp(words[0], "file") == 0 && count == 4) return judge_file(words);
    if (count != 2) abort();
    if (strcmp(words[0], "listen") == 0) holds = network_rules_match_listen(&policy.network, (uint16_t)atoi(words[1]));
    if (strcmp(words[0], "lookup") == 0) holds = network_rules_match_lookup(&policy.network, span_of(words[1]));
    if (strcmp(words[0], "unix") == 0) holds = network_rules_match_unix(&policy.network, span_of(words[1]), NULL, NULL);
    if (strcmp(words[0], "secret") == 0) holds = secret_rules_match(&policy.secrets, span_of(words[1]));
    return holds ? "yes" : "no";
}

static void learn(char **words) { /* name, address: as if the name had been resolved to it */
    uint8_t address[16];
    if (inet_pton(AF_INET6, words[2], address) != 1) abort();
    names_learn(&names, span_of(words[1]), address);
}

int main(int argc, char **argv) {
    static uint8_t compiled[65536];
    static char line[4096];
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!file) abort();
    const char *error = policy_parse(&policy, (struct span){compiled, fread(compiled, 1, sizeof compiled, file)});
    if (error) return puts(error), 0;
    printf("revision %llu, sections %u\n", (unsigned long long)policy.revision, policy_sections(&policy));
    while (fgets(line, sizeof line, stdin)) {
        char *words[MAX_WORDS];
        int count = 0;
        for (char *word = strtok(line, "\t\n"); word && count < MAX_WORDS; word = strtok(NULL, "\t\n"))
            words[count++] = word;
        if (strcmp(words[0], "learn") == 0) {
            learn(words);
            puts("learnt");
        } else {
            puts(judge(words, count));
        }
    }
}
