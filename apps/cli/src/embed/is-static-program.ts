const elf64LittleEndian = Buffer.from('\x7fELF\x02\x01', 'latin1');
const interpreterHeader = 3;

/** Whether these first bytes are of a program that no loader starts: an ELF file that names none (elf(5), `PT_INTERP`). */
export function isStaticProgram(start: Buffer): boolean {
  if (start.length < 64 || !start.subarray(0, elf64LittleEndian.length).equals(elf64LittleEndian))
    return false;
  const [first, size, count] = [
    Number(start.readBigUInt64LE(32)),
    start.readUInt16LE(54),
    start.readUInt16LE(56),
  ];
  if (first + size * count > start.length) return false;
  return !Array.from({ length: count }, (_, i) => start.readUInt32LE(first + i * size)).includes(
    interpreterHeader,
  );
}
