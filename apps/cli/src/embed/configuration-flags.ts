import { type PrintFormat, printFormats } from './render-variables.ts';

/** Where a policy comes from, shared by the commands that configure a Defender. */
export const policySourceFlags = {
  console: {
    type: 'string',
    description: 'The Console that it reports to (or RINGFENCE_CONSOLE), with RINGFENCE_TOKEN.',
    valueHint: 'URL',
  },
  policy: {
    type: 'string',
    description: 'A policy in YAML, signed here, for a function without a Console.',
    valueHint: 'FILE',
  },
  key: {
    type: 'string',
    description: 'The key that signs --policy, PEM. Default: one of your own, made at first use.',
    valueHint: 'FILE',
  },
} as const;

/** How a function's variables are handed on. */
export const variableFlags = {
  'env-file': {
    type: 'string',
    description: 'Also write the variables to a file, as KEY=VALUE lines.',
    valueHint: 'FILE',
  },
  print: {
    type: 'enum',
    description: 'Print the variables for a tool.',
    options: [...printFormats] as PrintFormat[],
  },
} as const;
