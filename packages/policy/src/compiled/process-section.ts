import type { ByteReader } from '../byte-reader.ts';
import { encodeIntegers, encodeList, joinBytes } from '../encode-integers.ts';
import { EFFECTS, type Effect, VERDICT_EFFECTS, type VerdictEffect } from '../sections/effect.ts';
import { findPathPatternProblem } from '../sections/path-pattern.ts';
import { ANY_FURTHER, type ProcessEntry } from '../sections/process.ts';
import { decodeArgument, decodePathPattern, encodeArgument, encodePathPattern } from './glob-codec.ts';

export type CompiledProcess = { effect: Effect; miners: VerdictEffect; allow: ProcessEntry[] };

const ARGUMENTS_GIVEN = 1;
const PARENTS_GIVEN = 2;

function encodeEntry({ path, arguments: argumentPatterns, parents }: ProcessEntry): Uint8Array {
  const flags = (argumentPatterns ? ARGUMENTS_GIVEN : 0) | (parents ? PARENTS_GIVEN : 0);
  return joinBytes([
    encodePathPattern(path),
    encodeIntegers([1, flags], [1, 0]),
    argumentPatterns ? encodeList(argumentPatterns, encodeArgument) : '',
    parents ? encodeList(parents, encodePathPattern) : '',
  ]);
}

/** The body of section 1. */
export function encodeProcess({ effect, miners, allow }: CompiledProcess): Uint8Array {
  return joinBytes([
    encodeIntegers([1, EFFECTS.indexOf(effect)], [1, EFFECTS.indexOf(miners)]),
    encodeList(allow, encodeEntry),
  ]);
}

function decodeArguments(reader: ByteReader): string[] {
  const patterns = reader.list(() => decodeArgument(reader));
  if (patterns.slice(0, -1).includes(ANY_FURTHER)) reader.fail('** is not the last argument pattern');
  return patterns;
}

function decodeEntry(reader: ByteReader): ProcessEntry {
  const path = decodePathPattern(reader, findPathPatternProblem);
  const flags = reader.u8();
  if ((flags & ~(ARGUMENTS_GIVEN | PARENTS_GIVEN)) !== 0) reader.fail('an entry has unknown flags');
  reader.expectZero(reader.u8(), 'the reserved byte of an entry');
  return {
    path,
    ...(flags & ARGUMENTS_GIVEN ? { arguments: decodeArguments(reader) } : {}),
    ...(flags & PARENTS_GIVEN
      ? { parents: reader.list(() => decodePathPattern(reader, findPathPatternProblem)) }
      : {}),
  };
}

/** Reads the body of section 1. */
export function decodeProcess(reader: ByteReader): CompiledProcess {
  return {
    effect: reader.choice(EFFECTS, 'effect'),
    miners: reader.choice(VERDICT_EFFECTS, 'effect for miners'),
    allow: reader.list(() => decodeEntry(reader)),
  };
}
