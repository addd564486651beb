#include "model.h"

#include <stdio.h>
#include <string.h>

#include "command-lines.h"
#include "glob.h"
#include "memory.h"

/* As many files of one folder, or folders of one folder, are listed one by one. */
enum { ENTRIES = 384, SIBLINGS = 8, COMMAND_LINES = 8 };

const char *const use_names[USES] = {"process", "domain", "address", "listen", "unix",
                                     "lookup",  "read",   "write",   "execute"};

static _Alignas(MEMORY_PAGE) struct model_entry entries[ENTRIES];
_Static_assert(sizeof(struct model_entry) == 160, "an entry has no gaps");

static bool is_file(enum use use) { return use >= USE_READ; }

static char *arguments_of(struct model_entry *entry) { return entry->value + strlen(entry->value) + 1; }

static size_t room_of(const struct model_entry *entry) { return MODEL_MAX_VALUE - strlen(entry->value); }

static bool covers(struct model_entry *entry, enum use use, const char *value, uint16_t port, struct span arguments) {
    if (!entry->taken || entry->use != use || entry->port != port) return false;
    if (strcmp(entry->value, value) == 0)
        return use != USE_PROCESS || arguments_cover(arguments_of(entry), entry->arguments, arguments);
    bool fits = use == USE_PROCESS ? entry->arguments == ANY_ARGUMENTS : is_file(use);
    return fits && glob_match_path(span_of(entry->value), span_of(value));
}

/* The length of the folder that holds what is named, its last slash left out: of `/a/b` and of `/a/b` with a star
 * behind, when `level` is 0 and 1, `/a`. */
static size_t folder_length(const char *value, int level) {
    size_t length = strlen(value);
    for (int i = 0; i <= level; i++) {
        while (length && value[length - 1] != '/') length--;
        if (length) length--;
    }
    return length;
}

static bool is_below(const struct model_entry *entry, enum use use, const char *folder, size_t length, int level) {
    bool is_pattern = entry->taken && strchr(entry->value, '*');
    return entry->taken && entry->use == use && is_pattern == (level > 0) &&
           folder_length(entry->value, level) == length && memcmp(entry->value, folder, length) == 0;
}

static void merge(struct model_entry *into, const struct model_entry *from) {
    into->count += from->count;
    if (from->first < into->first) into->first = from->first;
    if (from->last > into->last) into->last = from->last;
}

/* Makes the entry one for all that the pattern matches. */
static void replace(struct model_entry *by, const char *pattern) {
    for (size_t i = 0; i < ENTRIES; i++) {
        struct model_entry *entry = &entries[i];
        if (entry == by || !entry->taken || entry->use != by->use) continue;
        if (!glob_match_path(span_of(pattern), span_of(entry->value))) continue;
        merge(by, entry);
        entry->taken = false;
        entry->count = 0;
    }
    strcpy(by->value, pattern);
}

/* Puts the files of a folder together as one pattern once there are many, and then such folders of one folder. */
static void condense(struct model_entry *added, int level) {
    char pattern[MODEL_MAX_VALUE + 1];
    enum use use = (enum use)added->use;
    size_t length = folder_length(added->value, level), siblings = 0;
    if (!length) return; /* everything in the root is more than anybody used */
    for (size_t i = 0; i < ENTRIES; i++) siblings += is_below(&entries[i], use, added->value, length, level);
    if (siblings <= SIBLINGS || length + 4 > sizeof pattern) return;
    snprintf(pattern, sizeof pattern, "%.*s/%s", (int)length, added->value, level ? "**" : "*");
    replace(added, pattern);
    condense(added, 1);
}

/* The length of the first names of a path, as many as `depth`; 0 when nothing is behind them. */
static size_t beginning_length(const char *value, int depth) {
    for (size_t i = 1; value[0] && value[i]; i++)
        if (value[i] == '/' && --depth == 0) return i;
    return 0;
}

static size_t count_below(const struct model_entry *like, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < ENTRIES; i++)
        count +=
            entries[i].taken && entries[i].use == like->use && strncmp(entries[i].value, like->value, length + 1) == 0;
    return count;
}

/* Puts the files together that share the beginning of which there are most: programs read thousands, few in each of
 * many folders. Returns the entry that is free then, or NULL. */
static struct model_entry *make_room(void) {
    for (int depth = 3; depth > 0; depth--) {
        struct model_entry *best = NULL;
        size_t most = 1;
        for (size_t i = 0; i < ENTRIES; i++) {
            size_t length = is_file((enum use)entries[i].use) ? beginning_length(entries[i].value, depth) : 0;
            size_t count = length && length + 3 <= MODEL_MAX_VALUE ? count_below(&entries[i], length) : 0;
            if (count <= most) continue;
            best = &entries[i];
            most = count;
        }
        if (!best) continue;
        char pattern[MODEL_MAX_VALUE + 1];
        snprintf(pattern, sizeof pattern, "%.*s/**", (int)beginning_length(best->value, depth), best->value);
        replace(best, pattern);
        for (size_t i = 0; i < ENTRIES; i++)
            if (!entries[i].taken) return &entries[i];
    }
    return NULL;
}

/* Where a path is too long for the table, the folder that still fits stands for it. */
static void copy_value(enum use use, const char *value, char copy[static MODEL_MAX_VALUE + 1]) {
    size_t length = strlen(value);
    if (length <= MODEL_MAX_VALUE) {
        memcpy(copy, value, length + 1);
        return;
    }
    length = MODEL_MAX_VALUE - 2;
    if (is_file(use) || use == USE_PROCESS)
        while (length && value[length - 1] != '/') length--;
    memcpy(copy, value, length);
    strcpy(copy + length, "**");
}

static struct span kept_arguments(struct model_entry *entry) {
    bool any = entry->arguments == ANY_ARGUMENTS;
    return any ? (struct span){NULL, 0} : (struct span){(const uint8_t *)arguments_of(entry), entry->arguments};
}

/* The ways to call a program as one, once there are many; NULL: there are few. */
static struct model_entry *join_command_lines(const char *path, struct span arguments) {
    struct model_entry *into = NULL;
    size_t count = 0;
    for (size_t i = 0; i < ENTRIES; i++)
        count += entries[i].taken && entries[i].use == USE_PROCESS && strcmp(entries[i].value, path) == 0;
    if (count < COMMAND_LINES) return NULL;
    for (size_t i = 0; i < ENTRIES; i++) {
        struct model_entry *entry = &entries[i];
        if (!entry->taken || entry->use != USE_PROCESS || strcmp(entry->value, path) != 0) continue;
        if (!into) {
            into = entry;
            continue;
        }
        into->arguments = arguments_join(arguments_of(into), into->arguments, room_of(into), kept_arguments(entry));
        merge(into, entry);
        entry->taken = false;
        entry->count = 0;
    }
    into->arguments = arguments_join(arguments_of(into), into->arguments, room_of(into), arguments);
    return into;
}

static void count_once(struct model_entry *entry, uint64_t now) {
    if (!entry->count) entry->first = now;
    entry->count++;
    entry->last = now;
}

bool model_count(enum use use, const char *value, uint16_t port, struct span arguments, uint64_t now) {
    struct model_entry *free = NULL;
    for (size_t i = 0; i < ENTRIES; i++) {
        struct model_entry *entry = &entries[i];
        if (!entry->taken && !free) free = entry;
        if (!covers(entry, use, value, port, arguments)) continue;
        count_once(entry, now);
        return true;
    }
    struct model_entry *joined = use == USE_PROCESS ? join_command_lines(value, arguments) : NULL;
    if (joined) {
        count_once(joined, now);
        return true;
    }
    if (!free) free = make_room();
    if (!free) return false;
    *free =
        (struct model_entry){.first = now, .last = now, .count = 1, .port = port, .use = (uint8_t)use, .taken = true};
    copy_value(use, value, free->value);
    if (strcmp(free->value, value) != 0) arguments.bytes = NULL; /* of all that was shortened to this pattern */
    free->arguments = arguments_keep(arguments_of(free), room_of(free), arguments);
    if (is_file(use)) condense(free, strchr(free->value, '*') ? 1 : 0);
    return true;
}

const struct model_entry *model_next(size_t *cursor) {
    while (*cursor < ENTRIES) {
        const struct model_entry *entry = &entries[(*cursor)++];
        if (entry->taken && entry->count) return entry;
    }
    return NULL;
}

void model_told(const struct model_entry *entry) { entries[entry - entries].count = 0; }

void model_release(void) { memory_release(entries); }
