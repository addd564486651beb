import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { printLine } from '../common/terminal.ts';
import { jsonFlag } from './console-flag.ts';
import { findWarnings } from './find-warnings.ts';
import { readPolicy, renderFault } from './read-policy.ts';

export const lintCommand = defineCommand({
  meta: { name: 'lint', description: 'Check a policy file: each fault with its line and column.' },
  args: { file: { type: 'positional', description: 'The policy in YAML.', required: true }, json: jsonFlag },
  async run({ args }) {
    const { policy, faults } = await readPolicy(args.file);
    const warnings = policy ? findWarnings(policy) : [];
    if (args.json) printLine(JSON.stringify({ file: args.file, faults, warnings }, undefined, 2));
    else {
      for (const fault of faults) printLine(renderFault(args.file, fault));
      for (const warning of warnings) printLine(`${args.file}: warning: ${warning}`);
      if (policy) printLine(`${args.file} is a valid policy.`);
    }
    if (!policy) process.exitCode = exitCodes.finding.code;
  },
});
