import type { ClassSyntax, Expression, FunctionSyntax, Position } from '../syntax/module.ts';
import { evaluate } from './evaluate.ts';
import { DEEPEST_BASES, fillModel } from './fill-model.ts';
import { closureOf, type Frame, makeFrame, type Run } from './frame.ts';
import { Scope } from './scope.ts';
import { type Closure, type Fields, ofFields, ofText, unknown, type Value } from './value.ts';
import { decoratorsOfCall } from './wrappers.ts';

/** What dataclasses, attrs and pydantic call when all members are there. */
const afterwards = ['__post_init__', '__attrs_post_init__', 'model_post_init'];

/** An instance of a class of the program: what its bases have, its own members, and what its constructor sets. */
export function construct(
  closure: Closure,
  given: Value[],
  named: ReadonlyMap<string, Value>,
  run: Run,
): Value {
  if (!closure.class || !run.step()) return unknown;
  const fields: Fields = { named: new Map() };
  const instance = { ...unknown, fields };
  addMembers(closure, fields, instance, run, 0);
  const constructors = [...constructorsIn(fields)];
  for (const each of constructors) run.call(each, given, named);
  if (constructors.length === 0) {
    fillModel(closure, fields, given, named);
    for (const name of afterwards)
      for (const each of fields.named.get(name)?.closures ?? []) run.call(each, []);
  }
  callBySyntax(fields, instance, run);
  const outer = closure.class.bases.flatMap(({ symbols }) => symbols.map((symbol) => `${symbol}()`));
  return { ...ofFields(fields.named), fields, symbols: outer };
}

/** What Python calls by its syntax: `with`, `for`, `x[key]`. Whoever defines it uses it. */
const bySyntax = [
  '__enter__',
  '__aenter__',
  '__iter__',
  '__next__',
  '__getitem__',
  '__setitem__',
  '__exit__',
  '__aexit__',
];

function callBySyntax({ named }: Fields, instance: Value, run: Run): void {
  for (const name of bySyntax)
    for (const method of named.get(name)?.closures ?? [])
      if (method.path.endsWith('.py')) run.call({ ...method, self: instance }, []);
}

const constructorsIn = ({ named }: Fields): readonly Closure[] =>
  (named.get('constructor') ?? named.get('__init__'))?.closures ?? [];

/** Adds what a class and its bases have to `fields`, with `instance` as what they call themselves. */
function addMembers(closure: Closure, fields: Fields, instance: Value, run: Run, depth: number): void {
  const { class: made } = closure;
  if (!made || depth > DEEPEST_BASES) return;
  for (const base of made.bases)
    for (const each of base.closures)
      if (each.class && each !== closure) addMembers(each, fields, instance, run, depth + 1);
  const frame = makeFrame(run, closure.path, closure.scope, instance);
  declareSuper(frame, { named: new Map(fields.named) });
  const isPython = closure.path.endsWith('.py');
  for (const member of made.body) {
    if (member.kind === 'function') {
      const { closures } = closureOf(member.function, frame);
      const decorators = decoratorsOfCall(member.decorators, frame);
      const [method] = closures.map((each) => ({
        ...each,
        ...(member.isGetter && { isGetter: true }),
        ...(decorators.length > 0 && { decorators }),
      }));
      // What sets a property has its name, too.
      if (method && !fields.named.get(member.name)?.closures.some(({ isGetter }) => isGetter))
        fields.named.set(member.name, { ...unknown, closures: [method] });
    } else if (member.kind === 'assign' && member.target.kind === 'name' && (isPython || !member.isStatic))
      fields.named.set(member.target.name, evaluate(member.value, frame));
  }
}

/** `super` is what the bases have, and called their constructor; in Python it is called to have it. */
function declareSuper(frame: Frame, fields: Fields): void {
  const bound = (closure: Closure): Closure => ({ ...closure, self: frame.self, isBound: true });
  const named = new Map(
    [...fields.named].map(([name, value]): [string, Value] => [
      name,
      { ...value, closures: value.closures.map(bound) },
    ]),
  );
  const isPython = frame.path.endsWith('.py');
  const above = {
    ...ofFields(named),
    closures: isPython ? [] : constructorsIn(fields).map(bound),
  };
  if (!isPython) {
    frame.scope.declare('super', above);
    return;
  }
  const at: Position = { line: 1, column: 1 };
  const value: Expression = { kind: 'name', name: 'super()', at };
  frame.scope.declare('super()', above);
  frame.scope.declare(
    'super',
    closureOf({ parameters: [], body: [{ kind: 'return', value, at }], at }, frame),
  );
}

const isOfInstance = ({ parameters: [first] }: FunctionSyntax) =>
  first?.kind === 'name' && first.name === 'self';

/** `Base.method(self, …)` names what it is called on. */
const unbound = (syntax: FunctionSyntax, { scope, path }: Frame): Value => ({
  ...unknown,
  closures: [{ function: syntax, scope, path, isBound: true }],
});

/** A member of Python's enumerations has a name and a value. */
function enumMember(name: string, value: Value): Value {
  return {
    ...value,
    ...ofFields([
      ['name', ofText(name)],
      ['value', value],
    ]),
  };
}

/** A class as a value: what makes its instances, and what it has itself. Inside it has its name, whatever it is called outside. */
export function classValue({ name, bases, body }: ClassSyntax, frame: Frame): Value {
  const made = { name, bases: bases.map((base) => evaluate(base, frame)), body };
  const scope = new Scope(frame.scope);
  const closure: Closure = { class: made, scope, path: frame.path };
  const value: Value = { ...ofFields([]), closures: [closure] };
  if (name !== '') scope.declare(name, value);
  const own = makeFrame(frame.run, closure.path, scope, value);
  const named = value.fields?.named;
  for (const base of made.bases)
    for (const [key, inherited] of base.closures.some((each) => each.class) ? (base.fields?.named ?? []) : [])
      named?.set(key, inherited);
  const isPython = closure.path.endsWith('.py');
  const isEnum = made.bases.some(({ symbols }) =>
    symbols.some((each) => /^enum\.\w*(Enum|Flag)$/.test(each)),
  );
  for (const member of body) {
    if (member.kind === 'function' && (isPython || member.isStatic)) {
      const method = isOfInstance(member.function)
        ? unbound(member.function, own)
        : closureOf(member.function, own);
      const closures = method.closures.map((each) => ({
        ...each,
        ...(member.isGetter && !isPython && { isGetter: true }),
      }));
      named?.set(member.name, { ...method, closures });
    } else if (member.kind === 'assign' && member.target.kind === 'name' && member.isStatic) {
      const set = evaluate(member.value, own);
      named?.set(member.target.name, isEnum ? enumMember(member.target.name, set) : set);
    }
  }
  return value;
}
