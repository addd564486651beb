import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  compilePolicy,
  encodeDefenderConfiguration,
  Policy,
  signPolicy,
  toEnvironmentValue,
} from '@ringfence/policy';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { collect, compileProgram, identity, layOut, runUnder, signedPolicy, signingKey } from './protect.ts';

type Call = { method: string; path: string; type: string | undefined; body: string };

let server: Server;
let address: string;
let calls: Call[] = [];

async function readBody(request: IncomingMessage) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const type = request.headers['lambda-runtime-function-error-type'];
    calls.push({
      method: `${request.method}`,
      path: `${request.url}`,
      type: type?.toString(),
      body: await readBody(request),
    });
    response.writeHead(202).end('{"status":"OK"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  calls = [];
});

afterAll(() => server.close());

const guarded = signedPolicy({ effect: 'prevent' });
const flipped = guarded.slice();
flipped[guarded.length - 70] = (flipped[guarded.length - 70] ?? 0) ^ 1;

it.each([
  ['has a flipped bit', flipped],
  ['was made for another function', signedPolicy({ effect: 'prevent' }, { name: 'other' })],
  ['is cut short', guarded.slice(0, -1)],
  ['is empty', new Uint8Array()],
  ['is rubbish', new TextEncoder().encode('rubbish'.repeat(50))],
])('does not start a function whose policy %s, and tells the platform why', async (_, policy) => {
  const { init, remove } = layOut({ signedPolicy: policy });
  const env = { AWS_LAMBDA_RUNTIME_API: address };
  const finished = await collect(runUnder(init, ['/bin/sh', '-c', 'sleep 0.3; echo started'], { env }));
  expect(finished.code).toBe(1);
  expect(finished.stdout).toBe('');
  expect(finished.stderr).toMatch(/^ringfence: Ringfence did not start the function: /);
  expect(finished.audits).toMatchObject([{ type: 'policy', action: 'blocked' }]);
  expect(calls).toMatchObject([
    { method: 'POST', path: '/2018-06-01/runtime/init/error', type: 'Ringfence.Refused' },
  ]);
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
    errorType: 'Ringfence.Refused',
    errorMessage: finished.audits[0]?.message,
  });
  remove();
});

it('does not start without a policy', async () => {
  const { init, folder, remove } = layOut({});
  rmSync(join(folder, '.ringfence/policy'));
  const finished = await collect(runUnder(init, ['/bin/echo', 'started']));
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  expect(finished.stderr).toContain('there is no policy');
  remove();
});

it('takes its configuration from RINGFENCE_POLICY alone, and keeps the variable from the function', async () => {
  const { init, folder, remove } = layOut({});
  rmSync(join(folder, '.ringfence/policy'));
  const RINGFENCE_POLICY = toEnvironmentValue({
    identity,
    pinnedKey: signingKey.publicKey,
    signedPolicy: guarded,
    token: 'secret-token',
  });
  const finished = await collect(runUnder(init, ['/usr/bin/env'], { env: { RINGFENCE_POLICY, KEPT: '1' } }));
  expect(finished.code).toBe(0);
  expect(finished.stdout).toContain('KEPT=1');
  expect(finished.stdout).not.toContain('RINGFENCE');
  expect(finished.audits).toMatchObject([
    { type: 'coverage', detail: { tier: 'T0', source: 'environment' } },
  ]);
  remove();
});

it('prefers the variable over the file, field by field', async () => {
  const other = { ...identity, name: 'other' };
  const { init, remove } = layOut({ signedPolicy: guarded });
  const RINGFENCE_POLICY = toEnvironmentValue({
    identity: other,
    signedPolicy: signedPolicy({ effect: 'alert' }, { name: 'other', revision: 9 }),
  });
  const finished = await collect(runUnder(init, ['/bin/true'], { env: { RINGFENCE_POLICY } }));
  expect(finished.audits).toMatchObject([{ function: other, effect: 'alert', detail: { policy: 9 } }]);
  remove();
});

it.each(['not base64url!', 'AAAA', 'A'.repeat(9000)])(
  'refuses RINGFENCE_POLICY=%.20s',
  async (RINGFENCE_POLICY) => {
    const { init, remove } = layOut({ signedPolicy: guarded });
    expect(await collect(runUnder(init, ['/bin/true'], { env: { RINGFENCE_POLICY } }))).toMatchObject({
      code: 1,
    });
    remove();
  },
);

it('costs a function nothing whose policy disables the guard, and says so', async () => {
  const { init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'disable' }) });
  const finished = await collect(
    runUnder(init, ['/bin/sh', '-c', 'grep Seccomp: /proc/self/status; /bin/echo ran']),
  );
  expect(finished.stdout).toBe('Seccomp:\t0\nran\n');
  expect(finished.audits).toMatchObject([
    { type: 'coverage', detail: { tier: 'none', sections: { process: 'disable' } } },
  ]);
  remove();
});

it('starts a custom runtime by its own entry', async () => {
  const { init, folder, remove } = layOut({ signedPolicy: guarded, entry: '.ringfence-bootstrap' });
  copyFileSync(init, join(folder, 'bootstrap'));
  writeFileSync(
    join(folder, '.ringfence-bootstrap'),
    '#!/bin/sh\necho "custom runtime in $(dirname "$0")"\n',
    { mode: 0o755 },
  );
  const finished = await collect(runUnder(join(folder, 'bootstrap'), []));
  expect(finished).toMatchObject({ code: 0, stdout: `custom runtime in ${folder}\n` });
  remove();
});

it('refuses a configuration with an unknown version', async () => {
  const { init, folder, remove } = layOut({ signedPolicy: guarded });
  const file = join(folder, '.ringfence/policy');
  const bytes = Buffer.from(encodeDefenderConfiguration({ identity }));
  bytes.writeUInt16LE(2, 4);
  writeFileSync(file, bytes);
  expect((await collect(runUnder(init, ['/bin/true']))).stderr).toContain('version');
  remove();
});

it('hands the runtime its own address of the Runtime API', async () => {
  const { init, remove } = layOut({ signedPolicy: guarded });
  const script = 'echo $AWS_LAMBDA_RUNTIME_API';
  const finished = await collect(
    runUnder(init, ['/bin/sh', '-c', script], { env: { AWS_LAMBDA_RUNTIME_API: address } }),
  );
  expect(finished.stdout).toMatch(/^127\.0\.0\.1:\d+\n$/);
  expect(finished.stdout.trim()).not.toBe(address);
  remove();
});

it('goes on when nobody reads its stdout', async () => {
  const { init, folder, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'alert' }) });
  const done = join(folder, 'done');
  mkdirSync(done, { mode: 0o777 });
  const script = `i=0; while [ $i -lt 300 ]; do /bin/true $i; i=$((i+1)); done; echo ok > ${done}/file`;
  const child = runUnder(init, ['/bin/sh', '-c', script], { asRoot: true });
  child.stdout?.pause(); // the pipe fills up: 300 audits are more than its 64 KB
  await new Promise((resolve) => child.on('exit', resolve));
  expect(readFileSync(join(done, 'file'), 'utf8')).toBe('ok\n');
  remove();
});

it('starts with its standard streams closed, and opens nothing else in their place', async () => {
  const { init, remove } = layOut({ signedPolicy: guarded });
  const child = runUnder('/bin/sh', ['-c', `exec ${init} /bin/sleep 30 <&- >&- 2>&-`], { asRoot: true });
  const streamsOf = (pid: number | undefined) => [0, 1, 2].map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  await expect.poll(() => streamsOf(child.pid)).toEqual(['/dev/null', '/dev/null', '/dev/null']);
  child.kill();
  await collect(child);
  remove();
});

const restricted = (onError: 'open' | 'closed') =>
  layOut({ signedPolicy: signedPolicy({ effect: 'prevent' }, { onError }) }, undefined, { library: false });

it('refuses to start where the platform does not allow a filter, there is no library and onError is closed', async () => {
  const { init, remove } = restricted('closed');
  const finished = await collect(
    runUnder(compileProgram('restrict.c'), ['seccomp', init, '/bin/echo', 'started'], {
      env: { AWS_LAMBDA_RUNTIME_API: address },
    }),
  );
  expect(finished).toMatchObject({ code: 1, stdout: '' });
  expect(finished.stderr).toContain('the platform does not allow the guard');
  expect(calls).toHaveLength(1);
  remove();
});

it('starts unguarded there when onError is open, and claims nothing', async () => {
  const { init, remove } = restricted('open');
  const finished = await collect(
    runUnder(compileProgram('restrict.c'), ['seccomp', init, '/bin/sh', '-c', '/bin/echo started']),
  );
  expect(finished).toMatchObject({ code: 0, stdout: 'started\n' });
  expect(finished.audits).toMatchObject([
    {
      type: 'coverage',
      message: expect.stringContaining('not guarded'),
      detail: { tier: 'none', filter: false, sections: { process: 'unguarded' } },
    },
  ]);
  remove();
});

const emulator = '/usr/bin/qemu-aarch64';
const arm64Init = fileURLToPath(new URL('../build/arm64/ringfence-init', import.meta.url));

it.skipIf(process.arch !== 'x64' || !existsSync(emulator)).each([
  ['starts, unguarded as an emulator has no seccomp, and says so', 'open', guarded, 0, 'started\n'],
  ['refuses to start without the guard', 'closed', guarded, 1, ''],
  ['refuses a policy with a flipped bit', 'open', flipped, 1, ''],
] as const)('on arm64 %s', async (_, onError, policy, code, stdout) => {
  const signed = policy === guarded ? signedPolicy({ effect: 'prevent' }, { onError }) : policy;
  const { init, remove } = layOut({ signedPolicy: signed }, undefined, { library: false });
  rmSync(init);
  copyFileSync(arm64Init, init);
  const finished = await collect(runUnder(emulator, [init, '/bin/echo', 'started']));
  expect(finished).toMatchObject({ code, stdout });
  expect(finished.audits).toHaveLength(1);
  remove();
});

it('writes whole audits for a function with the longest names', async () => {
  const long = 'n'.repeat(140);
  const longest = { ...identity, account: long, region: long, name: long, runtime: long };
  const policy = Policy.parse({ version: 1, runtime: { rules: [{ name: 'all' }] } });
  const compiled = compilePolicy({ policy, identity: longest, revision: 1, issuedAt: 0 });
  const { init, remove } = layOut({ identity: longest, signedPolicy: signPolicy(compiled, signingKey) });
  const words = Array.from({ length: 12 }, () => `'${'"\\'.repeat(200)}'`).join(' ');
  const finished = await collect(runUnder(init, ['/bin/sh', '-c', `/bin/echo ${words}`]));
  expect(finished.audits).toHaveLength(2);
  for (const audit of finished.audits)
    expect(audit).toMatchObject({ type: expect.any(String), detail: expect.any(Object) });
  remove();
});
