#include "tls.h"

#include <arpa/inet.h>
#include <bearssl.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "certificate.h"
#include "memory.h"

enum {
    MOST_TURNS = 64,              /* then the loop's timers get their chance, whatever the server still sends */
    INPUT = BR_SSL_BUFSIZE_INPUT, /* a server may send records of any size */
    OUTPUT = 4096 + 85            /* our own are small: a page, and what a record adds */
};

/* Only what is needed while connected; pages that are not touched cost nothing. */
struct connection {
    br_ssl_client_context client;
    struct certificate_checker checker;
    br_x509_trust_anchor anchors[MAX_AUTHORITIES];
    struct authority authorities[MAX_AUTHORITIES];
    uint8_t address[16];
    _Alignas(MEMORY_PAGE) uint8_t output[OUTPUT];
    _Alignas(MEMORY_PAGE) uint8_t input[INPUT];
};

static _Alignas(MEMORY_PAGE) struct connection connection;
static br_ssl_engine_context *const engine = &connection.client.eng;
static int socket_fd = -1;
static bool peer_ended;

/* ChaCha20 first: without AES instructions it is the faster of the two, and it is constant-time by nature. */
static const uint16_t suites[] = {
    BR_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    BR_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    BR_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
};

static void choose_algorithms(br_x509_minimal_context *minimal) {
    br_ssl_engine_set_versions(engine, BR_TLS12, BR_TLS12);
    br_ssl_engine_add_flags(engine, BR_OPT_NO_RENEGOTIATION);
    br_ssl_engine_set_suites(engine, suites, sizeof suites / sizeof *suites);
    br_ssl_engine_set_prf_sha256(engine, br_tls12_sha256_prf);
    br_ssl_engine_set_ec(engine, &br_ec_all_m31);
    br_ssl_engine_set_ecdsa(engine, br_ecdsa_i31_vrfy_asn1);
    br_ssl_engine_set_rsavrfy(engine, br_rsa_i31_pkcs1_vrfy);
    br_ssl_engine_set_gcm(engine, &br_sslrec_in_gcm_vtable, &br_sslrec_out_gcm_vtable);
    br_ssl_engine_set_aes_ctr(engine, &br_aes_ct64_ctr_vtable);
    br_ssl_engine_set_ghash(engine, br_ghash_ctmul64);
    br_ssl_engine_set_chapol(engine, &br_sslrec_in_chapol_vtable, &br_sslrec_out_chapol_vtable);
    br_ssl_engine_set_chacha20(engine, br_chacha20_ct_run);
    br_ssl_engine_set_poly1305(engine, br_poly1305_ctmulq_run);
    br_ssl_engine_set_hash(engine, br_sha256_ID, &br_sha256_vtable);
    br_ssl_engine_set_hash(engine, br_sha384_ID, &br_sha384_vtable);
    br_ssl_engine_set_hash(engine, br_sha512_ID, &br_sha512_vtable);
    br_x509_minimal_set_ecdsa(minimal, &br_ec_all_m31, br_ecdsa_i31_vrfy_asn1);
    br_x509_minimal_set_rsa(minimal, br_rsa_i31_pkcs1_vrfy);
    br_x509_minimal_set_hash(minimal, br_sha256_ID, &br_sha256_vtable);
    br_x509_minimal_set_hash(minimal, br_sha384_ID, &br_sha384_vtable);
    br_x509_minimal_set_hash(minimal, br_sha512_ID, &br_sha512_vtable);
}

static const char *read_authorities(const struct configuration *configuration) {
    if (configuration->authority_count == 0) return "the configuration names no certificate authority for the Console";
    for (size_t i = 0; i < configuration->authority_count; i++) {
        const char *trouble =
            authority_read(&connection.authorities[i], configuration->authorities[i], &connection.anchors[i]);
        if (trouble) return trouble;
    }
    return NULL;
}

static struct span parse_address(const char *host) {
    if (inet_pton(AF_INET, host, connection.address) == 1) return (struct span){connection.address, 4};
    if (inet_pton(AF_INET6, host, connection.address) == 1) return (struct span){connection.address, 16};
    return (struct span){NULL, 0};
}

const char *tls_open(int fd, const char *host, const struct configuration *configuration) {
    struct certificate_checker *checker = &connection.checker;
    socket_fd = fd;
    peer_ended = false;
    const char *trouble = read_authorities(configuration);
    if (trouble) return trouble;
    br_ssl_client_zero(&connection.client);
    br_x509_minimal_init(&checker->minimal, &br_sha256_vtable, connection.anchors, configuration->authority_count);
    choose_algorithms(&checker->minimal);
    checker->vtable = &certificate_checker_vtable;
    checker->address = parse_address(host);
    br_ssl_engine_set_x509(engine, &checker->vtable);
    br_ssl_engine_set_buffers_bidi(engine, connection.input, INPUT, connection.output, OUTPUT);
    /* Without a name no SNI is sent (RFC 6066: it must be no address), and the checker compares the address. */
    if (!br_ssl_client_reset(&connection.client, checker->address.length ? NULL : host, 0))
        return "the TLS engine did not start";
    return NULL;
}

static bool would_block(void) { return errno == EAGAIN || errno == EINTR; }

/* Each returns whether something moved. */
static bool send_records(void) {
    size_t length;
    unsigned char *bytes = br_ssl_engine_sendrec_buf(engine, &length);
    if (!bytes) return false;
    ssize_t sent = send(socket_fd, bytes, length, MSG_NOSIGNAL);
    if (sent > 0) br_ssl_engine_sendrec_ack(engine, (size_t)sent);
    if (sent < 0 && !would_block()) peer_ended = true;
    return sent > 0;
}

static bool receive_records(void) {
    size_t length;
    unsigned char *bytes = br_ssl_engine_recvrec_buf(engine, &length);
    if (!bytes) return false;
    ssize_t received = recv(socket_fd, bytes, length, 0);
    if (received > 0) br_ssl_engine_recvrec_ack(engine, (size_t)received);
    if (received == 0 || (received < 0 && !would_block())) peer_ended = true;
    return received > 0;
}

enum tls_progress tls_run(void) {
    bool moved = true;
    for (int turns = 0; turns < MOST_TURNS && moved && !peer_ended; turns++) {
        moved = send_records();
        moved = receive_records() || moved;
    }
    if (br_ssl_engine_current_state(engine) == BR_SSL_CLOSED)
        return br_ssl_engine_last_error(engine) ? TLS_FAILED : TLS_CLOSED;
    bool has_more = br_ssl_engine_current_state(engine) & BR_SSL_RECVAPP;
    return peer_ended && !has_more ? TLS_CLOSED : TLS_WAITS;
}

const char *tls_trouble(void) {
    switch (br_ssl_engine_last_error(engine)) {
    case BR_ERR_X509_EXPIRED:
        return "its certificate has expired or is not valid yet";
    case BR_ERR_X509_NOT_TRUSTED:
        return "its certificate does not come from a configured authority";
    case BR_ERR_X509_BAD_SERVER_NAME:
        return "its certificate is for another host";
    case BR_ERR_X509_BAD_SIGNATURE:
        return "its certificate has a wrong signature";
    case BR_ERR_X509_NOT_CA:
        return "its certificate was signed by one that may not sign";
    case BR_ERR_UNSUPPORTED_VERSION:
    case BR_ERR_BAD_VERSION:
    case BR_ERR_RECV_FATAL_ALERT + BR_ALERT_PROTOCOL_VERSION:
        return "it does not speak TLS 1.2";
    case BR_ERR_BAD_CIPHER_SUITE:
    case BR_ERR_RECV_FATAL_ALERT + BR_ALERT_HANDSHAKE_FAILURE:
        return "it shares no cipher suite of TLS 1.2 with this init";
    case BR_ERR_NO_RANDOM:
        return "the kernel gave no random numbers";
    default:
        break;
    }
    unsigned error = (unsigned)br_ssl_engine_last_error(engine);
    if (error >= BR_ERR_X509_INVALID_VALUE && error <= BR_ERR_X509_NOT_TRUSTED) return "its certificate is not valid";
    return error >= BR_ERR_RECV_FATAL_ALERT ? "it ended the TLS handshake" : "what it sends is not proper TLS";
}

bool tls_is_ready(void) { return br_ssl_engine_current_state(engine) & (BR_SSL_SENDAPP | BR_SSL_RECVAPP); }

uint32_t tls_events(void) {
    unsigned state = br_ssl_engine_current_state(engine);
    return (state & BR_SSL_SENDREC ? EPOLLOUT : 0u) | (state & BR_SSL_RECVREC ? EPOLLIN : 0u);
}

size_t tls_send(const void *bytes, size_t length) {
    size_t room;
    unsigned char *at = br_ssl_engine_sendapp_buf(engine, &room);
    if (!at) return 0;
    if (length > room) length = room;
    memcpy(at, bytes, length);
    br_ssl_engine_sendapp_ack(engine, length);
    return length;
}

void tls_flush(void) { br_ssl_engine_flush(engine, 0); }

struct span tls_received(void) {
    struct span span = {NULL, 0};
    span.bytes = br_ssl_engine_recvapp_buf(engine, &span.length);
    if (!span.bytes) span.length = 0;
    return span;
}

void tls_consume(size_t length) { br_ssl_engine_recvapp_ack(engine, length); }

void tls_close(void) {
    if (socket_fd < 0) return;
    if (!peer_ended && tls_is_ready()) {
        br_ssl_engine_close(engine);
        send_records();
    }
    socket_fd = -1;
    memory_release(connection);
    memory_release_stack();
}
