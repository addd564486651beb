/* What a crypto-miner looks like from outside: its name, its command line, whom it talks to. Pure: decides on plain
 * data. Meant to err on the side of silence: a tool that is no miner must never be taken for one. */
#ifndef RINGFENCE_MINER_H
#define RINGFENCE_MINER_H

#include "span.h"

/* Says in words why a command looks like a miner's, or NULL. `program` is the path or name of the file that runs;
 * `arguments` are argv[0] and what follows, each with its NUL, as in /proc/PID/cmdline; an unfinished one at the end is
 * not looked at. */
const char *miner_in_command(struct span program, struct span arguments);

/* Whether a host of this (lower-case) name, reached at this port, is one at which miners get their work. Port 0: not
 * known (a lookup). */
bool looks_like_mining_pool(const char *name, uint16_t port);

#endif
