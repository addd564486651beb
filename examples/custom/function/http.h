/* Just enough HTTP/1.1 for the Runtime API: one connection, kept open. */
#ifndef HTTP_H
#define HTTP_H

#include <stddef.h>

struct answer {
  char request_id[64];
  char *body; /* ends in NUL, lives until the next call */
  size_t length;
};

/* Connects to "host:port". Returns 0, or -1. */
int http_connect(const char *address);
/* Sends a request with a body (NULL: none) and reads the answer. Returns the status, or -1. */
int http_call(const char *method, const char *path, const char *body, struct answer *answer);

#endif
