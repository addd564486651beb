/* clang -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -isystem SYSROOT/usr/include \
 *   fuzz/fuzz-certificate.c src/certificate.c src/shim.c SYSROOT/usr/lib/.../libbearssl.a -o build/fuzz-certificate
 * build/fuzz-certificate -max_len=4096 CORPUS fuzz/certificate-seeds
 *
 * DER as an authority and as a server's certificate for 127.0.0.1. */
#include <stdlib.h>
#include <string.h>

#include "certificate.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const uint8_t loopback[] = {127, 0, 0, 1};
    static struct authority authority;
    br_x509_trust_anchor anchor;
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy) exit(1);
    memcpy(copy, bytes, size);
    struct span der = {copy, size};
    bool names_it = certificate_names_address(der, (struct span){loopback, sizeof loopback});
    if (names_it && !memmem(copy, size, loopback, sizeof loopback)) abort();
    if (!authority_read(&authority, der, &anchor) && anchor.dn.len > MAX_DN) abort();
    free(copy);
    return 0;
}
