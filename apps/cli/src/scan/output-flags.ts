import { FAIL_ON } from '@ringfence/findings';
import { OUTPUT_FORMATS } from '@ringfence/findings/outputs';

/** What all commands that report findings have in common. */
export const outputFlags = {
  format: {
    type: 'enum' as const,
    description: 'How the report is printed, or written to an --output that does not say. Default: table.',
    options: [...OUTPUT_FORMATS],
  },
  output: {
    type: 'string' as const,
    alias: 'o',
    description:
      'Also write the report to a file, in the format that its name ends in or that is given as FORMAT=FILE. May be given several times.',
    valueHint: 'FILE…',
  },
  'fail-on': {
    type: 'enum' as const,
    description: 'The lowest severity that makes the exit code 1.',
    options: [...FAIL_ON],
    default: 'low' as const,
  },
  json: { type: 'boolean' as const, description: 'Print the report as JSON.' },
};
