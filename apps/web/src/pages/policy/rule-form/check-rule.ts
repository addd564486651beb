import {
  checkPolicy,
  formatPath,
  type LintWarning,
  lintPolicy,
  type PathPart,
  type Policy,
  type PolicyProblem,
  type RuntimeRule,
} from '@ringfence/policy/schema';
import type { LineError } from '../line-editor.tsx';
import { readLines } from '../pattern-lines.ts';
import { type RuleForm, readForm } from './rule-form.ts';

/** A rule of the form, and what is wrong with it; paths begin at the rule. */
export class RuleCheck {
  readonly rule: RuntimeRule;
  readonly problems: PolicyProblem[];
  readonly warnings: LintWarning[];

  constructor(rule: RuntimeRule, problems: PolicyProblem[], warnings: LintWarning[]) {
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

/** Checks the form by the policy's own schema, in its place among the other rules (`index`; undefined for a new one). */
export function checkRule(policy: Policy, index: number | undefined, form: RuleForm): RuleCheck {
  const rule = readForm(form);
  const { rules } = policy.runtime;
  const at = index ?? rules.length;
  // A name may not be taken by any other rule: the schema reports the second of two, so this rule goes last.
  const others = rules.filter((_, position) => position !== at);
  const check = checkPolicy({ ...policy, runtime: { ...policy.runtime, rules: [...others, rule] } });
  if (check.ok) {
    const placed = index === undefined ? [rule, ...rules] : rules.with(at, rule);
    const whole = { ...policy, runtime: { ...policy.runtime, rules: placed } };
    return new RuleCheck(
      rule,
      [],
      lintPolicy(whole).filter((warning) => warning.rule === rule.name),
    );
  }
  const own = check.problems.filter(({ path }) => path[0] === 'runtime' && path[2] === others.length);
  return new RuleCheck(
    rule,
    own.map((problem) => ({ ...problem, path: problem.path.slice(3) })),
    [],
  );
}
