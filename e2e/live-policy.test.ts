import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenFunction, openFunction } from '../apps/cli/src/run/open-function.ts';
import { likenesses } from '../apps/cli/src/run/sandbox-places.ts';
import { makeApi, signUp } from '../apps/console/src/testing/console-client.ts';
import { type SpawnedConsole, spawnConsole } from '../apps/console/src/testing/spawn-console.ts';
import { ringfence, root } from './ringfence.ts';

const attack = readFileSync(join(root, 'examples/python/events/attack.json'));
const PROOF = 'ringfence-proof-42';

let work: string;
let running: SpawnedConsole;
let environment: Record<string, string>;
let api: ReturnType<typeof makeApi>;
let opened: OpenFunction | undefined;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-live-'));
  running = await spawnConsole({ dataDirectory: join(work, 'data') });
  const { token } = await signUp(running);
  api = makeApi(running, token);
  environment = { RINGFENCE_CONSOLE: running.url, RINGFENCE_TOKEN: token };
});

afterAll(async () => {
  await opened?.close();
  await running?.end('SIGTERM');
  rmSync(work, { recursive: true, force: true });
});

async function applyPolicy(effect: 'disable' | 'alert' | 'prevent') {
  const file = join(work, 'policy.yaml');
  const rules = [{ name: 'all', process: { effect } }];
  writeFileSync(
    file,
    JSON.stringify({ version: 1, runtime: { rules }, settings: { policyRefreshSeconds: 5 } }),
  );
  expect(await ringfence(['policy', 'apply', file], environment)).toMatchObject({ code: 0 });
}

/** Invokes the function with its attack until the Defender tells that another policy is in force. */
async function invokeUntilPolicyChanges(target: OpenFunction) {
  const changes = () => target.log.audits.filter(({ type }) => type === 'policy').length;
  const before = changes();
  const deadline = Date.now() + 30_000;
  let last = '';
  while (changes() === before && Date.now() < deadline) {
    await sleep(200);
    last = String((await target.invoke(attack)).payload);
  }
  return last;
}

it.each(likenesses)(
  'applies a newer policy to a running function in a %s, also after the signing key was rotated',
  {
    timeout: 120_000,
  },
  async (like) => {
    await applyPolicy('alert');
    const output = join(work, like);
    const args = ['embed', 'examples/python/function', '--function', 'convert', '--region', 'eu-west-1'];
    const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    const embedded = await ringfence(
      [...args, '--runtime', 'python3.11', '--arch', arch, '-o', output],
      environment,
    );
    expect(embedded).toMatchObject({ code: 0 });
    opened = await openFunction({
      package: output,
      functionName: 'convert',
      region: 'eu-west-1',
      runtime: 'python3.11',
      timeoutSeconds: 20,
      like,
    });
    expect(String((await opened.invoke(attack)).payload)).toContain(PROOF);

    expect(await api('POST', '/api/signing-keys/rotate')).toMatchObject({ status: expect.any(Number) });
    await applyPolicy('prevent');
    expect(await invokeUntilPolicyChanges(opened)).not.toContain(PROOF);
    expect(opened.log.audits.at(-1)).toMatchObject({ type: 'process', effect: 'prevent', action: 'blocked' });

    await applyPolicy('disable');
    expect(await invokeUntilPolicyChanges(opened)).toContain(PROOF);
    const told = opened.log.audits.filter(({ type }) => type === 'policy');
    expect(told.map(({ effect }) => effect)).toEqual(['prevent', 'disable']);
    await opened.close();
  },
);

it('goes on under the policy of its package when the Console is away', { timeout: 60_000 }, async () => {
  await applyPolicy('prevent');
  const output = join(work, 'alone');
  const args = ['embed', 'examples/python/function', '--function', 'convert', '--region', 'eu-west-1'];
  expect(await ringfence([...args, '--runtime', 'python3.11', '-o', output], environment)).toMatchObject({
    code: 0,
  });
  await running.end('SIGKILL');
  const event = 'examples/python/events/attack.json';
  const { stdout } = await ringfence([
    'run',
    output,
    '--event',
    event,
    '--runtime',
    'python3.11',
    '--timeout',
    '20',
    '--json',
  ]);
  const { audits, ...rest } = JSON.parse(stdout);
  expect(JSON.stringify(rest)).not.toContain(PROOF);
  const types = audits.map((audit: { type: string }) => audit.type);
  expect(types).toEqual(expect.arrayContaining(['coverage', 'process', 'defender']));
});
