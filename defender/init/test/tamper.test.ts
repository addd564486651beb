import { appendFileSync, chmodSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCertificate, toDer } from './console-certificates.ts';
import { accept, isPost, startServer } from './console-server.ts';
import { auditsOf, collect, kernelIsBefore, layOut, runUnder, signedPolicy } from './protect.ts';

describe('variables that load code', () => {
  async function sh(
    script: string,
    env: Record<string, string> = {},
    effect: 'prevent' | 'alert' = 'prevent',
  ) {
    const allow = ['/usr/bin/printf', '/usr/bin/dash'];
    const { init, remove } = layOut({ signedPolicy: signedPolicy({ effect, allow }) });
    const finished = await collect(runUnder(init, ['/bin/sh', '-c', script], { env }));
    remove();
    return finished;
  }

  it.each(['LD_PRELOAD=libm.so.6', 'LD_AUDIT=libm.so.6', 'RINGFENCE_POLICY=UkZEMQ'])(
    'get an allowed program killed that has them from its caller: %s',
    async (setting) => {
      const finished = await sh(`/usr/bin/printf a; ${setting} /usr/bin/printf b; /usr/bin/printf c`);
      expect(finished.stdout).toBe('ac');
      expect(auditsOf(finished, 'tamper')).toMatchObject([
        {
          action: 'blocked',
          message: 'policy hijacked: /usr/bin/printf was given code to load and killed',
          detail: { path: '/usr/bin/printf' },
        },
      ]);
    },
  );

  it('are inherited from the runtime, which has them from its platform', async () => {
    const finished = await sh('/usr/bin/printf a; LD_PRELOAD=libdl.so.2 /usr/bin/printf b', {
      LD_PRELOAD: 'libm.so.6',
    });
    expect(finished.stdout).toBe('a');
    expect(auditsOf(finished, 'tamper')).toHaveLength(1);
  });

  it('are known from the start, also when only a later policy prevents', { timeout: 60_000 }, async () => {
    const later = signedPolicy({ effect: 'prevent', allow: ['/usr/bin/printf'] }, { revision: 2 });
    const authority = await makeCertificate({ isAuthority: true });
    const id = await makeCertificate({ issuer: authority, ip: ['127.0.0.1'] });
    const server = await startServer({
      id,
      answer: (request, response) =>
        isPost(request) ? accept(request, response) : response.writeHead(200, { etag: '"2"' }).end(later),
    });
    const { init, remove } = layOut({
      signedPolicy: signedPolicy({ effect: 'alert' }),
      console: `127.0.0.1:${server.port}`,
      token: 'rf1.x.y',
      authorities: [toDer(authority)],
    });
    // Each event is answered by what a child printed; the next one follows when the newer policy is in force.
    const api = createServer((request, response) => {
      if (request.method === 'POST') response.writeHead(202).end();
      else response.writeHead(200, { 'lambda-runtime-aws-request-id': `${Math.random()}` }).end('{}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const runtime = `
      const { spawnSync } = require('node:child_process');
      const { setTimeout: sleep } = require('node:timers/promises');
      const next = () => fetch('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/next');
      (async () => {
        const isForbidden = () => spawnSync('/usr/bin/true').error?.code === 'EPERM';
        for (let i = 0; i < 100 && !isForbidden(); i++) await (await next()).text(), await sleep(50);
        const print = (env) => process.stdout.write(String(spawnSync('/usr/bin/printf', ['x'], { env }).stdout) + '.');
        print(process.env);
        print({ ...process.env, LD_PRELOAD: 'libdl.so.2' });
      })();`;
    const finished = await collect(
      runUnder(init, ['node', '-e', runtime], {
        env: {
          LD_PRELOAD: 'libm.so.6',
          AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
        },
      }),
    );
    expect(finished.stdout).toBe('x..');
    expect(auditsOf(finished, 'tamper')).toHaveLength(1);
    api.close();
    await server.close();
    remove();
  });

  it('may be taken away, may look alike, and are let go where nothing is prevented', async () => {
    const env = { LD_PRELOAD: 'libm.so.6' };
    const alike = await sh('unset LD_PRELOAD; OLD_LD_PRELOAD=x LD_PRELOADS=y /usr/bin/printf a', env);
    expect(alike).toMatchObject({ stdout: 'a', stderr: '' });
    expect((await sh('LD_PRELOAD=libm.so.6 /usr/bin/printf a', {}, 'alert')).stdout).toBe('a');
  });
});

describe("a change of the init's files", () => {
  const changes: [name: string, told: string, change: (folder: string) => void][] = [
    ['written to', '.ringfence/policy', (folder) => appendFileSync(join(folder, 'policy'), 'x')],
    ['renamed', '.ringfence/init', (folder) => renameSync(join(folder, 'init'), join(folder, 'x'))],
    ['given another mode', '.ringfence/init', (folder) => chmodSync(join(folder, 'init'), 0o4755)],
    ['moved with their folder', '.ringfence', (folder) => renameSync(folder, `${folder}-away`)],
  ];

  it.each(changes)('is told: %s', async (_, told, change) => {
    const { folder, init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'disable' }) });
    const child = runUnder(init, ['/bin/sh', '-c', 'echo ready; read line'], { stdin: 'pipe' });
    child.stdout?.once('data', () => {
      change(join(folder, '.ringfence'));
      child.stdin?.end('\n');
    });
    const finished = await collect(child);
    expect(auditsOf(finished, 'tamper')).toContainEqual(
      expect.objectContaining({
        action: 'reported',
        message: `policy hijacked: ${told} in the package was changed while the function ran`,
      }),
    );
    remove();
  });

  it('is not told of files that stay as they are', async () => {
    const { folder, init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'disable' }) });
    const finished = await collect(
      runUnder(init, ['/bin/sh', '-c', `cat ${folder}/.ringfence/* > /dev/null`]),
    );
    expect(auditsOf(finished, 'tamper')).toEqual([]);
    remove();
  });
});

describe('with the file section, whatever it allows,', () => {
  const files = { effect: 'alert' as const, write: ['/**'], execute: ['/**'], denyRead: ['/nothing/**'] };

  async function sh(script: (folder: string) => string) {
    const { folder, init, remove } = layOut({
      signedPolicy: signedPolicy({ process: { effect: 'disable' }, files }),
    });
    const before = readFileSync(join(folder, '.ringfence/policy'));
    const command = ['/bin/sh', '-c', `exec 2> /dev/null; ${script(`${folder}/.ringfence`)}; echo $?`];
    const finished = await collect(runUnder(init, command, { asRoot: true }));
    expect(readFileSync(join(folder, '.ringfence/policy'))).toEqual(before);
    remove();
    return finished;
  }

  it.each([
    ['a write', (own: string) => `(echo x >> ${own}/policy)`],
    ['a removal', (own: string) => `rm -f ${own}/policy`],
    ['another mode', (own: string) => `chmod 777 ${own}/init`],
    ['another name', (own: string) => `mv ${own}/policy ${own}/x`],
    ['another name for the folder', (own: string) => `mv ${own} ${own}-away`],
    ['another file in its place', (own: string) => `cp /bin/true ${own}/../x && mv ${own}/../x ${own}/init`],
    ['a new file', (own: string) => `(echo x > ${own}/new)`],
    ["a read of the init's variables", () => 'cat /proc/$PPID/environ'],
    ["a read of the init's variables by its thread", () => 'cat /proc/$PPID/task/$PPID/environ'],
    ["a write to the init's memory", () => '(echo x > /proc/$PPID/mem)'],
  ])('%s is refused and told', async (_, script) => {
    const finished = await sh(script);
    expect(finished.stdout).toMatch(/^[1-9]\d*\n$/);
    const [audit] = auditsOf(finished, 'tamper');
    expect(audit).toMatchObject({
      action: 'blocked',
      message: expect.stringMatching(/^policy hijacked: \S+ tried to (change|read) \S+$/),
    });
  });

  it('what others may know of the init is read', async () => {
    const finished = await sh((own) => `cat /proc/$PPID/stat /proc/$PPID/cmdline ${own}/policy > /dev/null`);
    expect(finished.stdout).toBe('0\n');
    expect(auditsOf(finished, 'tamper')).toEqual([]);
  });
});

it.runIf(process.getuid?.() === 0 && !kernelIsBefore(6, 12))(
  "the init's memory is out of reach for root as well, without the file section",
  async () => {
    const { init, remove } = layOut({ signedPolicy: signedPolicy({ effect: 'alert' }) });
    const script = '(exec 3<> /proc/$PPID/mem) 2> /dev/null || echo refused; kill -0 $$ && echo alive';
    const finished = await collect(runUnder(init, ['/bin/sh', '-c', script], { asRoot: true }));
    expect(finished.stdout).toBe('refused\nalive\n');
    remove();
  },
);
