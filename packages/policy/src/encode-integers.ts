const encoder = new TextEncoder();

/** Little-endian unsigned integers, each given as [width in bytes, value]. */
export function encodeIntegers(...fields: [width: 1 | 2 | 4 | 8, value: number][]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  let offset = 0;
  for (const [width, value] of fields) {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** width)
      throw new RangeError(`${value} is not an integer that ${width} bytes can hold`);
    for (let rest = value, end = offset + width; offset < end; rest = Math.floor(rest / 256))
      bytes[offset++] = rest % 256;
  }
  return bytes;
}

/** One new array of all the parts, one after the other. */
export function joinBytes(parts: readonly (Uint8Array | string)[]): Uint8Array {
  const encoded = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of encoded) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** `u16 count` and that many items. */
export function encodeList<Item>(items: readonly Item[], encode: (item: Item) => Uint8Array): Uint8Array {
  return joinBytes([encodeIntegers([2, items.length]), ...items.map(encode)]);
}
