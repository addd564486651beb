#include "miner.h"

#include <string.h>

enum { MAX_PROGRAM = 64, MAX_HOST = 254, SHORTEST_WALLET = 26, LONGEST_WALLET = 110 };

/* Names that nothing but miners (and the malware that brings them) have. */
static const char *const programs[] = {
    "xmrig",        "xmrigdaemon", "xmr-stak",   "minerd",        "cpuminer",   "cgminer",      "bfgminer",
    "sgminer",      "ccminer",     "ethminer",   "nbminer",       "lolminer",   "phoenixminer", "gminer",
    "teamredminer", "nanominer",   "srbminer",   "ethdcrminer64", "nheqminer",  "wildrig",      "bminer",
    "minergate",    "nicehash",    "kdevtmpfsi", "kinsing",       "cryptonight"};

/* Options of one miner or another and of no other program. */
static const char *const options[] = {"--donate-level",         "--donate-over-proxy", "--randomx-mode",
                                      "--randomx-1gb-pages",    "--randomx-init",      "--randomx-no-rdmsr",
                                      "--cpu-max-threads-hint", "--nicehash",          "--cn-no-asm"};

/* Functions that are computed for coins and nothing else (scrypt, sha256 and argon2 have honest uses). */
static const char *const algorithms[] = {"randomx",   "rx/",      "cryptonight", "cn/",        "cn-",
                                         "kawpow",    "ethash",   "etchash",     "ghostrider", "autolykos2",
                                         "verushash", "panthera", "progpow",     "kheavyhash"};

static const char *const schemes[] = {"stratum+tcp://",  "stratum+ssl://",  "stratum+tls://",    "stratum+udp://",
                                      "stratum2+tcp://", "stratum1+tcp://", "ethstratum+tcp://", "daemon+http://",
                                      "stratum://",      "stratums://",     "nicehash+tcp://",   "ethproxy+tcp://"};

static const char *const pools[] = {
    "supportxmr.com", "minexmr.com",       "moneroocean.stream", "nanopool.org",   "2miners.com",   "hashvault.pro",
    "herominers.com", "c3pool.com",        "c3pool.org",         "monerohash.com", "xmrpool.eu",    "xmrpool.net",
    "minergate.com",  "nicehash.com",      "unmineable.com",     "ethermine.org",  "flypool.org",   "f2pool.com",
    "antpool.com",    "miningpoolhub.com", "dwarfpool.com",      "crypto-pool.fr", "zpool.ca",      "zergpool.com",
    "woolypooly.com", "hiveon.net",        "kryptex.network",    "rplant.xyz",     "slushpool.com", "prohashing.com",
    "xmrig.com",      "ezil.me",           "mining-dutch.nl",    "sparkpool.com"};

static const char *const pool_words[] = {"stratum", "xmr", "monero", "miningpool", "hashpool"};
static const uint16_t pool_ports[] = {3333, 3334, 3335, 4444, 5555, 5556, 7777, 8888, 9999, 14433, 14444, 45560, 45700};
static const char *const site_labels[] = {"www", "api", "api2", "docs", "blog", "support", "status"};

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

/* What follows the prefix, letters of either case being the same, or NULL. */
static const char *after(const char *text, const char *prefix) {
    for (; *prefix; text++, prefix++)
        if (lower(*text) != *prefix) return NULL;
    return text;
}

static const char *find(const char *text, const char *word) { return memmem(text, strlen(text), word, strlen(word)); }

static bool is_one_of(const char *text, const char *const *table, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *rest = after(text, table[i]);
        if (rest && !*rest) return true;
    }
    return false;
}

/* `xmrig`, `XMRig-6.21`, `cpuminer_avx2` … */
static bool is_known_program(const char *path, size_t length) {
    char name[MAX_PROGRAM];
    size_t from = length, size;
    while (from && path[from - 1] != '/') from--;
    size = length - from < sizeof name ? length - from : sizeof name - 1;
    memcpy(name, path + from, size);
    name[size] = '\0';
    for (size_t i = 0; i < LENGTH(programs); i++) {
        const char *rest = after(name, programs[i]);
        if (rest && !is_letter(*rest)) return true;
    }
    return false;
}

static bool is_pool_url(const char *text) {
    for (size_t i = 0; i < LENGTH(schemes); i++) {
        const char *host = after(text, schemes[i]);
        if (host && (is_letter(*host) || is_digit(*host) || *host == '[')) return true;
    }
    return false;
}

/* `host:port`, with or without a scheme in front; false for anything with a path, as output files have. */
static bool split_host_port(const char *text, char host[static MAX_HOST], uint16_t *port) {
    const char *scheme = find(text, "://"), *from = scheme ? scheme + 3 : text, *colon = NULL;
    for (const char *at = from; *at; at++)
        if (*at == ':') colon = at;
    size_t length = colon ? (size_t)(colon - from) : 0;
    uint32_t number = 0;
    if (!length || length >= MAX_HOST || !memchr(from, '.', length) || !colon[1]) return false;
    for (const char *at = colon + 1; *at; at++) {
        if (!is_digit(*at)) return false;
        number = number * 10 + (uint32_t)(*at - '0');
        if (number > 65535) return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_letter(from[i]) && !is_digit(from[i]) && from[i] != '.' && from[i] != '-') return false;
        host[i] = lower(from[i]);
    }
    host[length] = '\0';
    *port = (uint16_t)number;
    return true;
}

/* The start of an address to be paid at: long, letters and digits without a break, both of them. A worker's name may
 * follow behind a dot, a slash or a plus. */
static bool is_wallet(const char *text) {
    size_t length = 0, digits = 0;
    for (; is_letter(text[length]) || is_digit(text[length]); length++) digits += is_digit(text[length]);
    return length >= SHORTEST_WALLET && length <= LONGEST_WALLET && digits >= 3 && digits < length &&
           (!text[length] || strchr("./+:", text[length]));
}

/* The value of `--name value`, `--name=value`, or NULL. */
static const char *value_of(const char *argument, const char *next, const char *name) {
    size_t length = strlen(name);
    if (strncmp(argument, name, length) != 0) return NULL;
    return argument[length] == '=' ? argument + length + 1 : !argument[length] ? next : NULL;
}

struct signs {
    bool pool, user, wallet, password, algorithm;
};

static bool is_algorithm(const char *text) {
    for (size_t i = 0; text && i < LENGTH(algorithms); i++)
        if (after(text, algorithms[i])) return true;
    return false;
}

static void note_signs(struct signs *signs, const char *argument, const char *next) {
    const char *pool = value_of(argument, next, "-o"), *user = value_of(argument, next, "-u");
    if (!pool) pool = value_of(argument, next, "--url");
    if (!pool) pool = value_of(argument, next, "--pool");
    if (!user) user = value_of(argument, next, "--user");
    if (!user) user = value_of(argument, next, "--wallet");
    char host[MAX_HOST];
    uint16_t port;
    if (pool && split_host_port(pool, host, &port)) signs->pool = true;
    if (user) signs->user = true;
    if (user && is_wallet(user)) signs->wallet = true;
    if (is_algorithm(value_of(argument, next, "-a"))) signs->algorithm = true;
    if (value_of(argument, next, "-p") || value_of(argument, next, "--pass")) signs->password = true;
}

static const char *reason_of_argument(const char *argument, const char *next) {
    const char *equals = strchr(argument, '=');
    if (is_pool_url(argument) || (argument[0] == '-' && equals && is_pool_url(equals + 1)))
        return "it looks like a crypto-miner: it is given the address of a mining pool (stratum)";
    for (size_t i = 0; i < LENGTH(options); i++) {
        const char *rest = after(argument, options[i]);
        if (rest && (!*rest || *rest == '='))
            return "it looks like a crypto-miner: it is given an option that only miners have";
    }
    if (is_algorithm(value_of(argument, next, "--algo")) || is_algorithm(value_of(argument, next, "--algorithm")))
        return "it looks like a crypto-miner: it is told to compute what only coins need";
    char host[MAX_HOST];
    uint16_t port;
    if (split_host_port(argument, host, &port) && looks_like_mining_pool(host, port))
        return "it looks like a crypto-miner: it is given the address of a known mining pool";
    return NULL;
}

const char *miner_in_command(struct span program, struct span arguments) {
    const char *start = (const char *)arguments.bytes, *end = start + arguments.length;
    struct signs signs = {0};
    if (is_known_program((const char *)program.bytes, program.length))
        return "it looks like a crypto-miner: the program has the name of a miner";
    while (end > start && end[-1]) end--; /* the last one may be cut */
    if (end == start) return NULL;
    if (is_known_program(start, strlen(start)))
        return "it looks like a crypto-miner: it calls itself by the name of a miner";
    for (const char *at = start + strlen(start) + 1, *next; at < end; at = next) {
        next = at + strlen(at) + 1;
        const char *value = next < end ? next : "";
        const char *reason = reason_of_argument(at, value);
        if (reason) return reason;
        note_signs(&signs, at, value);
    }
    if (!signs.pool) return NULL;
    if (signs.algorithm)
        return "it looks like a crypto-miner: it is given a server to work for and what coins need computed";
    if (signs.wallet) return "it looks like a crypto-miner: it is given a server to work for and a wallet";
    return signs.user && signs.password
               ? "it looks like a crypto-miner: it is given a server to work for, a user and a password, as miners are"
               : NULL;
}

bool looks_like_mining_pool(const char *name, uint16_t port) {
    size_t length = strlen(name);
    bool is_web = port == 80 || port == 443;
    for (size_t i = 0; i < LENGTH(pools); i++) {
        size_t size = strlen(pools[i]);
        if (length < size || strcmp(name + length - size, pools[i]) != 0) continue;
        if (length == size) return port && !is_web; /* else it is the pool's web site */
        if (name[length - size - 1] != '.') continue;
        char label[16] = "";
        size_t first = (size_t)(strchr(name, '.') - name);
        if (first < sizeof label) memcpy(label, name, first);
        return !is_one_of(label, site_labels, LENGTH(site_labels));
    }
    for (size_t i = 0; i < LENGTH(pool_ports); i++)
        for (size_t word = 0; port == pool_ports[i] && word < LENGTH(pool_words); word++)
            if (find(name, pool_words[word])) return true;
    return false;
}
