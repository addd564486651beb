import type { CommandCompletion } from './list-completions.ts';
import { pathOf, quote } from './quote.ts';

/** The script that zsh sources after compinit, or finds as _ringfence in its fpath. */
export function renderZsh(commands: CommandCompletion[]): string {
  const paths = commands.filter(({ words }) => words.length > 0).map(({ words }) => quote(pathOf(words)));
  const values = commands.flatMap(({ words, flags }) =>
    flags.flatMap(({ flag, value }) => {
      const label = quote(`${pathOf(words)}|${flag}`);
      if (value === undefined) return [];
      if (value === 'file') return [`    ${label}) _files; return ;;`];
      const choices = value === 'text' ? [] : value.map(quote);
      return [`    ${label}) compadd -- ${choices.join(' ')}; return ;;`];
    }),
  );
  const describe = (name: string, description: string) => quote(`${name}:${description}`);
  const words = commands.map((command) => {
    const offered = [
      ...command.subCommands.map(({ name, description }) => describe(name, description)),
      ...command.flags.map(({ flag, description }) => describe(flag, description)),
    ];
    return `    ${quote(pathOf(command.words))}) offered=(${offered.join(' ')})${command.takesFile ? '; files=1' : ''} ;;`;
  });
  return `#compdef ringfence
# zsh completion of ringfence; load it with: source <(ringfence completion zsh)
_ringfence() {
  local where="" word files=""
  local -a offered
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$where $word" in
    ${paths.join('|')}) where="$where $word" ;;
    *) break ;;
    esac
  done
  case "$where|\${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$where" in
${words.join('\n')}
  esac
  _describe -t commands ringfence offered
  [[ -n $files ]] && _files
}
compdef _ringfence ringfence`;
}
