#include "configuration.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "bytes.h"

enum { MAX_FILE = 256 * 1024, MAX_VARIABLE = 4096 };

enum field {
    FIELD_CONSOLE = 1,
    FIELD_TOKEN,
    FIELD_CLOUD,
    FIELD_ACCOUNT,
    FIELD_REGION,
    FIELD_NAME,
    FIELD_RUNTIME,
    FIELD_ARCH,
    FIELD_AUTHORITY,
    FIELD_PINNED_KEY,
    FIELD_SIGNED_POLICY,
    FIELD_ORIGINAL_ENTRY
};

static _Alignas(4096) uint8_t file_bytes[MAX_FILE];
static uint8_t variable_bytes[MAX_VARIABLE];

static struct span *single_field(struct configuration *configuration, uint16_t type) {
    switch (type) {
    case FIELD_CONSOLE:
        return &configuration->console;
    case FIELD_TOKEN:
        return &configuration->token;
    case FIELD_CLOUD:
        return &configuration->cloud;
    case FIELD_ACCOUNT:
        return &configuration->account;
    case FIELD_REGION:
        return &configuration->region;
    case FIELD_NAME:
        return &configuration->name;
    case FIELD_RUNTIME:
        return &configuration->runtime;
    case FIELD_ARCH:
        return &configuration->arch;
    case FIELD_PINNED_KEY:
        return &configuration->pinned_key;
    case FIELD_SIGNED_POLICY:
        return &configuration->signed_policy;
    case FIELD_ORIGINAL_ENTRY:
        return &configuration->original_entry;
    default:
        return NULL;
    }
}

const char *configuration_parse(struct configuration *configuration, const uint8_t *bytes, size_t length) {
    struct reader reader = {bytes, length, false};
    if (!span_equals(read_span(&reader, 4), "RFD1")) return "the Defender configuration does not begin with RFD1";
    if (read_number(&reader, 2) != 1) return "the Defender configuration has a version that this init does not know";
    uint16_t count = (uint16_t)read_number(&reader, 2);
    bool saw_authority = false;
    for (uint16_t i = 0; i < count; i++) {
        uint16_t type = (uint16_t)read_number(&reader, 2);
        read_number(&reader, 2);
        struct span value = read_span(&reader, (size_t)read_number(&reader, 4));
        if (reader.failed) return "the Defender configuration is cut short";
        if (type == FIELD_AUTHORITY) {
            if (!saw_authority) configuration->authority_count = 0;
            saw_authority = true;
            if (configuration->authority_count == MAX_AUTHORITIES)
                return "the Defender configuration names too many certificate authorities";
            configuration->authorities[configuration->authority_count++] = value;
            continue;
        }
        struct span *field = single_field(configuration, type);
        if (field) *field = value;
    }
    if (reader.failed || reader.left) return "the Defender configuration has a wrong length";
    if (configuration->pinned_key.length != 0 && configuration->pinned_key.length != 65)
        return "the pinned signing key in the Defender configuration is not 65 bytes long";
    return NULL;
}

static int base64url_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

/* RFC 4648, section 5, without padding. */
static bool base64url_decode(const char *text, uint8_t *out, size_t size, size_t *length) {
    uint32_t bits = 0;
    unsigned held = 0;
    *length = 0;
    for (; *text; text++) {
        int digit = base64url_digit(*text);
        if (digit < 0 || *length == size) return false;
        bits = bits << 6 | (uint32_t)digit;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out[(*length)++] = (uint8_t)(bits >> held);
    }
    return held != 6;
}

/* `…/.ringfence/init` lies in it, `…/bootstrap` beside it. */
bool configuration_folder(char path[static PATH_MAX + 32]) {
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash) return false;
    *slash = '\0';
    const char *folder = strrchr(path, '/');
    if (!folder || strcmp(folder, "/.ringfence") != 0) strcat(path, "/.ringfence");
    return true;
}

static const char *read_file(struct configuration *configuration) {
    char path[PATH_MAX + 48];
    if (!configuration_folder(path)) return "the init cannot find out where it lies (/proc/self/exe)";
    strcat(path, "/policy");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT ? NULL : "the file .ringfence/policy cannot be read";
    size_t length = 0;
    ssize_t got;
    while (length < sizeof file_bytes && (got = read(fd, file_bytes + length, sizeof file_bytes - length)) > 0)
        length += (size_t)got;
    close(fd);
    if (length == sizeof file_bytes) return "the file .ringfence/policy is larger than 256 KB";
    return configuration_parse(configuration, file_bytes, length);
}

static const char *read_variable(struct configuration *configuration) {
    const char *text = getenv("RINGFENCE_POLICY");
    if (!text || !*text) return NULL;
    size_t length;
    if (!base64url_decode(text, variable_bytes, sizeof variable_bytes, &length))
        return "RINGFENCE_POLICY is not base64url, or longer than 4 KB";
    struct span before = configuration->signed_policy;
    const char *error = configuration_parse(configuration, variable_bytes, length);
    configuration->policy_from_environment = configuration->signed_policy.bytes != before.bytes;
    return error;
}

const char *configuration_read(struct configuration *configuration) {
    *configuration = (struct configuration){0};
    const char *error = read_file(configuration);
    if (!error) error = read_variable(configuration);
    if (error) return error;
    if (!configuration->signed_policy.length)
        return "there is no policy: neither .ringfence/policy nor RINGFENCE_POLICY holds one";
    if (!configuration->pinned_key.length) return "there is no pinned signing key, so no policy can be trusted";
    return NULL;
}
