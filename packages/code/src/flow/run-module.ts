import type { Module } from '../syntax/module.ts';
import { bundledExports } from './bundled-exports.ts';
import { evaluate } from './evaluate.ts';
import { makeFrame, type Run } from './frame.ts';
import { runStatements } from './run-statement.ts';
import type { Scope } from './scope.ts';
import { join, memberOf, ofFields, unknown, type Value } from './value.ts';

/** Follows the top level of a file, and fills `exports`. */
export function runModule(module: Module, exports: Map<string, Value>, run: Run): void {
  const frame = makeFrame(run, module.path);
  const { scope } = frame;
  const whole = ofFields([]);
  scope.declare('exports', whole);
  scope.declare('module', ofFields([['exports', whole]]));
  runStatements(module.body, frame);
  for (const [name, value] of declaredIn(module, scope)) exports.set(name, value);
  const common = memberOf(scope.get('module') ?? unknown, 'exports');
  for (const [name, value] of common.fields?.named ?? [])
    exports.set(name, join(exports.get(name) ?? unknown, value));
  for (const { key = '', value } of bundledExports(module)) {
    const [getter] = evaluate(value, frame).closures;
    if (getter && (exports.get(key)?.closures.length ?? 0) === 0) exports.set(key, run.call(getter, []));
  }
  const isSet =
    common.closures.length > 0 || common.symbols.length > 0 || (common.fields?.named.size ?? 0) > 0;
  if (!exports.has('default') && isSet) exports.set('default', common);
}

/** Exports by statements; of Python all names of the top level. */
function declaredIn(module: Module, scope: Scope): [string, Value][] {
  const value = (name: string) => scope.get(name) ?? unknown;
  return module.body.flatMap((statement): [string, Value][] => {
    if (statement.kind === 'export')
      return statement.names.flatMap(({ local, exported }) =>
        exported === '*'
          ? [...(value(local).fields?.named ?? [])]
          : [[exported, value(local)] as [string, Value]],
      );
    if (module.language !== 'python') return [];
    if (statement.kind === 'function' || statement.kind === 'class')
      return [[statement.name, value(statement.name)]];
    if (statement.kind === 'import') return statement.names.map(({ local }) => [local, value(local)]);
    return statement.kind === 'assign' && statement.target.kind === 'name'
      ? [[statement.target.name, value(statement.target.name)]]
      : [];
  });
}
