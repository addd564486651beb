import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, joinBytes } from '../encode-integers.ts';
import { PATH_VARIABLES, splitFilePattern } from '../sections/path-pattern.ts';
import { ANY_FURTHER } from '../sections/process.ts';
import { findTextProblem, isGlob } from '../sections/text-problem.ts';

type FindProblem = (pattern: string) => string | undefined;

/** The kind of an argument pattern that stands for any further arguments; it has no text. */
const REST = 2;
const kindOf = (pattern: string) => (isGlob(pattern) ? 1 : 0);

/** `u8 kind, u8 variable or 0, u16 length, bytes`. */
function encodeText(kind: number, variable: number, text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return joinBytes([encodeIntegers([1, kind], [1, variable], [2, bytes.length]), bytes]);
}

function decodeText(reader: ByteReader): { kind: number; variable: number; text: string } {
  return { kind: reader.u8(), variable: reader.u8(), text: reader.text(reader.u16(), 'a pattern') };
}

function check(reader: ByteReader, pattern: string, kind: number, findProblem: FindProblem): string {
  const problem = findProblem(pattern);
  if (problem !== undefined) reader.fail(`pattern ${JSON.stringify(pattern)} ${problem}`);
  if (kind !== kindOf(pattern)) reader.fail(`pattern ${JSON.stringify(pattern)} has the wrong kind ${kind}`);
  return pattern;
}

/** A literal (kind 0) or a glob (1). */
export const encodeGlob = (pattern: string): Uint8Array => encodeText(kindOf(pattern), 0, pattern);

/** Reads what `encodeGlob` wrote, and refuses what `findProblem` finds. */
export function decodeGlob(reader: ByteReader, findProblem: FindProblem): string {
  const { kind, variable, text } = decodeText(reader);
  reader.expectZero(variable, 'the reserved byte of a pattern');
  return check(reader, text, kind, findProblem);
}

/** A literal, a glob, or any further arguments. */
export const encodeArgument = (pattern: string): Uint8Array =>
  pattern === ANY_FURTHER ? encodeText(REST, 0, '') : encodeGlob(pattern);

/** Reads what `encodeArgument` wrote. */
export function decodeArgument(reader: ByteReader): string {
  const { kind, variable, text } = decodeText(reader);
  reader.expectZero(variable, 'the reserved byte of a pattern');
  if (kind === REST && text === '') return ANY_FURTHER;
  if (text === ANY_FURTHER) reader.fail('** is given as a glob');
  return check(reader, text, kind, findTextProblem);
}

/** A path pattern; the variable that it begins with becomes a number. */
export function encodePathPattern(pattern: string): Uint8Array {
  const { variable, rest } = splitFilePattern(pattern);
  return encodeText(kindOf(rest), variable === undefined ? 0 : PATH_VARIABLES.indexOf(variable) + 1, rest);
}

/** Reads what `encodePathPattern` wrote, and refuses what `findProblem` finds. */
export function decodePathPattern(reader: ByteReader, findProblem: FindProblem): string {
  const { kind, variable, text } = decodeText(reader);
  const name = PATH_VARIABLES[variable - 1];
  if (variable !== 0 && name === undefined) reader.fail(`there is no variable ${variable}`);
  return check(reader, name === undefined ? text : `\${${name}}${text}`, kind, findProblem);
}
