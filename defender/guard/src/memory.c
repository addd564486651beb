#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mman.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "access.h"
#include "decide.h"
#include "judge.h"
#include "machine-code.h"
#include "maps.h"
#include "patch.h"
#include "state.h"
#include "system.h"

enum { PAGE = 4096 };

static enum verdict refuse(struct call *call) {
    struct scratch *scratch = scratch_take();
    access_tell_tampering(decide_name(call), "the guard would not see what is called from there", "the guard's memory",
                          scratch->record);
    scratch_give(scratch);
    return call_answer(call, -EPERM);
}

static bool makes_call(uintptr_t start, size_t size) {
    const struct code code = {(uint8_t *)start, size};
    return machine_code_makes_call(&code, decide_watched());
}

/* Of readable memory, whose pages that nobody has touched stay so. What another thread unmaps meanwhile can't be
 * vetted. */
static bool has_calling_code(uintptr_t start, size_t size, uint8_t resident[static SCRATCH_PATH]) {
    for (uintptr_t end = start + size; start < end;) {
        size_t pages = (end - start + PAGE - 1) / PAGE, run = 0;
        if (pages > SCRATCH_PATH) pages = SCRATCH_PATH;
        long error = SYSTEM(mincore, start, pages * PAGE, resident);
        if (error) return error == -ENOMEM;
        for (size_t page = 0; page < pages; page += run + 1) {
            for (run = 0; page + run < pages && resident[page + run] & 1; run++) continue;
            if (run && makes_call(start + page * PAGE, run * PAGE)) return true;
        }
        start += pages * PAGE;
    }
    return false;
}

static void tell_calling_code(const struct call *call, struct scratch *scratch) {
    access_tell_tampering(decide_name(call), "machine code that calls the kernel past the guard would be run",
                          "memory of its own", scratch->record);
}

/* Asked when nobody can write there any more, unless it stays writable. */
static bool is_refused(const struct call *call, uintptr_t start, size_t size, struct scratch *scratch) {
    if (!has_calling_code(start, size, (uint8_t *)scratch->work)) return false;
    tell_calling_code(call, scratch);
    return true;
}

static bool is_held(int64_t start, int64_t size) { return patch_holds((uintptr_t)start, (size_t)size); }

enum verdict memory_change(struct call *call) {
    return is_held(call->argument[0], call->argument[1]) ? refuse(call) : CALL_GOES_ON;
}

static void take_execution(const struct call *call, uintptr_t start, size_t size) {
    SYSTEM(mprotect, start, size, call->argument[2] & (PROT_READ | PROT_WRITE));
}

/* Vets each mapping of the range by itself, and takes execution from what calls the kernel. */
static bool is_any_refused(const struct call *call, bool down, struct scratch *scratch) {
    _Static_assert(sizeof(struct maps) <= sizeof scratch->pointers, "the room is too small");
    struct maps *maps = (struct maps *)(void *)scratch->pointers;
    struct mapping mapping;
    uintptr_t start = (uintptr_t)call->argument[0] & ~(uintptr_t)(PAGE - 1), end = start + (size_t)call->argument[1];
    bool refused = false;
    if (!maps_open(maps)) return take_execution(call, start, end - start), true;
    while (maps_next(maps, &mapping) && mapping.start < end) {
        if (!mapping.executable || mapping.end <= start) continue;
        uintptr_t from = down || mapping.start > start ? mapping.start : start;
        uintptr_t to = mapping.end < end ? mapping.end : end;
        if (!has_calling_code(from, to - from, (uint8_t *)scratch->work)) continue;
        take_execution(call, from, to - from);
        refused = true;
    }
    maps_close(maps);
    if (refused) tell_calling_code(call, scratch);
    return refused;
}

/* What can't be read can't be vetted. After an error the part in front of it may have become executable (mprotect(2)),
 * and by PROT_GROWSDOWN what lies below the range does. */
enum verdict memory_protect(struct call *call) {
    const int64_t *argument = call->argument;
    if (is_held(argument[0], argument[1])) return refuse(call);
    if (!(argument[2] & PROT_EXEC)) return CALL_GOES_ON;
    struct scratch *scratch = scratch_take();
    bool down = argument[2] & PROT_GROWSDOWN;
    long result = system_call(call->number, argument[0], argument[1], argument[2] | PROT_READ, argument[3], 0, 0);
    if (result || down) {
        if (is_any_refused(call, down, scratch)) result = -EACCES;
    } else if (is_refused(call, (uintptr_t)argument[0], (size_t)argument[1], scratch)) {
        take_execution(call, (uintptr_t)argument[0], (size_t)argument[1]);
        result = -EACCES;
    }
    scratch_give(scratch);
    return call_answer(call, result);
}

/* Segments of System V, which would be mapped as code, or over anything. */
enum verdict memory_attach(struct call *call) {
    return call->argument[2] & (SHM_EXEC | SHM_REMAP) ? refuse(call) : CALL_GOES_ON;
}

enum verdict memory_move(struct call *call) {
    const int64_t *argument = call->argument;
    bool to_held = argument[3] & MREMAP_FIXED && is_held(argument[4], argument[2]);
    return to_held || is_held(argument[0], argument[1]) ? refuse(call) : CALL_GOES_ON;
}

/* The path is the one that the descriptor has when it is asked about; another thread may put another file behind the
 * number before the kernel maps it, so a copy of it is mapped. */
static long map_code(const struct call *call, struct scratch *scratch) {
    const int64_t *argument = call->argument;
    struct place place = {.path = scratch->path};
    long fd = SYSTEM(fcntl, argument[4], F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return fd;
    long result = place_of_descriptor(&place, (int)fd);
    if (!result && judge_refuses(call, &place, place.path, FILE_EXECUTE, scratch)) result = -EACCES;
    if (!result) result = SYSTEM(mmap, argument[0], argument[1], argument[2], argument[3], fd, argument[5]);
    SYSTEM(close, fd);
    return result;
}

enum verdict memory_map(struct call *call) {
    const int64_t *argument = call->argument;
    if (argument[3] & MAP_FIXED && is_held(argument[0], argument[1])) return refuse(call);
    if (!(argument[2] & PROT_EXEC) || argument[3] & MAP_ANONYMOUS) return CALL_GOES_ON;
    struct scratch *scratch = scratch_take();
    long result = map_code(call, scratch);
    bool mapped = result >= 0 || result < -4095;
    if (mapped && !(argument[2] & PROT_WRITE)) {
        patch_mapping((uint8_t *)result, (size_t)argument[1], decide_watched(), scratch->pointers);
    } else if (mapped && is_refused(call, (uintptr_t)result, (size_t)argument[1], scratch)) {
        SYSTEM(munmap, result, argument[1]);
        result = -EACCES;
    }
    scratch_give(scratch);
    return call_answer(call, result);
}
