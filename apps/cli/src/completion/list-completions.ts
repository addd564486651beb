import { type AnyCommand, readDeclaration } from '../command/any-command.ts';

export interface FlagCompletion {
  /** With its dashes. */
  flag: string;
  description: string;
  /** The values that it takes, `file` for a path, or nothing for a switch. */
  value: string[] | 'file' | 'text' | undefined;
}

export interface CommandCompletion {
  /** The words that lead to the command; empty for `ringfence` itself. */
  words: string[];
  description: string;
  subCommands: { name: string; description: string }[];
  flags: FlagCompletion[];
  takesFile: boolean;
}

/** What can be typed after each command, from the commands' own declarations. */
export async function listCompletions(
  command: AnyCommand,
  words: string[] = [],
): Promise<CommandCompletion[]> {
  const { description, args, subCommands } = await readDeclaration(command);
  const flags = args.flatMap(([name, definition]): FlagCompletion[] => {
    if (definition.type === 'positional') return [];
    const hint = definition.valueHint ?? '';
    const value =
      definition.type === 'boolean'
        ? undefined
        : definition.type === 'enum'
          ? (definition.options ?? [])
          : /FILE|DIR|OUT/.test(hint)
            ? 'file'
            : 'text';
    const names = [
      `--${name}`,
      ...('alias' in definition ? [definition.alias ?? []].flat().map((a) => `-${a}`) : []),
    ];
    return names.map((flag) => ({ flag, description: definition.description ?? '', value }));
  });
  const children = await Promise.all(
    Object.entries(subCommands).map(async ([name, sub]) => ({
      name,
      sub,
      description: (await readDeclaration(sub)).description,
    })),
  );
  const own: CommandCompletion = {
    words,
    description,
    subCommands: children.map(({ name, description }) => ({ name, description })),
    flags: [...flags, { flag: '--help', description: 'Show help.', value: undefined }],
    takesFile: args.some(([, definition]) => definition.type === 'positional'),
  };
  const below = await Promise.all(children.map(({ name, sub }) => listCompletions(sub, [...words, name])));
  return [own, ...below.flat()];
}
