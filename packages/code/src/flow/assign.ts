import type { Expression, Position } from '../syntax/module.ts';
import { bind } from './bind.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { readGetters } from './read-getters.ts';
import { constantOf, join, ofFields, passPlace, unknown, type Value } from './value.ts';

/** Follows `target = value`, a pattern included. `isLocal`: it binds the names here, whatever there is outside. */
export function assign(
  target: Expression,
  value: Value,
  frame: Frame,
  { at, isDeclaration = false }: { at: Position; isDeclaration?: boolean },
): void {
  const isLocal = frame.path.endsWith('.py');
  bind(target, passPlace(value, { path: frame.path, ...at }), {
    name: (name, part) => {
      const read = readGetters(part, frame.run);
      if (isDeclaration) frame.scope.declare(name, read);
      else frame.scope.assign(name, read, frame.branches === 0, isLocal);
    },
    member: (member, part) => assignMember(member, part, frame),
    evaluate: (expression) => evaluate(expression, frame),
  });
}

/** `object.property = value`, `object[…] = value`. */
export function assignMember(target: Expression, value: Value, frame: Frame): void {
  if (target.kind !== 'member' && target.kind !== 'element') return;
  const object = evaluate(target.object, frame);
  const property = target.kind === 'member' ? target.property : constantOf(evaluate(target.index, frame));
  if (object.fields) {
    const { named } = object.fields;
    if (property === undefined) object.fields.others = join(object.fields.others ?? unknown, value);
    else {
      const before = frame.branches === 0 ? unknown : (named.get(property) ?? unknown);
      named.set(property, join(before, value));
    }
  } else if (target.object.kind === 'member' && target.object.object.kind === 'name') {
    // What a function is to have as the maker of objects: `Orders.prototype.find = …`.
    if (property !== undefined) assignMember(target.object, ofFields([[property, value]]), frame);
  } else if (target.object.kind === 'name') {
    const fields = property === undefined ? ofFields([], value) : ofFields([[property, value]]);
    frame.scope.assign(target.object.name, join(object, fields), true);
  }
}
