import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditsOf, collect, layOut, runUnder, signedPolicy } from '../../init/test/protect.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const emulator = '/usr/bin/qemu-aarch64';
const libraries = '/usr/aarch64-linux-gnu';

/** The init for arm64 and what it starts run in an emulator, which knows no seccomp. */
describe.skipIf(process.arch !== 'x64' || !existsSync(emulator))('on arm64', () => {
  let tools: string;
  beforeAll(() => {
    tools = mkdtempSync(join(tmpdir(), 'ringfence-arm64-'));
    chmodSync(tools, 0o777);
    for (const [name, source] of [
      ['starts', 'starts.c'],
      ['evil', '../../init/test/evil.c'],
      ['network-attack', '../../init/test/network-attack.c'],
    ] as const)
      execFileSync('aarch64-linux-gnu-gcc', ['-O1', at(source), '-o', join(tools, name), '-lpthread']);
  });
  afterAll(() => rmSync(tools, { recursive: true, force: true }));

  async function run(sections: Parameters<typeof signedPolicy>[0], command: string[]) {
    const { init, folder, remove } = layOut({ signedPolicy: signedPolicy(sections) });
    for (const [built, name] of [
      ['ringfence-init', 'init'],
      ['guard.so', 'guard.so'],
    ] as const) {
      const target = join(folder, '.ringfence', name);
      rmSync(target);
      copyFileSync(at(`../../init/build/arm64/${built}`), target);
      chmodSync(target, 0o555);
    }
    try {
      return await collect(runUnder(emulator, [init, emulator, '-L', libraries, ...command]));
    } finally {
      remove();
    }
  }

  it('leads each system call of libc through the library, and starts nothing that is not named', async () => {
    const finished = await run({ effect: 'prevent' }, [join(tools, 'starts'), join(tools, 'evil')]);
    const ways = ['posix_spawn', 'posix_spawnp', 'fork', 'vfork', 'execvp', 'syscall'];
    expect(finished.stdout).toBe(ways.map((way) => `${way} failed\n`).join(''));
    const audits = auditsOf(finished, 'process');
    expect(audits.length).toBeGreaterThan(0);
    for (const audit of audits)
      expect(audit).toMatchObject({
        action: 'blocked',
        detail: { path: join(tools, 'evil'), caller: join(tools, 'starts'), call: 'execve', abi: 'arm64' },
      });
    expect(auditsOf(finished, 'coverage')).toMatchObject([
      { detail: { tier: 'T2', sections: { process: 'prevent' } } },
    ]);
    expect(JSON.stringify(finished.audits)).not.toContain('led through');
  });

  it.each([
    ['tcp', '198.51.100.66', 13],
    ['udp-sendto', '198.51.100.66', 13],
    ['raw', '', 1],
  ])('stops %s to %s', async (way, target, errno) => {
    const rule = { process: { effect: 'disable' as const }, network: { outbound: ['192.0.2.1:7000'] } };
    const finished = await run(rule, [join(tools, 'network-attack'), way, target, '192.0.2.1']);
    expect(finished.stdout).toBe(`RESULT ${errno}\n`);
    expect(auditsOf(finished, 'network')).toMatchObject([{ action: 'blocked', detail: { abi: 'arm64' } }]);
  });

  it('has lookups answered by the init', async () => {
    const rule = { process: { effect: 'disable' as const }, network: { outbound: ['*.allowed.test:443'] } };
    const finished = await run(rule, [join(tools, 'network-attack'), 'lookup', 'denied.test']);
    expect(finished.stdout).toBe('RESULT 2\n'); // EAI_NONAME
    expect(auditsOf(finished, 'network')[0]).toMatchObject({
      action: 'blocked',
      detail: { direction: 'lookup', domain: 'denied.test' },
    });
  });

  it('learns what is used', async () => {
    const rule = { process: { effect: 'disable' as const }, network: { effect: 'learn' as const } };
    const finished = await run(rule, [join(tools, 'network-attack'), 'udp-sendto', '127.0.0.1']);
    expect(finished.stdout).toBe('RESULT 0\n');
    expect(auditsOf(finished, 'model')).toMatchObject([
      { detail: { entries: [{ kind: 'address', value: '127.0.0.1', port: 7000 }] } },
    ]);
  });
});
