import type { Expression } from '../syntax/module.ts';

/** That a condition has looked at something, which then is not any value any more. */
export interface Check {
  /** What was looked at, as it stands there: `name`, `event.file`. */
  path: string;
  /** The method or function that was asked, or the operator: `includes`, `test`, `in`, `equal`. */
  by: string;
  role: 'receiver' | 'argument';
  /** The member of it that was looked at, where it was not the whole. */
  member?: string;
  /** The constant texts that took part. */
  constants: string[];
  /** What it answered. */
  outcome: boolean;
}

/** `a.b` of names and members; undefined for all else. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'member') return undefined;
  const object = pathOf(expression.object);
  return object === undefined ? undefined : `${object}.${expression.property}`;
}

/** What an expression is made from: also through `String(x)` and `x.trim()`. */
function pathsIn(expression: Expression): string[] {
  const own = pathOf(expression);
  if (own !== undefined) return [own];
  if (expression.kind !== 'call') return [];
  const inner = expression.arguments.flatMap(pathsIn);
  return expression.callee.kind === 'member' ? [...pathsIn(expression.callee.object), ...inner] : inner;
}

const constantsIn = (expressions: Expression[]): string[] =>
  expressions.flatMap((expression) =>
    expression.kind === 'constant' && expression.value !== null ? [String(expression.value)] : [],
  );

function checksOfCall(call: Extract<Expression, { kind: 'call' }>, outcome: boolean): Check[] {
  const { callee, arguments: given } = call;
  const by = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const receiver = callee.kind === 'member' ? callee.object : undefined;
  const constants = constantsIn(receiver ? [receiver, ...given] : given);
  const check = (role: Check['role']) => (path: string) => ({ path, by, role, constants, outcome });
  return [
    ...(receiver ? pathsIn(receiver) : []).map(check('receiver')),
    ...given.flatMap(pathsIn).map(check('argument')),
  ];
}

/** What is known to have been checked when a condition has that outcome. A check of `a.b` says something of `a` as well. */
export function checksOf(condition: Expression, outcome: boolean): Check[] {
  return directChecks(condition, outcome).flatMap((check) => {
    const dot = check.path.lastIndexOf('.');
    return dot < 0
      ? [check]
      : [check, { ...check, path: check.path.slice(0, dot), member: check.path.slice(dot + 1) }];
  });
}

function directChecks(condition: Expression, outcome: boolean): Check[] {
  switch (condition.kind) {
    case 'call':
      return checksOfCall(condition, outcome);
    case 'choice': {
      const { condition: first, options } = condition;
      // a and b: both hold, or nothing is known.
      if (first)
        return outcome ? [first, ...options.slice(0, 1)].flatMap((each) => directChecks(each, true)) : [];
      const each = options.map((option) => directChecks(option, outcome));
      if (!outcome) return each.flat();
      // a or b: what every one of them has looked at.
      const [one = [], ...others] = each;
      return one.filter(({ path }) => others.every((other) => other.some((check) => check.path === path)));
    }
    case 'scalar': {
      const { operator, parts } = condition;
      const [left, right] = parts;
      if (operator === 'not') return left ? directChecks(left, !outcome) : [];
      if (!operator || !left || !right) return [];
      const constants = constantsIn(parts);
      const check = (role: Check['role']) => (path: string) => ({
        path,
        by: operator,
        role,
        constants,
        outcome,
      });
      if (operator === 'in')
        return [...pathsIn(left).map(check('argument')), ...pathsIn(right).map(check('receiver'))];
      return constants.length > 0 ? parts.flatMap(pathsIn).map(check('argument')) : [];
    }
    default:
      return [];
  }
}
