import type { FunctionSyntax } from '../syntax/module.ts';
import { assignMember } from './assign.ts';
import { bind } from './bind.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { join, ofFields, unknown, type Value } from './value.ts';

/** Binds what a function is called with to its parameters. */
export function bindParameters(
  { parameters }: FunctionSyntax,
  given: Value[],
  named: ReadonlyMap<string, Value>,
  frame: Frame,
): void {
  const binder = {
    name: (name: string, value: Value) => frame.scope.declare(name, value),
    member: (target: Parameters<typeof assignMember>[0], value: Value) => assignMember(target, value, frame),
    evaluate: (expression: Parameters<typeof evaluate>[0]) => evaluate(expression, frame),
  };
  // A method of Python names what it is called on.
  const isMethod =
    frame.path.endsWith('.py') && parameters[0]?.kind === 'name' && /^(self|cls)$/.test(parameters[0].name);
  const values = isMethod ? [frame.self, ...given] : given;
  for (const [index, parameter] of parameters.entries()) {
    if (parameter.kind === 'spread') {
      bind(parameter.value, ofFields(named, join(...values.slice(index))), binder);
      continue;
    }
    const target = parameter.kind === 'choice' ? parameter.options[0] : parameter;
    const byName = target?.kind === 'name' ? named.get(target.name) : undefined;
    bind(parameter, byName ?? values[index] ?? unknown, binder);
  }
}
