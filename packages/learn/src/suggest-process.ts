import type { ModelEntry } from '@ringfence/audit';
import {
  ANY_FURTHER,
  findPathPatternProblem,
  findTextProblem,
  type ProcessEntry,
} from '@ringfence/policy/schema';
import { coversArguments } from './allows-entry.ts';
import { generalisePaths } from './generalise-paths.ts';
import { generaliseName } from './random-names.ts';

/** As many command lines of one program are listed one by one. */
const COMMAND_LINES = 8;

/** An argument as a pattern: files below /tmp and what looks random are others next time. */
function generaliseArgument(argument: string): string {
  if (argument === ANY_FURTHER) return argument;
  const general = generaliseName(argument.replace(/\/tmp\/[^\s,;:'"]*/g, '/tmp/*'))
    .replace(/[\p{Cc}\p{Cs}\ufffd]+/gu, '*')
    .replace(/\*+/g, '*');
  return findTextProblem(general) === undefined ? general : '*';
}

/** The longest beginning that all command lines share, and then any arguments. */
function findCommonBeginning(lines: string[][]): string[] {
  const [first = []] = lines;
  const end = first.findIndex((argument, index) => lines.some((line) => line[index] !== argument));
  return [...first.slice(0, end < 0 ? first.length : end).filter((one) => one !== ANY_FURTHER), ANY_FURTHER];
}

const sameArguments = (one: string[], other: string[]) => JSON.stringify(one) === JSON.stringify(other);

/** Command lines that allow these, few enough to be read. Undefined: any. */
function generaliseLines(entries: ModelEntry[]): string[][] | undefined {
  const lines: string[][] = [];
  for (const { arguments: used } of entries) {
    if (used === undefined) return undefined;
    const line = used.map(generaliseArgument);
    if (!lines.some((known) => sameArguments(known, line))) lines.push(line);
  }
  const kept = lines.filter(
    (line, index) =>
      !lines.some(
        (other, position) =>
          position !== index &&
          coversArguments(other, line) &&
          !(coversArguments(line, other) && position > index),
      ),
  );
  return kept.length <= COMMAND_LINES ? kept : [findCommonBeginning(kept)];
}

export type LearnedProcess = { entry: ProcessEntry; uses: ModelEntry[] };

/** What the process section has to allow, in the order of the alphabet. */
export function suggestProcesses(entries: ModelEntry[], limit: number): LearnedProcess[] {
  const groups = generalisePaths(entries, {
    trees: [],
    inFolder: '/*',
    siblings: limit,
    limit,
    findProblem: findPathPatternProblem,
  });
  const byPath = [...groups].map(([path, uses]) => ({ path, uses, lines: generaliseLines(uses) }));
  const all = byPath.reduce((sum, { lines }) => sum + (lines?.length ?? 1), 0);
  return byPath.flatMap(({ path, uses, lines }): LearnedProcess[] => {
    if (lines === undefined || all > limit) return [{ entry: { path }, uses }];
    return lines.map((line) => ({
      entry: { path, arguments: line },
      uses: uses.filter(({ arguments: used = [] }) => coversArguments(line, used)),
    }));
  });
}
