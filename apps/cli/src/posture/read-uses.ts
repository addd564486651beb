import { type FunctionUse, PostureError, readTrail, type Uses, useOfModel } from '@ringfence/posture';
import { z } from 'zod';
import { callConsole, findConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';
import { readRepeated } from '../common/read-repeated.ts';

export const useFlags = {
  trail: {
    type: 'string' as const,
    description:
      'Logs of CloudTrail, a file or a folder: what functions did counts as needed. May be given several times.',
    valueHint: 'PATH…',
  },
  learned: {
    type: 'boolean' as const,
    description: 'Ask the Console which services the functions were seen to talk to.',
  },
};

const ModelList = z.object({
  items: z.array(
    z.object({
      functionId: z.string(),
      function: z.object({ name: z.string() }),
      sections: z.array(z.string()),
      since: z.number().nullable(),
      last: z.number().nullable(),
    }),
  ),
});
const Model = z.object({
  entries: z.array(z.object({ kind: z.string(), value: z.string(), port: z.number().optional() })),
});

/** What functions have learned at the Console, of those whose network was watched. */
async function readModels(console: string | undefined): Promise<[name: string, FunctionUse][]> {
  const access = findConsole(console);
  const { items } = ModelList.parse((await callConsole(access, 'GET', '/api/models')).body);
  const uses: [string, FunctionUse][] = [];
  for (const { functionId, function: own, sections, since, last } of items) {
    if (since === null || last === null || !sections.includes('network')) continue;
    const { entries } = Model.parse((await callConsole(access, 'GET', `/api/models/${functionId}`)).body);
    uses.push([own.name, useOfModel({ since, last, entries })]);
  }
  return uses;
}

/** What was seen of functions while they ran, from where the command line says. Rejects with a usage error for what can't be read. */
export async function readUses(
  { learned, console }: { learned?: boolean | undefined; console?: string | undefined },
  rawArgs: string[],
): Promise<Uses> {
  const uses = await readTrail(readRepeated('trail', rawArgs)).catch((error: unknown) => {
    throw error instanceof PostureError ? new CliError('usage', error.message) : error;
  });
  if (learned)
    for (const [name, use] of await readModels(console)) uses.set(name, [...(uses.get(name) ?? []), use]);
  return uses;
}
