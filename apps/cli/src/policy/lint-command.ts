import { formatYamlProblem, lintPolicy } from '@ringfence/policy';
import { defineCommand } from 'citty';
import { exitCodes } from '../common/exit-codes.ts';
import { printLine } from '../common/terminal.ts';
import { jsonFlag } from './console-flag.ts';
import { readPolicy } from './read-policy.ts';

export const lintCommand = defineCommand({
  meta: {
    name: 'lint',
    description: 'Check a policy file: each error with its line and column, and what is hardly meant.',
  },
  args: { file: { type: 'positional', description: 'The policy in YAML.', required: true }, json: jsonFlag },
  async run({ args }) {
    const result = await readPolicy(args.file);
    const errors = result.ok ? [] : result.errors;
    const warnings = result.ok
      ? lintPolicy(result.policy).map((warning) => ({ ...warning, ...result.locate(warning.path) }))
      : [];
    if (errors.length > 0) process.exitCode = exitCodes.finding.code;
    if (args.json) return printLine(JSON.stringify({ file: args.file, errors, warnings }, undefined, 2));
    for (const error of errors) printLine(formatYamlProblem(error));
    for (const { line, column, message, advice } of warnings)
      printLine(`${args.file}:${line}:${column}: warning: ${message} ${advice}`);
    if (result.ok) printLine(`${args.file} is a valid policy.`);
  },
});
