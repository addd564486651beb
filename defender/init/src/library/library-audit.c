#include "library-audit.h"

#include <stdio.h>

#include "audit.h"
#include "bytes.h"
#include "learn.h"
#include "library-share.h"
#include "socket-address.h"
#include "verdict.h"

enum {
    MAX_DETAIL = 2600,
    MAX_MESSAGE = 400,
    MAX_VALUE = 1024,
    MAX_TEXT = 512,
    MAX_CALL = 64,
    MAX_ARGUMENTS = 12,
    MAX_ARGUMENT = 160
};

struct told {
    struct library_record head;
    struct span field[LIBRARY_FIELDS];
};

struct kind {
    const char *name, *attempt, *deed;
};

static const struct kind kinds[] = {
    {"process", "tried to start", "started"},
    {"domain", "tried to reach", "reached"},
    {"address", "tried to reach", "reached"},
    {"unix", "tried to reach", "reached"},
    {"listen", "tried to listen on", "listens on"},
    {"lookup", "tried to look up", "looked up"},
    {"read", "tried to read", "read"},
    {"write", "tried to write", "wrote"},
    {"execute", "tried to run", "ran"},
    {"io_uring", "asked for", "uses"},
    {"socket", "tried to use", "used"},
};

static const char *const detail_names[LIBRARY_FIELDS] = {
    [FIELD_PATH] = "path",     [FIELD_ASKED] = "requested",   [FIELD_ADDRESS] = "address",
    [FIELD_DOMAIN] = "domain", [FIELD_PROTOCOL] = "protocol", [FIELD_DIRECTION] = "direction",
    [FIELD_ACCESS] = "access", [FIELD_SCRIPT] = "script",     [FIELD_CALLER] = "caller",
    [FIELD_CALL] = "call",     [FIELD_REASON] = "reason",
};

#if defined(__x86_64__)
static const char abi[] = "x86_64";
#else
static const char abi[] = "arm64";
#endif

static bool read_record(struct span bytes, struct told *told) {
    *told = (struct told){0};
    memcpy(&told->head, bytes.bytes, sizeof told->head);
    struct reader reader = reader_of(span_after(bytes, sizeof told->head));
    for (int i = 0; i < told->head.fields; i++) {
        size_t type = (size_t)read_number(&reader, 1);
        read_number(&reader, 1);
        struct span value = read_span(&reader, (size_t)read_number(&reader, 2));
        if (reader.failed || type >= LIBRARY_FIELDS) return false;
        told->field[type] = value;
    }
    return told->head.effect <= EFFECT_LEARN && reader.left == 0;
}

static const struct kind *find_kind(struct span name) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (span_equals(name, kinds[i].name)) return &kinds[i];
    return NULL;
}

static void copy_text(struct span from, char *to, size_t size) {
    size_t length = from.length < size ? from.length : size - 1;
    if (length) memcpy(to, from.bytes, length);
    to[length] = '\0';
}

/* The endpoint's address as text; false when the record has none. */
static bool address_text(const struct told *told, char text[static INET6_ADDRSTRLEN]) {
    struct span address = told->field[FIELD_ADDRESS];
    struct endpoint endpoint;
    if (address.length != sizeof endpoint.address || span_equals(told->field[FIELD_PROTOCOL], "unix")) return false;
    memcpy(endpoint.address, address.bytes, sizeof endpoint.address);
    endpoint_text(&endpoint, text);
    return true;
}

static void copy_value(const struct told *told, char *value, size_t size) {
    char address[INET6_ADDRSTRLEN];
    bool is_address = span_equals(told->field[FIELD_KIND], "address") && address_text(told, address);
    copy_text(is_address ? span_of(address) : told->field[FIELD_VALUE], value, size);
}

static void write_arguments(struct span arguments, struct json *json) {
    json_open(json, "argv", '[');
    for (int i = 0; i < MAX_ARGUMENTS && arguments.length; i++) {
        const uint8_t *end = memchr(arguments.bytes, '\0', arguments.length);
        size_t length = end ? (size_t)(end - arguments.bytes) : arguments.length;
        json_bytes(json, NULL, arguments.bytes, length, MAX_ARGUMENT);
        arguments = span_after(arguments, end ? length + 1 : length);
    }
    json_close(json, ']');
}

static void write_detail(const struct told *told, bool of_process, struct json *json) {
    char address[INET6_ADDRSTRLEN];
    bool has_address = address_text(told, address);
    json_open(json, NULL, '{');
    if (has_address) json_text(json, "address", address);
    for (int i = 0; i < LIBRARY_FIELDS; i++)
        if (detail_names[i] && !(i == FIELD_ADDRESS && has_address) &&
            (told->field[i].length || (of_process && (i == FIELD_PATH || i == FIELD_ASKED))))
            json_bytes(json, detail_names[i], told->field[i].bytes, told->field[i].length, MAX_TEXT);
    if (of_process) write_arguments(told->field[FIELD_ARGUMENTS], json);
    if (told->head.port) json_number(json, "port", told->head.port);
    json_number(json, "pid", (uint64_t)told->head.process);
    json_text(json, "abi", abi);
    json_close(json, '}');
}

static void tell(const struct told *told, const char *type, const char *action, const char *did, const char *why) {
    char text[MAX_DETAIL], message[MAX_MESSAGE], caller[MAX_TEXT], value[MAX_VALUE], port[16] = "";
    struct json detail;
    copy_text(told->field[FIELD_CALLER], caller, sizeof caller);
    copy_value(told, value, sizeof value);
    json_start(&detail, text, sizeof text);
    write_detail(told, strcmp(type, "process") == 0, &detail);
    if (told->head.port) snprintf(port, sizeof port, " port %u", told->head.port);
    bool hijacks = strcmp(type, "tamper") == 0;
    snprintf(message, sizeof message, "%s%.100s %s %.200s%s%s", hijacks ? "policy hijacked: " : "", base_name(caller),
             did, value[0] ? value : "a program", port, why);
    audit_emit(&(struct audit){.type = type,
                               .effect = (enum effect)told->head.effect,
                               .action = action,
                               .message = message,
                               .detail = &detail});
}

static void tell_access(const struct told *told) {
    const struct kind *kind = find_kind(told->field[FIELD_KIND]);
    const char *type = told->head.section == SECTION_PROCESS   ? "process"
                       : told->head.section == SECTION_NETWORK ? "network"
                                                               : "file";
    if (!kind) return;
    if (told->head.type == RECORD_UNGUARDED) {
        tell(told, type, "allowed", kind->deed, ", which runs without the guard");
    } else {
        bool prevent = told->head.effect == EFFECT_PREVENT;
        tell(told, type, prevent ? "blocked" : "allowed", prevent ? kind->attempt : kind->deed,
             ", which the policy does not allow");
    }
}

static void tell_tampering(const struct told *told) {
    char did[MAX_CALL], call[MAX_CALL / 2];
    copy_text(told->field[FIELD_CALL], call, sizeof call);
    snprintf(did, sizeof did, "called %s on", call);
    tell(told, "tamper", "blocked", did, "");
}

static void learn(const struct told *told) {
    char value[MAX_VALUE];
    const struct kind *kind = find_kind(told->field[FIELD_KIND]);
    copy_value(told, value, sizeof value);
    if (kind) learn_access(&(struct access){.kind = kind->name, .value = value, .port = told->head.port});
}

void library_audit(struct span record) {
    struct told told;
    if (!read_record(record, &told)) return;
    if (told.head.lost) {
        char message[120];
        snprintf(message, sizeof message, "the guard library could not tell %u of its decisions", told.head.lost);
        audit_defender(message);
    }
    switch ((enum library_record_type)told.head.type) {
    case RECORD_HELLO:
    case RECORD_FILE:
        break;
    case RECORD_ACCESS:
    case RECORD_UNGUARDED:
        tell_access(&told);
        break;
    case RECORD_TAMPER:
        tell_tampering(&told);
        break;
    case RECORD_LEARNED:
        learn(&told);
        break;
    }
}
