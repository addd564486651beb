#include "glob.h"

enum { NO_SEPARATOR = -1 };

/* After a mismatch only the last `*` and the last `**` can still grow: linear times the stars. */
static bool match(struct span glob, struct span text, int separator) {
    const uint8_t *g = glob.bytes, *g_end = g + glob.length, *t = text.bytes, *t_end = t + text.length;
    const uint8_t *star = NULL, *star_text = NULL, *deep = NULL, *deep_text = NULL;
    for (;;) {
        if (g < g_end && *g == '*') {
            bool crosses = separator == NO_SEPARATOR || (g + 1 < g_end && g[1] == '*');
            while (g < g_end && *g == '*') g++;
            if (crosses && g == g_end) return true;
            if (crosses) {
                deep = g;
                deep_text = t;
                star = NULL;
            } else {
                star = g;
                star_text = t;
            }
            continue;
        }
        if (t == t_end && g == g_end) return true;
        if (t < t_end && g < g_end && (*g == *t || (*g == '?' && *t != separator))) {
            g++;
            t++;
        } else if (star && star_text < t_end && *star_text != separator) {
            g = star;
            t = ++star_text;
        } else if (deep && deep_text < t_end) {
            g = deep;
            t = ++deep_text;
            star = NULL;
        } else {
            return false;
        }
    }
}

bool glob_match_path(struct span glob, struct span path) { return match(glob, path, '/'); }

bool glob_match_text(struct span glob, struct span text) { return match(glob, text, NO_SEPARATOR); }
