#include "name-servers.h"

#include <string.h>

#include "lines.h"

#ifndef RESOLV_FILE
#define RESOLV_FILE "/etc/resolv.conf"
#endif

static struct name_servers *into;

static void take_domain(const char *word) {
    char *domain = into->search[into->search_count];
    size_t length = strlen(word);
    if (length && word[length - 1] == '.') length--;
    if (!length || length > DNS_MOST_NAME) return;
    for (size_t i = 0; i < length; i++) domain[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] | 0x20) : word[i];
    domain[length] = '\0';
    into->search_count++;
}

static void take_line(char **words, size_t count) {
    if (strcmp(words[0], "nameserver") == 0 && count > 1 && into->count < MOST_NAME_SERVERS) {
        if (address_read(words[1], &into->servers[into->count])) into->count++;
    } else if (strcmp(words[0], "search") == 0 || strcmp(words[0], "domain") == 0) {
        into->search_count = 0; /* the last such line counts */
        for (size_t i = 1; i < count && into->search_count < MOST_SEARCH_DOMAINS; i++) take_domain(words[i]);
    }
}

void name_servers_read(struct name_servers *servers) {
    into = servers;
    servers->count = servers->search_count = 0;
    lines_read(RESOLV_FILE, take_line);
    if (!servers->count) address_read("127.0.0.1", &servers->servers[servers->count++]);
}
