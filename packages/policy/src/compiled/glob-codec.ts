import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, joinBytes } from '../encode-integers.ts';
import { PATH_VARIABLES, splitFilePattern } from '../sections/path-pattern.ts';
import { ANY_FURTHER } from '../sections/process.ts';
import { findTextProblem, isGlob } from '../sections/text-problem.ts';

/** `u8 kind, u8 second, u16 length, bytes`. */
function encodeText(kind: number, second: number, text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return joinBytes([encodeIntegers([1, kind], [1, second], [2, bytes.length]), bytes]);
}

function decodeText(reader: ByteReader): { kind: number; text: string } {
  const kind = reader.u8();
  reader.expectZero(reader.u8(), 'the reserved byte of a pattern');
  return { kind, text: reader.text(reader.u16(), 'a pattern') };
}

const REST = 2;
const kindOf = (pattern: string) => (isGlob(pattern) ? 1 : 0);

function checkKind(reader: ByteReader, pattern: string, kind: number, expected: number): void {
  if (kind !== expected) reader.fail(`pattern ${JSON.stringify(pattern)} has the wrong kind ${kind}`);
}

function checkPattern(
  reader: ByteReader,
  pattern: string,
  findProblem: (pattern: string) => string | undefined,
): void {
  const problem = findProblem(pattern);
  if (problem !== undefined) reader.fail(`pattern ${JSON.stringify(pattern)} ${problem}`);
}

/** A literal (kind 0) or a glob (1). */
export const encodeGlob = (pattern: string): Uint8Array => encodeText(kindOf(pattern), 0, pattern);

/** A literal, a glob, or any further arguments (kind 2, without text). */
export function encodeArgument(pattern: string): Uint8Array {
  return pattern === ANY_FURTHER ? encodeText(REST, 0, '') : encodeGlob(pattern);
}

/** Reads what `encodeGlob` wrote, and refuses what `findProblem` finds. */
export function decodeGlob(reader: ByteReader, findProblem: (pattern: string) => string | undefined): string {
  const { kind, text } = decodeText(reader);
  checkPattern(reader, text, findProblem);
  checkKind(reader, text, kind, kindOf(text));
  return text;
}

/** Reads what `encodeArgument` wrote. */
export function decodeArgument(reader: ByteReader): string {
  const { kind, text } = decodeText(reader);
  if (kind === REST && text === '') return ANY_FURTHER;
  checkPattern(reader, text, findTextProblem);
  checkKind(reader, text, kind, kindOf(text));
  if (text === ANY_FURTHER) reader.fail('** is given as a glob');
  return text;
}

/** A path pattern; the variable that it begins with becomes a number. */
export function encodePathPattern(pattern: string): Uint8Array {
  const { variable, rest } = splitFilePattern(pattern);
  return encodeText(kindOf(rest), variable === undefined ? 0 : PATH_VARIABLES.indexOf(variable) + 1, rest);
}

/** Reads what `encodePathPattern` wrote, and refuses what `findProblem` finds. */
export function decodePathPattern(
  reader: ByteReader,
  findProblem: (pattern: string) => string | undefined,
): string {
  const kind = reader.u8();
  const number = reader.u8();
  const rest = reader.text(reader.u16(), 'a pattern');
  const variable = PATH_VARIABLES[number - 1];
  if (number !== 0 && variable === undefined) reader.fail(`there is no variable ${number}`);
  const pattern = variable === undefined ? rest : `\${${variable}}${rest}`;
  checkPattern(reader, pattern, findProblem);
  checkKind(reader, pattern, kind, kindOf(rest));
  return pattern;
}

/** `u16 count` and that many items. */
export function encodeList<Item>(items: readonly Item[], encode: (item: Item) => Uint8Array): Uint8Array {
  return joinBytes([encodeIntegers([2, items.length]), ...items.map(encode)]);
}
