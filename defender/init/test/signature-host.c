/* Verifies signed policies for the tests: lines "pinned key, space, RFS1" in hex on stdin, on stdout for each the
 * compiled policy in hex or what is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signature.h"

/* In memory of its own with that exact size, so that a read beyond the end is seen. */
static struct span read_hex(const char *text) {
    size_t length = strlen(text) / 2;
    uint8_t *bytes = malloc(length ? length : 1);
    for (size_t i = 0; i < length; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1) abort();
        bytes[i] = (uint8_t)byte;
    }
    return (struct span){bytes, length};
}

int main(void) {
    static char line[1 << 20];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        char *space = strchr(line, ' ');
        if (!space) abort();
        *space = '\0';
        struct span key = read_hex(line), signed_policy = read_hex(space + 1), policy = {NULL, 0};
        const char *trouble = signature_verify(key, signed_policy);
        if (!trouble) trouble = signed_policy_locate(signed_policy, &policy);
        if (trouble) printf("%s", trouble);
        for (size_t i = 0; i < policy.length; i++) printf("%02x", policy.bytes[i]);
        printf("\n");
        free((void *)(uintptr_t)key.bytes);
        free((void *)(uintptr_t)signed_policy.bytes);
    }
}
