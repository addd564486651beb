import type { Expression } from '../syntax/module.ts';
import type { OutsideCall } from './listener.ts';
import { Scope } from './scope.ts';
import { unknown, type Value } from './value.ts';

/** A function that calls another with these arguments before its own: `functools.partial`, `f.bind(object, x)`. */
export function partly({ place, named }: OutsideCall, called: Value | undefined, given: Value[]): Value {
  if (!called) return unknown;
  const at = { line: place.line, column: place.column };
  const scope = new Scope();
  const declare = (name: string, value: Value): Expression => {
    scope.declare(name, value);
    return { kind: 'name', name, at };
  };
  const rest: Expression = { kind: 'name', name: 'rest', at };
  const more: Expression = { kind: 'name', name: 'more', at };
  const value: Expression = {
    kind: 'call',
    callee: declare('called', called),
    arguments: [
      ...given.map((each, index) => declare(`given ${index}`, each)),
      { kind: 'spread', value: rest, at },
      { kind: 'spread', value: more, isNamed: true, at },
    ],
    named: [...named].map(([name, each]) => ({ name, value: declare(`named ${name}`, each) })),
    isNew: false,
    at,
  };
  const parameters: Expression[] = [
    { kind: 'spread', value: rest, at },
    { kind: 'spread', value: more, isNamed: true, at },
  ];
  const syntax = { parameters, body: [{ kind: 'return' as const, value, at }], at };
  return { ...unknown, closures: [{ function: syntax, scope, path: place.path }] };
}
