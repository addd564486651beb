#include "mask.h"

#include <strings.h>

/* How the value shows: behind `=` or `:`, as one word or as the rest of a line, or behind a space. */
enum form { WORD, LINE, SPACED };

static const struct {
    const char *name;
    enum form form;
} secrets[] = {
    {"password", WORD},   {"passwd", WORD},     {"passphrase", WORD}, {"pwd", WORD},           {"secret", WORD},
    {"token", WORD},      {"api_key", WORD},    {"api-key", WORD},    {"apikey", WORD},        {"access_key", WORD},
    {"accesskey", WORD},  {"credential", WORD}, {"cookie", LINE},     {"authorization", LINE}, {"bearer", SPACED},
    {"session_id", WORD}, {"session-id", WORD}, {"sessionid", WORD},  {"private_key", WORD},
};

enum { SECRETS = sizeof secrets / sizeof secrets[0] };

/* The place in `secrets` of the name that the text begins with, or -1. */
static int secret_at(struct span text) {
    for (int i = 0; i < SECRETS; i++) {
        size_t length = strlen(secrets[i].name);
        if (text.length >= length && strncasecmp((const char *)text.bytes, secrets[i].name, length) == 0) return i;
    }
    return -1;
}

bool mask_is_secret(struct span name) {
    for (; name.length; name = span_after(name, 1)) {
        int secret = secret_at(name);
        if (secret >= 0 && strcmp(secrets[secret].name, "cookie") != 0) return true;
    }
    return false;
}

static bool is_word(uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool is_one_of(uint8_t c, const char *set) { return c && strchr(set, c); }

/* Behind the name: what may stand between it and its value, with the sign that a value follows; 0 where none does. */
static size_t sign_length(struct span text, enum form form) {
    size_t at = 0;
    while (at < text.length && is_word(text.bytes[at])) at++;
    bool has_sign = false;
    for (; at < text.length && is_one_of(text.bytes[at], "=: \t\\\"']>"); at++)
        has_sign |= is_one_of(text.bytes[at], form == SPACED ? "=: " : "=:");
    return has_sign ? at : 0;
}

static size_t value_length(struct span text, enum form form) {
    size_t at = 0;
    while (at < text.length && !is_one_of(text.bytes[at], form == LINE ? "\\\"" : " \t\\\"'&;,<>)}")) at++;
    return at;
}

size_t mask_copy(char *out, size_t room, struct span text) {
    size_t written = 0;
    while (text.length) {
        int secret = secret_at(text);
        size_t name = secret < 0 ? 0 : strlen(secrets[secret].name);
        size_t sign = secret < 0 ? 0 : sign_length(span_after(text, name), secrets[secret].form);
        size_t value = sign ? value_length(span_after(text, name + sign), secrets[secret].form) : 0;
        size_t copied = value ? name + sign : 1;
        if (written + copied + 3 > room) return written;
        memcpy(out + written, text.bytes, copied);
        written += copied;
        if (value) {
            memcpy(out + written, "***", 3);
            written += 3;
        }
        text = span_after(text, copied + value);
    }
    return written;
}
