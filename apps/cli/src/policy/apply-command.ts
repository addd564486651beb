import { comparePolicies } from '@ringfence/policy';
import { defineCommand } from 'citty';
import { callConsole, findConsole } from '../common/call-console.ts';
import { CliError } from '../common/cli-error.ts';
import { printLine } from '../common/terminal.ts';
import { consoleFlag, jsonFlag } from './console-flag.ts';
import { fetchPolicy } from './fetch-policy.ts';
import { loadPolicy } from './read-policy.ts';
import { renderChange } from './render-change.ts';

export const applyCommand = defineCommand({
  meta: {
    name: 'apply',
    description: "Replace the Console's policy by the one in a file, and show what changes.",
  },
  args: {
    file: { type: 'positional', description: 'The policy in YAML.', required: true },
    console: consoleFlag,
    'dry-run': { type: 'boolean', description: 'Only show what would change.' },
    json: jsonFlag,
  },
  async run({ args }) {
    const policy = await loadPolicy(args.file);
    const access = findConsole(args.console);
    const current = await fetchPolicy(access);
    const changes = comparePolicies(current.policy, policy);
    const store = changes.length > 0 && !args['dry-run'];
    const revision = store ? await putPolicy(access, policy, current.revision) : current.revision;
    if (args.json) return printLine(JSON.stringify({ changes, applied: store, revision }, undefined, 2));
    for (const line of changes.flatMap(renderChange)) printLine(line);
    if (changes.length === 0) printLine(`Nothing to change: revision ${revision} is this policy already.`);
    else if (store) printLine(`Applied as revision ${revision}.`);
    else printLine('Nothing was applied (--dry-run).');
  },
});

/** Stores the policy if the Console still has the one that was compared; answers the new revision. */
async function putPolicy(
  access: ReturnType<typeof findConsole>,
  policy: object,
  from: number,
): Promise<number> {
  const { status, body } = await callConsole(access, 'PUT', '/api/policy', {
    body: { policy },
    headers: { 'if-match': `"${from}"` },
    expected: [412],
  });
  if (status === 412)
    throw new CliError(
      'environment',
      'Somebody else changed the policy in the meantime.',
      'Run the command again to see what changes now.',
    );
  return (body as { revision: number }).revision;
}
