import { FunctionIdentity } from '@ringfence/policy';
import { CliError } from './cli-error.ts';

/** The flags that name a function, shared by the commands that need one. */
export const functionFlags = {
  function: {
    type: 'string',
    description: "The function's name, as it is deployed.",
    valueHint: 'NAME',
    required: true,
  },
  region: { type: 'string', description: 'The region that it is deployed to.', valueHint: 'REGION' },
  account: {
    type: 'string',
    description: 'The account that owns it.',
    valueHint: 'ID',
    default: '000000000000',
  },
  cloud: { type: 'string', description: 'The cloud that it runs in.', valueHint: 'CLOUD', default: 'aws' },
  arch: {
    type: 'enum',
    description: 'The architecture that it runs on.',
    options: ['x86_64', 'arm64'] as ('x86_64' | 'arm64')[],
    default: 'x86_64',
  },
} as const;

/** Checks what the flags say. Throws a usage error that names the flag. */
export function parseIdentity(values: Record<keyof FunctionIdentity, string | undefined>): FunctionIdentity {
  const result = FunctionIdentity.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = String(issue?.path[0]);
  const flag = field === 'name' ? 'function' : field;
  throw new CliError(
    'usage',
    `--${flag} ${JSON.stringify(values[field as keyof FunctionIdentity] ?? '')} ${issue?.message}.`,
  );
}
