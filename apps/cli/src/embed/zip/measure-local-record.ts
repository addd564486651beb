import { CliError } from '../../common/cli-error.ts';
import { centralHeaderLength, descriptorSignature, localHeaderLength, localSignature } from './zip-entry.ts';

/**
 * Bytes that an entry takes from its local header to the end of its data descriptor.
 * Throws a usage error when the local header contradicts the central one: unpackers trust either.
 */
export function measureLocalRecord(
  bytes: Buffer,
  offset: number,
  limit: number,
  central: Buffer,
  name: string,
): number {
  const refuse = (why: string) => new CliError('usage', `Entry ${JSON.stringify(name)} ${why}.`);
  if (offset + localHeaderLength > limit || bytes.readUInt32LE(offset) !== localSignature)
    throw refuse('is not where the list of entries says');
  const nameLength = bytes.readUInt16LE(offset + 26);
  const headLength = localHeaderLength + nameLength + bytes.readUInt16LE(offset + 28);
  const packed = central.readUInt32LE(20);
  const dataEnd = offset + headLength + packed;
  if (dataEnd > limit) throw refuse('is cut off');

  const localName = bytes.subarray(offset + localHeaderLength, offset + localHeaderLength + nameLength);
  const centralName = central.subarray(centralHeaderLength, centralHeaderLength + central.readUInt16LE(28));
  if (!localName.equals(centralName)) throw refuse('has another name in front of its data');
  if (bytes.readUInt16LE(offset + 8) !== central.readUInt16LE(10))
    throw refuse('is packed in another way than the list of entries says');
  if ((bytes.readUInt16LE(offset + 6) & 0x2041) !== 0) throw refuse('is encrypted');

  const described = (bytes.readUInt16LE(offset + 6) & 8) !== 0;
  const sizesAgree =
    [0, packed, 0xffffffff].includes(bytes.readUInt32LE(offset + 18)) &&
    [0, central.readUInt32LE(24), 0xffffffff].includes(bytes.readUInt32LE(offset + 22));
  const exact =
    bytes.readUInt32LE(offset + 14) === central.readUInt32LE(16) &&
    [packed, 0xffffffff].includes(bytes.readUInt32LE(offset + 18)) &&
    [central.readUInt32LE(24), 0xffffffff].includes(bytes.readUInt32LE(offset + 22));
  if (described ? !sizesAgree : !exact)
    throw refuse('has another size or checksum in front of its data than in the list of entries');
  if (!described) return headLength + packed;

  const descriptor = measureDescriptor(bytes.subarray(dataEnd, limit), central);
  if (descriptor === 0 && !exact) throw refuse('has a broken data descriptor');
  return headLength + packed + descriptor;
}

/** 12 to 24 bytes: with or without its signature, with sizes of 32 or 64 bits; 0 when none is there. */
function measureDescriptor(bytes: Buffer, central: Buffer): number {
  const wanted = central.subarray(16, 28);
  const wide = Buffer.alloc(20);
  wanted.copy(wide, 0, 0, 4);
  wide.writeUInt32LE(wanted.readUInt32LE(4), 4);
  wide.writeUInt32LE(wanted.readUInt32LE(8), 12);
  const signed = bytes.length >= 4 && bytes.readUInt32LE(0) === descriptorSignature;
  for (const skip of signed ? [4, 0] : [0])
    for (const form of [wide, wanted])
      if (bytes.subarray(skip, skip + form.length).equals(form)) return skip + form.length;
  return 0;
}
