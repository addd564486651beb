#include "policy.h"

enum { HEADER_LENGTH = 64, FLAG_CRITICAL = 1 };
enum type { TYPE_PROCESS = 1, TYPE_CONSOLE, TYPE_NETWORK, TYPE_FILES, TYPE_SECRETS, TYPE_LEARN, TYPE_WAAS };

const char *const section_names[SECTIONS] = {"process", "network", "files", "secrets"};

static const char *read_console(struct policy *policy, struct span section) {
    struct reader reader = reader_of(section);
    policy->refresh_seconds = (uint32_t)read_number(&reader, 4);
    policy->delivery_ms = (uint32_t)read_number(&reader, 4);
    return reader.failed || reader.left ? "the policy's console section has a wrong length" : NULL;
}

static const char *read_learn(struct policy *policy, struct span section) {
    struct reader reader = reader_of(section);
    policy->learn_invocations = (uint32_t)read_number(&reader, 4);
    policy->learn_seconds = (uint32_t)read_number(&reader, 4);
    return reader.failed || reader.left ? "the policy's learn section has a wrong length" : NULL;
}

static const char *read_section(struct policy *policy, uint16_t type, uint16_t flags, struct span section) {
    switch (type) {
    case TYPE_PROCESS:
        return process_rules_read(&policy->process, section);
    case TYPE_CONSOLE:
        return read_console(policy, section);
    case TYPE_NETWORK:
        return network_rules_read(&policy->network, section);
    case TYPE_FILES:
        return file_rules_read(&policy->files, section);
    case TYPE_SECRETS:
        return secret_rules_read(&policy->secrets, section);
    case TYPE_LEARN:
        return read_learn(policy, section);
    case TYPE_WAAS:
        policy->waas = section;
        return section.length ? NULL : "the policy's waas section is empty";
    default:
        return flags & FLAG_CRITICAL ? "the policy has a section that this init cannot enforce" : NULL;
    }
}

const char *policy_parse(struct policy *policy, struct span compiled) {
    *policy = (struct policy){.compiled = compiled, .refresh_seconds = 60, .delivery_ms = 300};
    struct reader reader = reader_of(compiled);
    if (!span_equals(read_span(&reader, 4), "RFP1")) return "the policy does not begin with RFP1";
    if (read_number(&reader, 2) != 1 || read_number(&reader, 2) != HEADER_LENGTH)
        return "the policy has a version that this init does not know";
    policy->revision = read_number(&reader, 8);
    read_number(&reader, 8);
    struct span id = read_span(&reader, sizeof policy->function_id);
    uint8_t on_error = (uint8_t)read_number(&reader, 1);
    read_number(&reader, 1);
    uint16_t sections = (uint16_t)read_number(&reader, 2);
    uint32_t total = (uint32_t)read_number(&reader, 4);
    if (reader.failed || on_error > 1 || total != compiled.length) return "the policy's header is not well-formed";
    memcpy(policy->function_id, id.bytes, id.length);
    policy->on_error_open = on_error == 0;

    uint32_t seen = 0; /* one bit for each known type */
    for (uint16_t i = 0; i < sections; i++) {
        uint16_t type = (uint16_t)read_number(&reader, 2);
        uint16_t flags = (uint16_t)read_number(&reader, 2);
        struct span section = read_span(&reader, (size_t)read_number(&reader, 4));
        if (reader.failed) return "the policy is cut short";
        if (type <= TYPE_WAAS && seen & 1u << type) return "the policy has a section twice";
        if (type <= TYPE_WAAS) seen |= 1u << type;
        const char *error = read_section(policy, type, flags, section);
        if (error) return error;
    }
    if (!(seen & 1u << TYPE_PROCESS)) return "the policy has no process section";
    return reader.left ? "the policy has a wrong length" : NULL;
}

enum effect policy_effect(const struct policy *policy, enum section section) {
    switch (section) {
    case SECTION_PROCESS:
        return policy->process.effect;
    case SECTION_NETWORK:
        return policy->network.effect;
    case SECTION_FILES:
        return policy->files.effect;
    case SECTION_SECRETS:
        return policy->secrets.count ? EFFECT_PREVENT : EFFECT_DISABLE;
    }
    return EFFECT_DISABLE;
}

unsigned policy_sections(const struct policy *policy) {
    unsigned sections = 0;
    for (unsigned bit = 0; bit < SECTIONS; bit++)
        if (policy_effect(policy, (enum section)(1u << bit)) != EFFECT_DISABLE) sections |= 1u << bit;
    return sections;
}

enum effect policy_strongest_effect(const struct policy *policy) {
    enum effect strongest = EFFECT_DISABLE;
    for (unsigned bit = 0; bit < SECTIONS; bit++) {
        enum effect effect = policy_effect(policy, (enum section)(1u << bit));
        if (effect == EFFECT_PREVENT) return effect;
        if (effect != EFFECT_DISABLE) strongest = effect;
    }
    return strongest;
}
