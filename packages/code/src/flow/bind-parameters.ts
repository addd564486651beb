import type { Expression, FunctionSyntax } from '../syntax/module.ts';
import { assignMember } from './assign.ts';
import { bind } from './bind.ts';
import { evaluate } from './evaluate.ts';
import type { Frame } from './frame.ts';
import { readGetters } from './read-getters.ts';
import { listOf, ofFields, unknown, type Value } from './value.ts';

const nameOf = (parameter: Expression): string | undefined => {
  const target = parameter.kind === 'choice' ? parameter.options[0] : parameter;
  return target?.kind === 'name' ? target.name : undefined;
};

/** Binds what a function is called with to its parameters. */
export function bindParameters(
  { parameters }: FunctionSyntax,
  given: Value[],
  named: ReadonlyMap<string, Value>,
  frame: Frame,
): void {
  const binder = {
    name: (name: string, value: Value) => frame.scope.declare(name, readGetters(value, frame.run)),
    member: (target: Parameters<typeof assignMember>[0], value: Value) => assignMember(target, value, frame),
    evaluate: (expression: Parameters<typeof evaluate>[0]) => evaluate(expression, frame),
  };
  // A method of Python names what it is called on.
  const isMethod =
    frame.path.endsWith('.py') &&
    frame.self !== unknown &&
    /^(self|cls)$/.test((parameters[0] && nameOf(parameters[0])) ?? '');
  const values = isMethod ? [frame.self, ...given] : given;
  const taken = new Set(parameters.flatMap((parameter) => nameOf(parameter) ?? []));
  for (const [index, parameter] of parameters.entries()) {
    if (parameter.kind === 'spread') {
      const left = [...named].filter(([name]) => !taken.has(name));
      const rest = values.slice(index);
      bind(parameter.value, parameter.isNamed ? ofFields(left) : listOf(rest), binder);
      continue;
    }
    const name = nameOf(parameter);
    const byName = name === undefined ? undefined : named.get(name);
    bind(parameter, byName ?? values[index] ?? unknown, binder);
  }
}
