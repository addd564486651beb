/* Reads the bytes as messages that a guarded process sends, of both widths of pointers: the header's pointers lead into
 * the same bytes. What is copied must lie within its bounds, and control data come out well-formed. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "message.h"

enum { ROOM = 16384, LOW = 0x20000000 /* 32-bit pointers reach it */ };

static void require(bool holds) {
    if (!holds) abort();
}

static uint64_t number_at(const uint8_t *bytes, size_t size, size_t index) {
    uint16_t number = 0;
    if (2 * index + 2 <= size) memcpy(&number, bytes + 2 * index, sizeof number);
    return number;
}

/* Offsets become addresses, so that most of them can be read. */
static void write_header(uint8_t *memory, bool compat, const uint8_t *bytes, size_t size) {
    uint64_t fields[7];
    for (size_t i = 0; i < 7; i++) fields[i] = number_at(bytes, size, i);
    for (size_t i = 0; i < 6; i += 2) fields[i] = fields[i] ? LOW + fields[i] % ROOM : 0;
    fields[3] %= 8;
    for (size_t i = 0; i < 7; i++) {
        uint32_t narrow = (uint32_t)fields[i];
        if (compat) memcpy(memory + 4 * i, &narrow, sizeof narrow);
        if (!compat) memcpy(memory + 8 * i, &fields[i], sizeof fields[i]);
    }
}

static void check_control(const struct message *message) {
    static struct control control;
    int error = message_read_control(message, &control);
    require(control.length <= MAX_CONTROL && control.passed_count <= MAX_PASSED);
    struct msghdr own = {.msg_control = control.bytes, .msg_controllen = (socklen_t)control.length};
    size_t seen = 0;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(&own); !error && at; at = CMSG_NXTHDR(&own, at))
        seen += CMSG_SPACE(at->cmsg_len - CMSG_LEN(0));
    require(error || seen == control.length);
    control_close(&control);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static uint8_t *memory, payload[1024];
    if (!memory) {
        memory = mmap((void *)(uintptr_t)LOW, ROOM, PROT_READ | PROT_WRITE,
                      MAP_FIXED_NOREPLACE | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        require(memory == (void *)(uintptr_t)LOW);
    }
    if (size < 16 || size > ROOM - 64) return 0;
    bool compat = bytes[0] & 1;
    memset(memory, 0, ROOM);
    memcpy(memory + 64, bytes, size);
    write_header(memory, compat, bytes + 1, size - 1);

    struct message message;
    struct window window;
    window_open(&window, getpid());
    struct endpoint endpoint;
    if (message_read(&window, compat, LOW, &message) != 0) return 0;
    require(message.name.length <= sizeof message.name.room && message.control_length <= MAX_CONTROL);
    if (socket_address_endpoint(&message.name, &endpoint)) require(message.name.length >= 16);
    int64_t length = message_payload_length(&message);
    ssize_t read = message_read_payload(&message, bytes[0] >> 1, payload, sizeof payload);
    require(read <= (ssize_t)sizeof payload && (length < 0 || read <= length));
    check_control(&message);
    return 0;
}
