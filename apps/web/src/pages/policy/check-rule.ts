import {
  checkPolicy,
  formatPath,
  type LintWarning,
  lintPolicy,
  type PathPart,
  type Policy,
  type PolicyProblem,
} from '@ringfence/policy/schema';
import type { LineError } from './line-editor.tsx';
import { readLines } from './pattern-lines.ts';

/** The rules of one kind in a policy. */
type Kind = 'runtime' | 'waas';
type RuleOf<Of extends Kind> = Policy[Of]['rules'][number];

/** A rule of a form, and what is wrong with it; paths begin at the rule. */
export class RuleCheck<Rule = unknown> {
  readonly rule: Rule;
  readonly problems: PolicyProblem[];
  readonly warnings: LintWarning[];

  constructor(rule: Rule, problems: PolicyProblem[], warnings: LintWarning[]) {
    this.rule = rule;
    this.problems = problems;
    this.warnings = warnings;
  }

  get ok(): boolean {
    return this.problems.length === 0;
  }

  /** What is wrong with the value at this path itself. */
  error(...path: PathPart[]): string | undefined {
    return this.problems.find((problem) => formatPath(problem.path) === formatPath(path))?.message;
  }

  /** What is wrong with entries of the list at this path, beside the lines of the text that it was read from. */
  lineErrors(text: string, ...path: PathPart[]): LineError[] {
    const { lines } = readLines(text);
    const list = formatPath(path);
    return this.problems.flatMap((problem) => {
      const position = problem.path[path.length];
      const line = typeof position === 'number' ? lines[position] : undefined;
      return line !== undefined && formatPath(problem.path.slice(0, path.length)) === list
        ? { line, message: problem.message }
        : [];
    });
  }
}

/** Checks the rule by the policy's own schema, in its place among the others of its kind (`index`; undefined for a new one). */
export function checkRule<Of extends Kind>(
  policy: Policy,
  kind: Of,
  index: number | undefined,
  rule: RuleOf<Of>,
): RuleCheck<RuleOf<Of>> {
  const rules: RuleOf<Of>[] = policy[kind].rules;
  const withRules = (changed: RuleOf<Of>[]): Policy => ({
    ...policy,
    [kind]: { ...policy[kind], rules: changed },
  });
  const at = index ?? rules.length;
  // A name may not be taken by any other rule: the schema reports the second of two, so this rule goes last.
  const others = rules.filter((_, position) => position !== at);
  const check = checkPolicy(withRules([...others, rule]));
  if (check.ok) {
    const placed = index === undefined ? [rule, ...rules] : rules.with(at, rule);
    const warnings = lintPolicy(withRules(placed)).filter(
      (warning) => warning.rule === rule.name && warning.path[0] === kind,
    );
    return new RuleCheck(rule, [], warnings);
  }
  const own = check.problems.filter(({ path }) => path[0] === kind && path[2] === others.length);
  return new RuleCheck(
    rule,
    own.map((problem) => ({ ...problem, path: problem.path.slice(3) })),
    [],
  );
}
