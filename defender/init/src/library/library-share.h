/* What the init shares with the guard library (defender/guard) in the processes that have it: a sealed
 * memfd that they map for reading, and a socket over which they tell what they decided. Both descriptors are named in
 * the environment variable RINGFENCE_GUARD: "<memfd>,<socket>". */
#ifndef RINGFENCE_LIBRARY_SHARE_H
#define RINGFENCE_LIBRARY_SHARE_H

#include <time.h>

#include "names.h"
#include "pattern.h"
#include "rules-network.h"

#define LIBRARY_VARIABLE "RINGFENCE_GUARD="
#define LIBRARY_MAGIC "RFguard2"

enum { LIBRARY_POLICY = 64 * 1024 - 4, LIBRARY_PATH = 4096, LIBRARY_RECORD = 4096 };

struct library_policy {
    uint32_t length, link_count;
    struct link links[MAX_LINKS];
    uint8_t bytes[LIBRARY_POLICY];
};

/* Code of the C library with its calls led through the guard: the init makes it from the file, and the processes map it
 * over what their loader mapped. In the memfd as in memory the trampolines lie that far below the code. The images lie
 * side by side, so that their code fits into one large page. */
enum {
    LIBRARY_IMAGES = 4,
    LIBRARY_LARGE_PAGE = 2 << 20, /* of x86_64, and of arm64 with pages of 4 KB */
    LIBRARY_CODE_ROOM = 8 << 20,
    LIBRARY_TRAMPOLINES_BELOW = 64 << 20,
    LIBRARY_TRAMPOLINES = LIBRARY_LARGE_PAGE, /* where the first image's begin in the memfd: behind the rest */
    LIBRARY_CODE = LIBRARY_TRAMPOLINES + LIBRARY_TRAMPOLINES_BELOW,
    LIBRARY_SIZE = LIBRARY_CODE + LIBRARY_CODE_ROOM,
    LIBRARY_IMAGE_PATH = 1024
};

struct library_file_key {
    uint64_t device, inode, changed;
};

struct library_image_key {
    uint8_t build_id[24];         /* by its linker, or the beginning of that */
    struct library_file_key file; /* where it has none; else zero */
    uint64_t size;                /* of the code in memory */
    uint8_t watched[64];          /* the calls that are led through the guard, by number */
};

struct library_image {
    struct library_image_key key;
    uint32_t ready;
    uint32_t code;        /* offset in the memfd */
    uint32_t trampolines; /* bytes */
    uint32_t sites, missed;
};

struct library_share {
    char magic[8];
    int32_t init, init_group; /* process ids */
    int32_t main_process;     /* of the runtime */
    uint32_t started;         /* the runtime has asked for its first event */
    uint32_t sections;        /* of the policy in force, that are the library's: a set of enum section */
    uint32_t policies;        /* handed out so far; the one in force is the last, at (policies - 1) % 2 */
    uint8_t filtered;         /* a seccomp filter holds all but the network */
    uint8_t starts_as_script;
    uint8_t variable_set[VARIABLES];
    uint16_t resolver_port[2][2]; /* where the init answers lookups, by TCP or not, IPv6 or not; 0: nowhere */
    struct library_image images[LIBRARY_IMAGES]; /* near the front: each new program reads it */
    struct network_surroundings network;
    struct library_policy policy[2];
    char variables[VARIABLES][LIBRARY_PATH];
    char package[LIBRARY_PATH + 32], binary[LIBRARY_PATH]; /* the folder .ringfence, the init */
    char preload[LIBRARY_PATH];      /* LD_PRELOAD=…, the guard in front of what the function had */
    char library_path[LIBRARY_PATH]; /* LD_LIBRARY_PATH=… as the function had it; empty: it had none */
    struct names names;
};
_Static_assert(sizeof(struct library_share) <= LIBRARY_TRAMPOLINES, "the images begin behind it");

/* A record: this head, then `fields` times a struct library_field with its bytes behind it. Sent as one packet. */
enum library_record_type {
    RECORD_HELLO = 1, /* from each process that has the guard, at its beginning */
    RECORD_ACCESS,    /* what the policy does not allow */
    RECORD_UNGUARDED, /* a program that the policy allows and the guard can't go with */
    RECORD_TAMPER,
    RECORD_LEARNED,
    RECORD_FILE /* struct library_file, from the main process before its hello */
};
enum library_field_type {
    FIELD_VALUE = 1, /* what was asked for, as the model names it */
    FIELD_KIND,      /* as the model names it: process, domain, address, listen, unix, read, write, execute, lookup */
    FIELD_PATH,
    FIELD_ASKED,
    FIELD_ARGUMENTS, /* each with its NUL */
    FIELD_CALLER,
    FIELD_CALL,
    FIELD_REASON,
    FIELD_SCRIPT,  /* its interpreter */
    FIELD_ADDRESS, /* 16 bytes, as in struct endpoint; of AF_UNIX text */
    FIELD_DOMAIN,
    FIELD_PROTOCOL,
    FIELD_DIRECTION,
    FIELD_ACCESS,
    LIBRARY_FIELDS
};

struct library_record {
    uint8_t type;
    uint8_t section; /* enum section; of what is told or learned */
    uint8_t effect;
    uint8_t fields;
    int32_t process;
    uint16_t port;
    uint16_t lost;   /* records before this one that found no room */
    uint32_t sites;  /* RECORD_HELLO: system calls in the process's code that are watched or may be … */
    uint32_t missed; /* … and of those, how many the library could not lead through itself */
};

struct library_file {
    struct library_record head;
    struct library_image_key key;
    struct library_file_key file;
    char path[LIBRARY_IMAGE_PATH];
};

struct library_field {
    uint8_t type;
    uint8_t free;
    uint16_t length;
};

/* When a file was changed last, in nanoseconds. */
static inline uint64_t library_changed(const struct timespec *time) {
    return (uint64_t)time->tv_sec * 1000000000 + (uint64_t)time->tv_nsec;
}

#endif
