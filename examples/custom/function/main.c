/* Checks uploads: tells the size and the CRC-32 of a text, or (for older customers) its SHA-256. A custom runtime: this
 * one static binary speaks the Runtime API itself. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http.h"
#include "json.h"

enum { text_limit = 64 * 1024 };

static uint32_t crc32_of(const char *text) {
  uint32_t crc = 0xffffffff;
  for (; *text; text++) {
    crc ^= (unsigned char)*text;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

/* The hole: the name of the upload becomes part of a command line. */
static int run_sha256(const char *name, const char *text, char *output, size_t size) {
  FILE *upload = fopen("/tmp/upload", "w");
  if (!upload) return -1;
  fputs(text, upload);
  fclose(upload);
  char command[1024];
  snprintf(command, sizeof command, "sha256sum < /tmp/upload; echo checked %s", name);
  FILE *tool = popen(command, "r");
  if (!tool) return -1;
  size_t used = fread(output, 1, size - 1, tool);
  output[used] = '\0';
  return pclose(tool);
}

/* Event: {"name", "text", "sum": "crc32" | "sha256"}. Returns 0, or -1 with the error in `response`. */
static int handle(const char *event, char *response, size_t size) {
  static char name[512], text[text_limit], sum[16], output[4096], quoted[8192], quoted_name[4096];
  if (json_get(event, "name", name, sizeof name) || json_get(event, "text", text, sizeof text) ||
      json_get(event, "sum", sum, sizeof sum) || json_put(quoted_name, sizeof quoted_name, name) < 0) {
    snprintf(response, size, "{\"errorMessage\":\"name, text and sum are needed\",\"errorType\":\"BadEvent\"}");
    return -1;
  }
  if (strcmp(sum, "crc32") == 0) {
    snprintf(response, size, "{\"name\":%s,\"bytes\":%zu,\"crc32\":\"%08x\"}", quoted_name, strlen(text), crc32_of(text));
    return 0;
  }
  if (run_sha256(name, text, output, sizeof output) != 0 || json_put(quoted, sizeof quoted, output) < 0) {
    snprintf(response, size, "{\"errorMessage\":\"the checksum failed\",\"errorType\":\"ToolFailed\"}");
    return -1;
  }
  snprintf(response, size, "{\"name\":%s,\"sha256\":%s}", quoted_name, quoted);
  return 0;
}

int main(void) {
  const char *address = getenv("AWS_LAMBDA_RUNTIME_API");
  if (!address || http_connect(address) != 0) {
    fprintf(stderr, "no Runtime API at %s\n", address ? address : "(AWS_LAMBDA_RUNTIME_API is not set)");
    return 1;
  }
  struct answer answer;
  while (http_call("GET", "invocation/next", NULL, &answer) == 200) {
    static char response[16384];
    char id[64], path[128];
    snprintf(id, sizeof id, "%s", answer.request_id);
    int failed = handle(answer.body, response, sizeof response);
    snprintf(path, sizeof path, "invocation/%s/%s", id, failed ? "error" : "response");
    if (http_call("POST", path, response, &answer) < 0) return 1;
  }
  return 1;
}
