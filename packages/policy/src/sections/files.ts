import { z } from 'zod';
import { Effect } from './effect.ts';
import { findFilePatternProblem } from './path-pattern.ts';
import { checkedText } from './text-problem.ts';

const FilePatterns = z.array(checkedText(findFilePatternProblem)).max(256, 'must hold at most 256 patterns');

/** The lists of file patterns, in the order of a compiled policy. */
export const FILE_LISTS = [
  'read',
  'write',
  'execute',
  'denyRead',
  'denyWrite',
  'denyExecute',
  'sealed',
] as const;

export const FilesSettings = z
  .strictObject({
    effect: Effect.default('prevent').describe(
      'What happens at an access to a file that is not allowed: disable (not watched), alert (it happens, and an audit tells), prevent (it is refused, and an audit tells) or learn (it happens, and the model records it).',
    ),
    read: FilePatterns.default(['/**']).describe(
      'What may be read: absolute paths or globs, which may begin with ${task}, ${tmp} or ${runtime}.',
    ),
    write: FilePatterns.default(['${tmp}/**']).describe(
      'What may be made, changed, renamed or removed. A folder itself is not within folder/**.',
    ),
    execute: FilePatterns.default(['/**']).describe('What may be run, or mapped as code.'),
    denyRead: FilePatterns.default([]).describe('What may not be read, whatever read allows.'),
    denyWrite: FilePatterns.default([]).describe('What may not be written, whatever write allows.'),
    denyExecute: FilePatterns.default(['${tmp}/**', '/dev/shm/**']).describe(
      'What may not be run or mapped as code, whatever execute allows. The default stops dropping a binary and running it.',
    ),
    sealed: FilePatterns.default([]).describe(
      'What may be read only until the runtime asks for its first event: ["${task}/**"] keeps the function from reading its own source.',
    ),
  })
  .describe('Which files the function may read, write and execute.');
export type FilesSettings = z.infer<typeof FilesSettings>;
