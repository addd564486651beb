import { parseArgs } from 'node:util';
import type { ArgDef } from 'citty';
import { CliError } from '../common/cli-error.ts';
import { suggest } from '../common/suggest.ts';
import type { Declaration } from './any-command.ts';

/**
 * Checks a command line against what the command declares; citty itself lets unknown flags pass.
 * A flag whose value hint ends with … may come several times. Throws a usage error that names the argument.
 */
export function checkArguments({ args }: Declaration, rest: readonly string[]): void {
  const flags = new Map<string, ArgDef>();
  for (const [name, definition] of args)
    if (definition.type !== 'positional')
      for (const each of [name, ...aliasesOf(definition)]) flags.set(each, definition);
  const options = Object.fromEntries(
    [...flags].map(([name, { type }]) => [
      name,
      { type: type === 'boolean' ? ('boolean' as const) : ('string' as const), ...shortOf(name) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...rest],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const given = new Set<ArgDef>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const definition = flags.get(token.name);
    if (!definition) throw unknownFlag(token.rawName, flags);
    if (given.has(definition) && !mayRepeat(definition))
      throw new CliError('usage', `${token.rawName} is given twice.`);
    given.add(definition);
    if (definition.type === 'boolean') {
      if (token.value !== undefined) throw new CliError('usage', `${token.rawName} takes no value.`);
    } else if (!token.value || (!token.inlineValue && /^-./.test(token.value)))
      throw new CliError('usage', `${token.rawName} needs a value: ${definition.description}`);
    else checkOption(token.rawName, token.value, definition);
  }
  const positionals = args.filter(([, definition]) => definition.type === 'positional');
  const words = tokens.filter((token) => token.kind === 'positional').map((token) => token.value);
  if (words.length > positionals.length)
    throw new CliError('usage', `"${words[positionals.length]}" is one argument too many.`);
  const missing = positionals.find(
    ([, definition], index) => definition.required !== false && index >= words.length,
  );
  if (missing)
    throw new CliError('usage', `${missing[0].toUpperCase()} is missing: ${missing[1].description}`);
  for (const [name, definition] of args)
    if (definition.type !== 'positional' && definition.required && !given.has(definition))
      throw new CliError('usage', `--${name} is missing: ${definition.description}`);
}

/** A flag whose value hint ends in an ellipsis may be given several times. */
const mayRepeat = (definition: ArgDef): boolean =>
  'valueHint' in definition && definition.valueHint?.endsWith('…') === true;
const aliasesOf = (definition: ArgDef): string[] =>
  'alias' in definition && definition.alias ? [definition.alias].flat() : [];
const shortOf = (name: string) => (name.length === 1 ? { short: name } : {});

function checkOption(flag: string, value: string, definition: ArgDef): void {
  const choices = definition.type === 'enum' ? (definition.options ?? []) : [];
  if (choices.length === 0 || choices.includes(value)) return;
  const guess = suggest(value, choices);
  throw new CliError(
    'usage',
    `${flag} can't be "${value}".`,
    guess ? `Did you mean "${guess}"?` : `It is one of: ${choices.join(', ')}.`,
  );
}

function unknownFlag(flag: string, flags: ReadonlyMap<string, ArgDef>): CliError {
  const known = [...flags.keys()].filter((name) => name.length > 1).map((name) => `--${name}`);
  const guess = suggest(flag, known);
  return new CliError(
    'usage',
    `There is no flag ${flag}.`,
    guess ? `Did you mean ${guess}?` : `Flags here: ${[...known, '--help'].join(', ')}.`,
  );
}
