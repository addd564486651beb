import type { Expression } from '../syntax/module.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { callKnown } from './known-functions.ts';
import type { OutsideCall } from './listener.ts';
import {
  constantOf,
  elementOf,
  itemOf,
  join,
  makeSafe,
  memberOf,
  ofEnvironment,
  ofSymbol,
  type Place,
  passPlace,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';

export function evaluateCall(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Value {
  const { callee } = expression;
  const place = { path: frame.path, ...expression.at };
  const isOnValue = callee.kind === 'member' || callee.kind === 'element';
  const receiver = isOnValue ? evaluate(callee.object, frame) : unknown;
  const called =
    callee.kind === 'member'
      ? memberOf(receiver, callee.property)
      : callee.kind === 'element'
        ? elementOf(receiver, evaluate(callee.index, frame))
        : evaluate(callee, frame);
  const given = expression.arguments.map((argument) => evaluate(argument, frame));
  const named = new Map(expression.named.map(({ name, value }) => [name, evaluate(value, frame)]));
  const results = called.closures.map((closure) => frame.run.call(closure, given, named));
  // A method of a value of the program: a text's, a list's.
  const method = callee.kind === 'member' ? `.${callee.property}` : '()';
  const isUnknown = called.symbols.length === 0 && called.closures.length === 0;
  const of = isUnknown && !isOnValue ? called : receiver;
  for (const symbol of isUnknown ? [method] : called.symbols)
    results.push(callOutside({ symbol, arguments: given, named, place, receiver: of }, frame));
  return passPlace(join(...results), place);
}

/** Calls whatever a value may be. */
export function callValue(called: Value, given: Value[], place: Place, frame: Frame): Value {
  return join(
    ...called.closures.map((closure) => frame.run.call(closure, given)),
    ...called.symbols.map((symbol) =>
      callOutside({ symbol, arguments: given, named: new Map(), place, receiver: unknown }, frame),
    ),
  );
}

function callOutside(call: OutsideCall, frame: Frame): Value {
  const { symbol, receiver, arguments: given, named } = call;
  const { listener } = frame.run;
  listener.onCall?.(call);
  const known = callKnown(call, (called, values) => callValue(called, values, call.place, frame));
  if (known) return known;
  const text = constantOf(given[0]);
  if (text !== undefined && /^(os\.getenv|os\.environ\.get)$/.test(symbol))
    return join(ofEnvironment(text), given[1] ?? unknown);
  const safety = listener.makesSafe?.(call);
  const passed = tainted([receiver, ...given, ...named.values()].flatMap((value) => taintsOf(value)));
  const isShort = text !== undefined && text.length <= 64;
  const result =
    listener.resultOf?.(call) ??
    (symbol.length > 200 ? unknown : ofSymbol(`${symbol}(${isShort ? JSON.stringify(text) : ''})`));
  // Texts and lists stay what they are under most of their methods.
  const kept = symbol.startsWith('.')
    ? { ...unknown, ...(receiver.fields && { fields: receiver.fields }) }
    : result;
  const whole = join(kept, safety ? makeSafe(passed, safety) : passed);
  const values = listener.argumentsOf?.(call) ?? Array(3).fill(join(itemOf(receiver), whole));
  for (const { closures } of [...given, ...named.values()])
    for (const closure of closures) if (!closure.class) frame.run.call(closure, values);
  return whole;
}
