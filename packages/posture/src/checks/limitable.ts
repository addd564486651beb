import { takesResources } from '../iam/actions.ts';

/** What Lambda and other services do with a role to write their logs and to join a network; AWS's own policies have it on everything. */
const ofPlatform =
  /^(logs:(CreateLogGroup|CreateLogStream|PutLogEvents)|ec2:(Create|Delete|Detach)NetworkInterface)$/i;

/** Those of the actions that could be allowed on single resources, and are worth it. */
export async function limitable(actions: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const action of actions)
    if (!ofPlatform.test(action) && (await takesResources(action))) found.push(action);
  return found;
}
