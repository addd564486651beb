import { CliError } from '../common/cli-error.ts';
import { suggest } from '../common/suggest.ts';
import { type AnyCommand, readDeclaration } from './any-command.ts';

export interface FoundCommand {
  command: AnyCommand;
  /** The words that lead to it, such as `['policy', 'apply']`. */
  words: string[];
  /** What is left for the command itself. */
  rest: string[];
}

/** Walks from the root along the words of a command line. Throws a usage error for a word that is no command. */
export async function findCommand(root: AnyCommand, line: readonly string[]): Promise<FoundCommand> {
  let command = root;
  const words: string[] = [];
  for (const [index, word] of line.entries()) {
    const { subCommands } = await readDeclaration(command);
    const names = Object.keys(subCommands);
    const next = Object.hasOwn(subCommands, word) ? subCommands[word] : undefined;
    if (names.length === 0 || word.startsWith('-')) return { command, words, rest: line.slice(index) };
    if (!next) {
      const guess = suggest(word, names);
      throw new CliError(
        'usage',
        `There is no command "${['ringfence', ...words, word].join(' ')}".`,
        guess ? `Did you mean "${guess}"?` : `There are: ${names.join(', ')}.`,
      );
    }
    command = await next();
    words.push(word);
  }
  return { command, words, rest: [] };
}
