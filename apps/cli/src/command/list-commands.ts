import { type AnyCommand, type Declaration, readDeclaration } from './any-command.ts';

export interface ListedCommand {
  /** The words that lead to the command; empty for `ringfence` itself. */
  words: string[];
  declaration: Declaration;
}

/** A command and all commands below it, in the order in which they are declared. */
export async function listCommands(command: AnyCommand, words: string[] = []): Promise<ListedCommand[]> {
  const declaration = await readDeclaration(command);
  const below = await Promise.all(
    Object.entries(declaration.subCommands).map(async ([name, load]) =>
      listCommands(await load(), [...words, name]),
    ),
  );
  return [{ words, declaration }, ...below.flat()];
}
