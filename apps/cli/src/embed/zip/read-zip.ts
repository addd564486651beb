import { CliError } from '../../common/cli-error.ts';
import { checkPaths } from './check-paths.ts';
import { measureLocalRecord } from './measure-local-record.ts';
import { normalisePath } from './normalise-path.ts';
import {
  centralHeaderLength,
  centralSignature,
  endLength,
  endSignature,
  type Zip,
  type ZipEntry,
} from './zip-entry.ts';

const broken = (why: string) => new CliError('usage', `The zip is broken: ${why}.`);
const zip64 = () =>
  new CliError(
    'usage',
    'The zip is in the zip64 format, which no package within the limits of Lambda needs.',
    'Zip it again without zip64 (Info-ZIP: zip -fz-).',
  );

/**
 * Reads the structure of a zip after PKWARE's APPNOTE 6.3.10, without inflating anything.
 * Throws a usage error that names the entry for what is broken, encrypted, zip64, ambiguous or would leave the package.
 */
export function readZip(bytes: Buffer): Zip {
  const end = findEnd(bytes);
  if (bytes.readUInt16LE(end + 4) !== 0 || bytes.readUInt16LE(end + 6) !== 0)
    throw broken('it is one part of several');
  const count = bytes.readUInt16LE(end + 10);
  const length = bytes.readUInt32LE(end + 12);
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) throw zip64();
  if (bytes.readUInt16LE(end + 8) !== count) throw broken('its entries are counted in two ways');
  if (start + length !== end) throw broken('its list of entries is not where its end says');

  const entries: ZipEntry[] = [];
  let position = start;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(bytes, position, start, end);
    position += entry.central.length;
    entries.push(entry);
  }
  if (position !== end) throw broken('its list of entries is longer than its entries');
  checkPaths(entries);
  return { entries, dataOrder: sortByData(entries), comment: bytes.subarray(end + endLength) };
}

/** The end record is the only one whose comment reaches exactly to the end of the file. */
function findEnd(bytes: Buffer): number {
  const found: number[] = [];
  const lowest = Math.max(0, bytes.length - endLength - 0xffff);
  for (let at = bytes.length - endLength; at >= lowest; at--)
    if (
      bytes.readUInt32LE(at) === endSignature &&
      at + endLength + bytes.readUInt16LE(at + 20) === bytes.length
    )
      found.push(at);
  if (found.length > 1) throw broken('it has more than one end, and unpackers would disagree');
  if (found[0] === undefined) throw new CliError('usage', 'This is not a zip, or its end is missing.');
  return found[0];
}

function readEntry(bytes: Buffer, position: number, start: number, end: number): ZipEntry {
  if (position + centralHeaderLength > end || bytes.readUInt32LE(position) !== centralSignature)
    throw broken('its list of entries ends too early');
  const nameLength = bytes.readUInt16LE(position + 28);
  const length =
    centralHeaderLength + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
  if (position + length > end) throw broken('its list of entries ends too early');

  const central = bytes.subarray(position, position + length);
  const rawName = central.subarray(centralHeaderLength, centralHeaderLength + nameLength);
  const name = rawName.toString('utf8');
  const refuse = (why: string, hint?: string) =>
    new CliError('usage', `Entry ${JSON.stringify(name)} ${why}.`, hint);
  const flags = central.readUInt16LE(8);
  const method = central.readUInt16LE(10);
  if ((flags & 0x2041) !== 0)
    throw refuse('is encrypted', 'Lambda cannot open it: zip it without a password.');
  if (method !== 0 && method !== 8)
    throw refuse(
      `is packed by method ${method}`,
      'Zip it again with deflate, the default of every zip tool.',
    );
  const packed = central.readUInt32LE(20);
  const size = central.readUInt32LE(24);
  const offset = central.readUInt32LE(42);
  if (packed === 0xffffffff || size === 0xffffffff || offset === 0xffffffff) throw zip64();
  if (method === 0 && packed !== size) throw refuse('is stored, but its two sizes differ');

  const path = normalisePath(rawName.toString('latin1'));
  return {
    name,
    path,
    kind: readKind(central, name),
    size,
    crc: central.readUInt32LE(16),
    central,
    local: bytes.subarray(offset, offset + measureLocalRecord(bytes, offset, start, central, name)),
  };
}

function readKind(central: Buffer, name: string): ZipEntry['kind'] {
  const madeByUnix = central.readUInt8(5) === 3;
  const type = madeByUnix ? central.readUInt16LE(40) & 0o170000 : 0;
  if (type === 0o120000) return 'symlink';
  return name.endsWith('/') || type === 0o040000 ? 'directory' : 'file';
}

/** Data that two entries share would let a small zip unpack to a huge one, so it is refused. */
function sortByData(entries: ZipEntry[]): ZipEntry[] {
  const sorted = entries.toSorted((a, b) => a.local.byteOffset - b.local.byteOffset);
  sorted.forEach((entry, index) => {
    const next = sorted[index + 1];
    if (next && entry.local.byteOffset + entry.local.length > next.local.byteOffset)
      throw new CliError(
        'usage',
        `Entry ${JSON.stringify(next.name)} overlaps entry ${JSON.stringify(entry.name)}.`,
      );
  });
  return sorted;
}
