import { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, encodeList, joinBytes } from '../encode-integers.ts';
import type { OnError, PolicySettings } from '../policy-schema.ts';
import type { FilesSettings } from '../sections/files.ts';
import type { LearnLimits } from '../sections/learn.ts';
import { findSecretProblem } from '../sections/secrets.ts';
import { decodeFiles, encodeFiles } from './files-section.ts';
import { decodeGlob, encodeGlob } from './glob-codec.ts';
import { type CompiledNetwork, decodeNetwork, encodeNetwork } from './network-section.ts';
import { type CompiledProcess, decodeProcess, encodeProcess } from './process-section.ts';
import { decodeSettings, type EngineSettings, encodeSettings } from './waas-section.ts';

/** What one function gets: no rule left to match. The format is `RFP1` in docs/architecture.md. */
export type CompiledPolicy = {
  /** A newer policy has a higher one. */
  revision: number;
  /** Unix milliseconds; 0 when made offline. */
  issuedAt: number;
  /** 32 bytes, see `functionId`. */
  functionId: Uint8Array;
  onError: OnError;
  process: CompiledProcess;
  console: PolicySettings;
  /** Left out: not watched. */
  network?: CompiledNetwork;
  /** Left out: not watched. */
  files?: FilesSettings;
  secrets?: string[];
  learn?: LearnLimits;
  /** Left out: events are not judged. */
  waas?: EngineSettings;
};

const WHAT = 'compiled policy (RFP1)';
const HEADER_BYTES = 64;
const ON_ERROR = ['open', 'closed'] as const;
const CRITICAL = 1;

/** The flags that each known section has, by its type. */
const FLAGS = new Map([
  [1, CRITICAL],
  [2, 0],
  [3, CRITICAL],
  [4, CRITICAL],
  [5, CRITICAL],
  [6, 0],
  [7, CRITICAL],
]);

/** Encodes as `RFP1`: the same input always gives the same bytes. */
export function encodeCompiledPolicy(policy: CompiledPolicy): Uint8Array {
  const { console, network, files, secrets, learn, waas } = policy;
  const bodies: [type: number, body: Uint8Array | undefined][] = [
    [1, encodeProcess(policy.process)],
    [2, encodeIntegers([4, console.policyRefreshSeconds], [4, console.deliveryMilliseconds])],
    [3, network && encodeNetwork(network)],
    [4, files && encodeFiles(files)],
    [5, secrets && encodeList(secrets, encodeGlob)],
    [6, learn && encodeIntegers([4, learn.invocations], [4, learn.seconds])],
    [7, waas && encodeSettings(waas)],
  ];
  const sections = bodies.flatMap(([type, body]) =>
    body === undefined
      ? []
      : [joinBytes([encodeIntegers([2, type], [2, FLAGS.get(type) ?? 0], [4, body.length]), body])],
  );
  const total = sections.reduce((sum, { length }) => sum + length, HEADER_BYTES);
  return joinBytes([
    'RFP1',
    encodeIntegers([2, 1], [2, HEADER_BYTES], [8, policy.revision], [8, policy.issuedAt]),
    policy.functionId,
    encodeIntegers([1, ON_ERROR.indexOf(policy.onError)], [1, 0], [2, sections.length], [4, total]),
    ...sections,
  ]);
}

function readSections(reader: ByteReader, count: number): Map<number, Uint8Array> {
  const sections = new Map<number, Uint8Array>();
  for (let index = 0; index < count; index++) {
    const type = reader.u16();
    const flags = reader.u16();
    if (sections.has(type)) reader.fail(`section ${type} comes twice`);
    if ((flags & ~CRITICAL) !== 0) reader.fail(`section ${type} has unknown flags`);
    const expected = FLAGS.get(type);
    if (expected === undefined && flags === CRITICAL)
      reader.fail(`section ${type} is critical and not known`);
    if (expected !== undefined && flags !== expected)
      reader.fail(`section ${type} must ${expected === CRITICAL ? '' : 'not '}be critical`);
    sections.set(type, reader.bytes(reader.u32()));
  }
  reader.expectEnd();
  return sections;
}

const decodeConsole = (reader: ByteReader): PolicySettings => ({
  policyRefreshSeconds: reader.u32(),
  deliveryMilliseconds: reader.u32(),
});

const decodeSecrets = (reader: ByteReader) => reader.list(() => decodeGlob(reader, findSecretProblem));

const decodeLearn = (reader: ByteReader): LearnLimits => ({
  invocations: reader.u32(),
  seconds: reader.u32(),
});

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
  const onError = reader.choice(ON_ERROR, 'onError');
  reader.expectZero(reader.u8(), 'the reserved byte');
  const sectionCount = reader.u16();
  const totalLength = reader.u32();
  if (totalLength !== bytes.length)
    reader.fail(`the length is given as ${totalLength}, but there are ${bytes.length} bytes`);

  const sections = readSections(reader, sectionCount);
  const read = <Value>(type: number, name: string, decode: (reader: ByteReader) => Value) => {
    const body = sections.get(type);
    if (body === undefined) return undefined;
    const bodyReader = new ByteReader(body, `${WHAT}, ${name} section`);
    const value = decode(bodyReader);
    bodyReader.expectEnd();
    return value;
  };
  const process = read(1, 'process', decodeProcess) ?? reader.fail('the process section is missing');
  const console = read(2, 'console', decodeConsole) ?? reader.fail('the console section is missing');
  const network = read(3, 'network', decodeNetwork);
  const files = read(4, 'files', decodeFiles);
  const secrets = read(5, 'secrets', decodeSecrets);
  const learn = read(6, 'learn', decodeLearn);
  const waas = read(7, 'waas', decodeSettings);
  return {
    revision,
    issuedAt,
    functionId,
    onError,
    process,
    console,
    ...(network && { network }),
    ...(files && { files }),
    ...(secrets && { secrets }),
    ...(learn && { learn }),
    ...(waas && { waas }),
  };
}
