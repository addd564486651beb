/* clang -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -isystem SYSROOT/usr/include \
 *   fuzz/fuzz-signature.c src/signature.c src/shim.c SYSROOT/usr/lib/.../libbearssl.a -o build/fuzz-signature
 * build/fuzz-signature -max_len=4096 CORPUS fuzz/signature-seeds
 *
 * First 65 bytes: the pinned key, the rest a signed policy. What verifies must be found at the same place without
 * verifying, lie within the bytes, and must not verify any more with another policy byte. */
#include <stdlib.h>
#include <string.h>

#include "signature.h"

static void require(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size < 65) return 0;
    struct span key = {bytes, 65}, signed_policy = {bytes + 65, size - 65}, policy = {NULL, 0};
    const char *refused = signed_policy_locate(signed_policy, &policy);
    if (!refused) {
        require(policy.bytes >= signed_policy.bytes && policy.length + 76 <= signed_policy.length);
        require(policy.bytes + policy.length + 64 == bytes + size);
    }
    const char *trouble = signature_verify(key, signed_policy);
    if (refused) require(trouble);
    if (trouble || !policy.length) return 0;
    uint8_t *copy = malloc(size);
    if (!copy) exit(1);
    memcpy(copy, bytes, size);
    copy[policy.bytes - bytes] ^= 1;
    require(signature_verify(key, (struct span){copy + 65, size - 65}));
    free(copy);
    return 0;
}
