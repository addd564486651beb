/* Which sockets there may be, and on which ports they may listen. */
#ifndef RINGFENCE_SOCKETS_H
#define RINGFENCE_SOCKETS_H

#include "call.h"

enum verdict sockets_open(struct call *call); /* socket and socketpair */
enum verdict sockets_set_option(struct call *call);
enum verdict sockets_bind(struct call *call);
enum verdict sockets_listen(struct call *call);

#endif
