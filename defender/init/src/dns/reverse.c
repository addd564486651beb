#include "reverse.h"

#include <arpa/inet.h>
#include <string.h>

static int nibble(char digit) {
    const char *digits = "0123456789abcdef", *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) : -1;
}

static bool read_ipv6(const char *name, uint8_t address[static 16]) {
    if (strlen(name) != 64 + strlen("ip6.arpa") || strcmp(name + 64, "ip6.arpa") != 0) return false;
    for (int i = 0; i < 16; i++) {
        int low = nibble(name[4 * i]), high = nibble(name[4 * i + 2]);
        if (low < 0 || high < 0 || name[4 * i + 1] != '.' || name[4 * i + 3] != '.') return false;
        address[15 - i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool read_ipv4(const char *name, uint8_t address[static 16]) {
    char text[INET_ADDRSTRLEN];
    uint8_t reversed[4];
    const char *end = strstr(name, ".in-addr.arpa");
    if (!end || strcmp(end, ".in-addr.arpa") != 0 || (size_t)(end - name) >= sizeof text) return false;
    memcpy(text, name, (size_t)(end - name));
    text[end - name] = '\0';
    if (inet_pton(AF_INET, text, reversed) != 1) return false;
    memcpy(address, (const uint8_t[12]){[10] = 0xff, [11] = 0xff}, 12);
    for (int i = 0; i < 4; i++) address[12 + i] = reversed[3 - i];
    return true;
}

bool reverse_read(const char *name, uint8_t address[static 16]) {
    return read_ipv4(name, address) || read_ipv6(name, address);
}
