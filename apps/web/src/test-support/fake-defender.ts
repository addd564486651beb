import { request } from 'node:https';
import { makeAudit } from '@ringfence/console/testing/make-audit';
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
    const whose = { function: { ...identity, version: '$LATEST' } };
    const lines = audits.map((audit) => JSON.stringify({ ...makeAudit(whose), ...audit }));
    return post(
      `${console.defenderUrl}/api/defender/audits`,
      console.authority,
      token,
      `${lines.join('\n')}\n`,
    );
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
