/* Runs the detection engine alone. waas-host SECTION reads events from stdin, each with its length before it (u32,
 * little-endian), and writes for each "DECISION VERDICTS INCOMPLETE", the answer, the failures and the report, by line.
 * waas-host SECTION --bench measures with the same input: each event as it is, all of them many times. waas-host
 * SECTION
 * --beyond has the engine read beyond its memory, and then judge the events. */
#include "engine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_EVENTS = 100000, MOST_SECTION = 65536, NOW = 1767225600, BENCH_NS = 2000000000 };

static struct span events[MOST_EVENTS];
static uint64_t times[MOST_EVENTS]; /* the last ones */

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "waas-host: %s\n", what);
    exit(1);
}

static uint64_t clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static struct span read_section(const char *path) {
    static uint8_t bytes[MOST_SECTION];
    FILE *file = fopen(path, "rb");
    if (!file) fail(strerror(errno));
    struct span section = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    return section;
}

static bool read_event(struct span *event) {
    uint8_t size[4];
    if (fread(size, 1, 4, stdin) != 4) return false;
    event->length = size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16 | (size_t)size[3] << 24;
    uint8_t *bytes = malloc(event->length + 1);
    if (!bytes || fread(bytes, 1, event->length, stdin) != event->length) fail("an event is cut short");
    event->bytes = bytes;
    return true;
}

static struct engine_findings inspect(struct span event) {
    struct engine_findings findings;
    uint8_t *input = engine_input(event.length);
    if (!input) fail("the engine has no room");
    memcpy(input, event.bytes, event.length);
    if (!engine_inspect(event.length, NOW, &findings)) fail("the engine gave up");
    return findings;
}

static void write_line(struct span text) {
    fwrite(text.bytes, 1, text.length, stdout);
    putchar('\n');
}

static void write_findings(const struct engine_findings *findings) {
    printf("%d %u %d\n", findings->decision, findings->verdicts, findings->is_incomplete);
    write_line(findings->answer);
    write_line(findings->failures);
    write_line(findings->report);
}

static int by_time(const void *a, const void *b) {
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* Kilobytes of private memory (smaps_rollup). */
static long own_memory(void) {
    char line[256];
    long sum = 0, number;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Private_Clean: %ld", &number) == 1 || sscanf(line, "Private_Dirty: %ld", &number) == 1)
            sum += number;
    if (file) fclose(file);
    return sum;
}

/* One JSON line: microseconds, and kilobytes added to this process. */
static void bench(struct span section, size_t count) {
    memset(times, 1, sizeof times); /* so that they do not count as the engine's */
    long before = own_memory();
    uint64_t start = clock_ns();
    if (!engine_start(section)) fail("the section was refused");
    double cold = (double)(clock_ns() - start) / 1e3;
    long started = own_memory();
    size_t bytes = 0, done = 0;
    long most = 0;
    uint64_t begin = clock_ns(), now = begin;
    for (size_t i = 0; i < count; i++) bytes += events[i].length;
    for (; now - begin < BENCH_NS || done < count; done++) {
        inspect(events[done % count]);
        uint64_t then = clock_ns();
        times[done % MOST_EVENTS] = then - now;
        now = then;
    }
    double seconds = (double)(now - begin) / 1e9;
    most = own_memory();
    engine_relax();
    size_t timed = done < MOST_EVENTS ? done : MOST_EVENTS;
    qsort(times, timed, sizeof times[0], by_time);
    printf("{\"events\":%zu,\"bytes\":%zu,\"perSecond\":%.0f,\"megabytesPerSecond\":%.1f,\"p50\":%.2f,\"p99\":%.2f,"
           "\"cold\":%.1f,\"kilobytesStarted\":%ld,\"kilobytesUsed\":%ld,\"kilobytesKept\":%ld}\n",
           count, bytes, (double)done / seconds, (double)bytes * (double)done / (double)count / seconds / 1e6,
           (double)times[timed / 2] / 1e3, (double)times[timed * 99 / 100] / 1e3, cold, started - before, most - before,
           own_memory() - before);
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    struct span section = read_section(arguments[1]);
    bool measures = count > 2 && !strcmp(arguments[2], "--bench");
    size_t held = 0;
    engine_catch_faults();
    if (!engine_accepts(section)) fail("the section is none that the engine takes");
    if (measures) {
        while (held < MOST_EVENTS && read_event(&events[held])) held++;
        if (!held) fail("no events on stdin");
        bench(section, held);
        return 0;
    }
    if (!engine_start(section)) fail("the engine does not start");
    if (count > 2 && !strcmp(arguments[2], "--beyond")) {
        struct engine_findings findings;
        if (engine_inspect(SIZE_MAX >> 33, NOW, &findings)) fail("the engine read what it has not got");
        if (!engine_start(section)) fail("the engine does not start anew");
    }
    for (struct span event; read_event(&event); free((void *)(uintptr_t)event.bytes)) {
        struct engine_findings findings = inspect(event);
        write_findings(&findings);
        engine_relax();
    }
    return 0;
}
