import { dirname, join } from 'node:path';
import { defineCommand } from 'citty';
import { functionFlags } from '../common/function-flags.ts';
import { printLine, printNote } from '../common/terminal.ts';
import { policySourceFlags } from '../embed/configuration-flags.ts';
import { protectTemplate } from './protect-template.ts';

export const samCommand = defineCommand({
  meta: {
    name: 'sam',
    description: 'Protect the functions that "sam build" built, and write a template that deploys them.',
  },
  args: {
    template: {
      type: 'positional',
      description: 'The template that "sam build" wrote.',
      required: false,
      default: '.aws-sam/build/template.yaml',
    },
    stack: {
      type: 'string',
      description: 'The stack, which names functions without a FunctionName: <stack>-<id>.',
      valueHint: 'NAME',
    },
    region: { ...functionFlags.region, required: true },
    account: functionFlags.account,
    ...policySourceFlags,
    output: {
      type: 'string',
      alias: 'o',
      description: 'The new template, beside TEMPLATE. Default: template.ringfence.yaml.',
      valueHint: 'OUT',
    },
    json: { type: 'boolean', description: 'Print the result as JSON.' },
  },
  async run({ args }) {
    const { template, stack, region, account, console, policy, key } = args;
    const output = args.output ?? join(dirname(template), 'template.ringfence.yaml');
    const source = { console, policy, key };
    const result = await protectTemplate({ template, output, stack, region, account, source });
    for (const warning of result.warnings) printNote(`Warning: ${warning}`);
    if (args.json) return printLine(JSON.stringify(result, undefined, 2));
    printNote(`Protected: ${result.protected.join(', ')}.`);
    printNote('Deploy it:');
    printLine(`sam deploy --template-file ${output}`);
  },
});
