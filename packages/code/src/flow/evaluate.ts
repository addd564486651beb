import type { Expression } from '../syntax/module.ts';
import { assign } from './assign.ts';
import { checksOf, pathOf } from './checks.ts';
import { classValue } from './construct.ts';
import { evaluateCall } from './evaluate-call.ts';
import { closureOf, type Frame, type Run } from './frame.ts';
import { importModule, outside } from './import-module.ts';
import { readGetters } from './read-getters.ts';
import { learnFrom } from './run-branch.ts';
import {
  concatenate,
  constantOf,
  elementOf,
  type Fields,
  itemOf,
  itemsOf,
  join,
  listOf,
  makeSafe,
  memberOf,
  ofFields,
  ofText,
  type Taint,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';

/** What an expression may be. What it calls is followed. */
export function evaluate(expression: Expression, frame: Frame): Value {
  if (!frame.run.step()) return unknown;
  const all = (parts: Expression[]) => parts.map((part) => evaluate(part, frame));
  switch (expression.kind) {
    case 'name':
      if (expression.name === 'this') return frame.self;
      return checked(
        expression,
        frame.scope.get(expression.name) ?? outsideOf(expression.name, expression, frame),
        frame,
      );
    case 'constant':
      return expression.value === null ? unknown : ofText(String(expression.value));
    case 'join':
      return evaluateJoin(all(expression.parts));
    case 'member':
      return checked(expression, evaluateMember(expression, frame), frame);
    case 'element':
      return elementOf(evaluate(expression.object, frame), evaluate(expression.index, frame));
    case 'call':
      return evaluateCall(expression, frame);
    case 'object':
      return evaluateObject(expression.entries, frame);
    case 'list': {
      const { items, isWhole } = evaluateItems(expression.items, frame);
      return isWhole ? listOf(items) : ofFields([], join(...items));
    }
    case 'function':
      return closureOf(expression.function, frame);
    case 'class':
      return classValue(expression.class, frame);
    case 'choice':
      return evaluateChoice(expression, frame);
    case 'assignment': {
      const value = evaluate(expression.value, frame);
      assign(expression.target, value, frame, expression);
      return value;
    }
    case 'import':
      return importModule(expression.from, '*', { path: frame.path, ...expression.at }, frame.run);
    case 'yield':
      frame.result = join(frame.result, ofFields([], evaluate(expression.value, frame)));
      return unknown;
    case 'spread':
      return itemOf(evaluate(expression.value, frame));
    case 'scalar':
      all(expression.parts);
      return unknown;
    case 'other':
      return tainted(all(expression.parts).flatMap((value) => taintsOf(value)));
  }
}

/** Items of a list, or what a call gives, one after the other; not `isWhole` where it is not known how many a spread has. */
export function evaluateItems(
  expressions: readonly Expression[],
  frame: Frame,
): { items: Value[]; isWhole: boolean } {
  let isWhole = true;
  const items = expressions.flatMap((expression) => {
    if (expression.kind !== 'spread') return [evaluate(expression, frame)];
    const spread = evaluate(expression.value, frame);
    const known = itemsOf(spread);
    isWhole &&= known !== undefined;
    return known ?? [itemOf(spread)];
  });
  return { items, isWhole };
}

const outsideOf = (symbol: string, { at }: Expression, { path, run }: Frame): Value =>
  outside(symbol, { path, ...at }, run);

/** A value without what a condition around has ruled out. */
function checked(expression: Expression, value: Value, { scope }: Frame): Value {
  if (value.taints.length === 0) return value;
  const path = pathOf(expression);
  const safety = path === undefined ? undefined : scope.safetyOf(path);
  return safety ? makeSafe(value, safety) : value;
}

/** A path of pathlib stays one when it gets longer, and so does a list. */
function evaluateJoin(parts: Value[]): Value {
  const symbols = parts[0]?.symbols.filter((symbol) => symbol.startsWith('pathlib.Path(')) ?? [];
  const { fields } = parts[0]?.fields ? join(...parts) : unknown;
  return {
    ...concatenate(parts),
    symbols,
    ...(fields && { fields: { named: new Map(), others: itemOf({ ...unknown, fields }) } }),
  };
}

/** A member; of an instance of Python that has no such one, what its class makes of the name. */
function readMember(object: Value, property: string, run: Run): Value {
  const { named } = object.fields ?? {};
  const makers = named?.has(property) ? [] : (named?.get('__getattr__')?.closures ?? []);
  const made = makers.map((maker) => run.call({ ...maker, self: object }, [ofText(property)]));
  return join(memberOf(object, property), ...made);
}

function evaluateMember(expression: Extract<Expression, { kind: 'member' }>, frame: Frame): Value {
  const object = evaluate(expression.object, frame);
  const value = readGetters(readMember(object, expression.property, frame.run), frame.run);
  const { listener } = frame.run;
  if (listener.onMember)
    for (const symbol of value.symbols) listener.onMember(symbol, { path: frame.path, ...expression.at });
  const source = value.symbols.find((symbol) => listener.isSource?.(symbol));
  return source === undefined ? value : join(value, outsideOf(source, expression, frame));
}

function evaluateChoice(
  { condition, options }: Extract<Expression, { kind: 'choice' }>,
  frame: Frame,
): Value {
  if (!condition) return join(...options.map((option) => evaluate(option, frame)));
  evaluate(condition, frame);
  return join(
    ...options.map((option, index) => {
      let value = unknown;
      const learned = learnFrom(checksOf(condition, index === 0), frame.run.listener);
      frame.scope.within(learned, () => {
        value = evaluate(option, frame);
      });
      return value;
    }),
  );
}

const asGetter = (value: Value): Value => ({
  ...value,
  closures: value.closures.map((closure) => ({ ...closure, isGetter: true })),
});

function evaluateObject(entries: Extract<Expression, { kind: 'object' }>['entries'], frame: Frame): Value {
  const fields: Fields = { named: new Map() };
  let taints: readonly Taint[] = [];
  for (const { key: written, computed, value, isSpread, isGetter } of entries) {
    const by = computed && evaluate(computed, frame);
    const key = written ?? constantOf(by);
    if (by && key === undefined) fields.keys = join(fields.keys ?? unknown, by);
    const read = evaluate(value, frame);
    if (key !== undefined) fields.named.set(key, isGetter ? asGetter(read) : read);
    else if (isSpread) {
      for (const [name, field] of read.fields?.named ?? []) fields.named.set(name, field);
      taints = [...taints, ...read.taints];
    } else fields.others = join(fields.others ?? unknown, read);
  }
  return { ...unknown, fields, taints };
}
