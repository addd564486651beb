import type { ArgDef } from 'citty';
import type { Declaration } from './any-command.ts';

type Named = [name: string, definition: ArgDef];

export const positionalsOf = ({ args }: Declaration): Named[] =>
  args.filter(([, { type }]) => type === 'positional');
export const flagsOf = ({ args }: Declaration): Named[] =>
  args.filter(([, { type }]) => type !== 'positional');

/** How a command is written, after its name: `PACKAGE --function NAME [OPTIONS]`. */
export function describeUsage(declaration: Declaration): string {
  const required = flagsOf(declaration).filter(([, { required }]) => required);
  return [
    ...(Object.keys(declaration.subCommands).length > 0 ? ['COMMAND'] : []),
    ...positionalsOf(declaration).map(([name, { required }]) =>
      required === false ? `[${name.toUpperCase()}]` : name.toUpperCase(),
    ),
    ...required.map(([name, definition]) => `--${name} ${hintOf(name, definition)}`),
    ...(flagsOf(declaration).length > required.length ? ['[OPTIONS]'] : []),
  ].join(' ');
}

/** How a flag is written: `--output, -o OUT`. */
export function describeFlag([name, definition]: Named): string {
  const aliases = 'alias' in definition ? [definition.alias ?? []].flat() : [];
  const names = [`--${name}`, ...aliases.map((alias) => `-${alias}`)].join(', ');
  return `${names} ${hintOf(name, definition)}`.trimEnd();
}

/** What an argument is for, with its default. */
export function describePurpose({ description = '', default: standard }: ArgDef): string {
  return standard === undefined ? description : `${description} Default: ${standard}.`;
}

function hintOf(name: string, definition: ArgDef): string {
  if (definition.type === 'boolean') return '';
  if (definition.type === 'enum') return (definition.options ?? []).join('|');
  return definition.valueHint ?? name.toUpperCase();
}
