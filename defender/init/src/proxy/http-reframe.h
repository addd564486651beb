/* Gives an HTTP/1.1 message another content. */
#ifndef RINGFENCE_HTTP_REFRAME_H
#define RINGFENCE_HTTP_REFRAME_H

#include "http.h"

enum { HTTP_MOST_REFRAMED = HTTP_MOST_HEAD + 64 };

/* Writes the complete head at `bytes` for a content of `length` bytes that follows at once and unchunked. Returns the
 * new head's length. */
size_t http_reframe(const struct http_head *head, const char *bytes, size_t length,
                    char out[static HTTP_MOST_REFRAMED]);

#endif
