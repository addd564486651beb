import { ByteReader } from './byte-reader.ts';
import { encodeIntegers, joinBytes } from './encode-integers.ts';
import { type Effect, findProcessPatternProblem, type OnError } from './policy-schema.ts';

/** What one function gets: no rule left to match. The format is `RFP1` in docs/architecture.md. */
export type CompiledPolicy = {
  /** A newer policy has a higher one. */
  revision: number;
  /** Unix milliseconds; 0 when made offline. */
  issuedAt: number;
  /** 32 bytes, see `functionId`. */
  functionId: Uint8Array;
  onError: OnError;
  process: { effect: Effect; allow: string[] };
  console: { policyRefreshSeconds: number; deliveryMilliseconds: number };
};

const WHAT = 'compiled policy (RFP1)';
const HEADER_BYTES = 64;
const EFFECTS = ['disable', 'alert', 'prevent'] as const;
const ON_ERROR = ['open', 'closed'] as const;
const PROCESS = 1;
const CONSOLE = 2;
const CRITICAL = 1;
const MINERS = 2;

const isGlob = (pattern: string) => /[*?]/.test(pattern);

function encodeSection(type: number, flags: number, body: Uint8Array): Uint8Array {
  return joinBytes([encodeIntegers([2, type], [2, flags], [4, body.length]), body]);
}

function encodeProcess({ effect, allow }: CompiledPolicy['process']): Uint8Array {
  const patterns = allow.map((pattern) => {
    const bytes = Buffer.from(pattern);
    return joinBytes([
      encodeIntegers([1, isGlob(pattern) ? 1 : 0], [1, 0], [2, bytes.length]),
      bytes,
      encodeIntegers([1, 0], [1, 0]),
    ]);
  });
  return joinBytes([
    encodeIntegers([1, EFFECTS.indexOf(effect)], [1, MINERS], [2, allow.length]),
    ...patterns,
  ]);
}

/** Encodes as `RFP1`: the same input always gives the same bytes. */
export function encodeCompiledPolicy(policy: CompiledPolicy): Uint8Array {
  const { policyRefreshSeconds, deliveryMilliseconds } = policy.console;
  const sections = joinBytes([
    encodeSection(PROCESS, CRITICAL, encodeProcess(policy.process)),
    encodeSection(CONSOLE, 0, encodeIntegers([4, policyRefreshSeconds], [4, deliveryMilliseconds])),
  ]);
  return joinBytes([
    'RFP1',
    encodeIntegers([2, 1], [2, HEADER_BYTES], [8, policy.revision], [8, policy.issuedAt]),
    policy.functionId,
    encodeIntegers(
      [1, ON_ERROR.indexOf(policy.onError)],
      [1, 0],
      [2, 2],
      [4, HEADER_BYTES + sections.length],
    ),
    sections,
  ]);
}

function decodeProcess(body: Uint8Array): CompiledPolicy['process'] {
  const reader = new ByteReader(body, `${WHAT}, process section`);
  const effectNumber = reader.u8();
  const effect = EFFECTS[effectNumber] ?? reader.fail(`there is no effect ${effectNumber}`);
  if (reader.u8() !== MINERS) reader.fail('the effect on miners is not prevent');
  const allow = Array.from({ length: reader.u16() }, () => {
    const kind = reader.u8();
    reader.expectZero(reader.u8(), 'the reserved byte of a pattern');
    const pattern = reader.text(reader.u16(), 'a pattern');
    const problem = findProcessPatternProblem(pattern);
    if (problem !== undefined) reader.fail(`pattern ${JSON.stringify(pattern)} ${problem}`);
    if (kind !== (isGlob(pattern) ? 1 : 0))
      reader.fail(`pattern ${JSON.stringify(pattern)} has the wrong kind ${kind}`);
    reader.expectZero(reader.u8(), 'the flags of an entry');
    reader.expectZero(reader.u8(), 'the reserved byte of an entry');
    return pattern;
  });
  reader.expectEnd();
  return { effect, allow };
}

function decodeConsole(body: Uint8Array): CompiledPolicy['console'] {
  const reader = new ByteReader(body, `${WHAT}, console section`);
  const settings = { policyRefreshSeconds: reader.u32(), deliveryMilliseconds: reader.u32() };
  reader.expectEnd();
  return settings;
}

/** Reads `RFP1` strictly. Throws `FormatError`, and nothing else, for bytes that are not exactly that. */
export function decodeCompiledPolicy(bytes: Uint8Array): CompiledPolicy {
  const reader = new ByteReader(bytes, WHAT);
  reader.expectMagic('RFP1');
  const version = reader.u16();
  if (version !== 1) reader.fail(`format version ${version} is not known`);
  const headerLength = reader.u16();
  if (headerLength !== HEADER_BYTES)
    reader.fail(`the header must be ${HEADER_BYTES} bytes long, not ${headerLength}`);
  const revision = reader.u64('the revision');
  const issuedAt = reader.u64('the time of issue');
  const functionId = reader.bytes(32);
  const onErrorNumber = reader.u8();
  const onError = ON_ERROR[onErrorNumber] ?? reader.fail(`there is no onError ${onErrorNumber}`);
  reader.expectZero(reader.u8(), 'the reserved byte');
  const sectionCount = reader.u16();
  const totalLength = reader.u32();
  if (totalLength !== bytes.length)
    reader.fail(`the length is given as ${totalLength}, but there are ${bytes.length} bytes`);

  const sections = new Map<number, Uint8Array>();
  for (let index = 0; index < sectionCount; index++) {
    const type = reader.u16();
    const flags = reader.u16();
    if (sections.has(type)) reader.fail(`section ${type} comes twice`);
    if ((flags & ~CRITICAL) !== 0) reader.fail(`section ${type} has unknown flags`);
    if (type !== PROCESS && type !== CONSOLE && (flags & CRITICAL) !== 0)
      reader.fail(`section ${type} is critical and not known`);
    sections.set(type, reader.bytes(reader.u32()));
  }
  reader.expectEnd();
  const process = decodeProcess(sections.get(PROCESS) ?? reader.fail('the process section is missing'));
  const console = decodeConsole(sections.get(CONSOLE) ?? reader.fail('the console section is missing'));
  return { revision, issuedAt, functionId, onError, process, console };
}
