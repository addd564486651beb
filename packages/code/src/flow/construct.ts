import { evaluate } from './evaluate.ts';
import { closureOf, makeFrame, type Run } from './frame.ts';
import { type Closure, ofFields, unknown, type Value } from './value.ts';

/** An instance of a class of the program: what its bases have, its own members, and what its constructor sets. */
export function construct(
  closure: Closure,
  given: Value[],
  named: ReadonlyMap<string, Value>,
  run: Run,
  depth = 0,
): Value {
  const { class: made } = closure;
  if (!made || depth > 8 || !run.step()) return unknown;
  const fields = { named: new Map<string, Value>() };
  const instance = { ...unknown, fields };
  for (const base of made.bases)
    for (const each of base.closures)
      if (each.class && each !== closure)
        for (const [name, value] of construct(each, given, named, run, depth + 1).fields?.named ?? [])
          fields.named.set(name, value);
  const frame = makeFrame(run, closure.path, closure.scope, instance);
  for (const member of made.body) {
    if (member.kind === 'function') fields.named.set(member.name, closureOf(member.function, frame));
    else if (member.kind === 'assign' && member.target.kind === 'name')
      fields.named.set(member.target.name, evaluate(member.value, frame));
  }
  const initial = fields.named.get('constructor') ?? fields.named.get('__init__');
  for (const each of initial?.closures ?? []) run.call({ ...each, self: instance }, given, named);
  const outer = made.bases.flatMap(({ symbols }) => symbols.map((symbol) => `${symbol}()`));
  return { ...ofFields(fields.named), fields, symbols: outer };
}
