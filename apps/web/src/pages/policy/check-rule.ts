import {
  checkPolicy,
  type LintWarning,
  lintPolicy,
  type Policy,
  type RuntimeRule,
} from '@ringfence/policy/schema';
import type { LineError } from './line-editor.tsx';
import { readLines } from './pattern-lines.ts';
import { parseEntry } from './process-lines.ts';

/** A rule as the form holds it: the allowlist is text with one pattern on each line. */
export type RuleForm = Omit<RuntimeRule, 'process'> & {
  effect: RuntimeRule['process']['effect'];
  miners: RuntimeRule['process']['miners'];
  allow: string;
};

type RuleCheck = {
  rule: RuntimeRule;
  errors: { name?: string; collections?: string; allow?: string };
  lines: LineError[];
  warnings: LintWarning[];
  ok: boolean;
};

/** Checks the form by the policy's own schema, in its place among the other rules (`index`; undefined for a new one). */
export function checkRule(policy: Policy, index: number | undefined, form: RuleForm): RuleCheck {
  const { patterns, lines } = readLines(form.allow);
  const { effect, miners, allow: _, ...rest } = form;
  const rule: RuntimeRule = { ...rest, process: { effect, miners, allow: patterns.map(parseEntry) } };
  const { rules } = policy.runtime;
  const at = index ?? rules.length;
  // A name may not be taken by any other rule: the schema reports the second of two, so this rule goes last.
  const others = rules.filter((_, position) => position !== at);
  const last = others.length;
  const check = checkPolicy({ ...policy, runtime: { ...policy.runtime, rules: [...others, rule] } });
  const result: RuleCheck = { rule, errors: {}, lines: [], warnings: [], ok: check.ok };
  if (check.ok) {
    const placed = index === undefined ? [rule, ...rules] : rules.with(at, rule);
    const whole = { ...policy, runtime: { ...policy.runtime, rules: placed } };
    result.warnings = lintPolicy(whole).filter((warning) => warning.rule === rule.name);
    return result;
  }
  const own = check.problems.filter(({ path }) => path[0] === 'runtime' && path[2] === last);
  result.ok = own.length === 0;
  for (const { path, message } of own) {
    const [, , , key, inner, position] = path;
    if (key === 'name') result.errors.name ??= message;
    else if (key === 'collections') result.errors.collections ??= message;
    else if (inner === 'allow' && typeof position === 'number')
      result.lines.push({ line: lines[position] ?? 0, message });
    else result.errors.allow ??= message;
  }
  return result;
}
