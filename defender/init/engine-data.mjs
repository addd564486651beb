import binaryen from 'binaryen';
import { segmentsOf } from '../../packages/waas/scripts/join-segments.mjs';

/** Takes the data out of a module: what is left of it, and what lies in its memory at the start, from address 0 on. */
export function takeOutData(bytes) {
  const module = binaryen.readBinary(bytes);
  const segments = segmentsOf(module);
  const last = segments.at(-1);
  const data = new Uint8Array(last ? last.offset + last.data.length : 0);
  for (const segment of segments) data.set(segment.data, segment.offset);
  const { initial, max = -1 } = module.getMemoryInfo();
  module.setMemory(initial, max, null, [], false, false);
  const code = module.emitBinary();
  module.dispose();
  return { code, data };
}

/**
 * More than half of the data are zeros (texts are UTF-16, tables have gaps), so they are left out: before each eight bytes
 * stands a byte of which bit N says that byte N of them is there; after one without any bit comes how many such groups follow.
 */
export function packZeros(data) {
  const packed = [];
  for (let at = 0; at < data.length; ) {
    const group = data.subarray(at, at + 8);
    packed.push(group.reduce((mask, byte, index) => mask | (byte ? 1 << index : 0), 0));
    at += 8;
    if (packed.at(-1)) packed.push(...group.filter((byte) => byte));
    else {
      let further = 0;
      while (further < 255 && at < data.length && data.subarray(at, at + 8).every((byte) => !byte)) {
        further++;
        at += 8;
      }
      packed.push(further);
    }
  }
  return packed;
}
