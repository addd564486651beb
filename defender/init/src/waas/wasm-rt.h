/* What the C that wasm2c 1.0.32 writes asks of its host: the types that it names, and the calls that it makes. Neither
 * an address nor the depth of calls is compared with what there is: engine.c catches the signal of one that goes
 * beyond. */
#ifndef RINGFENCE_WASM_RT_H
#define RINGFENCE_WASM_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define wasm_rt_memcpy memcpy

#define WASM_RT_MEMCHECK_SIGNAL_HANDLER 1
#define WASM_RT_USE_STACK_DEPTH_COUNT 0

typedef enum {
    WASM_RT_TRAP_NONE,
    WASM_RT_TRAP_OOB,
    WASM_RT_TRAP_INT_OVERFLOW,
    WASM_RT_TRAP_DIV_BY_ZERO,
    WASM_RT_TRAP_INVALID_CONVERSION,
    WASM_RT_TRAP_UNREACHABLE,
    WASM_RT_TRAP_CALL_INDIRECT,
    WASM_RT_TRAP_EXHAUSTION
} wasm_rt_trap_t;

typedef enum { WASM_RT_I32, WASM_RT_I64, WASM_RT_F32, WASM_RT_F64, WASM_RT_FUNCREF, WASM_RT_EXTERNREF } wasm_rt_type_t;

typedef struct {
    uint8_t *data;
    uint32_t pages, max_pages; /* of 64 KiB */
    uint32_t size;             /* bytes */
} wasm_rt_memory_t;

/* The engine has no tables; what stands before its functions names them all the same. */
typedef void (*wasm_rt_function_ptr_t)(void);
typedef struct {
    wasm_rt_function_ptr_t func;
    uint32_t func_type;
    void *module_instance;
} wasm_rt_funcref_t;
typedef void *wasm_rt_externref_t;
#define wasm_rt_externref_null_value NULL
typedef struct {
    wasm_rt_funcref_t *data;
    uint32_t max_size, size;
} wasm_rt_funcref_table_t;
typedef struct {
    wasm_rt_externref_t *data;
    uint32_t max_size, size;
} wasm_rt_externref_table_t;

static inline bool wasm_rt_is_initialized(void) { return true; }

/* Types are only compared by calls through tables. */
static inline uint32_t wasm_rt_register_func_type(uint32_t parameters, uint32_t results, ...) {
    (void)parameters;
    (void)results;
    return 0;
}

/* By engine.c. */
_Noreturn void wasm_rt_trap(wasm_rt_trap_t trap);
void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t pages, uint32_t most);
uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t pages);
void wasm_rt_free_memory(wasm_rt_memory_t *memory);

#endif
