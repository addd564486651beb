/* Writes JSON into a fixed buffer; what does not fit is cut at a value's end, and the result stays valid JSON. */
#ifndef RINGFENCE_JSON_H
#define RINGFENCE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
    char *text;
    size_t size, length;
    bool needs_comma, full;
};

void json_start(struct json *json, char *buffer, size_t size);
void json_open(struct json *json, const char *key,
               char bracket);                     /* '{' or '['; key NULL inside arrays and at the top */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_bytes(struct json *json, const char *key, const void *bytes, size_t length,
                size_t most); /* as a string; not UTF-8: U+FFFD */
void json_text(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, uint64_t number);
void json_bool(struct json *json, const char *key, bool value);
void json_raw(struct json *json, const char *key, const char *text, size_t length);

#endif
