import { createHash } from 'node:crypto';
import { type Ecosystem, normaliseName } from '../ecosystem.ts';

/**
 * The file: a header (magic, u32 entries, u32 blocks, u32 advisories, u32 0, f64 newest change in Unix ms, f64 made in Unix ms); the
 * entries, sorted (8 bytes of hash, u32 block, u32 offset in the unpacked block, u32 length); the blocks' places (f64 offset, u32 packed length,
 * u32 unpacked length); the blocks. Little-endian. An entry is one package, its text the JSON of its advisories.
 */
export const layout = { magic: 'RFADVIS1', header: 40, entry: 20, block: 16 } as const;

export const hashBytes = 8;

/** Where the package's entry is sorted. */
export function hashName(ecosystem: Ecosystem, name: string): Buffer {
  const key = `${ecosystem}\0${normaliseName(ecosystem, name)}`;
  return createHash('sha256').update(key).digest().subarray(0, hashBytes);
}
