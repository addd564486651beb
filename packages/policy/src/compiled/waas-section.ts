import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, encodeList, joinBytes } from '../encode-integers.ts';
import { type IpNetwork, isAligned, unmap } from '../sections/ip-network.ts';
import type { Route } from '../sections/waas/shapes.ts';
import { decodeShapes } from './decode-shapes.ts';
import { encodeShapes } from './waas-shapes.ts';

/** The protections of the WAAS engine that a rule switches, in the order of their numbers. */
export const switchedClasses = [
  'sqli',
  'cmdi',
  'code',
  'xss',
  'lfi',
  'nosql',
  'ssrf',
  'xxe',
  'ldap',
  'xpath',
  'crlf',
  'prototype',
  'redirect',
  'scanner',
  'malformed',
  'shape',
  'custom',
] as const;
export type SwitchedClass = (typeof switchedClasses)[number];

/** All protections, in the order of `packages/waas/assembly/classes.ts`; the source of an event is told of without a switch. */
export const protectionClasses = [...switchedClasses, 'source'] as const;
export type ProtectionClass = (typeof protectionClasses)[number];

/** What is to happen on a verdict, in the order of their numbers. */
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
  effects: Partial<Record<SwitchedClass, WaasEffect>>;
  /** Networks whose events are not judged, or refused unjudged. */
  sources: { allow: IpNetwork[]; deny: IpNetwork[] };
  /** What silences the classes in fields whose path the glob matches; without sources, whoever sent it. */
  exceptions: { classes: SwitchedClass[]; field: string; sources: IpNetwork[] }[];
  patterns: { name: string; match: string }[];
  /** What requests must be like, by route. */
  shapes?: Route[];
}

const FORMAT = 1;
const ON_ERROR = ['open', 'closed'] as const;
const RECORDS = ['retry', 'drop'] as const;

/** IPv4 stands in IPv6 behind this: `::ffff:0:0/96`. */
const MAPPED = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

const encoder = new TextEncoder();

function encodeText(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  return joinBytes([encodeIntegers([2, bytes.length]), bytes]);
}

const encodeIpNetwork = ({ address, prefix }: IpNetwork) =>
  address.length === 4
    ? joinBytes([encodeIntegers([1, prefix + MAPPED.length * 8], [1, 0]), MAPPED, address])
    : joinBytes([encodeIntegers([1, prefix], [1, 0]), address]);

const bitOf = (name: SwitchedClass) => 1 << switchedClasses.indexOf(name);

/** The WAAS section of a compiled policy; `packages/waas/assembly/settings.ts` reads it. */
export function encodeSettings(settings: EngineSettings): Uint8Array {
  const { onError, records, confidence, response, banSeconds, effects, sources } = settings;
  return joinBytes([
    encodeIntegers([1, FORMAT], [1, ON_ERROR.indexOf(onError)], [1, RECORDS.indexOf(records)]),
    encodeIntegers([1, confidence], [2, response.status], [4, banSeconds]),
    Uint8Array.from(switchedClasses, (name) => waasEffects.indexOf(effects[name] ?? 'disable')),
    encodeText(response.type),
    encodeText(response.body),
    encodeList(sources.allow, encodeIpNetwork),
    encodeList(sources.deny, encodeIpNetwork),
    encodeList(settings.exceptions, (exception) =>
      joinBytes([
        encodeIntegers([4, exception.classes.reduce((bits, name) => bits | bitOf(name), 0)]),
        encodeText(exception.field),
        encodeList(exception.sources, encodeIpNetwork),
      ]),
    ),
    encodeList(settings.patterns, ({ name, match }) => joinBytes([encodeText(name), encodeText(match)])),
    ...(settings.shapes?.length ? [encodeShapes(settings.shapes)] : []),
  ]);
}

function decodeConfidence(reader: ByteReader): number {
  const confidence = reader.u8();
  return confidence <= 100 ? confidence : reader.fail(`a confidence cannot be ${confidence} per cent`);
}

function decodeIpNetwork(reader: ByteReader): IpNetwork {
  const prefix = reader.u8();
  reader.expectZero(reader.u8(), 'the reserved byte of a network');
  const network = { address: reader.bytes(16), prefix };
  if (prefix > 128) reader.fail(`a network cannot have a prefix of ${prefix} bits`);
  if (!isAligned(network)) reader.fail('bits behind the prefix of a network are set');
  return unmap(network);
}

function decodeClasses(reader: ByteReader): SwitchedClass[] {
  const bits = reader.u32();
  if (bits === 0 || bits >= 1 << switchedClasses.length) reader.fail(`there are no classes ${bits}`);
  return switchedClasses.filter((name) => (bits & bitOf(name)) !== 0);
}

const decodeRest = (rest: Uint8Array) => (rest.length > 0 ? { shapes: decodeShapes(rest) } : {});

/** Reads what `encodeSettings` wrote. */
export function decodeSettings(reader: ByteReader): EngineSettings {
  const format = reader.u8();
  if (format !== FORMAT) reader.fail(`format ${format} is not known`);
  const onError = reader.choice(ON_ERROR, 'onError');
  const records = reader.choice(RECORDS, 'way with records');
  const confidence = decodeConfidence(reader);
  const status = reader.u16();
  const banSeconds = reader.u32();
  const effects = Object.fromEntries(
    switchedClasses.map((name) => [name, reader.choice(waasEffects, 'effect')]),
  );
  const text = (name: string) => reader.text(reader.u16(), name);
  const networks = () => reader.list(() => decodeIpNetwork(reader));
  return {
    onError,
    records,
    confidence,
    response: { status, type: text('the content type'), body: text('the body') },
    banSeconds,
    effects,
    sources: { allow: networks(), deny: networks() },
    exceptions: reader.list(() => ({
      classes: decodeClasses(reader),
      field: text('a field'),
      sources: networks(),
    })),
    patterns: reader.list(() => ({ name: text('the name of a pattern'), match: text('a pattern') })),
    ...decodeRest(reader.rest()),
  };
}
