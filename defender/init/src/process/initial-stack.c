#include "initial-stack.h"

#include <elf.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "target.h"

enum { ALIGNMENT = 16, CHUNK = 1024, PAGE = 4096, MAX_NAME = 256, MAX_WORDS = 1 << 20, MAX_HIDDEN = 64 * 1024 };

/* Where the registers of NT_PRSTATUS hold the stack pointer; those of a 32-bit process are fewer
 * (arch/x86/kernel/ptrace.c, arch/arm64/kernel/ptrace.c). */
#if defined(__x86_64__)
enum { WIDE_REGISTERS = 27 * 8, WIDE_POINTER = 19 * 8, NARROW_REGISTERS = 17 * 4, NARROW_POINTER = 15 * 4 };
#elif defined(__aarch64__)
enum { WIDE_REGISTERS = 34 * 8, WIDE_POINTER = 31 * 8, NARROW_REGISTERS = 18 * 4, NARROW_POINTER = 13 * 4 };
#endif

static uint8_t *pointer_register(struct initial_stack *stack) {
    return (uint8_t *)stack->registers + (stack->width == 8 ? WIDE_POINTER : NARROW_POINTER);
}

/* How much can be read at an address without reaching into the next page, which may not exist. */
static size_t part_of_page(uint64_t address, size_t most) {
    size_t left = PAGE - address % PAGE;
    return left < most ? left : most;
}

/* Memory that is read upwards, much at a time: the program waits meanwhile. What was looked at already may be written
 * to, what lies ahead may not. */
struct window {
    uint64_t address;
    size_t length;
    char bytes[CHUNK];
};

/* The next `size` bytes, all in one page; NULL when they can't be read. */
static const char *look(const struct initial_stack *stack, struct window *window, uint64_t address, size_t size) {
    uint64_t skipped = address - window->address;
    if (skipped <= window->length && window->length - skipped >= size) return window->bytes + skipped;
    window->address = address;
    window->length = part_of_page(address, sizeof window->bytes);
    if (window->length >= size && target_read(stack->process, address, window->bytes, window->length))
        return window->bytes;
    window->length = 0;
    return NULL;
}

static bool read_word(const struct initial_stack *stack, struct window *window, uint64_t address, uint64_t *word) {
    const char *bytes = look(stack, window, address, stack->width);
    *word = 0; /* little-endian, so the low half is right for both widths */
    if (bytes) memcpy(word, bytes, stack->width);
    return bytes;
}

static bool write_word(const struct initial_stack *stack, uint64_t address, uint64_t word) {
    return target_write(stack->process, address, &word, stack->width);
}

bool initial_stack_open(struct initial_stack *stack, pid_t process) {
    *stack = (struct initial_stack){.process = process};
    struct iovec registers = {stack->registers, sizeof stack->registers};
    if (ptrace(PTRACE_GETREGSET, process, (void *)NT_PRSTATUS, &registers) != 0) return false;
    stack->registers_length = registers.iov_len;
    stack->width = registers.iov_len == WIDE_REGISTERS ? 8 : registers.iov_len == NARROW_REGISTERS ? 4 : 0;
    if (!stack->width) return false;
    memcpy(&stack->pointer, pointer_register(stack), stack->width);

    struct window words = {.length = 0};
    uint64_t word, at = stack->pointer;
    if (!read_word(stack, &words, at, &word) || word > MAX_WORDS) return false;
    at = stack->environment = at + stack->width * (word + 2); /* argc, argv, NULL */
    for (unsigned count = 0; read_word(stack, &words, at, &word) && word; at += stack->width)
        if (++count > MAX_WORDS) return false;
    at += stack->width;
    for (unsigned count = 0; read_word(stack, &words, at, &word) && word != AT_NULL; at += 2 * stack->width)
        if (++count > MAX_WORDS) return false;
    stack->end = at + 2 * stack->width;
    return true;
}

static bool is_meant_at(const struct initial_stack *stack, struct window *strings, uint64_t address,
                        setting_filter is_meant) {
    char text[MAX_NAME];
    size_t length = part_of_page(address, sizeof text);
    const char *bytes = look(stack, strings, address, length);
    if (!bytes) return false;
    memcpy(text, bytes, length);
    const char *end = memchr(text, '\0', length);
    if (!end && length < sizeof text) {
        size_t more = part_of_page(address + length, sizeof text - length);
        if (target_read(stack->process, address + length, text + length, more)) length += more;
        end = memchr(text, '\0', length);
    }
    return is_meant(text, end ? (size_t)(end - text) : length);
}

/* Length of the string with its NUL; 0 when it could not be read. */
static size_t length_at(const struct initial_stack *stack, uint64_t address) {
    char text[CHUNK];
    for (size_t length = 0; length <= MAX_HIDDEN;) {
        size_t part = part_of_page(address + length, sizeof text);
        if (!target_read(stack->process, address + length, text, part)) return 0;
        const char *end = memchr(text, '\0', part);
        if (end) return length + (size_t)(end - text) + 1;
        length += part;
    }
    return 0;
}

/* Downwards only: parts may overlap. */
static bool move(const struct initial_stack *stack, uint64_t from, uint64_t to, size_t size) {
    char bytes[CHUNK];
    for (size_t done = 0, part; done < size; done += part) {
        part = size - done < sizeof bytes ? size - done : sizeof bytes;
        if (!target_read(stack->process, from + done, bytes, part) ||
            !target_write(stack->process, to + done, bytes, part))
            return false;
    }
    return true;
}

static bool overwrite(const struct initial_stack *stack, uint64_t address, size_t size) {
    static const char zeros[CHUNK];
    for (size_t done = 0, part; done < size; done += part) {
        part = size - done < sizeof zeros ? size - done : sizeof zeros;
        if (!target_write(stack->process, address + done, zeros, part)) return false;
    }
    return true;
}

/* How much room the settings that are meant take; -1 when they could not be read or are too many. */
static ssize_t measure(const struct initial_stack *stack, setting_filter is_meant) {
    struct window words = {.length = 0}, strings = {.length = 0};
    uint64_t string;
    size_t total = 0;
    for (uint64_t at = stack->environment; read_word(stack, &words, at, &string) && string; at += stack->width) {
        if (!is_meant_at(stack, &strings, string, is_meant)) continue;
        size_t length = length_at(stack, string);
        total += length;
        if (!length || total > MAX_HIDDEN) return -1;
    }
    return (ssize_t)total;
}

bool initial_stack_hide(struct initial_stack *stack, setting_filter is_meant) {
    ssize_t total = measure(stack, is_meant);
    if (total <= 0) return total == 0;
    size_t shift = ((size_t)total + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    /* Begins at the far end, so that a stack without room fails before anything is changed. */
    if (!move(stack, stack->pointer, stack->pointer - shift, (size_t)(stack->end - stack->pointer))) return false;
    stack->pointer -= shift;
    stack->environment -= shift;
    stack->end -= shift;
    struct window words = {.length = 0}, strings = {.length = 0};
    uint64_t string, free = stack->end;
    for (uint64_t at = stack->environment; read_word(stack, &words, at, &string) && string; at += stack->width) {
        if (!is_meant_at(stack, &strings, string, is_meant)) continue;
        size_t length = length_at(stack, string);
        if (!move(stack, string, free, length) || !overwrite(stack, string, length) || !write_word(stack, at, free))
            return false;
        free += length;
    }
    memcpy(pointer_register(stack), &stack->pointer, stack->width);
    struct iovec registers = {stack->registers, stack->registers_length};
    return ptrace(PTRACE_SETREGSET, stack->process, (void *)NT_PRSTATUS, &registers) == 0;
}

bool initial_stack_remove(struct initial_stack *stack, setting_filter is_meant) {
    struct window words = {.length = 0}, strings = {.length = 0};
    uint64_t string, at = stack->environment, to = at;
    for (; read_word(stack, &words, at, &string) && string; at += stack->width) {
        if (is_meant_at(stack, &strings, string, is_meant)) {
            size_t length = length_at(stack, string);
            if (!length || !overwrite(stack, string, length)) return false;
        } else {
            if (to != at && !write_word(stack, to, string)) return false;
            to += stack->width;
        }
    }
    /* The C library looks for the auxiliary vector right behind envp's NULL. */
    return to == at || move(stack, at, to, (size_t)(stack->end - at));
}
