import { formatPolicyYaml } from '@ringfence/policy';
import { defineCommand } from 'citty';
import { findConsole } from '../common/call-console.ts';
import { printLine } from '../common/terminal.ts';
import { consoleFlag, jsonFlag } from './console-flag.ts';
import { fetchPolicy } from './fetch-policy.ts';

export const getCommand = defineCommand({
  meta: { name: 'get', description: "Print the Console's policy as YAML." },
  args: { console: consoleFlag, json: jsonFlag },
  async run({ args }) {
    const { policy, revision } = await fetchPolicy(findConsole(args.console));
    if (args.json) return printLine(JSON.stringify({ revision, policy }, undefined, 2));
    printLine(`# revision ${revision}\n${formatPolicyYaml(policy).trimEnd()}`);
  },
});
