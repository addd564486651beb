import { Policy } from '@ringfence/policy';
import { z } from 'zod';
import { type ConsoleAccess, callConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';

const PolicyDocument = z.object({ revision: z.int(), policy: Policy });

/** The policy that the Console holds, with its revision. */
export async function fetchPolicy(access: ConsoleAccess): Promise<z.infer<typeof PolicyDocument>> {
  const { body } = await callConsole(access, 'GET', '/api/policy');
  const result = PolicyDocument.safeParse(body);
  if (result.success) return result.data;
  throw new CliError(
    'environment',
    `${access.url.origin} does not answer like a Console of this version: ${z.prettifyError(result.error)}`,
  );
}
