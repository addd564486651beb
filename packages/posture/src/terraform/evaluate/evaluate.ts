import { notePlace, type Place } from '../../template/place.ts';
import { hole, literal } from '../../template/substitution.ts';
import type { Expression, ForExpression } from '../hcl/syntax.ts';
import { functions } from './functions.ts';
import { operate } from './operate.ts';
import { type Scope, withNames } from './scope.ts';
import { entriesOf, isLazy, isObject, isOpen, JsonText, Missing, textOf } from './values.ts';
import { ofFile, withLines } from './with-lines.ts';

const memberOf = (value: unknown, name: string | number): unknown => {
  if (isLazy(value)) return value.attribute(String(name));
  if (value instanceof JsonText) throw new Missing(String(name));
  if (isOpen(value)) return hole(`${value.slice(2, -1)}.${name}`);
  if (Array.isArray(value) && Number.isInteger(Number(name)) && Number(name) in value)
    return value[Number(name)];
  if (isObject(value) && Object.hasOwn(value, name)) return value[name];
  throw new Missing(String(name));
};

function evaluateList(items: Expression[], at: Place, scope: Scope): unknown[] {
  const list = items.map((item) => evaluate(item, scope));
  notePlace(list, at, new Map(items.map((item, index) => [index, item.at])));
  return list;
}

function evaluateObject(
  entries: readonly { key: Expression; value: Expression }[],
  at: Place,
  scope: Scope,
): Record<string, unknown> {
  const members = new Map<string, Place>();
  const object = Object.fromEntries(
    entries.map(({ key, value }): [string, unknown] => {
      const name = textOf(evaluate(key, scope));
      members.set(name, key.at);
      return [name, evaluate(value, scope)];
    }),
  );
  notePlace(object, at, members);
  return object;
}

function evaluateFor(
  { names, collection, key, value, condition, groups }: ForExpression,
  scope: Scope,
): unknown {
  const entries = entriesOf(evaluate(collection, scope));
  if (!entries) return hole('for');
  const [first = '', second] = names;
  const scopes = entries
    .map(([index, item]) =>
      withNames(
        scope,
        new Map(
          second === undefined
            ? [[first, item]]
            : [
                [first, index],
                [second, item],
              ],
        ),
      ),
    )
    .filter((each) => condition === undefined || evaluate(condition, each) !== false);
  if (!key) return scopes.map((each) => evaluate(value, each));
  const object: Record<string, unknown> = {};
  for (const each of scopes) {
    const name = textOf(evaluate(key, each));
    const item = evaluate(value, each);
    const before = Object.hasOwn(object, name) ? (object[name] as unknown[]) : [];
    object[name] = groups ? [...before, item] : item;
  }
  return object;
}

function evaluateSplat(of: Expression, each: Expression, scope: Scope): unknown {
  const value = evaluate(of, scope);
  if (value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) =>
    evaluate(each, withNames(scope, new Map([['*', item]]))),
  );
}

function choose(expression: Expression & { kind: 'conditional' }, scope: Scope): unknown {
  const condition = evaluate(expression.condition, scope);
  if (condition === true || condition === 'true') return evaluate(expression.then, scope);
  if (condition === false || condition === 'false') return evaluate(expression.otherwise, scope);
  return hole('condition');
}

/** The first of the expressions that there is; of none, `Missing`. */
function tryEach(expressions: readonly Expression[], scope: Scope): unknown {
  for (const expression of expressions)
    try {
      return evaluate(expression, scope);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
    }
  throw new Missing('try');
}

function call(expression: Expression & { kind: 'call' }, scope: Scope): unknown {
  const { name, arguments: given, expandsLast, at } = expression;
  if (name === 'try') return tryEach(given, scope);
  if (name === 'can')
    try {
      return given.map((argument) => evaluate(argument, scope)).length > 0;
    } catch (error) {
      if (error instanceof Missing) return false;
      throw error;
    }
  const values = given.map((argument) => evaluate(argument, scope));
  const last = expandsLast ? values.pop() : [];
  const all = [...values, ...(Array.isArray(last) ? last : [last])];
  const result = Object.hasOwn(functions, name) ? functions[name]?.(all, scope) : undefined;
  if (Array.isArray(result)) scope.budget.spend(at, result.length);
  if (typeof result !== 'string') return result ?? hole(`${name}()`);
  const text = scope.budget.checkText(at, result);
  const { file } = (/^(template)?file$/.test(name) && scope.readFile(textOf(all[0]))) || {};
  return file === undefined ? text : ofFile(text, file);
}

/**
 * What an expression gives, as far as the configuration tells: texts as `substitution.ts` has them, the rest holes. Throws `Missing` for
 * what is not in a collection.
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  const { at } = expression;
  scope.budget.spend(at);
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'string' ? literal(expression.value) : expression.value;
    case 'template': {
      const text = scope.budget.checkText(
        at,
        expression.parts.map((part) => textOf(evaluate(part, scope))).join(''),
      );
      return expression.isHeredoc ? withLines(text, { ...at, line: at.line + 1 }) : text;
    }
    case 'list':
      return evaluateList(expression.items, at, scope);
    case 'object':
      return evaluateObject(expression.entries, at, scope);
    case 'name':
      return scope.valueOf(expression.name);
    case 'attribute':
      return memberOf(evaluate(expression.of, scope), expression.name);
    case 'index':
      return memberOf(evaluate(expression.of, scope), textOf(evaluate(expression.index, scope)));
    case 'conditional':
      return choose(expression, scope);
    case 'operation':
      return operate(
        expression.operator,
        expression.operands.map((operand) => evaluate(operand, scope)),
      );
    case 'splat':
      return evaluateSplat(expression.of, expression.each, scope);
    case 'for':
      return evaluateFor(expression, scope);
    case 'call':
      return call(expression, scope);
  }
}
