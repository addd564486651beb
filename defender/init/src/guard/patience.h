/* Bounds calls on files that guarded processes hold, too. Such a call does not wait by what this process sets, but they
 * can change that at any moment: O_NONBLOCK, which is the open file's, and SO_LINGER, by which the last close waits. */
#ifndef RINGFENCE_PATIENCE_H
#define RINGFENCE_PATIENCE_H

/* Before the first other use, and before signals are blocked. */
void patience_open(void);

/* connect(2), which gives EINTR when it would have waited; the connection is under way then. */
struct sockaddr;
int patience_connect(int socket, const struct sockaddr *address, unsigned length);

/* close(2), whatever lingers. */
void patience_close(int fd);

#endif
