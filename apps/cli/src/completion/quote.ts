/** A word for a shell: in single quotes, as sh, bash and zsh read them. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The words that lead to a command, each after a space, as the scripts gather them: `" policy apply"`. */
export const pathOf = (words: readonly string[]): string => words.map((word) => ` ${word}`).join('');
