import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Finished } from '../../defender/init/test/protect.ts';
import { addresses } from '../lab/addresses.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { runGuarded } from '../lab/run-guarded.ts';
import { platformOf } from '../lab/tiers.ts';

// Tier T2: the guard library leads lookups to the init's resolver, in the function's own process.

const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const { api, api6 } = addresses;
const absent = '203.0.113.53';

let lab: Lab;
let tools: string;
beforeAll(async () => {
  lab = await openLab();
  tools = mkdtempSync(join(tmpdir(), 'ringfence-lookups-'));
  chmodSync(tools, 0o755);
});
afterAll(async () => {
  await lab?.close();
  rmSync(tools, { recursive: true, force: true });
});
beforeEach(() => lab.takeLog());

const guarded = (command: string[], listen: number[] = []) =>
  runGuarded(
    lab,
    {
      rule: { process: { effect: 'disable' }, network: { outbound: ['*.lab.test:80'], listen } },
      platform: platformOf('T2'),
    },
    command,
  );

/** The denied name was told, and asked of nobody. */
async function expectOnlyDenied(finished: Finished) {
  const audits = finished.audits.filter(({ type }) => type !== 'coverage');
  expect(audits.length).toBeGreaterThan(0);
  for (const audit of audits)
    expect(audit).toMatchObject({
      type: 'network',
      detail: { direction: 'lookup', domain: expect.stringMatching(/stranger\.test$/) },
    });
  expect((await lab.takeLog()).filter((line) => /stranger/.test(line))).toEqual([]);
}

it.each([
  ['Python', ['/usr/bin/python3', at('look-up.py')], [], 'EAI_NONAME'],
  ['Java', ['/usr/bin/java', at('LookUp.java'), absent], [], 'UnknownHostException'],
  ['Ruby', ['/usr/bin/ruby', at('look-up.rb'), absent], [0], 'ResolvError'],
])('by %s', async (_, command, listen, denied) => {
  const finished = await guarded([...command, 'api.lab.test', 'stranger.test'], listen);
  const [found, refused] = finished.stdout.split('\n');
  expect(found).toContain(api);
  expect(refused).toContain(denied);
  await expectOnlyDenied(finished);
});

it.each(['gcc', 'musl-gcc'])('by the C library of %s', async (compiler) => {
  const program = join(tools, `names-${compiler}`);
  execFileSync(compiler, ['-O1', '-Wall', '-Werror', at('lookup.c'), '-o', program]);
  const finished = await guarded([program, 'names', 'api.lab.test']);
  expect(finished.stdout.trim().split(' ').sort()).toEqual([api, api6].sort());
  await expectOnlyDenied(await guarded([program, 'names', 'stranger.test']));
});

it.each([
  'sendto recvfrom',
  'sendto recvmsg blocking',
  'sendmsg recvmsg',
  'sendmmsg recvfrom',
  'connect recvfrom',
  'sendto recvfrom peek',
])('%s: the answer bears the address of the name server that was asked', async (way) => {
  const program = join(tools, 'packets');
  execFileSync('gcc', ['-O1', '-Wall', '-Werror', at('lookup.c'), '-o', program]);
  const finished = await guarded([program, 'packet', way, absent, 'api.lab.test']);
  expect(finished.stdout).toBe(`from ${absent} 53 code 0 answers 1\n`);
  await expectOnlyDenied(await guarded([program, 'packet', way, absent, 'c2VjcmV0.stranger.test']));
});
