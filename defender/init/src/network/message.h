/* Messages that guarded processes send and receive: struct msghdr and what it points to, of both widths of pointers. */
#ifndef RINGFENCE_MESSAGE_H
#define RINGFENCE_MESSAGE_H

#include "socket-address.h"
#include "window.h"

struct piece {
    uint64_t base, length;
};

enum { FEW_PIECES = 4 };

/* The header, copied. The payload stays where it is: nothing is decided by it. */
struct message {
    struct window *window; /* by which the thread's memory is read */
    bool compat;           /* 32-bit pointers */
    struct socket_address name;
    uint64_t name_at; /* where it was, and where a received one goes; 0: nowhere */
    uint32_t name_room;
    uint64_t pieces; /* address of an array of struct iovec; 0: `payload` is all */
    uint32_t piece_count;
    struct piece few[FEW_PIECES]; /* all pieces, when they are no more */
    struct piece payload;
    uint64_t control;
    uint32_t control_length;
};

enum { MAX_CONTROL = 2048, MAX_PASSED = 253 /* SCM_MAX_FD, include/net/scm.h */ };

/* Control data in this process's own form. */
struct control {
    _Alignas(8) uint8_t bytes[MAX_CONTROL];
    size_t length;
    int passed[MAX_PASSED]; /* copies of descriptors that are to be passed on; to be closed */
    uint16_t passed_count;
};

/* The window must last as long as the message. Returns 0, or the errno that the kernel has for it. */
int message_read(struct window *window, bool compat, uint64_t at, struct message *message);

/* How much room there is for the name; 0 also when that can't be read. */
uint32_t message_name_room(pid_t thread, bool compat, uint64_t at);

/* The size of the payload, or -errno. */
int64_t message_payload_length(const struct message *message);

/* Copies the payload from byte `skip` on. Returns how much fitted, or -errno. */
ssize_t message_read_payload(const struct message *message, uint64_t skip, uint8_t *out, size_t size);

/* Puts bytes where the payload is to be received, as far as there is room. */
bool message_write_payload(const struct message *message, const uint8_t *bytes, size_t length);

/* Writes into the header at `at` what it says of a received payload of this length from such a name: no control data,
 * and whether the payload was cut. */
bool message_write_head(const struct message *message, uint64_t at, uint32_t name_length, size_t length);

/* Copies and translates the control data. Returns 0, or an errno; EPERM for what would lead past the policy or speak
 * for this process. control_close in any case. */
int message_read_control(const struct message *message, struct control *control);
void control_close(struct control *control);

/* The size of one entry of sendmmsg's array, and the place of its `msg_len` in it. */
size_t message_entry_size(bool compat);
size_t message_entry_length_at(bool compat);

#endif
