#include "traffic.h"

#include <errno.h>

#include "access.h"
#include "decide.h"
#include "peer.h"
#include "redirect.h"
#include "system.h"

enum { MAX_BATCH = 1024 /* UIO_MAXIOV */ };

/* As the kernel has it (include/linux/socket.h); musl's differs in its padding. */
struct header {
    uint64_t name;
    uint32_t name_length, free;
    uint64_t pieces, piece_count, control, control_length;
    uint32_t flags, free_too;
};

struct entry {
    struct header header;
    uint32_t length, free;
};

struct control_head {
    uint64_t length;
    int32_t level, type;
};

enum verdict traffic_connect(struct call *call) {
    struct peer peer;
    int socket = (int)call->argument[0];
    long result = peer_read(&peer, (uint64_t)call->argument[1], (uint32_t)call->argument[2]);
    if (!result && peer.any.sa_family != AF_UNSPEC) result = peer_decide(&peer, call, socket);
    if (!result) result = SYSTEM(connect, socket, peer.room, peer.length);
    peer_close(&peer);
    return call_answer(call, result);
}

enum verdict traffic_sendto(struct call *call) {
    const int64_t *argument = call->argument;
    struct peer peer;
    if (!argument[4] || !argument[5]) return CALL_GOES_ON;
    long result = peer_read(&peer, (uint64_t)argument[4], (uint32_t)argument[5]);
    if (!result) result = peer_decide(&peer, call, (int)argument[0]);
    if (!result) result = SYSTEM(sendto, argument[0], argument[1], argument[2], argument[3], peer.room, peer.length);
    peer_close(&peer);
    return call_answer(call, result);
}

/* Control data that has packets go by way of other addresses than the one that was judged. */
static bool routes(const struct header *header) {
    enum { RETOPTS = 7, RTHDR_2292 = 5, RTHDR = 57, FLOWINFO = 11 }; /* linux/in.h, linux/in6.h */
    for (uint64_t at = 0; header->control && at + sizeof(struct control_head) <= header->control_length;) {
        const struct control_head *head = (const struct control_head *)(header->control + at);
        bool of_ipv6 = head->level == IPPROTO_IPV6;
        if (head->level == IPPROTO_IP && head->type == RETOPTS) return true;
        if (of_ipv6 && (head->type == RTHDR || head->type == RTHDR_2292 || head->type == FLOWINFO)) return true;
        if (head->length < sizeof *head) break;
        at += (head->length + 7) & ~7ul;
    }
    return false;
}

/* Sends one message with the guard's copy of its name. */
static long send_message(const struct call *call, const struct header *given, int64_t flags) {
    struct header header = *given;
    struct peer peer;
    long result = peer_read(&peer, header.name, header.name_length);
    if (!result && routes(&header)) result = -EPERM;
    if (!result && peer.length) result = peer_decide(&peer, call, (int)call->argument[0]);
    header.name = peer.length ? (uint64_t)peer.room : 0;
    header.name_length = peer.length;
    if (!result) result = SYSTEM(sendmsg, call->argument[0], &header, flags);
    peer_close(&peer);
    return result;
}

enum verdict traffic_sendmsg(struct call *call) {
    const struct header *header = (const struct header *)call->argument[1];
    if (!header || (!header->name && !header->control_length)) return CALL_GOES_ON;
    return call_answer(call, send_message(call, header, call->argument[2]));
}

/* The value is the number of messages sent; an error counts only for the first one. */
enum verdict traffic_sendmmsg(struct call *call) {
    struct entry *entries = (struct entry *)call->argument[1];
    uint32_t count = (uint32_t)call->argument[2], done = 0;
    long result = 0;
    if (count > MAX_BATCH) count = MAX_BATCH;
    for (; done < count && result >= 0; done += result >= 0) {
        result = send_message(call, &entries[done].header, call->argument[3]);
        if (result >= 0) entries[done].length = (uint32_t)result;
    }
    return call_answer(call, done ? done : result);
}

static void write_source(const struct peer *source, uint64_t name, uint32_t room) {
    if (name) memcpy((void *)name, source->room, source->length < room ? source->length : room);
}

enum verdict traffic_recvfrom(struct call *call) {
    int64_t *argument = call->argument;
    uint32_t *length = (uint32_t *)argument[5];
    if (!argument[4] || !length) return CALL_GOES_ON;
    struct peer source = {.length = sizeof source.room, .handle = -1};
    uint32_t room = *length;
    long result = SYSTEM(recvfrom, argument[0], argument[1], argument[2], argument[3], source.room, &source.length);
    if (result >= 0) {
        redirect_source(&source, (int)argument[0]);
        write_source(&source, (uint64_t)argument[4], room);
        *length = source.length;
    }
    return call_answer(call, result);
}

enum verdict traffic_recvmsg(struct call *call) {
    struct header *header = (struct header *)call->argument[1];
    if (!header || !header->name) return CALL_GOES_ON;
    uint32_t room = header->name_length;
    long result = SYSTEM(recvmsg, call->argument[0], header, call->argument[2]);
    if (result >= 0) {
        struct peer source;
        uint32_t known = header->name_length < room ? header->name_length : room;
        if (!peer_read(&source, header->name, known) && source.length) {
            redirect_source(&source, (int)call->argument[0]);
            write_source(&source, header->name, room);
            header->name_length = header->name_length > known ? header->name_length : source.length;
        }
    }
    return call_answer(call, result);
}
