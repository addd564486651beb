#include "certificate.h"

#include <stddef.h>

#include "bytes.h"

enum {
    DER_BOOLEAN = 0x01,
    DER_OCTET_STRING = 0x04,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    DER_EXTENSIONS = 0xa3,
    DER_IP_ADDRESS = 0x87
};

static const uint8_t subject_alternative_name[] = {0x55, 0x1d, 0x11};

static void append_dn(void *context, const void *bytes, size_t length) {
    struct authority *authority = context;
    if (length > MAX_DN - authority->dn_length) {
        authority->dn_too_long = true;
        return;
    }
    memcpy(authority->dn + authority->dn_length, bytes, length);
    authority->dn_length += length;
}

/* Moves a part of the key from the decoder, which goes away, into the authority. */
static unsigned char *keep(struct authority *authority, size_t *used, const unsigned char *bytes, size_t length) {
    if (length > MAX_KEY - *used) return NULL;
    unsigned char *at = authority->key + *used;
    memcpy(at, bytes, length);
    *used += length;
    return at;
}

static bool keep_key(struct authority *authority, br_x509_pkey *key) {
    size_t used = 0;
    if (key->key_type == BR_KEYTYPE_EC) {
        key->key.ec.q = keep(authority, &used, key->key.ec.q, key->key.ec.qlen);
        return key->key.ec.q;
    }
    key->key.rsa.n = keep(authority, &used, key->key.rsa.n, key->key.rsa.nlen);
    key->key.rsa.e = keep(authority, &used, key->key.rsa.e, key->key.rsa.elen);
    return key->key.rsa.n && key->key.rsa.e;
}

const char *authority_read(struct authority *authority, struct span der, br_x509_trust_anchor *anchor) {
    br_x509_decoder_context decoder;
    authority->dn_length = 0;
    authority->dn_too_long = false;
    br_x509_decoder_init(&decoder, append_dn, authority);
    br_x509_decoder_push(&decoder, der.bytes, der.length);
    br_x509_pkey *key = br_x509_decoder_get_pkey(&decoder);
    if (!key) return "a certificate authority in the configuration is no certificate with an RSA or EC key";
    anchor->pkey = *key;
    if (authority->dn_too_long || !keep_key(authority, &anchor->pkey))
        return "a certificate authority in the configuration has a name or key that is too long";
    anchor->dn = (br_x500_name){.data = authority->dn, .len = authority->dn_length};
    anchor->flags = br_x509_decoder_isCA(&decoder) ? BR_X509_TA_CA : 0;
    return NULL;
}

/* Reads one DER element; an empty span with tag 0 when there is none. */
static struct span read_element(struct reader *reader, uint8_t *tag) {
    *tag = (uint8_t)read_number(reader, 1);
    size_t length = (size_t)read_number(reader, 1);
    if (length >= 0x80) {
        size_t size = length & 0x7f;
        if (size == 0 || size > 3) reader->failed = true;
        struct span digits = read_span(reader, size);
        length = 0;
        for (size_t i = 0; i < digits.length; i++) length = length << 8 | digits.bytes[i];
    }
    struct span value = read_span(reader, length);
    if (reader->failed) *tag = 0;
    return value;
}

static struct reader read_within(struct span span) { return (struct reader){span.bytes, span.length, false}; }

/* Reads elements until one has this tag; empty when none has. */
static struct reader enter(struct reader *reader, uint8_t wanted) {
    uint8_t tag;
    do {
        struct span value = read_element(reader, &tag);
        if (tag == wanted) return read_within(value);
    } while (tag);
    return (struct reader){NULL, 0, true};
}

static bool lists_address(struct reader names, struct span address) {
    for (uint8_t tag = 1; tag;) {
        struct span value = read_element(&names, &tag);
        bool is_equal = value.length == address.length && memcmp(value.bytes, address.bytes, address.length) == 0;
        if (tag == DER_IP_ADDRESS && is_equal) return true;
    }
    return false;
}

bool certificate_names_address(struct span certificate, struct span address) {
    struct reader reader = read_within(certificate);
    struct reader outer = enter(&reader, DER_SEQUENCE);
    struct reader signed_part = enter(&outer, DER_SEQUENCE);
    struct reader wrapped = enter(&signed_part, DER_EXTENSIONS);
    struct reader extensions = enter(&wrapped, DER_SEQUENCE);
    for (;;) {
        struct reader extension = enter(&extensions, DER_SEQUENCE);
        if (extension.failed) return false;
        uint8_t tag;
        struct span oid = read_element(&extension, &tag);
        bool is_names = tag == DER_OID && oid.length == sizeof subject_alternative_name &&
                        memcmp(oid.bytes, subject_alternative_name, oid.length) == 0;
        if (!is_names) continue;
        struct reader content = enter(&extension, DER_OCTET_STRING);
        return lists_address(enter(&content, DER_SEQUENCE), address);
    }
}

static struct certificate_checker *checker_of(const br_x509_class *const *context) {
    return (struct certificate_checker *)((uintptr_t)context - offsetof(struct certificate_checker, vtable));
}

static void start_chain(const br_x509_class **context, const char *server_name) {
    struct certificate_checker *checker = checker_of(context);
    checker->is_leaf = true;
    checker->leaf_length = 0;
    checker->minimal.vtable->start_chain(&checker->minimal.vtable, server_name);
}

static void start_certificate(const br_x509_class **context, uint32_t length) {
    struct certificate_checker *checker = checker_of(context);
    checker->minimal.vtable->start_cert(&checker->minimal.vtable, length);
}

static void append(const br_x509_class **context, const unsigned char *bytes, size_t length) {
    struct certificate_checker *checker = checker_of(context);
    if (checker->is_leaf && checker->address.length && length <= MAX_LEAF - checker->leaf_length) {
        memcpy(checker->leaf + checker->leaf_length, bytes, length);
        checker->leaf_length += length;
    }
    checker->minimal.vtable->append(&checker->minimal.vtable, bytes, length);
}

static void end_certificate(const br_x509_class **context) {
    struct certificate_checker *checker = checker_of(context);
    checker->is_leaf = false;
    checker->minimal.vtable->end_cert(&checker->minimal.vtable);
}

static unsigned end_chain(const br_x509_class **context) {
    struct certificate_checker *checker = checker_of(context);
    unsigned error = checker->minimal.vtable->end_chain(&checker->minimal.vtable);
    if (error || !checker->address.length) return error;
    struct span leaf = {checker->leaf, checker->leaf_length};
    return certificate_names_address(leaf, checker->address) ? BR_ERR_OK : BR_ERR_X509_BAD_SERVER_NAME;
}

static const br_x509_pkey *get_key(const br_x509_class *const *context, unsigned *usages) {
    struct certificate_checker *checker = checker_of(context);
    return checker->minimal.vtable->get_pkey(&checker->minimal.vtable, usages);
}

const br_x509_class certificate_checker_vtable = {
    .context_size = sizeof(struct certificate_checker),
    .start_chain = start_chain,
    .start_cert = start_certificate,
    .append = append,
    .end_cert = end_certificate,
    .end_chain = end_chain,
    .get_pkey = get_key,
};
