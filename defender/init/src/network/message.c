#include "message.h"

#include <errno.h>
#include <linux/tls.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stddef.h>
#include <sys/uio.h>
#include <unistd.h>

#include "descriptor.h"
#include "patience.h"
#include "target.h"

enum { MAX_PIECES = 1024 /* UIO_MAXIOV */, PIECES_AT_ONCE = 64, UDP_SEGMENT_OPTION = 103, TXTIME = 61 };

/* The kernel's layouts; musl's have other paddings. */
struct header {
    uint64_t name;
    uint32_t name_length, padding;
    uint64_t pieces, piece_count, control, control_length;
    uint32_t flags, end;
};

struct compat_header {
    uint32_t name, name_length, pieces, piece_count, control, control_length, flags;
};

struct compat_piece {
    uint32_t base, length;
};

size_t message_entry_size(bool compat) { return compat ? sizeof(struct compat_header) + 4 : sizeof(struct header) + 8; }

size_t message_entry_length_at(bool compat) { return compat ? sizeof(struct compat_header) : sizeof(struct header); }

static bool read_header(struct window *window, bool compat, uint64_t at, struct header *header) {
    if (!compat) return window_read(window, at, header, sizeof *header);
    struct compat_header narrow;
    if (!window_read(window, at, &narrow, sizeof narrow)) return false;
    *header = (struct header){.name = narrow.name,
                              .name_length = narrow.name_length,
                              .pieces = narrow.pieces,
                              .piece_count = narrow.piece_count,
                              .control = narrow.control,
                              .control_length = narrow.control_length};
    return true;
}

/* Reads some of the array; false when it can't be read. */
static bool read_pieces(const struct message *message, uint32_t first, uint32_t count, struct piece *pieces) {
    if (!message->compat)
        return window_read(message->window, message->pieces + first * sizeof *pieces, pieces, count * sizeof *pieces);
    struct compat_piece narrow[PIECES_AT_ONCE];
    if (!window_read(message->window, message->pieces + first * sizeof *narrow, narrow, count * sizeof *narrow))
        return false;
    for (uint32_t i = 0; i < count; i++) pieces[i] = (struct piece){narrow[i].base, narrow[i].length};
    return true;
}

int message_read(struct window *window, bool compat, uint64_t at, struct message *message) {
    struct header header;
    if (!read_header(window, compat, at, &header)) return EFAULT;
    if (header.piece_count > MAX_PIECES) return EMSGSIZE;
    if ((int32_t)header.name_length < 0) return EINVAL;
    if (header.control_length > MAX_CONTROL) return ENOBUFS;
    *message = (struct message){.window = window,
                                .compat = compat,
                                .pieces = header.pieces,
                                .piece_count = (uint32_t)header.piece_count,
                                .control = header.control,
                                .control_length = header.control ? (uint32_t)header.control_length : 0,
                                .name_at = header.name,
                                .name_room = header.name_length};
    const uint32_t most = sizeof message->name.room;
    uint32_t name_length = !header.name ? 0 : header.name_length > most ? most : header.name_length;
    int error = socket_address_read_near(window, header.name, name_length, &message->name);
    bool has_few = message->pieces && message->piece_count <= FEW_PIECES;
    if (!error && has_few && !read_pieces(message, 0, message->piece_count, message->few)) error = EFAULT;
    return error;
}

uint32_t message_name_room(pid_t thread, bool compat, uint64_t at) {
    struct header header;
    struct window window;
    window_open(&window, thread);
    return read_header(&window, compat, at, &header) && header.name ? header.name_length : 0;
}

static uint32_t piece_count(const struct message *message) { return message->pieces ? message->piece_count : 1; }

/* Fills in the pieces from `first` on; returns how many, or -errno. */
static int next_pieces(const struct message *message, uint32_t first, struct piece pieces[static PIECES_AT_ONCE]) {
    uint32_t left = piece_count(message) - first, count = left < PIECES_AT_ONCE ? left : PIECES_AT_ONCE;
    if (!message->pieces) {
        pieces[0] = message->payload;
    } else if (message->piece_count <= FEW_PIECES) {
        memcpy(pieces, message->few + first, (size_t)count * sizeof *pieces);
    } else if (count && !read_pieces(message, first, count, pieces)) {
        return -EFAULT;
    }
    return (int)count;
}

int64_t message_payload_length(const struct message *message) {
    struct piece pieces[PIECES_AT_ONCE];
    uint64_t length = 0;
    for (uint32_t first = 0; first < piece_count(message);) {
        int count = next_pieces(message, first, pieces);
        if (count < 0) return count;
        for (int i = 0; i < count; i++) {
            if (pieces[i].length > INT32_MAX) return -EINVAL;
            length += pieces[i].length;
        }
        first += (uint32_t)count;
    }
    return (int64_t)length;
}

static bool read_bytes(struct window *window, const struct iovec *pieces, int count, uint8_t *out, size_t size) {
    if (count == 1 && size <= WINDOW_ROOM) return window_read(window, (uintptr_t)pieces[0].iov_base, out, size);
    struct iovec local = {out, size};
    return process_vm_readv(window->thread, &local, 1, pieces, (unsigned long)count, 0) == (ssize_t)size;
}

ssize_t message_read_payload(const struct message *message, uint64_t skip, uint8_t *out, size_t size) {
    struct piece pieces[PIECES_AT_ONCE];
    struct iovec remote[PIECES_AT_ONCE];
    size_t filled = 0;
    for (uint32_t first = 0; first < piece_count(message) && filled < size;) {
        int count = next_pieces(message, first, pieces);
        if (count < 0) return count;
        size_t wanted = 0;
        int used = 0;
        for (int i = 0; i < count && filled + wanted < size; i++) {
            uint64_t skipped = pieces[i].length < skip ? pieces[i].length : skip;
            uint64_t length = pieces[i].length - skipped, room = size - filled - wanted;
            skip -= skipped;
            if (length > room) length = room;
            if (!length) continue;
            remote[used++] = (struct iovec){(void *)(uintptr_t)(pieces[i].base + skipped), length};
            wanted += length;
        }
        if (wanted && !read_bytes(message->window, remote, used, out + filled, wanted)) return -EFAULT;
        filled += wanted;
        first += (uint32_t)count;
    }
    return (ssize_t)filled;
}

bool message_write_payload(const struct message *message, const uint8_t *bytes, size_t length) {
    struct piece pieces[PIECES_AT_ONCE];
    for (uint32_t first = 0; first < piece_count(message) && length;) {
        int count = next_pieces(message, first, pieces);
        if (count < 0) return false;
        for (int i = 0; i < count && length; i++) {
            size_t part = pieces[i].length < length ? (size_t)pieces[i].length : length;
            if (part && !target_write(message->window->thread, pieces[i].base, bytes, part)) return false;
            bytes += part;
            length -= part;
        }
        first += (uint32_t)count;
    }
    return true;
}

bool message_write_head(const struct message *message, uint64_t at, uint32_t name_length, size_t length) {
    pid_t thread = message->window->thread;
    uint64_t no_control = 0;
    uint32_t flags = message_payload_length(message) < (int64_t)length ? MSG_TRUNC : 0;
    if (message->compat)
        return target_write(thread, at + offsetof(struct compat_header, name_length), &name_length, 4) &&
               target_write(thread, at + offsetof(struct compat_header, control_length), &no_control, 4) &&
               target_write(thread, at + offsetof(struct compat_header, flags), &flags, 4);
    return target_write(thread, at + offsetof(struct header, name_length), &name_length, 4) &&
           target_write(thread, at + offsetof(struct header, control_length), &no_control, 8) &&
           target_write(thread, at + offsetof(struct header, flags), &flags, 4);
}

/* What only shapes the packet or the record. Options that set another way for the packet (IP_RETOPTS, IPV6_RTHDR) are
 * not here, nor is who sends it (SCM_CREDENTIALS), which would be this process. */
static bool is_harmless(int level, int type) {
    switch (level) {
    case SOL_SOCKET:
        return type == SO_TIMESTAMPING || type == TXTIME;
    case IPPROTO_IP:
        return type == IP_TOS || type == IP_TTL || type == IP_PKTINFO;
    case IPPROTO_IPV6:
        return type == IPV6_PKTINFO || type == IPV6_TCLASS || type == IPV6_HOPLIMIT;
    case IPPROTO_UDP:
        return type == UDP_SEGMENT_OPTION;
    case SOL_TLS:
        return type == TLS_SET_RECORD_TYPE;
    default:
        return false;
    }
}

/* Descriptors are passed on as this process's copies. */
static int copy_passed(pid_t thread, struct control *control, uint8_t *data, size_t length) {
    for (size_t i = 0; i + sizeof(int) <= length; i += sizeof(int)) {
        int fd;
        memcpy(&fd, data + i, sizeof fd);
        if (control->passed_count == MAX_PASSED) return EINVAL;
        int copy = descriptor_copy(thread, fd);
        if (copy < 0) return -copy;
        control->passed[control->passed_count++] = copy;
        memcpy(data + i, &copy, sizeof copy);
    }
    return 0;
}

int message_read_control(const struct message *message, struct control *control) {
    uint8_t given[MAX_CONTROL];
    control->length = 0;
    control->passed_count = 0;
    if (message->control_length && !window_read(message->window, message->control, given, message->control_length))
        return EFAULT;
    size_t width = message->compat ? 4 : 8, head = width + 2 * sizeof(int);
    for (size_t at = 0; at + head <= message->control_length;) {
        uint64_t length = 0; /* little-endian */
        int level, type;
        memcpy(&length, given + at, width);
        memcpy(&level, given + at + width, sizeof level);
        memcpy(&type, given + at + width + sizeof level, sizeof type);
        if (length < head || length > message->control_length - at) return EINVAL;
        size_t data = (size_t)length - head;
        if (control->length + CMSG_SPACE(data) > sizeof control->bytes) return ENOBUFS;
        struct cmsghdr *own = (struct cmsghdr *)(control->bytes + control->length);
        memset(own, 0, CMSG_SPACE(data));
        *own = (struct cmsghdr){.cmsg_len = CMSG_LEN(data), .cmsg_level = level, .cmsg_type = type};
        memcpy(CMSG_DATA(own), given + at + head, data);
        control->length += CMSG_SPACE(data);
        bool passes = level == SOL_SOCKET && type == SCM_RIGHTS;
        int error = passes                     ? copy_passed(message->window->thread, control, CMSG_DATA(own), data)
                    : is_harmless(level, type) ? 0
                                               : EPERM;
        if (error) return error;
        at += ((size_t)length + width - 1) & ~(width - 1);
    }
    return 0;
}

void control_close(struct control *control) {
    while (control->passed_count) patience_close(control->passed[--control->passed_count]);
}
