/** Little-endian unsigned integers, each given as [width in bytes, value]. */
export function encodeIntegers(...fields: [width: 1 | 2 | 4 | 8, value: number][]): Uint8Array {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let offset = 0;
  for (const [width, value] of fields) {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`${value} is not an integer between 0 and 2^53 - 1`);
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), offset);
    else bytes.writeUIntLE(value, offset, width);
    offset += width;
  }
  return bytes;
}

/** One new array of all the parts, one after the other. */
export function joinBytes(parts: readonly (Uint8Array | string)[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
  );
}
