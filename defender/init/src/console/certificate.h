/* X.509 certificates: the authorities that are trusted, and the check that a server's certificate is for this host. */
#ifndef RINGFENCE_CERTIFICATE_H
#define RINGFENCE_CERTIFICATE_H

#include <bearssl.h>

#include "configuration.h"

enum { MAX_DN = 512, MAX_KEY = 1024, MAX_LEAF = 4096 };

/* A certificate that is trusted, with room for what its anchor points to. */
struct authority {
    size_t dn_length;
    bool dn_too_long;
    uint8_t dn[MAX_DN], key[MAX_KEY];
};

/* Returns NULL, or in words why the DER certificate can not be trusted. `anchor` points into `authority`. */
const char *authority_read(struct authority *authority, struct span der, br_x509_trust_anchor *anchor);

/* Validates as BearSSL's minimal engine does, which knows DNS names only; a host that is an address is compared with
 * the certificate's iPAddress names here. */
struct certificate_checker {
    const br_x509_class *vtable;
    br_x509_minimal_context minimal;
    struct span address; /* 4 or 16 bytes; empty: the host is a name */
    bool is_leaf;
    size_t leaf_length;
    uint8_t leaf[MAX_LEAF];
};

extern const br_x509_class certificate_checker_vtable;

/* Whether the DER certificate has a subjectAltName iPAddress that equals `address`. */
bool certificate_names_address(struct span certificate, struct span address);

#endif
