import type { ArgDef, ArgsDef, CommandDef } from 'citty';

// biome-ignore lint/suspicious/noExplicitAny: citty's own type for "a command with some arguments"; it is not covariant.
export type AnyCommand = CommandDef<any>;

export interface Declaration {
  name: string;
  description: string;
  args: [name: string, definition: ArgDef][];
  /** Loads a command below this one: only the one that is wanted, so that the command line starts fast. */
  subCommands: Record<string, () => Promise<AnyCommand>>;
}

/** What a command declares, with citty's lazy values resolved, but for the commands below it. */
export async function readDeclaration(command: AnyCommand): Promise<Declaration> {
  const resolve = async <T>(value: T | (() => T | Promise<T>)): Promise<T> =>
    typeof value === 'function' ? await (value as () => T | Promise<T>)() : value;
  const meta = (await resolve(command.meta)) as { name?: string; description?: string } | undefined;
  const args = ((await resolve(command.args)) ?? {}) as ArgsDef;
  const declared = ((await resolve(command.subCommands)) ?? {}) as Record<string, AnyCommand>;
  const subCommands = Object.fromEntries(
    Object.entries(declared).map(([name, sub]) => [name, async () => resolve(sub)]),
  );
  return {
    name: meta?.name ?? '',
    description: meta?.description ?? '',
    args: Object.entries(args),
    subCommands,
  };
}
