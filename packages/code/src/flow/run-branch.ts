import type { Statement } from '../syntax/module.ts';
import { type Check, checksOf } from './checks.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import type { Listener, Safety } from './listener.ts';
import { runStatements } from './run-statement.ts';

/** What checks say about the values that they looked at. */
export const learnFrom = (checks: Check[], listener: Listener): [string, Safety][] =>
  checks.flatMap((check): [string, Safety][] => {
    const safety = listener.checksFor?.(check);
    return safety ? [[check.path, safety]] : [];
  });

const leaves = (branch: Statement[]): boolean => {
  const last = branch.at(-1);
  return last?.kind === 'return' || last?.kind === 'exit';
};

/** Any of the branches may run. Each is followed with what its condition says, and what comes after with what is known of all that got there. */
export function runBranch(
  { branches, conditions = [], isLoop }: Extract<Statement, { kind: 'branch' }>,
  frame: Frame,
): void {
  const { scope, run } = frame;
  for (const condition of conditions) if (condition) evaluate(condition, frame);
  const learned = (index: number, outcome: boolean) => {
    const condition = conditions[index];
    return condition ? learnFrom(checksOf(condition, outcome), run.listener) : [];
  };
  frame.branches++;
  // What a loop leaves behind meets it again.
  for (let round = 0; round < (isLoop ? 2 : 1); round++)
    for (const [index, branch] of branches.entries()) {
      const before = branches.slice(0, index).flatMap((_, other) => learned(other, false));
      scope.within([...before, ...learned(index, true)], () => runStatements(branch, frame));
    }
  frame.branches--;
  for (const [index, branch] of branches.entries()) {
    if (!leaves(branch)) break;
    scope.learn(learned(index, false));
  }
}
