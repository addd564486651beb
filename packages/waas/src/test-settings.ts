import { type EngineSettings, protectionClasses } from '@ringfence/policy/waas-section';

/** Settings under which the text `x needle` is what must not get in: it shows where the engine looks, whatever the detectors find. */
export function needleSettings(changes: Partial<EngineSettings> = {}): EngineSettings {
  return {
    onError: 'open',
    records: 'retry',
    confidence: 50,
    response: { status: 403, type: '', body: '' },
    banSeconds: 600,
    effects: { custom: 'prevent' },
    sources: { allow: [], deny: [] },
    exceptions: [],
    patterns: [{ name: 'needle', match: 'x needle' }],
    ...changes,
  };
}

/** Settings under which every protection prevents. */
export function preventingSettings(changes: Partial<EngineSettings> = {}): EngineSettings {
  const effects = Object.fromEntries(protectionClasses.map((name) => [name, 'prevent']));
  return needleSettings({ confidence: 60, effects, patterns: [], ...changes });
}
