import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Identity, makeCertificate, toDer } from './console-certificates.ts';
import { startServer } from './console-server.ts';
import { freezeAtRandom } from './freeze.ts';
import { collect, compileProgram, type Finished, layOut, runUnder, signedPolicy } from './protect.ts';

/** `RINGFENCE_FREEZE_MS=60000` freezes for a minute. */
const FREEZE_MS = Number(process.env.RINGFENCE_FREEZE_MS ?? 2500);
const policy = signedPolicy({ effect: 'prevent', allow: ['/usr/bin/true'] });

let tools: string;
let attack: string;
let evil: string;
let authority: Identity;
let identity: Identity;

beforeAll(async () => {
  tools = mkdtempSync(join(tmpdir(), 'ringfence-faults-'));
  chmodSync(tools, 0o755);
  attack = join(tools, 'attack');
  evil = join(tools, 'evil');
  cpSync(compileProgram('attack.c'), attack);
  cpSync(compileProgram('evil.c', ['-static']), evil);
  authority = await makeCertificate({ isAuthority: true });
  identity = await makeCertificate({ issuer: authority, ip: ['127.0.0.1'] });
});

afterAll(() => rmSync(tools, { recursive: true, force: true }));

type Audit = { type: string; action: string; count: number; message: string };

const countBlocked = (audits: Audit[]) =>
  audits
    .filter(({ type, action }) => type === 'process' && action === 'blocked')
    .reduce((sum, { count }) => sum + count, 0);
const blockedBy = (finished: Finished) => countBlocked(finished.audits as Audit[]);

describe('frozen and thawed at random, as between invocations', () => {
  it('loses no exec and no audit', { timeout: 120_000 + FREEZE_MS }, async () => {
    const { init, remove } = layOut({ signedPolicy: policy });
    const rounds = FREEZE_MS;
    const child = runUnder(init, [attack, 'flood', evil, '/usr/bin/true', `${rounds}`]);
    const ended = collect(child);
    expect(await freezeAtRandom(child, FREEZE_MS)).toBeGreaterThan(5);
    const finished = await ended;
    expect(finished).toMatchObject({ code: 0, stdout: `RESULT ${rounds / 2} ${rounds / 2}\n` });
    expect(blockedBy(finished)).toBe(rounds / 2);
    remove();
  });

  it('loses no invocation', { timeout: 120_000 + FREEZE_MS }, async () => {
    const invocations = Math.ceil(FREEZE_MS / 5);
    const answers: string[] = [];
    let asked = 0;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (request.method === 'POST') {
        answers.push(`${request.url?.split('/').at(-2)} ${body}`);
        response.writeHead(202).end();
      } else if (asked < invocations) {
        response.writeHead(200, { 'lambda-runtime-aws-request-id': `${asked++}` }).end(`event ${asked}`);
      } // else the runtime waits
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const api = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const runtime = `
      const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
      for (let i = 0; i < ${invocations}; i++) {
        const next = await fetch(api + 'next');
        const id = next.headers.get('lambda-runtime-aws-request-id');
        await (await fetch(api + id + '/response', { method: 'POST', body: await next.text() })).text();
      }`;
    const { init, remove } = layOut({ signedPolicy: policy });
    const child = runUnder(init, ['node', '--input-type=module', '-e', runtime], {
      env: { AWS_LAMBDA_RUNTIME_API: api },
    });
    const ended = collect(child);
    await freezeAtRandom(child, FREEZE_MS);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(answers).toEqual(Array.from({ length: invocations }, (_, index) => `${index} event ${index + 1}`));
    server.close();
    remove();
  });
});

it('goes on when the disk of stdout is full, and tells the Console', async () => {
  const server = await startServer({ id: identity });
  const { init, remove } = layOut({
    signedPolicy: policy,
    console: `127.0.0.1:${server.port}`,
    token: 'rf1.x.y',
    authorities: [toDer(authority)],
  });
  const command = ['-c', 'exec "$0" "$@" > /dev/full', init, attack, 'flood', evil, '/usr/bin/true', '200'];
  const finished = await collect(runUnder('/bin/sh', command));
  expect(finished).toMatchObject({ code: 0, stdout: '' });
  const audits: Audit[] = server.posted().flatMap((body) =>
    body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  expect(countBlocked(audits)).toBe(100);
  expect(audits.at(-1)?.message).toMatch(/[1-9]\d* could not be written to stdout$/);
  await server.close();
  remove();
});

describe('with few descriptors', () => {
  it.each([12, 16])('(%d) decides as ever', async (limit) => {
    const { init, remove } = layOut({ signedPolicy: policy });
    const command = ['-c', `ulimit -n ${limit}; exec "$0" "$@"`];
    const finished = await collect(
      runUnder('/bin/sh', [...command, init, attack, 'flood', evil, '/usr/bin/true', '200']),
    );
    expect(finished).toMatchObject({ code: 0, stdout: 'RESULT 100 100\n' });
    expect(blockedBy(finished)).toBe(100);
    remove();
  });

  it('refuses and tells what it can not look at, once it has none left', async () => {
    const { init, remove } = layOut({ signedPolicy: policy });
    const script =
      '/usr/bin/true && echo ran; read line; /usr/bin/true || echo refused; read line; /usr/bin/true && echo ran';
    const child = runUnder(init, ['/bin/sh', '-c', script], { stdin: 'pipe', asRoot: true });
    const limit = (soft: number) => execFileSync('prlimit', ['--pid', `${child.pid}`, `--nofile=${soft}:`]);
    let printed = '';
    child.stdout?.on('data', (text) => {
      const before = printed;
      printed += text;
      const says = (line: string) => !before.includes(line) && printed.includes(line);
      if (says('ran\n')) {
        limit(4);
        child.stdin?.write('\n');
      } else if (says('refused\n')) {
        limit(100);
        child.stdin?.end('\n');
      }
    });
    const finished = await collect(child);
    expect(finished.stdout).toBe('ran\nrefused\nran\n');
    expect(finished.audits.map(({ message }) => message)).toContain(
      'the init has no descriptors left: it refused what it could not look at',
    );
    remove();
  });

  it('does not start what it could not guard', async () => {
    const { init, remove } = layOut({ signedPolicy: policy });
    const finished = await collect(
      runUnder('/bin/sh', ['-c', `ulimit -n 6; exec ${init} /bin/echo started`]),
    );
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(/did not start the function/);
    remove();
  });

  it('decides about a function whose own table is full', async () => {
    const { init, remove } = layOut({ signedPolicy: policy });
    const script = `ulimit -n 4; /usr/bin/true && echo true; ${evil}; echo $?`;
    const finished = await collect(runUnder(init, ['/bin/sh', '-c', script]));
    expect(finished.stdout).toBe('true\n126\n');
    expect(blockedBy(finished)).toBe(1);
    remove();
  });
});

it.runIf(process.getuid?.() === 0)('starts where the clocks are years ahead', async () => {
  const { init, remove } = layOut({ signedPolicy: policy });
  const ahead = `${10 * 365 * 86_400}`;
  const command = ['-T', '--monotonic', ahead, '--boottime', ahead, '-S', '993', init];
  const finished = await collect(
    runUnder('/usr/bin/unshare', [...command, attack, 'flood', evil, '/usr/bin/true', '200'], {
      asRoot: true,
    }),
  );
  expect(finished).toMatchObject({ code: 0, stdout: 'RESULT 100 100\n' });
  expect(blockedBy(finished)).toBe(100);
  remove();
});
