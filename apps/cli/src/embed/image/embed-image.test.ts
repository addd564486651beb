import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeDefenderConfiguration } from '@ringfence/policy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRuntimeApi } from '../../run/runtime-api.ts';
import { findIsolation, likenesses } from '../../run/sandbox-places.ts';
import {
  collectAudits,
  fetchWhenUp,
  findFreePort,
  startContainer,
  writeImage,
} from '../../testing/container.ts';
import { makeFolder } from '../../testing/make-folder.ts';
import { runRingfence } from '../../testing/run-ringfence.ts';
import { strictPolicy } from '../../testing/starter.ts';

const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const client = join(
  import.meta.dirname,
  '../../../../../examples/runtime-clients/node/node_modules/aws-lambda-ric',
);
const attack = `import { spawnSync } from 'node:child_process';
const attack = () => spawnSync('/bin/sh', ['-c', 'echo $((6 * 7))'], { encoding: 'utf8' }).stdout ?? 'refused';
`;

/** An unpacked image of ours with the files given, and the command that protects it. */
function makeImage(files: Record<string, string>) {
  const folder = makeFolder();
  const image = join(folder, 'image');
  writeImage(image);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(image, name), text);
  writeFileSync(join(folder, 'policy.yaml'), strictPolicy);
  const embed = (more: string[] = [], from = 'image', to = 'protected') =>
    runRingfence(
      [
        ...[
          'embed',
          '--image-dir',
          from,
          '--function',
          'shop',
          '--region',
          'cluster-1',
          '--cloud',
          'knative',
        ],
        ...['--arch', arch, '--policy', 'policy.yaml', '-o', to, ...more],
      ],
      { cwd: folder, env: { XDG_CONFIG_HOME: join(folder, 'config') } },
    );
  return { folder, embed };
}

const expectGuarded = (audits: () => unknown[], tier = 'T0') =>
  expect.poll(audits, { timeout: 10_000 }).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ type: 'coverage', detail: expect.objectContaining({ tier }) }),
      expect.objectContaining({
        type: 'process',
        action: 'blocked',
        function: expect.objectContaining({ cloud: 'knative', name: 'shop', runtime: 'container' }),
      }),
    ]),
  );

describe.skipIf(findIsolation() !== 'namespaces')('a protected image', () => {
  it('guards a server of plain HTTP, as Knative, OpenFaaS, Cloud Run and Azure start one', async () => {
    const server = `import { createServer } from 'node:http';
${attack}createServer((request, response) => response.end(request.url === '/attack' ? attack() : 'works')).listen(process.env.PORT);
`;
    const { folder, embed } = makeImage({ 'app/server.mjs': server });
    const { code, stdout } = embed(['--entrypoint', '["node"]', '--cmd', '["server.mjs"]', '--json']);
    const { entrypoint, cmd } = JSON.parse(stdout);
    expect({ code, entrypoint, cmd }).toEqual({
      code: 0,
      entrypoint: ['/.ringfence/init', 'node'],
      cmd: ['server.mjs'],
    });
    const start = async (image: string, words: string[]) => {
      const port = await findFreePort();
      const container = startContainer(join(folder, image), words, { PORT: String(port) });
      const audits = collectAudits(container);
      const works = await fetchWhenUp(`http://127.0.0.1:${port}/`);
      const attacked = await fetchWhenUp(`http://127.0.0.1:${port}/attack`);
      return { works, attacked: attacked.trim(), audits };
    };
    expect(await start('image', ['node', ...cmd])).toMatchObject({ works: 'works', attacked: '42' });
    const guarded = await start('protected', [...entrypoint, ...cmd]);
    expect(guarded).toMatchObject({ works: 'works', attacked: 'refused' });
    await expectGuarded(guarded.audits);
  });

  it.each(likenesses)("guards a function with Lambda's runtime interface client, as in %s", async (like) => {
    const handler = `${attack}export const handler = async () => attack();\n`;
    const { folder, embed } = makeImage({ 'app/index.mjs': handler });
    for (const part of ['package.json', 'bin', 'dist'])
      cpSync(join(client, part), join(folder, 'image/app/node_modules/aws-lambda-ric', part), {
        recursive: true,
      });
    writeFileSync(
      join(folder, 'inspected.json'),
      JSON.stringify([
        {
          Architecture: arch === 'arm64' ? 'arm64' : 'amd64',
          Config: {
            Entrypoint: ['node', 'node_modules/aws-lambda-ric/bin/index.mjs'],
            Cmd: ['index.handler'],
          },
        },
      ]),
    );
    const { entrypoint, cmd } = JSON.parse(embed(['--image-config', 'inspected.json', '--json']).stdout);
    const api = await startRuntimeApi({
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
      functionName: 'shop',
      handler: 'index.handler',
      timeoutMs: 20_000,
      snapStart: false,
    });
    onTestFinished(() => api.close());
    const container = startContainer(
      join(folder, 'protected'),
      [...entrypoint, ...cmd],
      {
        AWS_LAMBDA_RUNTIME_API: api.address,
        AWS_LAMBDA_FUNCTION_NAME: 'shop',
        LAMBDA_TASK_ROOT: '/app',
      },
      like,
    );
    const audits = collectAudits(container);
    expect(await api.initOutcome).toMatchObject({ ready: true });
    const { payload } = await api.invoke(Buffer.from('{}'), {});
    expect(String(payload)).toBe('"refused"');
    await expectGuarded(audits, like === 'lambda' ? 'T2' : 'T0');
  });
});

describe('ringfence embed --image-dir', () => {
  it('keeps what is in the image, and does not nest', () => {
    const { folder, embed } = makeImage({ 'app/server.mjs': '' });
    execFileSync('chown', ['-h', '1234:1234', join(folder, 'image/app/server.mjs')]);
    execFileSync('mkfifo', [join(folder, 'image/app/pipe')]);
    const { stdout } = embed(['--entrypoint', '["node", "server.mjs"]']);
    expect(stdout).toBe(
      'COPY protected/.ringfence/ /.ringfence/\nENTRYPOINT ["/.ringfence/init","node","server.mjs"]\n',
    );
    expect(lstatSync(join(folder, 'protected/app/server.mjs'))).toMatchObject({ uid: 1234, gid: 1234 });
    expect(lstatSync(join(folder, 'protected/app/pipe')).isFIFO()).toBe(true);
    expect(readdirSync(join(folder, 'image'))).not.toContain('.ringfence');
    const again = embed(['--entrypoint', '["/.ringfence/init", "node", "server.mjs"]'], 'protected', 'again');
    expect(again.stdout).toBe(stdout.replace('protected', 'again'));
    execFileSync('diff', ['-r', '--no-dereference', '-x', 'pipe', 'protected', 'again'], { cwd: folder });
    const { identity } = decodeDefenderConfiguration(
      readFileSync(join(folder, 'protected/.ringfence/policy')),
    );
    expect(identity).toMatchObject({ name: 'shop', runtime: 'container' });
  });

  it('says what is wrong with the image or its configuration', () => {
    const { folder, embed } = makeImage({});
    const config = (value: unknown) => {
      writeFileSync(join(folder, 'config.json'), JSON.stringify(value));
      return embed(['--image-config', 'config.json']);
    };
    expect(embed()).toMatchObject({ code: 2, stderr: expect.stringContaining('docker inspect') });
    expect(embed(['--entrypoint', 'node'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('JSON array'),
    });
    expect(config({ other: 1 })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('config.json is not'),
    });
    const config390 = { architecture: 's390x', config: { Cmd: ['node'] } };
    expect(config(config390)).toMatchObject({ code: 2, stderr: expect.stringContaining('for s390x') });
    expect(config({ process: { args: ['node', 'x'] } })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ENTRYPOINT ["/.ringfence/init","node","x"]'),
    });
    mkdirSync(join(folder, 'image/.ringfence'));
    writeFileSync(join(folder, 'image/.ringfence/mine'), '');
    expect(embed(['--cmd', '["node"]'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('in the way'),
    });
  });
});
