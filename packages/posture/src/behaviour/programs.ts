import { constantOf, type OutsideCall, type Value } from '@ringfence/code';

/** The program of a call that starts one, `shell` for a line that a shell is given; undefined where it is not known. */
type Program = { name: string } | { shell: true } | undefined;

const shellLine =
  /^(child_process\.exec(Sync)?|os\.(system|popen)|subprocess\.(getoutput|getstatusoutput)|asyncio\.create_subprocess_shell|shelljs\.exec)$/;
const named =
  /^(child_process\.(spawn|execFile)(Sync)?|subprocess\.(run|call|check_call|check_output|Popen)|os\.(exec|spawn|posix_spawn)\w*|asyncio\.create_subprocess_exec|pty\.spawn|execa(\.execa(Sync)?)?|cross-spawn(\.sync)?)$/;
const itself = /^(child_process\.fork|worker_threads\.Worker)$/;

const isTrue = (value: Value | undefined) => constantOf(value) === 'true' || constantOf(value) === 'True';

function programOf({ symbol, arguments: [first, ...rest], named: keywords }: OutsideCall): Program {
  const withShell =
    isTrue(keywords.get('shell')) || rest.some((value) => isTrue(value.fields?.named.get('shell')));
  if (shellLine.test(symbol) || withShell) return { shell: true };
  const given = first ?? keywords.get('args');
  const name = constantOf(given?.fields?.named.get('0')) ?? constantOf(given);
  return name === undefined ? undefined : { name };
}

/** The programs that a call starts: by path, or by bare name. Undefined when it starts none; empty when the program is not known. */
export function programsOf(call: OutsideCall): string[] | undefined {
  if (itself.test(call.symbol)) return call.symbol.endsWith('fork') ? ['node'] : undefined;
  if (!shellLine.test(call.symbol) && !named.test(call.symbol)) return undefined;
  const program = programOf(call);
  if (program === undefined) return [];
  if ('name' in program) return [program.name];
  // The line's own program, where nothing in it asks the shell for more.
  const [, first] = /^\s*([\w./+-]+)/.exec(startOf(call.arguments[0])) ?? [];
  return first === undefined ? [] : ['sh', first];
}

/** What a text begins with, as far as it is known. */
export function startOf(value: Value | undefined): string {
  const [part] = value?.texts[0] ?? [];
  return part && 'text' in part ? part.text : '';
}
