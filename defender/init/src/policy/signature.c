#include "signature.h"

#include <bearssl.h>

#include "bytes.h"

enum { KEY_SIZE = 65, SIGNATURE_SIZE = 64, LINK_SIZE = KEY_SIZE + SIGNATURE_SIZE, MAX_LINKS = 64 };

/* With their NUL, so that no purpose is the beginning of another. */
static const char policy_purpose[] = "ringfence-policy";
static const char link_purpose[] = "ringfence-key-link";

struct signed_policy {
    uint16_t link_count;
    struct span links, policy, signature;
};

static const char *read_signed_policy(struct span bytes, struct signed_policy *result) {
    struct reader reader = {bytes.bytes, bytes.length, false};
    struct span magic = read_span(&reader, 4);
    result->link_count = (uint16_t)read_number(&reader, 2);
    uint64_t reserved = read_number(&reader, 2);
    size_t policy_length = (size_t)read_number(&reader, 4);
    if (reader.failed) return "the signed policy is cut short";
    if (!span_equals(magic, "RFS1")) return "the signed policy does not begin with RFS1";
    if (reserved != 0) return "the signed policy has a reserved field that is not 0";
    if (result->link_count > MAX_LINKS) return "the signed policy has more than 64 key links";
    result->links = read_span(&reader, (size_t)result->link_count * LINK_SIZE);
    result->policy = read_span(&reader, policy_length);
    result->signature = read_span(&reader, SIGNATURE_SIZE);
    if (reader.failed) return "the signed policy is cut short";
    if (reader.left) return "the signed policy has bytes after its end";
    return NULL;
}

static bool is_signed(const uint8_t *key, const char *purpose, size_t purpose_size, struct span message,
                      const uint8_t *signature) {
    br_sha256_context sha256;
    uint8_t digest[br_sha256_SIZE], point[KEY_SIZE];
    br_sha256_init(&sha256);
    br_sha256_update(&sha256, purpose, purpose_size);
    br_sha256_update(&sha256, message.bytes, message.length);
    br_sha256_out(&sha256, digest);
    memcpy(point, key, sizeof point);
    br_ec_public_key public_key = {.curve = BR_EC_secp256r1, .q = point, .qlen = sizeof point};
    return br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, digest, sizeof digest, &public_key, signature, SIGNATURE_SIZE) == 1;
}

const char *signed_policy_locate(struct span signed_policy, struct span *policy) {
    struct signed_policy parts;
    const char *trouble = read_signed_policy(signed_policy, &parts);
    if (!trouble) *policy = parts.policy;
    return trouble;
}

const char *signature_verify(struct span pinned_key, struct span signed_policy) {
    struct signed_policy parts;
    const char *trouble = read_signed_policy(signed_policy, &parts);
    if (trouble) return trouble;
    if (pinned_key.length != KEY_SIZE) return "the pinned signing key is missing or has not 65 bytes";
    const uint8_t *key = pinned_key.bytes;
    for (size_t i = 0; i < parts.link_count; i++) {
        const uint8_t *next_key = parts.links.bytes + i * LINK_SIZE;
        struct span message = {next_key, KEY_SIZE};
        if (is_signed(key, link_purpose, sizeof link_purpose, message, next_key + KEY_SIZE)) key = next_key;
    }
    if (!is_signed(key, policy_purpose, sizeof policy_purpose, parts.policy, parts.signature.bytes))
        return "the policy's signature was not made by the pinned key or by a key that follows it";
    return NULL;
}
