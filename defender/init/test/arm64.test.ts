import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collect, layOut, runUnder, signedPolicy } from './protect.ts';

const emulator = '/usr/bin/qemu-aarch64';
const arm64Init = fileURLToPath(new URL('../build/arm64/ringfence-init', import.meta.url));
const testdata = new URL('../../../packages/policy/testdata/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', testdata), 'utf8'));

type Configuration = Parameters<typeof layOut>[0];

/** Runs a command of this machine under the init for arm64, which an emulator runs: without a guard, as that knows no seccomp. */
async function runEmulated(
  configuration: Configuration,
  command: string[],
  env: Record<string, string> = {},
) {
  const { init, remove } = layOut(configuration, arm64Init, {
    library: false,
    mode: 0o555, // an emulator reads it
  });
  try {
    return await collect(runUnder(emulator, [init, ...command], { env }));
  } finally {
    remove();
  }
}

describe.skipIf(process.arch !== 'x64' || !existsSync(emulator))('the init for arm64', () => {
  const signed: { name: string; accept: boolean; words: string }[] = expected.files.filter(
    // An older revision is refused only by who has a newer one.
    ({ name }: { name: string }) => name.endsWith('.rfs1') && name !== 'bad-older-revision.rfs1',
  );

  it.each(signed)('takes $name for what it is: $words', async ({ name, accept }) => {
    const finished = await runEmulated(
      {
        identity: expected.identity,
        pinnedKey: Buffer.from(expected.pinnedKey, 'hex'),
        signedPolicy: readFileSync(new URL(name, testdata)),
      },
      ['/bin/echo', 'started'],
    );
    const refused = finished.audits.find(({ type, action }) => type === 'policy' && action === 'blocked');
    const becauseOf = String(refused?.message ?? 'the platform');
    if (accept) expect(becauseOf).toContain('the platform');
    else expect(becauseOf).toMatch(/the (signed |compiled )?policy/);
  });

  it('stands between the runtime and the Runtime API', async () => {
    const seen: string[] = [];
    const api = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      request.on('data', (bytes) => seen.push(`${bytes}`));
      request.on('end', () => {
        response.setHeader('Lambda-Runtime-Aws-Request-Id', 'one').end('{"question":1}');
      });
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    const runtime = `
const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
const event = await (await fetch(base + 'next')).text();
await fetch(base + 'one/response', { method: 'POST', body: 'answer to ' + event });
console.log(process.env.AWS_LAMBDA_RUNTIME_API);
process.exit(0);`;
    const finished = await runEmulated(
      { signedPolicy: signedPolicy({ effect: 'alert' }, { onError: 'open' }) },
      [process.execPath, '--input-type=module', '-e', runtime],
      { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` },
    );
    api.close();
    expect(finished).toMatchObject({ code: 0, stdout: expect.stringMatching(/^127\.0\.0\.1:\d+\n$/) });
    expect(finished.stdout).not.toContain(`:${port}\n`);
    expect(seen).toEqual([
      'GET /2018-06-01/runtime/invocation/next',
      'POST /2018-06-01/runtime/invocation/one/response',
      'answer to {"question":1}',
    ]);
    expect(finished.audits.filter(({ type }) => type === 'coverage')).toMatchObject([
      { detail: { tier: 'none' } },
    ]);
  });
});
