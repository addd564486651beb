import fc from 'fast-check';
import type { FunctionIdentity } from './function-identity.ts';

export const identity: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'pay-convert',
  runtime: 'nodejs20.x',
  arch: 'x86_64',
};

const segment = fc
  .string({ unit: fc.constantFrom('a', 'b', 'ü', '.', '-', '*', '?', '7'), minLength: 1, maxLength: 6 })
  .filter((text) => text !== '.' && text !== '..' && !text.includes('***'));

/** Valid patterns of a process allowlist. */
export const anyPattern = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

export const anyIdentity: fc.Arbitrary<FunctionIdentity> = fc.record({
  cloud: fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/),
  account: fc.stringMatching(/^[0-9]{1,12}$/),
  region: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/),
  name: fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
  runtime: fc.constantFrom('nodejs20.x', 'python3.12', 'provided.al2023'),
  arch: fc.constantFrom('x86_64', 'arm64'),
});

/** Bytes near the given ones: some changed, inserted or cut off. */
export function anyMutation(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    offset: fc.nat(bytes.length),
    byte: fc.nat(255),
    kind: fc.constantFrom('set', 'insert', 'cut'),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const result = [...bytes];
    for (const { offset, byte, kind } of changes) {
      if (kind === 'set' && offset < result.length) result[offset] = byte;
      if (kind === 'insert') result.splice(offset, 0, byte);
      if (kind === 'cut') result.length = Math.min(result.length, offset);
    }
    return Uint8Array.from(result);
  });
}
