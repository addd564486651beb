import { constants, inflateRawSync } from 'node:zlib';
import { localHeaderLength, type ZipEntry } from './zip-entry.ts';

/** Bytes as packed: few enough that no bomb is in them. */
const most = 4096;

/** The first bytes of an entry, at least about 4,000 where it has so many; none when they can't be unpacked. */
export function readStart({ central, local }: ZipEntry): Buffer {
  const start = localHeaderLength + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = local.subarray(start, start + Math.min(most, central.readUInt32LE(20)));
  if (central.readUInt16LE(10) === 0) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.of();
  }
}
