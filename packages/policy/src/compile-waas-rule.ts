import { type EngineSettings, switchedClasses } from './compiled/waas-section.ts';
import { toIpNetwork } from './sections/ip-network.ts';
import type { WaasRule } from './sections/waas/waas-rule.ts';

/** The rule as the engine takes it. */
export function toEngineSettings(rule: WaasRule): EngineSettings {
  const { onError, records, confidence, response, patterns, shapes } = rule;
  return {
    onError,
    records,
    confidence,
    response,
    patterns,
    shapes,
    banSeconds: rule.banMinutes * 60,
    effects: Object.fromEntries(switchedClasses.map((name) => [name, rule.protections[name] ?? rule.effect])),
    sources: { allow: rule.sources.allow.map(toIpNetwork), deny: rule.sources.deny.map(toIpNetwork) },
    exceptions: rule.exceptions.map(({ classes = [...switchedClasses], field, sources = [] }) => ({
      classes,
      field,
      sources: sources.map(toIpNetwork),
    })),
  };
}

/** The rule for a compiled policy; undefined where it disables all, so that events need not be held back. */
export function compileWaasRule(rule: WaasRule): EngineSettings | undefined {
  const settings = toEngineSettings(rule);
  const isOff = Object.values(settings.effects).every((effect) => effect === 'disable');
  return isOff && settings.sources.deny.length === 0 ? undefined : settings;
}
