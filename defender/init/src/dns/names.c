#include "names.h"

struct span names_next(const struct names *names, const uint8_t address[static 16], uint32_t *cursor) {
    for (uint32_t i = *cursor; i < names->address_count && i < NAMES_MOST_ADDRESSES; i++) {
        uint32_t name = names->addresses[i].name;
        if (memcmp(names->addresses[i].bytes, address, 16) != 0 || name >= NAMES_MOST) continue;
        *cursor = i + 1;
        return (struct span){names->names[name].text, names->names[name].length};
    }
    return (struct span){NULL, 0};
}

static void forget_address(struct names *names, uint32_t index) {
    names->addresses[index] = names->addresses[--names->address_count];
}

/* The place of the name that was answered longest ago, empty. */
static uint32_t oldest_name(struct names *names) {
    uint32_t oldest = 0;
    for (uint32_t i = 1; i < NAMES_MOST; i++)
        if (names->names[i].answered < names->names[oldest].answered) oldest = i;
    for (uint32_t i = names->address_count; i-- > 0;)
        if (names->addresses[i].name == oldest) forget_address(names, i);
    return oldest;
}

static uint32_t place_name(struct names *names, struct span name) {
    for (uint32_t i = 0; i < names->name_count; i++)
        if (span_is((struct span){names->names[i].text, names->names[i].length}, name)) return i;
    uint32_t place = names->name_count < NAMES_MOST ? names->name_count++ : oldest_name(names);
    names->names[place].length = (uint8_t)name.length;
    memcpy(names->names[place].text, name.bytes, name.length);
    return place;
}

static uint32_t place_address(struct names *names, uint32_t name, const uint8_t address[static 16]) {
    uint32_t oldest = 0;
    for (uint32_t i = 0; i < names->address_count; i++) {
        if (names->addresses[i].name == name && memcmp(names->addresses[i].bytes, address, 16) == 0) return i;
        if (names->addresses[i].answered < names->addresses[oldest].answered) oldest = i;
    }
    uint32_t place = names->address_count < NAMES_MOST_ADDRESSES ? names->address_count++ : oldest;
    memcpy(names->addresses[place].bytes, address, 16);
    names->addresses[place].name = name;
    return place;
}

void names_learn(struct names *names, struct span name, const uint8_t address[static 16]) {
    if (!name.length || name.length > NAMES_LONGEST) return;
    __atomic_fetch_add(&names->sequence, 1,
                       __ATOMIC_RELAXED); /* writes first: a page that is read first faults twice */
    __atomic_thread_fence(__ATOMIC_RELEASE);
    uint32_t place = place_name(names, name);
    names->names[place].answered = names->addresses[place_address(names, place, address)].answered = ++names->answers;
    __atomic_store_n(&names->sequence, names->sequence + 1, __ATOMIC_RELEASE);
}
