import type { z } from 'zod';
import { Policy } from './policy-schema.ts';

export type PathPart = string | number;
/** What is wrong, in words, and where: the path, and whether its key or its value is meant. */
export type PolicyProblem = { path: PathPart[]; at: 'key' | 'value'; message: string };
export type PolicyCheck = { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] };

const TYPE_WORDS: Record<string, string> = {
  array: 'a list',
  object: 'a group of keys',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
};

/** Zod's error map for policies: plain words where Zod's own are for programmers. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    const expected = TYPE_WORDS[issue.expected] ?? issue.expected;
    if (issue.input === undefined) return `is missing; it must be ${expected}`;
    if (expected === 'text' && ['number', 'boolean'].includes(typeof issue.input))
      return 'must be text; put it in quotes';
    return issue.input === null ? `is empty; it must be ${expected}` : `must be ${expected}`;
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const expected = values.length === 1 ? `be ${values[0]}` : `be one of ${values.join(', ')}`;
    return issue.input === undefined ? `is missing; it must ${expected}` : `must ${expected}`;
  }
  return undefined;
}

/** The issues of the branch of a union that was meant: the one that takes input of this kind. */
function resolveUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const kindIssue = (branch: z.core.$ZodIssue[]) =>
    branch.find(({ path, code }) => path.length === 0 && code === 'invalid_type');
  const meant = issue.errors.find((branch) => kindIssue(branch) === undefined);
  if (meant)
    return meant.flatMap((inner) => resolveUnion({ ...inner, path: [...issue.path, ...inner.path] }));
  const expected = issue.errors.flatMap((branch) => {
    const inner = kindIssue(branch);
    return inner?.code === 'invalid_type' ? (TYPE_WORDS[inner.expected] ?? inner.expected) : [];
  });
  return [{ ...issue, message: `must be ${expected.join(' or ')}` }];
}

/** Checks a policy document from anywhere (YAML, API, form) and fills in the defaults. Never throws. */
export function checkPolicy(input: unknown): PolicyCheck {
  const result = Policy.safeParse(input, { error: describeIssue });
  if (result.success) return { ok: true, policy: result.data };
  const problems = result.error.issues.flatMap(resolveUnion).flatMap((issue): PolicyProblem[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code !== 'unrecognized_keys') return [{ path, at: 'value', message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: 'key',
      message: 'is not a key that is known here',
    }));
  });
  return { ok: false, problems };
}

/** A path as people write it, such as `runtime.rules[0].process.allow[1]`. */
export function formatPath(path: readonly PathPart[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
