#include "json.h"

#include <string.h>

enum { CLOSING_ROOM = 32 }; /* for the brackets and the quote that are still open when the buffer is full */

void json_start(struct json *json, char *buffer, size_t size) {
    *json = (struct json){.text = buffer, .size = size};
    buffer[0] = '\0';
}

static bool put(struct json *json, const char *bytes, size_t length, size_t reserve) {
    if (json->length + length + reserve + 1 > json->size) {
        json->full = true;
        return false;
    }
    memcpy(json->text + json->length, bytes, length);
    json->length += length;
    json->text[json->length] = '\0';
    return true;
}

static size_t escaped(uint8_t byte, char out[static 6]) {
    static const char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        memcpy(out, "\\\"", 2);
        return 2;
    case '\\':
        memcpy(out, "\\\\", 2);
        return 2;
    case '\n':
        memcpy(out, "\\n", 2);
        return 2;
    case '\r':
        memcpy(out, "\\r", 2);
        return 2;
    case '\t':
        memcpy(out, "\\t", 2);
        return 2;
    default:
        break;
    }
    if (byte >= 0x20 && byte != 0x7f) {
        out[0] = (char)byte;
        return 1;
    }
    memcpy(out, "\\u00", 4);
    out[4] = hex[byte >> 4];
    out[5] = hex[byte & 15];
    return 6;
}

/* The length of the well-formed UTF-8 sequence at `bytes` (Unicode 15, table 3-7), or 0. */
static size_t utf8_length(const uint8_t *bytes, size_t left) {
    uint8_t first = bytes[0];
    if (first < 0x80) return 1;
    size_t length = first >= 0xc2 && first <= 0xdf   ? 2
                    : first >= 0xe0 && first <= 0xef ? 3
                    : first >= 0xf0 && first <= 0xf4 ? 4
                                                     : 0;
    if (!length || left < length) return 0;
    uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80) return 0;
    return length;
}

static void put_string(struct json *json, const uint8_t *bytes, size_t length, size_t most) {
    size_t start = json->length;
    put(json, "\"", 1, 0);
    for (size_t i = 0; i < length && json->length - start <= most;) {
        char out[6];
        size_t sequence = utf8_length(bytes + i, length - i);
        bool fits = sequence == 0  ? put(json, "\xef\xbf\xbd", 3, CLOSING_ROOM)
                    : sequence > 1 ? put(json, (const char *)bytes + i, sequence, CLOSING_ROOM)
                                   : put(json, out, escaped(bytes[i], out), CLOSING_ROOM);
        if (!fits) break;
        i += sequence ? sequence : 1;
    }
    put(json, "\"", 1, 0);
}

/* Writes the comma and the key; false when a value would no longer fit. */
static bool begin(struct json *json, const char *key, size_t value_room) {
    size_t key_room = key ? strlen(key) + 3 : 0;
    if (json->full || json->length + key_room + value_room + 1 + CLOSING_ROOM + 1 > json->size) {
        json->full = true;
        return false;
    }
    if (json->needs_comma) put(json, ",", 1, 0);
    if (key) {
        put_string(json, (const uint8_t *)key, strlen(key), SIZE_MAX);
        put(json, ":", 1, 0);
    }
    json->needs_comma = true;
    return true;
}

void json_open(struct json *json, const char *key, char bracket) {
    if (!begin(json, key, 1)) return;
    put(json, &bracket, 1, 0);
    json->needs_comma = false;
}

void json_close(struct json *json, char bracket) {
    put(json, &bracket, 1, 0);
    json->needs_comma = true;
}

void json_bytes(struct json *json, const char *key, const void *bytes, size_t length, size_t most) {
    if (begin(json, key, 2)) put_string(json, bytes, length, most);
}

void json_text(struct json *json, const char *key, const char *text) {
    json_bytes(json, key, text, strlen(text), SIZE_MAX);
}

void json_number(struct json *json, const char *key, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    json_raw(json, key, digits + at, sizeof digits - at);
}

void json_bool(struct json *json, const char *key, bool value) {
    json_raw(json, key, value ? "true" : "false", value ? 4 : 5);
}

void json_raw(struct json *json, const char *key, const char *text, size_t length) {
    if (begin(json, key, length)) put(json, text, length, 0);
}
