import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApi, signUp } from '../apps/console/src/testing/console-client.ts';
import { type SpawnedConsole, spawnConsole } from '../apps/console/src/testing/spawn-console.ts';
import examples from '../examples/examples.json' with { type: 'json' };
import { ringfence } from './ringfence.ts';

type Example = (typeof examples)[number];
const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const PROOF = 'ringfence-proof-42';

let work: string;
let running: SpawnedConsole;
let environment: Record<string, string>;
let api: ReturnType<typeof makeApi>;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-e2e-'));
  running = await spawnConsole({ dataDirectory: join(work, 'data') });
  const { token } = await signUp(running);
  api = makeApi(running, token);
  environment = { RINGFENCE_CONSOLE: running.url, RINGFENCE_TOKEN: token };
});

afterAll(async () => {
  await running?.end('SIGTERM');
  rmSync(work, { recursive: true, force: true });
});

const isInstalled = (command: string) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, command)));
const commandOf: Record<string, string> = { python: 'python3', custom: 'gcc' };

/** One policy for all: each function may start what its example names. */
async function applyPolicy(effect: 'alert' | 'prevent') {
  const collections = examples.map(({ name, functionName }) => ({ name, functions: [functionName] }));
  const rules = examples.map(({ name, allowed }) => ({
    name,
    collections: [name],
    process: { effect, allow: allowed },
  }));
  const file = join(work, 'policy.yaml');
  writeFileSync(file, JSON.stringify({ version: 1, collections, runtime: { rules } }));
  const applied = await ringfence(['policy', 'apply', file], environment);
  expect(applied).toMatchObject({ code: 0 });
}

async function protect(example: Example, output: string) {
  const identity = ['--function', example.functionName, '--region', 'eu-west-1', '--account', '123456789012'];
  const args = [
    'embed',
    join('examples', example.package),
    ...identity,
    '--runtime',
    example.runtime,
    '--arch',
    arch,
  ];
  expect(await ringfence([...args, '-o', output], environment)).toMatchObject({ code: 0 });
}

function run(example: Example, folder: string, event: string, ...flags: string[]) {
  return ringfence([
    'run',
    folder,
    '--event',
    `examples/${example.name}/events/${event}.json`,
    '--runtime',
    example.runtime,
    '--handler',
    example.handler,
    '--memory',
    String(example.memoryMb),
    '--timeout',
    '20',
    '--function',
    example.functionName,
    ...flags,
  ]);
}

/** What the Console shows of the function's processes, once it shows something with this action. */
async function waitForAudit(functionName: string, action: string) {
  const deadline = Date.now() + 5000;
  for (;;) {
    const { body } = await api('GET', `/api/audits?type=process&action=${action}&function=${functionName}`);
    if (body.items.length > 0 || Date.now() > deadline) return body.items;
    await sleep(20);
  }
}

describe.each(examples.map((example): [string, Example] => [example.name, example]))(
  '%s',
  (name, example) => {
    const missing = !isInstalled(commandOf[name] ?? name);
    const source = join('examples', example.package);

    it.skipIf(missing)(
      'does its work the same with and without the Defender',
      { timeout: 60_000 },
      async () => {
        await applyPolicy('prevent');
        const output = join(work, `${name}-prevent`);
        await protect(example, output);
        const plain = await run(example, source, 'good');
        const guarded = await run(example, output, 'good');
        expect(plain).toMatchObject({ code: 0 });
        expect(guarded.stdout).toBe(plain.stdout);
        expect(guarded).toMatchObject({ code: 0 });
        expect(guarded.stderr).toContain('guarded at tier T0');
      },
    );

    it.skipIf(missing)('is attacked in earnest without the Defender', { timeout: 60_000 }, async () => {
      const { stdout } = await run(example, source, 'attack', '--json');
      expect(stdout).toContain(PROOF);
    });

    it.skipIf(missing)(
      'is kept safe under prevent, and log and Console tell',
      { timeout: 60_000 },
      async () => {
        const { stdout } = await run(example, join(work, `${name}-prevent`), 'attack', '--json');
        const { audits, ...rest } = JSON.parse(stdout);
        expect(JSON.stringify(rest)).not.toContain(PROOF);
        const logged = audits.find((audit: { type: string }) => audit.type === 'process');
        expect(logged).toMatchObject({
          effect: 'prevent',
          action: 'blocked',
          detail: { path: expect.stringMatching(/dash|jspawnhelper/) },
        });
        const shown = await waitForAudit(example.functionName, 'blocked');
        expect(shown.map((audit: { id: string }) => audit.id)).toContain(logged.id);
      },
    );

    // The runtime of `custom` is a static program, into which the guard library can't go.
    it.skipIf(missing || name === 'custom')(
      'does its work and is kept safe in a sandbox like Lambda’s, by the guard library',
      { timeout: 60_000 },
      async () => {
        const output = join(work, `${name}-prevent`);
        const plain = await run(example, source, 'good');
        const guarded = await run(example, output, 'good', '--like', 'lambda');
        expect(guarded).toMatchObject({ code: 0, stdout: plain.stdout });
        expect(guarded.stderr).toContain('guarded at tier T2');
        const { stdout } = await run(example, output, 'attack', '--json', '--like', 'lambda');
        const { audits, ...rest } = JSON.parse(stdout);
        expect(JSON.stringify(rest)).not.toContain(PROOF);
        expect(audits.find((audit: { type: string }) => audit.type === 'process')).toMatchObject({
          effect: 'prevent',
          action: 'blocked',
          detail: { path: expect.stringMatching(/dash|jspawnhelper/) },
        });
      },
    );

    it.skipIf(missing)(
      'is let through under alert, and log and Console tell',
      { timeout: 60_000 },
      async () => {
        await applyPolicy('alert');
        const output = join(work, `${name}-alert`);
        await protect(example, output);
        const { stdout } = await run(example, output, 'attack', '--json');
        const { audits, ...rest } = JSON.parse(stdout);
        expect(JSON.stringify(rest)).toContain(PROOF);
        const logged = audits.find((audit: { type: string }) => audit.type === 'process');
        expect(logged).toMatchObject({ effect: 'alert', action: 'allowed' });
        const shown = await waitForAudit(example.functionName, 'allowed');
        expect(shown.map((audit: { id: string }) => audit.id)).toContain(logged.id);
      },
    );
  },
);

it('shows every function among the Defenders', async () => {
  const { body } = await api('GET', '/api/defenders');
  const installed = examples.filter(({ name }) => isInstalled(commandOf[name] ?? name));
  expect(body.items.map((item: { function: { name: string } }) => item.function.name).sort()).toEqual(
    installed.map(({ functionName }) => functionName).sort(),
  );
});
