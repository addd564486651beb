import type { ArgDef } from 'citty';
import type { ListedCommand } from '../command/list-commands.ts';

export interface FlagCompletion {
  /** With its dashes. */
  flag: string;
  description: string;
  /** The values that it takes, `file` for a path, `text` for anything else, or nothing for a switch. */
  value: string[] | 'file' | 'text' | undefined;
}

export interface CommandCompletion {
  /** The words that lead to the command; empty for `ringfence` itself. */
  words: string[];
  subCommands: { name: string; description: string }[];
  flags: FlagCompletion[];
  takesFile: boolean;
}

/** What can be typed after each command, from the commands' own declarations. */
export function listCompletions(commands: ListedCommand[]): CommandCompletion[] {
  return commands.map(({ words, declaration: { args, subCommands } }) => ({
    words,
    subCommands: Object.keys(subCommands).map((name) => ({
      name,
      description:
        commands.find((other) => other.words.join(' ') === [...words, name].join(' '))?.declaration
          .description ?? '',
    })),
    flags: [
      ...args.flatMap(([name, definition]) => listFlag(name, definition)),
      { flag: '--help', description: 'Show help.', value: undefined },
    ],
    takesFile: args.some(([, definition]) => definition.type === 'positional'),
  }));
}

function listFlag(name: string, definition: ArgDef): FlagCompletion[] {
  if (definition.type === 'positional') return [];
  const aliases = 'alias' in definition ? [definition.alias ?? []].flat() : [];
  const { description = '' } = definition;
  const value = describeValue(definition);
  return [`--${name}`, ...aliases.map((alias) => `-${alias}`)].map((flag) => ({ flag, description, value }));
}

function describeValue(definition: ArgDef): FlagCompletion['value'] {
  if (definition.type === 'boolean') return undefined;
  if (definition.type === 'enum') return definition.options ?? [];
  return /FILE|DIR|OUT/.test(definition.valueHint ?? '') ? 'file' : 'text';
}
