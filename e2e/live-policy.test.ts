import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenFunction, openFunction } from '../apps/cli/src/run/open-function.ts';
import { type Likeness, likenesses } from '../apps/cli/src/run/sandbox-places.ts';
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

async function applyPolicy(effect: 'disable' | 'alert' | 'prevent', sections: object = {}) {
  const file = join(work, 'policy.yaml');
  const rules = [{ name: 'all', process: { effect }, ...sections }];
  writeFileSync(
    file,
    JSON.stringify({ version: 1, runtime: { rules }, settings: { policyRefreshSeconds: 5 } }),
  );
  expect(await ringfence(['policy', 'apply', file], environment)).toMatchObject({ code: 0 });
}

/** Embeds a function written in Python, with what is in force now. */
async function embed(folder: string, output: string) {
  const args = ['embed', folder, '--function', 'convert', '--region', 'eu-west-1'];
  const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const embedded = await ringfence(
    [...args, '--runtime', 'python3.11', '--arch', arch, '-o', output],
    environment,
  );
  expect(embedded).toMatchObject({ code: 0 });
}

const open = (output: string, like: Likeness) =>
  openFunction({
    package: output,
    functionName: 'convert',
    region: 'eu-west-1',
    runtime: 'python3.11',
    timeoutSeconds: 20,
    like,
  });

/** Invokes the function until the Defender tells that another policy is in force. */
async function invokeUntilPolicyChanges(target: OpenFunction, event: Buffer = attack) {
  const changes = () => target.log.audits.filter(({ type }) => type === 'policy').length;
  const before = changes();
  const deadline = Date.now() + 30_000;
  let last = '';
  while (changes() === before && Date.now() < deadline) {
    await sleep(200);
    last = String((await target.invoke(event)).payload);
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
    await embed('examples/python/function', output);
    opened = await open(output, like);
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

/** Tries each path of its event, and answers with what it met. Links to a place of its own are there from the start. */
const opener = `import os
def meet(path, mode):
    try:
        with open(path, mode):
            return 0
    except OSError as error:
        return error.errno
def lambda_handler(event, context):
    for folder in ("/tmp/else", "/tmp/within"):
        os.makedirs(folder, exist_ok=True)
    if not os.path.lexists("/tmp/out"):
        os.symlink("/tmp/else", "/tmp/out")
    return [meet(path, mode) for path, mode in event]
`;
const EACCES = 13;

it.each(likenesses)(
  'a newer policy whose rule names a folder by a symbolic link is about what it leads to, but not by links of the function, in a %s',
  { timeout: 120_000 },
  async (like) => {
    const folder = join(work, `opener-${like}`);
    const output = join(work, `opened-${like}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'lambda_function.py'), opener);
    await applyPolicy('alert', { files: { effect: 'prevent', write: ['/tmp/**'], denyRead: ['/absent'] } });
    await embed(folder, output);
    opened = await open(output, like);
    const event = Buffer.from(
      JSON.stringify([
        ['/lib/os-release', 'r'],
        ['/usr/lib/os-release', 'r'],
        ['/etc/os-release', 'r'],
        ['/etc/passwd', 'r'],
        ['/tmp/within/file', 'w'],
        ['/tmp/else/file', 'w'],
        ['/tmp/out/file', 'w'],
      ]),
    );
    expect(JSON.parse(String((await opened.invoke(event)).payload))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await applyPolicy('alert', {
      files: { effect: 'prevent', denyRead: ['/lib/os-rel*'], write: ['/tmp/within/**', '/tmp/out/**'] },
    });
    const met = JSON.parse(await invokeUntilPolicyChanges(opened, event));
    expect(met).toEqual([EACCES, EACCES, EACCES, 0, 0, EACCES, EACCES]);
    await opened.close();
  },
);

it('goes on under the policy of its package when the Console is away', { timeout: 60_000 }, async () => {
  await applyPolicy('prevent');
  const output = join(work, 'alone');
  await embed('examples/python/function', output);
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
