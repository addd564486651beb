#include "names.h"

struct span names_next(const struct names *names, const uint8_t address[static 16], uint32_t *cursor) {
    (void)names, (void)address, (void)cursor;
    return (struct span){NULL, 0};
}
