import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { decodeDefenderConfiguration, fromEnvironmentValue, verifySignedPolicy } from '@ringfence/policy';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CliError } from '../common/cli-error.ts';
import { writeExamplePolicy } from '../testing/example-policy.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';
import { embed } from './embed.ts';
import { readGuard, readInit } from './read-init.ts';
import { readZip } from './zip/read-zip.ts';

/** A package as a person builds it; `files` are the paths in it. */
function makePackage(files: string[]) {
  const folder = makeFolder();
  const input = join(folder, 'fn');
  for (const path of files) {
    mkdirSync(join(input, path, '..'), { recursive: true });
    writeFileSync(join(input, path), `content of ${path}\n`.repeat(20));
    chmodSync(join(input, path), 0o755);
    utimesSync(join(input, path), 1_500_000_000, 1_500_000_000);
  }
  symlinkSync(files[0] ?? '', join(input, 'link'));
  execFileSync('zip', ['-qry', '../fn.zip', '.'], { cwd: input });
  const policy = writeExamplePolicy(folder);
  const at = (path: string) => join(folder, path);
  vi.stubEnv('XDG_CONFIG_HOME', at('config'));
  vi.stubEnv('RINGFENCE_CONSOLE', '');
  /** Embeds in this process; answers the exit code, and the message where there is one. */
  const embedHere = async (from: string, to: string, runtime?: string, key?: string) => {
    const identity = {
      cloud: 'aws',
      account: '0',
      region: 'eu-west-1',
      name: 'convert',
      arch: 'x86_64',
      runtime,
    };
    const request = { input: at(from), output: at(to), identity, console: undefined, policy, key };
    return embed(request).then(
      (result) => ({ code: 0, message: '', ...result }),
      (error: CliError) => ({ code: error.exitCode, message: error.message }),
    );
  };
  const embedByCommand = (from: string, to: string, ...more: string[]) =>
    runRingfence(
      [
        'embed',
        from,
        '--function',
        'convert',
        '--region',
        'eu-west-1',
        '--policy',
        policy,
        '-o',
        to,
        ...more,
      ],
      { cwd: folder },
    );
  const read = (path: string) => readFileSync(join(folder, path));
  return { folder, embedHere, embedByCommand, read, at };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const pathsOf = (zip: Buffer) => readZip(zip).entries.map(({ path }) => path);

describe('embed with a zip', () => {
  it('keeps the original byte for byte and adds the init and its configuration', async () => {
    const { embedByCommand, read } = makePackage(['app.py', 'lib/util.py']);
    expect(embedByCommand('fn.zip', 'out.zip')).toMatchObject({ code: 0 });
    const original = readZip(read('fn.zip'));
    const { entries } = readZip(read('out.zip'));
    expect(entries.length).toBe(original.entries.length + 3);
    original.entries.forEach((entry, index) => {
      expect(entries[index]?.local.equals(entry.local)).toBe(true);
      expect(entries[index]?.central.subarray(0, 42).equals(entry.central.subarray(0, 42))).toBe(true);
      expect(entries[index]?.central.subarray(46).equals(entry.central.subarray(46))).toBe(true);
    });
    const init = await readInit('x86_64');
    const guard = await readGuard('x86_64');
    expect(entries.at(-3)?.local.subarray(-init.length).equals(init)).toBe(true);
    expect(entries.at(-2)?.local.subarray(-guard.length).equals(guard)).toBe(true);
  });

  it('gives the same bytes again, also from what is protected already', async () => {
    const { embedHere, read } = makePackage(['app.py']);
    await embedHere('fn.zip', 'one.zip');
    await embedHere('fn.zip', 'two.zip');
    await embedHere('one.zip', 'three.zip');
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    expect(read('three.zip').equals(read('one.zip'))).toBe(true);
  });

  it('moves the bootstrap of a custom runtime aside, and never twice', async () => {
    const { embedHere, read } = makePackage(['bootstrap', 'data.txt']);
    expect(await embedHere('fn.zip', 'one.zip')).toMatchObject({
      code: 0,
      environment: expect.not.objectContaining({ AWS_LAMBDA_EXEC_WRAPPER: expect.anything() }),
    });
    expect(await embedHere('one.zip', 'two.zip')).toMatchObject({ code: 0 });
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    const { entries } = readZip(read('one.zip'));
    const find = (path: string) => entries.find((entry) => entry.path === path);
    const before = readZip(read('fn.zip')).entries.find(({ path }) => path === 'bootstrap');
    expect(find('.ringfence-bootstrap')).toMatchObject({ crc: before?.crc, size: before?.size });
    expect(find('.ringfence-bootstrap')?.central.readUInt32LE(38)).toBe(before?.central.readUInt32LE(38));
    expect(find('bootstrap')?.crc).toBe(find('.ringfence/init')?.crc);
    for (const path of ['bootstrap', '.ringfence/init'])
      expect((find(path)?.central.readUInt32LE(38) ?? 0) >>> 16).toBe(0o100111);
    expect(pathsOf(read('one.zip')).filter((path) => path.includes('bootstrap')).length).toBe(2);
  });

  it('protects a package again when the runtime is named differently', async () => {
    const { embedHere, read } = makePackage(['bootstrap', 'app.py']);
    await embedHere('fn.zip', 'custom.zip');
    expect(await embedHere('custom.zip', 'managed.zip', 'python3.12')).toMatchObject({ code: 0 });
    expect(pathsOf(read('managed.zip'))).not.toContain('.ringfence-bootstrap');
    expect(await embedHere('managed.zip', 'again.zip')).toMatchObject({ code: 0 });
    expect(read('again.zip').equals(read('custom.zip'))).toBe(true);
  });

  it('signs the policy for exactly this function', async () => {
    const { embedByCommand } = makePackage(['index.mjs']);
    const { stdout } = embedByCommand(
      'fn.zip',
      'out.zip',
      '--json',
      '--account',
      '123456789012',
      '--arch',
      'arm64',
    );
    const { environment, function: identity } = JSON.parse(stdout);
    expect(identity).toMatchObject({
      name: 'convert',
      account: '123456789012',
      arch: 'arm64',
      runtime: 'nodejs22.x',
    });
    expect(environment.AWS_LAMBDA_EXEC_WRAPPER).toBe('/var/task/.ringfence/init');
    const { pinnedKey, signedPolicy } = fromEnvironmentValue(environment.RINGFENCE_POLICY);
    const { policy } = verifySignedPolicy(signedPolicy ?? Buffer.of(), pinnedKey ?? Buffer.of());
    expect(policy).toMatchObject({
      revision: 1,
      issuedAt: 0,
      process: { effect: 'prevent', allow: [{ path: '/usr/bin/gs' }] },
    });
  });

  it('writes the variables to a file that only its owner reads, and in the shape of each tool', async () => {
    const { embedByCommand, at, read } = makePackage(['app.rb']);
    const { stdout } = embedByCommand('fn.zip', 'out.zip', '--env-file', 'fn.env');
    expect(read('fn.env').toString()).toBe(stdout);
    expect(stdout).toMatch(
      /^AWS_LAMBDA_EXEC_WRAPPER=\/var\/task\/\.ringfence\/init\nRINGFENCE_POLICY=[\w-]+\n$/,
    );
    expect(statSync(at('fn.env')).mode & 0o777).toBe(0o600);
    const shapes = {
      sam: 'Type: AWS::Serverless::Function',
      cloudformation: 'Type: AWS::Lambda::Function',
      serverless: 'functions:\n  convert:\n    environment:',
      cli: "aws lambda update-function-configuration --function-name 'convert'",
    };
    for (const [format, text] of Object.entries(shapes))
      expect(embedByCommand('fn.zip', 'out.zip', '--print', format).stdout).toContain(text);
  });

  it('makes its signing key once, for its owner alone', async () => {
    const { embedHere, at, read } = makePackage(['app.py']);
    await embedHere('fn.zip', 'one.zip');
    const key = at('config/ringfence/signing-key.pem');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(await embedHere('fn.zip', 'two.zip', undefined, key)).toMatchObject({ code: 0 });
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    expect(await embedHere('fn.zip', 'three.zip', undefined, at('policy.yaml'))).toMatchObject({ code: 2 });
  });

  it('leaves nothing behind when it fails', async () => {
    const { embedHere, folder } = makePackage(['readme.txt']);
    const before = readdirSync(folder);
    expect(await embedHere('fn.zip', 'out.zip')).toMatchObject({
      code: 2,
      message: expect.stringContaining('does not show which runtime'),
    });
    expect(await embedHere('missing.zip', 'out.zip')).toMatchObject({
      code: 2,
      message: expect.stringContaining('does not exist'),
    });
    expect(await embedHere('fn.zip', 'no/such/out.zip', 'java21')).toMatchObject({ code: 3 });
    expect(await embedHere('policy.yaml', 'out.zip')).toMatchObject({
      code: 2,
      message: expect.stringContaining('not a zip'),
    });
    expect(readdirSync(folder).filter((name) => name !== 'config')).toEqual(
      before.filter((name) => name !== 'config'),
    );
  });

  it('refuses a package where something else lies under its names', async () => {
    const { embedHere, at } = makePackage(['app.py', '.ringfence/other']);
    expect(await embedHere('fn.zip', 'out.zip')).toMatchObject({
      code: 2,
      message: expect.stringContaining('.ringfence/other'),
    });
    writeFileSync(at('fn/.ringfence-bootstrap'), 'mine');
    expect(await embedHere('fn', 'out')).toMatchObject({ code: 2 });
    expect(existsSync(at('out'))).toBe(false);
  });
});

describe('embed with a runtime of its own that is a static program', () => {
  it.each([
    ['static', ['-static'], [expect.stringContaining('Link it dynamically')]],
    ['static, at any address', ['-static-pie'], [expect.stringContaining('Link it dynamically')]],
    ['dynamic', [], []],
  ])('warns when it is %s, of a zip, of a folder, and when embedded again', async (_, flags, warnings) => {
    const { embedHere, at } = makePackage(['data.json']);
    writeFileSync(at('main.c'), 'int main(void) { return 0; }');
    execFileSync('gcc', [...flags, at('main.c'), '-o', at('fn/bootstrap')]);
    execFileSync('zip', ['-q', '../fn.zip', 'bootstrap'], { cwd: at('fn') });
    for (const [from, to] of [
      ['fn', 'one'],
      ['one', 'two'],
      ['fn.zip', 'one.zip'],
      ['one.zip', 'two.zip'],
    ] as const)
      expect(await embedHere(from, to, 'provided.al2023')).toMatchObject({ code: 0, warnings });
  });
});

describe('embed with a folder', () => {
  it('keeps files, modes, times and symlinks, and gives the same again', async () => {
    const { embedHere, at } = makePackage(['app.py', 'lib/util.py']);
    expect(await embedHere('fn', 'one')).toMatchObject({ code: 0 });
    expect(await embedHere('one', 'two')).toMatchObject({ code: 0 });
    expect(await embedHere('fn', 'one')).toMatchObject({ code: 0 });
    for (const folder of ['one', 'two']) {
      for (const path of ['app.py', 'lib/util.py']) {
        expect(readFileSync(at(`${folder}/${path}`)).equals(readFileSync(at(`fn/${path}`)))).toBe(true);
        expect(statSync(at(`${folder}/${path}`))).toMatchObject({
          mode: 0o100755,
          mtimeMs: 1_500_000_000_000,
        });
      }
      expect(readlinkSync(at(`${folder}/link`))).toBe('app.py');
      expect(lstatSync(at(`${folder}/.ringfence/init`)).mode & 0o777).toBe(0o555);
      for (const file of ['guard.so', 'policy'])
        expect(lstatSync(at(`${folder}/.ringfence/${file}`)).mode & 0o777).toBe(0o444);
    }
    execFileSync('diff', ['-r', '--no-dereference', at('one'), at('two')]);
  });

  it('swaps the bootstrap of a custom runtime, and never twice', async () => {
    const { embedHere, at } = makePackage(['bootstrap']);
    expect(await embedHere('fn', 'one')).toMatchObject({ code: 0 });
    expect(await embedHere('one', 'two')).toMatchObject({ code: 0 });
    for (const folder of ['one', 'two']) {
      expect(
        readFileSync(at(`${folder}/.ringfence-bootstrap`)).equals(readFileSync(at('fn/bootstrap'))),
      ).toBe(true);
      expect(readFileSync(at(`${folder}/bootstrap`)).equals(await readInit('x86_64'))).toBe(true);
    }
    const configuration = decodeDefenderConfiguration(readFileSync(at('two/.ringfence/policy')));
    expect(configuration.entry).toBe('.ringfence-bootstrap');
  });

  it('never writes into the package, over it, or over a folder that is not its own', async () => {
    const { embedHere, at } = makePackage(['app.py']);
    mkdirSync(at('other'));
    writeFileSync(at('other/precious'), '');
    for (const to of ['fn', 'fn/out', '.', 'out.zip', 'other', 'no/such/folder'])
      expect(await embedHere('fn', to), to).toMatchObject({ code: 2 });
    expect(readdirSync(at('other'))).toEqual(['precious']);
    expect(existsSync(at('fn/.ringfence'))).toBe(false);
  });
});
