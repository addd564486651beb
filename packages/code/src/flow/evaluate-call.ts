import type { Expression } from '../syntax/module.ts';
import { ENTER, enter } from './enter.ts';
import { evaluate, evaluateItems } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { callKnown } from './known-functions.ts';
import type { OutsideCall } from './listener.ts';
import {
  type Closure,
  constantOf,
  elementOf,
  itemOf,
  itemsOf,
  join,
  makeSafe,
  memberOf,
  ofEnvironment,
  ofFields,
  ofSymbol,
  type Place,
  passPlace,
  tainted,
  taintsOf,
  unknown,
  type Value,
} from './value.ts';

const isNamedSpread = (argument: Expression): argument is Extract<Expression, { kind: 'spread' }> =>
  argument.kind === 'spread' && argument.isNamed === true;

const MOST_FILLED = 8;

const ofCollections =
  /^(get|set|has|add|push|unshift|append|extend|update|setdefault|pop|shift|delete|clear|map|flatMap|filter|find|forEach|reduce|some|every|includes|keys|values|items|entries|concat|join|slice|sort|reverse)$/;

/** Whether it is a method of a list or a map, and not one of its items, of which any may have any name. */
const isOfCollection = (property: string, { fields }: Value): boolean =>
  fields?.others !== undefined && !fields.named.has(property) && ofCollections.test(property);

const withoutItems = ({ fields, ...value }: Value): Value =>
  fields ? { ...value, fields: { named: fields.named } } : value;

export function evaluateCall(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Value {
  const { callee } = expression;
  const [argument] = expression.arguments;
  if (callee.kind === 'name' && callee.name === ENTER && argument)
    return enter(evaluate(argument, frame), frame.run);
  const place = { path: frame.path, ...expression.at };
  const isOnValue = callee.kind === 'member' || callee.kind === 'element';
  const receiver = isOnValue ? evaluate(callee.object, frame) : unknown;
  const called =
    callee.kind === 'member'
      ? memberOf(
          isOfCollection(callee.property, receiver) ? withoutItems(receiver) : receiver,
          callee.property,
        )
      : callee.kind === 'element'
        ? elementOf(receiver, evaluate(callee.index, frame))
        : evaluate(callee, frame);
  const { items, isWhole } = evaluateItems(
    expression.arguments.filter((argument) => !isNamedSpread(argument)),
    frame,
  );
  const named = new Map(expression.named.map(({ name, value }) => [name, evaluate(value, frame)]));
  for (const argument of expression.arguments.filter(isNamedSpread))
    for (const [name, value] of evaluate(argument.value, frame).fields?.named ?? [])
      if (!named.has(name)) named.set(name, value);
  // An instance of Python that can be called; of a class this makes one.
  const isClass = called.closures.some((closure) => closure.class !== undefined);
  // Of how many members a spread fills nothing is known.
  const given = isClass && !isWhole ? [...items, ...Array(MOST_FILLED).fill(items.at(-1))] : items;
  const callable = isClass ? [] : (called.fields?.named.get('__call__')?.closures ?? []);
  const results = [
    ...called.closures.map((closure) =>
      expression.isNew && !closure.class
        ? makeWith(closure, called, given, frame)
        : frame.run.call(closure, given, named),
    ),
    ...callable.map((closure) => frame.run.call({ ...closure, self: called }, given, named)),
  ];
  // A method of a value of the program: a text's, a list's.
  const method = callee.kind === 'member' ? `.${callee.property}` : '()';
  const isUnknown = called.symbols.length === 0 && called.closures.length + callable.length === 0;
  const of = isUnknown && !isOnValue ? called : receiver;
  for (const symbol of isUnknown ? [method] : called.symbols)
    results.push(callOutside(directly({ symbol, arguments: given, named, place, receiver: of }), frame));
  return passPlace(join(...results), place);
}

/** An object made with a function: what its prototype has, and what it puts there itself. */
function makeWith(closure: Closure, { fields }: Value, given: Value[], { run }: Frame): Value {
  const made = ofFields(fields?.named.get('prototype')?.fields?.named ?? []);
  return join(run.call({ ...closure, self: made }, given), made);
}

/** `method.call(object, x)` and `method.apply(object, [x])` as the call that they make. */
function directly(call: OutsideCall): OutsideCall {
  // Of Python's modules some have a function of that name.
  const method = call.place.path.endsWith('.py') ? '' : call.symbol;
  const [, symbol, by] = /^(.+)\.(call|apply)$/.exec(method) ?? [];
  if (symbol === undefined) return call;
  const [, second, ...others] = call.arguments;
  const given = by === 'call' ? [second, ...others] : ((second && itemsOf(second)) ?? []);
  return { ...call, symbol, arguments: given.flatMap((value) => value ?? []) };
}

/** Calls whatever a value may be. */
export function callValue(
  called: Value,
  given: Value[],
  place: Place,
  frame: Frame,
  named: ReadonlyMap<string, Value> = new Map(),
): Value {
  return join(
    ...called.closures.map((closure) => frame.run.call(closure, given, named)),
    ...called.symbols.map((symbol) =>
      callOutside({ symbol, arguments: given, named, place, receiver: unknown }, frame),
    ),
  );
}

/** What gives a variable of the environment by its name: Python's own, python-decouple, environs, django-environ. */
const readsEnvironment = /^(os\.(getenv|environ\.get)|decouple\.config|environs?\.Env\(\)(\.str)?)$/;
/** env-var: `get('TABLE').required().asString()`. */
const fluentVariable = /^env-var\.get\("(\w+)"\)(?:\.\w+\([^)]*\))*\.as\w+$/;
const isEnvironment = ({ symbols }: Value) =>
  symbols.some((symbol) => symbol === 'process.env' || symbol === 'os.environ');

function callOutside(call: OutsideCall, frame: Frame): Value {
  const { symbol, receiver, arguments: given, named } = call;
  const { listener } = frame.run;
  listener.onCall?.(call);
  if (symbol.endsWith('.bind') && given.length < 2 && symbol !== '.bind') return receiver;
  const known = callKnown(call, (called, values, by) => callValue(called, values, call.place, frame, by));
  if (known) return known;
  const text = constantOf(given[0]);
  if (text !== undefined && readsEnvironment.test(symbol))
    return join(ofEnvironment(text), given[1] ?? unknown);
  const [, variable] = fluentVariable.exec(symbol) ?? [];
  if (variable !== undefined) return ofEnvironment(variable);
  const safety = listener.makesSafe?.(call);
  const taints = [receiver, ...given, ...named.values()].flatMap((value) => taintsOf(value));
  const passed = tainted(taints.map((taint) => (taint.isChanged ? taint : { ...taint, isChanged: true })));
  const isShort = text !== undefined && text.length <= 64;
  const result =
    listener.resultOf?.(call) ??
    (symbol.length > 200 ? unknown : ofSymbol(`${symbol}(${isShort ? JSON.stringify(text) : ''})`));
  // Texts and lists stay what they are under most of their methods.
  const kept = symbol.startsWith('.')
    ? { ...unknown, ...(receiver.fields && { fields: receiver.fields }) }
    : result;
  // What checks the environment (zod, envalid) gives it back.
  const environment = given.find(isEnvironment) ?? unknown;
  const whole = join(kept, environment, safety ? makeSafe(passed, safety) : passed);
  const values = listener.argumentsOf?.(call) ?? Array(3).fill(join(itemOf(receiver), whole));
  for (const { closures } of [...given, ...named.values()])
    for (const closure of closures) if (!closure.class) frame.run.call(closure, values);
  return whole;
}
