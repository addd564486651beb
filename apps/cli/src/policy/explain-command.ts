import { explainPolicy } from '@ringfence/policy';
import { defineCommand } from 'citty';
import { findConsole } from '../common/call-console.ts';
import { functionFlags, parseIdentity } from '../common/function-flags.ts';
import { printLine } from '../common/terminal.ts';
import { consoleFlag, jsonFlag } from './console-flag.ts';
import { fetchPolicy } from './fetch-policy.ts';
import { loadPolicy } from './read-policy.ts';

export const explainCommand = defineCommand({
  meta: {
    name: 'explain',
    description: 'Say which rule decides for a function, and why the rules before it do not.',
  },
  args: {
    file: {
      type: 'positional',
      description: "A policy in YAML; without it, the Console's policy.",
      required: false,
    },
    ...functionFlags,
    region: { ...functionFlags.region, default: 'us-east-1' },
    runtime: {
      type: 'string',
      description: "Lambda's identifier of the runtime.",
      valueHint: 'ID',
      default: 'nodejs22.x',
    },
    console: consoleFlag,
    json: jsonFlag,
  },
  async run({ args }) {
    const { cloud, account, region, runtime, arch } = args;
    const identity = parseIdentity({ cloud, account, region, runtime, arch, name: args.function });
    const policy = args.file
      ? await loadPolicy(args.file)
      : (await fetchPolicy(findConsole(args.console))).policy;
    const explanation = explainPolicy(policy, identity);
    if (args.json) return printLine(JSON.stringify(explanation, undefined, 2));
    for (const { index, words } of explanation.steps) printLine(`${index + 1}. ${words}`);
    printLine(explanation.words);
    for (const { section, words } of explanation.sections) printLine(`  ${section}: ${words}`);
    if (policy.waas.rules.length === 0) return;
    const { steps, words, sentences } = explanation.waas;
    for (const step of steps) printLine(`WAAS ${step.index + 1}. ${step.words}`);
    printLine(words);
    for (const sentence of sentences) printLine(`  ${sentence}`);
  },
});
