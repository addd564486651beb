import { type ProtectionClass, protectionClasses } from './classes.ts';

/** What is to happen on a verdict. */
export const waasEffects = ['disable', 'alert', 'prevent', 'ban'] as const;
export type WaasEffect = (typeof waasEffects)[number];

/** A rule as the engine takes it: everything decided that can be decided before an event comes. */
export interface EngineSettings {
  /** What happens with an event that could not be judged fully. */
  onError: 'open' | 'closed';
  /** What happens with refused records of queues and streams. */
  records: 'retry' | 'drop';
  /** Verdicts below this confidence (per cent) are told, whatever their class's effect. */
  confidence: number;
  /** The refusal to an HTTP client. Empty texts stand for the usual ones. */
  response: { status: number; type: string; body: string };
  banSeconds: number;
  /** By class; a class that is left out is disabled. */
  effects: Partial<Record<ProtectionClass, WaasEffect>>;
  /** Networks (18 bytes each: prefix length within IPv6, 0, IPv6 address) whose events are not judged, or refused unjudged. */
  sources: { allow: Uint8Array[]; deny: Uint8Array[] };
  exceptions: { classes: ProtectionClass[]; field: string; sources: Uint8Array[] }[];
  patterns: { name: string; match: string }[];
}

const encoder = new TextEncoder();

/** The WAAS section of a compiled policy, little-endian; `assembly/settings.ts` reads it. */
export function encodeSettings(settings: EngineSettings): Uint8Array {
  const bytes: number[] = [];
  const u16 = (value: number) => bytes.push(value & 0xff, value >>> 8);
  const u32 = (value: number) =>
    bytes.push(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
  const text = (value: string) => {
    const encoded = encoder.encode(value);
    u16(encoded.length);
    bytes.push(...encoded);
  };
  const networks = (list: Uint8Array[]) => {
    u16(list.length);
    for (const network of list) bytes.push(...network);
  };
  bytes.push(
    1,
    Number(settings.onError === 'closed'),
    Number(settings.records === 'drop'),
    settings.confidence,
  );
  u16(settings.response.status);
  u32(settings.banSeconds);
  for (const name of switchable) bytes.push(waasEffects.indexOf(settings.effects[name] ?? 'disable'));
  text(settings.response.type);
  text(settings.response.body);
  networks(settings.sources.allow);
  networks(settings.sources.deny);
  u16(settings.exceptions.length);
  for (const exception of settings.exceptions) {
    u32(exception.classes.reduce((bits, name) => bits | (1 << protectionClasses.indexOf(name)), 0));
    text(exception.field);
    networks(exception.sources);
  }
  u16(settings.patterns.length);
  for (const pattern of settings.patterns) {
    text(pattern.name);
    text(pattern.match);
  }
  return Uint8Array.from(bytes);
}

const switchable = protectionClasses.filter((name) => name !== 'source');
