/* A piece of a guarded thread's memory, copied at once. What a call points to lies close together, most often on the
 * stack, and each read of another process takes longer than copying what lies around. */
#ifndef RINGFENCE_WINDOW_H
#define RINGFENCE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { WINDOW_ROOM = 1024 };

/* For as long as one attempt at a call lasts: later the thread may have changed its memory. */
struct window {
    pid_t thread;
    uint64_t from;
    size_t length;
    uint8_t bytes[WINDOW_ROOM];
};

/* Nothing is copied yet. */
void window_open(struct window *window, pid_t thread);

/* Reads `size` bytes as target_read does, from what was copied where that holds them all. */
bool window_read(struct window *window, uint64_t address, void *out, size_t size);

#endif
