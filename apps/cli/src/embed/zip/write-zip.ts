import { crc32 } from 'node:zlib';
import {
  centralHeaderLength,
  centralSignature,
  endLength,
  endSignature,
  localHeaderLength,
  localSignature,
  type Zip,
  type ZipEntry,
} from './zip-entry.ts';

/** 1980-01-01 00:00, the first time that a zip can hold: the same input gives the same bytes. */
const fixedDosDate = 0x0021;
const madeByUnix = (3 << 8) | 20;

/** A new entry with fixed times; stored, because what deflate puts out depends on zlib's version and the processor. */
export function makeEntry(path: string, mode: number, data: Buffer): ZipEntry {
  const name = Buffer.from(path, 'latin1');
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(fixedDosDate, 8);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(name.length, 22);
  const central = Buffer.alloc(centralHeaderLength);
  central.writeUInt32LE(centralSignature, 0);
  central.writeUInt16LE(madeByUnix, 4);
  common.copy(central, 6);
  central.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(localSignature);
  return {
    name: path,
    path,
    kind: 'file',
    size: data.length,
    crc: crc32(data),
    central: Buffer.concat([central, name]),
    local: Buffer.concat([signature, common, name, data]),
  };
}

/** The same entry under another name; its data, times, mode and extra fields stay. */
export function renameEntry(entry: ZipEntry, path: string): ZipEntry {
  const name = Buffer.from(path, 'latin1');
  return {
    ...entry,
    name: path,
    path,
    central: replaceName(entry.central, centralHeaderLength, 28, name),
    local: replaceName(entry.local, localHeaderLength, 26, name),
  };
}

function replaceName(record: Buffer, headerLength: number, lengthAt: number, name: Buffer): Buffer {
  const header = Buffer.from(record.subarray(0, headerLength));
  const rest = record.subarray(headerLength + header.readUInt16LE(lengthAt));
  header.writeUInt16LE(name.length, lengthAt);
  return Buffer.concat([header, name, rest]);
}

/** The bytes of a zip. Entries keep both orders: that of their data and that of the list at the end. */
export function writeZip({ entries, dataOrder, comment }: Zip): Buffer {
  const offsets = new Map<ZipEntry, number>();
  let offset = 0;
  for (const entry of dataOrder) {
    offsets.set(entry, offset);
    offset += entry.local.length;
  }
  const list = entries.map((entry) => {
    const central = Buffer.from(entry.central);
    central.writeUInt32LE(offsets.get(entry) ?? 0, 42);
    return central;
  });
  const end = Buffer.alloc(endLength);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    list.reduce((sum, central) => sum + central.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...dataOrder.map((entry) => entry.local), ...list, end, comment]);
}
