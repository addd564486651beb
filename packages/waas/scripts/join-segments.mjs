import binaryen from 'binaryen';

/** Zeros that are cheaper to store than what a further segment takes, in bytes. */
const GAP = 64;

/**
 * Joins the module's data segments that lie side by side. The compiler's optimiser leaves some two thousand, split at
 * every few zeros; each costs bytes here, and an instruction or more in the C that wasm2c makes of it.
 */
export function joinSegments(bytes) {
  const module = binaryen.readBinary(bytes);
  const joined = [];
  for (const { offset, data } of segmentsOf(module)) {
    const last = joined.at(-1);
    const gap = last ? offset - last.offset - last.data.length : Number.POSITIVE_INFINITY;
    if (gap > GAP) joined.push({ offset, data });
    else last.data = Buffer.concat([last.data, Buffer.alloc(gap), data]);
  }
  const { initial, max = -1 } = module.getMemoryInfo();
  const segments = joined.map(({ offset, data }) => ({
    offset: module.i32.const(offset),
    data,
    passive: false,
  }));
  module.setMemory(initial, max, null, segments, false, false);
  const written = module.emitBinary();
  module.dispose();
  return written;
}

/** The data segments of a module, by offset. */
export function segmentsOf(module) {
  return Array.from({ length: module.getNumDataSegments() }, (_, index) => {
    const { offset, data } = module.getDataSegmentInfo(module.getDataSegmentByIndex(index));
    return { offset, data: new Uint8Array(data) };
  }).sort((left, right) => left.offset - right.offset);
}
