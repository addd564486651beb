#include "engine.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include "waas-data.h"
#include "waas-module.h"

#ifndef ENGINE_MOST
#define ENGINE_MOST (128 << 20) /* bytes; an event of 6 MB was seen to take 22 MB */
#endif

enum {
    PAGE_BITS = 16, /* of WebAssembly's pages */
    MOST = ENGINE_MOST,
    KEPT = 65536 /* bytes above what the engine keeps for good that need not be given back */
};

/* As far as an address of 32 bits and an offset of 32 bits reach, and 16 bytes at it: what is not the engine's there
 * can not be touched, so that its code need not compare each address with the memory's size. */
static const size_t reserved = ((size_t)2 << 32) + ((size_t)1 << PAGE_BITS);

static Z_waas_instance_t in_force, on_trial;
static size_t used; /* the longest input since memory was given back */
static jmp_buf way_out;
static sigset_t faults;

/* Faults are let through only while the engine works in its memory: elsewhere a signal that a guarded process has sent
 * could break off a call of the init. */
static void enter(void) { sigprocmask(SIG_UNBLOCK, &faults, NULL); }
static void leave(void) { sigprocmask(SIG_BLOCK, &faults, NULL); }

_Noreturn void wasm_rt_trap(wasm_rt_trap_t trap) {
    leave();
    longjmp(way_out, (int)trap);
}

/* One that was sent has no fault behind it. */
static void on_fault(int number, siginfo_t *fault, void *context) {
    (void)number;
    (void)context;
    if (fault->si_code > 0) wasm_rt_trap(WASM_RT_TRAP_OOB);
}

void engine_catch_faults(void) {
    static uint8_t stack[16384]; /* the engine's own may be what is used up */
    const stack_t apart = {.ss_sp = stack, .ss_size = sizeof stack};
    const struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigemptyset(&faults);
    sigaddset(&faults, SIGSEGV);
    leave();
    sigaltstack(&apart, NULL);
    sigaction(SIGSEGV, &action, NULL);
}

/* What lies in the memory at the start, which is all zeros else: see engine-data.mjs. */
static void unpack_data(uint8_t *to) {
    for (const uint8_t *from = waas_data; from < waas_data + sizeof waas_data; to += 8) {
        uint8_t present = *from++;
        if (!present) to += 8 * *from++;
        for (int i = 0; i < 8; i++)
            if (present >> i & 1) to[i] = *from++;
    }
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t most) {
    void *data = mmap(NULL, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
    *memory = (wasm_rt_memory_t){.data = data, .max_pages = most < MOST >> PAGE_BITS ? most : MOST >> PAGE_BITS};
    if (wasm_rt_grow_memory(memory, pages) == UINT32_MAX) wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
    unpack_data(data);
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t pages) {
    uint32_t before = memory->pages;
    if (pages > memory->max_pages - before) return UINT32_MAX;
    size_t size = (size_t)pages << PAGE_BITS;
    if (size && mprotect(memory->data + memory->size, size, PROT_READ | PROT_WRITE) != 0) return UINT32_MAX;
    memory->pages += pages;
    memory->size = memory->pages << PAGE_BITS;
    return before;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) {
    if (memory->data) munmap(memory->data, reserved);
    *memory = (wasm_rt_memory_t){0};
}

/* The engine is no more trusted with addresses than whoever sent the event. */
static uint8_t *bytes_at(Z_waas_instance_t *instance, uint32_t at, uint32_t size) {
    if ((uint64_t)at + size > instance->w2c_memory.size) wasm_rt_trap(WASM_RT_TRAP_OOB);
    return instance->w2c_memory.data + at;
}

static struct span span_at(uint32_t at, uint32_t size) { return (struct span){bytes_at(&in_force, at, size), size}; }

static uint8_t *input(Z_waas_instance_t *instance, size_t size) {
    if (size >= MOST) wasm_rt_trap(WASM_RT_TRAP_OOB);
    return bytes_at(instance, Z_waasZ_input(instance, (uint32_t)size), (uint32_t)size + 1);
}

static bool start(Z_waas_instance_t *instance, struct span section) {
    Z_waas_free(instance);
    if (setjmp(way_out)) return false;
    enter();
    Z_waas_init_module();
    Z_waas_instantiate(instance);
    memcpy(input(instance, section.length), section.bytes, section.length);
    bool accepts = Z_waasZ_configure(instance, (uint32_t)section.length);
    leave();
    return accepts;
}

bool engine_accepts(struct span section) {
    bool accepts = start(&on_trial, section);
    Z_waas_free(&on_trial);
    return accepts;
}

bool engine_start(struct span section) { return start(&in_force, section); }

bool engine_is_closed_on_error(void) {
    if (setjmp(way_out)) return true;
    return Z_waasZ_isClosedOnError(&in_force);
}

uint8_t *engine_input(size_t size) {
    if (setjmp(way_out)) return NULL;
    if (size > used) used = size;
    return input(&in_force, size);
}

bool engine_inspect(size_t size, uint32_t now, struct engine_findings *findings) {
    if (setjmp(way_out)) return false;
    enter();
    uint32_t verdicts = Z_waasZ_inspectEvent(&in_force, (uint32_t)size, now, false);
    *findings = (struct engine_findings){.verdicts = verdicts, .is_incomplete = Z_waasZ_isIncomplete(&in_force)};
    findings->decision = (enum engine_decision)Z_waasZ_decided(&in_force);
    findings->answer = span_at(Z_waasZ_answer(&in_force), Z_waasZ_answerSize(&in_force));
    findings->failures = span_at(Z_waasZ_failures(&in_force), Z_waasZ_failuresSize(&in_force));
    uint32_t report = Z_waasZ_output(&in_force);
    findings->report = span_at(report, Z_waasZ_outputSize(&in_force));
    leave();
    return true;
}

bool engine_merge(size_t size, size_t failures, struct span *merged) {
    if (setjmp(way_out)) return false;
    enter();
    Z_waasZ_mergeResponse(&in_force, (uint32_t)size, (uint32_t)failures);
    *merged = span_at(Z_waasZ_answer(&in_force), Z_waasZ_answerSize(&in_force));
    leave();
    return true;
}

void engine_relax(void) {
    if (used <= KEPT || setjmp(way_out)) return;
    used = 0;
    wasm_rt_memory_t *memory = &in_force.w2c_memory;
    size_t kept = ((size_t)(input(&in_force, 0) - memory->data) + 2 * KEPT - 1) & ~(size_t)(KEPT - 1);
    if (kept < memory->size) madvise(memory->data + kept, memory->size - kept, MADV_DONTNEED);
}
