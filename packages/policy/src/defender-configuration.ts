import { ByteReader } from './byte-reader.ts';
import { encodeIntegers, joinBytes } from './encode-integers.ts';
import { FormatError } from './format-error.ts';
import { FunctionIdentity } from './function-identity.ts';

/** What a Defender is started with: `RFD1` in docs/architecture.md. Each part may be absent, since the variable completes the file. */
export type DefenderConfiguration = {
  /** `host:port` of the Console's listener for Defenders. */
  console?: string;
  /** Secret. */
  token?: string;
  identity?: Partial<FunctionIdentity>;
  /** Certificates (DER) of the authorities to trust for the Console. */
  authorities?: Uint8Array[];
  /** 65 bytes, uncompressed. */
  pinnedKey?: Uint8Array;
  /** `RFS1`. */
  signedPolicy?: Uint8Array;
  /** The original entry of a custom runtime, relative to the package's root. */
  entry?: string;
};

/** Lambda gives all variables together 4 KB; this leaves room for the function's own. */
export const ENVIRONMENT_VALUE_LIMIT = 3000;

const WHAT = 'Defender configuration (RFD1)';
const IDENTITY_FIELDS = ['cloud', 'account', 'region', 'name', 'runtime', 'arch'] as const;
const PartialIdentity = FunctionIdentity.partial();
const FIRST_IDENTITY_TYPE = 3;
const [CONSOLE, TOKEN, AUTHORITY, PINNED_KEY, SIGNED_POLICY, ENTRY] = [1, 2, 9, 10, 11, 12] as const;

/** Encodes as `RFD1`, fields in the order of their types. */
export function encodeDefenderConfiguration(configuration: DefenderConfiguration): Uint8Array {
  const { console, token, identity, authorities, pinnedKey, signedPolicy, entry } = configuration;
  const fields: [type: number, value: Uint8Array | string | undefined][] = [
    [CONSOLE, console],
    [TOKEN, token],
    ...IDENTITY_FIELDS.map((name, index): [number, string | undefined] => [
      FIRST_IDENTITY_TYPE + index,
      identity?.[name],
    ]),
    ...(authorities ?? []).map((der): [number, Uint8Array] => [AUTHORITY, der]),
    [PINNED_KEY, pinnedKey],
    [SIGNED_POLICY, signedPolicy],
    [ENTRY, entry],
  ];
  const encoded = fields.flatMap(([type, value]) => {
    if (value === undefined) return [];
    const bytes = joinBytes([value]);
    return [joinBytes([encodeIntegers([2, type], [2, 0], [4, bytes.length]), bytes])];
  });
  return joinBytes(['RFD1', encodeIntegers([2, 1], [2, encoded.length]), ...encoded]);
}

/** Reads `RFD1`. Fields of unknown type are skipped. Throws `FormatError`, and nothing else. */
export function decodeDefenderConfiguration(bytes: Uint8Array): DefenderConfiguration {
  const reader = new ByteReader(bytes, WHAT);
  reader.expectMagic('RFD1');
  const version = reader.u16();
  if (version !== 1) reader.fail(`version ${version} is not known`);
  const configuration: DefenderConfiguration = {};
  const identity: Record<string, string> = {};
  const seen = new Set<number>();
  const fieldCount = reader.u16();
  for (let index = 0; index < fieldCount; index++) {
    const type = reader.u16();
    reader.expectZero(reader.u16(), `the reserved part of field ${type}`);
    const length = reader.u32();
    if (seen.has(type) && type !== AUTHORITY) reader.fail(`field ${type} comes twice`);
    seen.add(type);
    const identityField = IDENTITY_FIELDS[type - FIRST_IDENTITY_TYPE];
    if (identityField !== undefined) identity[identityField] = reader.text(length, identityField);
    else if (type === CONSOLE) configuration.console = reader.text(length, 'the address of the Console');
    else if (type === TOKEN) configuration.token = reader.text(length, 'the token');
    else if (type === AUTHORITY)
      configuration.authorities = [...(configuration.authorities ?? []), reader.bytes(length)];
    else if (type === PINNED_KEY) {
      if (length !== 65) reader.fail(`the pinned key must be 65 bytes long, not ${length}`);
      configuration.pinnedKey = reader.bytes(length);
    } else if (type === SIGNED_POLICY) configuration.signedPolicy = reader.bytes(length);
    else if (type === ENTRY) configuration.entry = reader.text(length, 'the entry');
    else reader.bytes(length);
  }
  reader.expectEnd();
  const parsed = PartialIdentity.safeParse(identity);
  for (const { path, message } of parsed.error?.issues ?? []) reader.fail(`${path.join('.')} ${message}`);
  if (Object.keys(identity).length > 0) configuration.identity = parsed.data as Partial<FunctionIdentity>;
  return configuration;
}

/**
 * The value of `RINGFENCE_POLICY`: base64url without padding. The signed policy is left out when the value would exceed
 * `ENVIRONMENT_VALUE_LIMIT` characters; throws `FormatError` when it is too long even so.
 */
export function toEnvironmentValue(configuration: DefenderConfiguration): string {
  const encode = (value: DefenderConfiguration) =>
    Buffer.from(encodeDefenderConfiguration(value)).toString('base64url');
  const whole = encode(configuration);
  if (whole.length <= ENVIRONMENT_VALUE_LIMIT) return whole;
  const { signedPolicy, ...rest } = configuration;
  const short = encode(rest);
  if (short.length > ENVIRONMENT_VALUE_LIMIT)
    throw new FormatError(
      `${WHAT}: RINGFENCE_POLICY would be ${short.length} characters long, and at most ${ENVIRONMENT_VALUE_LIMIT} fit`,
    );
  return short;
}

/** Reads what `toEnvironmentValue` made. Throws `FormatError`. */
export function fromEnvironmentValue(value: string): DefenderConfiguration {
  if (!/^[A-Za-z0-9_-]*$/.test(value)) throw new FormatError(`${WHAT}: RINGFENCE_POLICY is not base64url`);
  return decodeDefenderConfiguration(new Uint8Array(Buffer.from(value, 'base64url')));
}
