import type { Expression, Module, Statement } from '../syntax/module.ts';

type Entries = Extract<Expression, { kind: 'object' }>['entries'];

/** `() => handler` */
const isGetter = ({ value }: Entries[number]): boolean =>
  value.kind === 'function' &&
  value.function.parameters.length === 0 &&
  value.function.body.length === 1 &&
  value.function.body[0]?.kind === 'return';

/** `E(x, { handler: () => h })`: the name and the getters. */
function toldTo(statement: Statement): { name: string; entries: Entries } | undefined {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return undefined;
  const [target, getters] = statement.value.arguments;
  return target?.kind === 'name' && getters?.kind === 'object' && getters.entries.every(isGetter)
    ? { name: target.name, entries: getters.entries }
    : undefined;
}

/** Whether it is `module.exports = D(x)`. */
const isExport = (statement: Statement, name: string): boolean =>
  statement.kind === 'assign' &&
  statement.target.kind === 'member' &&
  statement.target.property === 'exports' &&
  statement.target.object.kind === 'name' &&
  statement.target.object.name === 'module' &&
  statement.value.kind === 'call' &&
  statement.value.arguments.some((each) => each.kind === 'name' && each.name === name);

/**
 * What a bundle gives out, as esbuild writes it: getters that a helper is told, `E(x, { handler: () => h }); module.exports = D(x)`. What the helpers are
 * called is nobody's business when names are made short.
 */
export function bundledExports({ body }: Module): Entries {
  return body.flatMap((statement) => {
    const told = toldTo(statement);
    return told && body.some((each) => isExport(each, told.name)) ? told.entries : [];
  });
}
