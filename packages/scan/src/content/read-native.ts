/** What a native program or library is made for. */
export interface NativeCode {
  system: 'linux' | 'linux-musl' | 'darwin' | 'win32';
  /** As Node names it; undefined where it is another one, or several. */
  architecture?: 'x64' | 'arm64';
  /** Names of the libraries it is linked to. */
  needs: string[];
}

// The formats: System V ABI (ELF), Mach-O loader.h, Microsoft PE format.
const elfMachines = new Map<number, 'x64' | 'arm64'>([
  [62, 'x64'],
  [183, 'arm64'],
]);
const machTypes = new Map<number, 'x64' | 'arm64'>([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);
const peMachines = new Map<number, 'x64' | 'arm64'>([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);
const [load, dynamic, interpreter] = [1, 2, 3];
const [needed, stringTable] = [1n, 5n];
const most = 4096;

function textAt(bytes: Buffer, at: number): string {
  const end = bytes.indexOf(0, at);
  return end === -1 || end - at > most ? '' : bytes.toString('utf8', at, end);
}

interface Segment {
  type: number;
  offset: number;
  address: number;
  size: number;
}

function readSegments(bytes: Buffer): Segment[] {
  const [from, size, count] = [
    Number(bytes.readBigUInt64LE(32)),
    bytes.readUInt16LE(54),
    bytes.readUInt16LE(56),
  ];
  return Array.from({ length: Math.min(count, most) }, (_, index) => {
    const at = from + index * size;
    return {
      type: bytes.readUInt32LE(at),
      offset: Number(bytes.readBigUInt64LE(at + 8)),
      address: Number(bytes.readBigUInt64LE(at + 16)),
      size: Number(bytes.readBigUInt64LE(at + 32)),
    };
  });
}

function readNeeds(bytes: Buffer, segments: Segment[]): string[] {
  const section = segments.find(({ type }) => type === dynamic);
  if (!section) return [];
  const entries: { tag: bigint; value: number }[] = [];
  for (let at = section.offset; at < section.offset + section.size && entries.length < most; at += 16)
    entries.push({ tag: bytes.readBigInt64LE(at), value: Number(bytes.readBigUInt64LE(at + 8)) });
  const strings = entries.find(({ tag }) => tag === stringTable)?.value ?? 0;
  const holder = segments.find(
    ({ type, address, size }) => type === load && strings >= address && strings < address + size,
  );
  if (!holder) return [];
  const place = strings - holder.address + holder.offset;
  return entries.filter(({ tag }) => tag === needed).map(({ value }) => textAt(bytes, place + value));
}

function readElf(bytes: Buffer): NativeCode | undefined {
  const isLittle64 = bytes[4] === 2 && bytes[5] === 1;
  if (!isLittle64) return { system: 'linux', needs: [] };
  const segments = readSegments(bytes);
  const needs = readNeeds(bytes, segments);
  const loader = segments.find(({ type }) => type === interpreter);
  const isMusl =
    needs.some((name) => name === 'libc.so' || name.startsWith('libc.musl-')) ||
    (loader !== undefined && textAt(bytes, loader.offset).includes('/ld-musl-'));
  const architecture = elfMachines.get(bytes.readUInt16LE(18));
  return { system: isMusl ? 'linux-musl' : 'linux', ...(architecture && { architecture }), needs };
}

/** Reads the head of an ELF, Mach-O or PE file; undefined for what is none of them, or is damaged. */
export function readNative(bytes: Buffer): NativeCode | undefined {
  try {
    const magic = bytes.readUInt32BE(0);
    if (magic === 0x7f454c46) return readElf(bytes);
    // Programs for several processors have the first magic, with the same bytes as Java classes.
    const isClass = bytes.readUInt32BE(4) > 20;
    if (magic === 0xcafebabe) return isClass ? undefined : { system: 'darwin', needs: [] };
    if (magic === 0xcffaedfe || magic === 0xcefaedfe) {
      const architecture = machTypes.get(bytes.readUInt32LE(4));
      return { system: 'darwin', ...(architecture && { architecture }), needs: [] };
    }
    const header = magic >>> 16 === 0x4d5a ? bytes.readUInt32LE(0x3c) : undefined;
    if (header === undefined || bytes.readUInt32BE(header) !== 0x50450000) return undefined;
    const architecture = peMachines.get(bytes.readUInt16LE(header + 4));
    return { system: 'win32', ...(architecture && { architecture }), needs: [] };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
