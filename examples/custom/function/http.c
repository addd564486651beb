#include "http.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static FILE *input, *output;
static char host[64];
static char *buffer;

int http_connect(const char *address) {
  snprintf(host, sizeof host, "%s", address);
  char ip[64];
  snprintf(ip, sizeof ip, "%s", address);
  char *colon = strchr(ip, ':');
  if (!colon) return -1;
  *colon = '\0';
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(colon + 1))};
  if (inet_pton(AF_INET, ip, &to.sin_addr) != 1) return -1;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return -1;
  input = fdopen(fd, "r");
  output = fdopen(dup(fd), "w");
  return input && output ? 0 : -1;
}

int http_call(const char *method, const char *path, const char *body, struct answer *answer) {
  fprintf(output, "%s /2018-06-01/runtime/%s HTTP/1.1\r\nHost: %s\r\n", method, path, host);
  if (body) fprintf(output, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(body));
  fprintf(output, "\r\n%s", body ? body : "");
  if (fflush(output) != 0) return -1;

  char line[4096];
  int status = 0;
  if (!fgets(line, sizeof line, input) || sscanf(line, "HTTP/1.1 %d", &status) != 1) return -1;
  memset(answer, 0, sizeof *answer);
  while (fgets(line, sizeof line, input) && line[0] != '\r') {
    if (strncasecmp(line, "content-length:", 15) == 0) answer->length = strtoul(line + 15, NULL, 10);
    if (strncasecmp(line, "lambda-runtime-aws-request-id:", 30) == 0)
      sscanf(line + 30, " %63[^\r\n]", answer->request_id);
  }
  char *grown = realloc(buffer, answer->length + 1);
  if (!grown) return -1;
  buffer = answer->body = grown;
  if (fread(buffer, 1, answer->length, input) != answer->length) return -1;
  buffer[answer->length] = '\0';
  return status;
}
