import type { CommandCompletion } from './list-completions.ts';
import { pathOf, quote } from './quote.ts';

/** The script that bash sources. Needs bash 4 or newer, nothing else. */
export function renderBash(commands: CommandCompletion[]): string {
  const paths = commands.filter(({ words }) => words.length > 0).map(({ words }) => quote(pathOf(words)));
  const values = commands.flatMap(({ words, flags }) =>
    flags.flatMap(({ flag, value }) => {
      const label = quote(`${pathOf(words)}|${flag}`);
      if (value === undefined) return [];
      if (value === 'file') return [`    ${label}) __ringfence_files "$current"; return ;;`];
      const choices = value === 'text' ? '' : value.join(' ');
      return [`    ${label}) COMPREPLY=($(compgen -W ${quote(choices)} -- "$current")); return ;;`];
    }),
  );
  const words = commands.map((command) => {
    const offered = [
      ...command.subCommands.map(({ name }) => name),
      ...command.flags.map(({ flag }) => flag),
    ];
    const files = command.takesFile ? ' [[ $current == -* ]] || __ringfence_files "$current";' : '';
    const list = `COMPREPLY=($(compgen -W ${quote(offered.join(' '))} -- "$current"));`;
    return `    ${quote(pathOf(command.words))}) ${list}${files} ;;`;
  });
  return `# bash completion of ringfence; load it with: source <(ringfence completion bash)
__ringfence_files() {
  compopt -o filenames 2>/dev/null
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$1")
}
_ringfence() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" where="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$where $word" in
    ${paths.join('|')}) where="$where $word" ;;
    *) break ;;
    esac
  done
  case "$where|$previous" in
${values.join('\n')}
  esac
  case "$where" in
${words.join('\n')}
  esac
}
complete -F _ringfence ringfence`;
}
