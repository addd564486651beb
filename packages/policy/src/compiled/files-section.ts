import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, encodeList, joinBytes } from '../encode-integers.ts';
import { EFFECTS } from '../sections/effect.ts';
import { FILE_LISTS, type FilesSettings } from '../sections/files.ts';
import { findFilePatternProblem } from '../sections/path-pattern.ts';
import { decodePathPattern, encodePathPattern } from './glob-codec.ts';

/** The body of section 4. */
export function encodeFiles(files: FilesSettings): Uint8Array {
  return joinBytes([
    encodeIntegers([1, EFFECTS.indexOf(files.effect)], [1, 0], [2, 0]),
    ...FILE_LISTS.map((list) => encodeList(files[list], encodePathPattern)),
  ]);
}

/** Reads the body of section 4. */
export function decodeFiles(reader: ByteReader): FilesSettings {
  const effect = reader.choice(EFFECTS, 'effect');
  reader.expectZero(reader.u8(), 'the reserved byte');
  reader.expectZero(reader.u16(), 'the reserved field');
  const readList = () => reader.list(() => decodePathPattern(reader, findFilePatternProblem));
  return {
    effect,
    read: readList(),
    write: readList(),
    execute: readList(),
    denyRead: readList(),
    denyWrite: readList(),
    denyExecute: readList(),
    sealed: readList(),
  };
}
