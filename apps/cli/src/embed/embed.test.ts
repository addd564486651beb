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
import { describe, expect, it } from 'vitest';
import { writeExamplePolicy } from '../testing/example-policy.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';
import { readInit } from './read-init.ts';
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
  const flags = ['--function', 'convert', '--region', 'eu-west-1', '--policy', writeExamplePolicy(folder)];
  const embed = (from: string, to: string, ...more: string[]) =>
    runRingfence(['embed', from, ...flags, '-o', to, ...more], {
      cwd: folder,
      env: { XDG_CONFIG_HOME: join(folder, 'config') },
    });
  const read = (path: string) => readFileSync(join(folder, path));
  return { folder, embed, read, at: (path: string) => join(folder, path) };
}

const pathsOf = (zip: Buffer) => readZip(zip).entries.map(({ path }) => path);

describe('embed with a zip', () => {
  it('keeps the original byte for byte and adds the init and its configuration', async () => {
    const { embed, read } = makePackage(['app.py', 'lib/util.py']);
    expect(embed('fn.zip', 'out.zip')).toMatchObject({ code: 0 });
    const original = readZip(read('fn.zip'));
    const { entries } = readZip(read('out.zip'));
    expect(entries.length).toBe(original.entries.length + 2);
    original.entries.forEach((entry, index) => {
      expect(entries[index]?.local.equals(entry.local)).toBe(true);
      expect(entries[index]?.central.subarray(0, 42).equals(entry.central.subarray(0, 42))).toBe(true);
      expect(entries[index]?.central.subarray(46).equals(entry.central.subarray(46))).toBe(true);
    });
    const init = await readInit('x86_64');
    expect(entries.at(-2)?.local.subarray(-init.length).equals(init)).toBe(true);
  });

  it('gives the same bytes again, also from what is protected already', () => {
    const { embed, read } = makePackage(['app.py']);
    embed('fn.zip', 'one.zip');
    embed('fn.zip', 'two.zip');
    embed('one.zip', 'three.zip');
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    expect(read('three.zip').equals(read('one.zip'))).toBe(true);
  });

  it('moves the bootstrap of a custom runtime aside, and never twice', () => {
    const { embed, read } = makePackage(['bootstrap', 'data.txt']);
    expect(embed('fn.zip', 'one.zip')).toMatchObject({
      code: 0,
      stdout: expect.not.stringContaining('WRAPPER'),
    });
    expect(embed('one.zip', 'two.zip')).toMatchObject({ code: 0 });
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    const { entries } = readZip(read('one.zip'));
    const find = (path: string) => entries.find((entry) => entry.path === path);
    const before = readZip(read('fn.zip')).entries.find(({ path }) => path === 'bootstrap');
    expect(find('.ringfence-bootstrap')).toMatchObject({ crc: before?.crc, size: before?.size });
    expect(find('.ringfence-bootstrap')?.central.readUInt32LE(38)).toBe(before?.central.readUInt32LE(38));
    expect(find('bootstrap')?.crc).toBe(find('.ringfence/init')?.crc);
    expect(pathsOf(read('one.zip')).filter((path) => path.includes('bootstrap')).length).toBe(2);
  });

  it('protects a package again when the runtime is named differently', () => {
    const { embed, read } = makePackage(['bootstrap', 'app.py']);
    embed('fn.zip', 'custom.zip');
    expect(embed('custom.zip', 'managed.zip', '--runtime', 'python3.12')).toMatchObject({ code: 0 });
    expect(pathsOf(read('managed.zip'))).not.toContain('.ringfence-bootstrap');
    expect(embed('managed.zip', 'again.zip')).toMatchObject({ code: 0 });
    expect(read('again.zip').equals(read('custom.zip'))).toBe(true);
  });

  it('signs the policy for exactly this function', () => {
    const { embed } = makePackage(['index.mjs']);
    const { stdout } = embed('fn.zip', 'out.zip', '--json', '--account', '123456789012', '--arch', 'arm64');
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
      process: { effect: 'prevent', allow: ['/usr/bin/gs'] },
    });
  });

  it('writes the variables to a file that only its owner reads, and in the shape of each tool', () => {
    const { embed, at, read } = makePackage(['app.rb']);
    const { stdout } = embed('fn.zip', 'out.zip', '--env-file', 'fn.env');
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
      expect(embed('fn.zip', 'out.zip', '--print', format).stdout).toContain(text);
  });

  it('makes its signing key once, for its owner alone', () => {
    const { embed, at, read } = makePackage(['app.py']);
    embed('fn.zip', 'one.zip');
    const key = at('config/ringfence/signing-key.pem');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(embed('fn.zip', 'two.zip', '--key', key)).toMatchObject({ code: 0 });
    expect(read('two.zip').equals(read('one.zip'))).toBe(true);
    expect(embed('fn.zip', 'three.zip', '--key', at('policy.yaml'))).toMatchObject({ code: 2 });
  });

  it('leaves nothing behind when it fails', () => {
    const { embed, folder } = makePackage(['readme.txt']);
    const before = readdirSync(folder);
    expect(embed('fn.zip', 'out.zip')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--runtime'),
    });
    expect(embed('missing.zip', 'out.zip')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not exist'),
    });
    expect(embed('fn.zip', 'no/such/out.zip', '--runtime', 'java21')).toMatchObject({ code: 3 });
    expect(embed('policy.yaml', 'out.zip')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not a zip'),
    });
    expect(readdirSync(folder).filter((name) => name !== 'config')).toEqual(
      before.filter((name) => name !== 'config'),
    );
  });

  it('refuses a package where something else lies under its names', () => {
    const { embed, at } = makePackage(['app.py', '.ringfence/other']);
    expect(embed('fn.zip', 'out.zip')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('.ringfence/other'),
    });
    writeFileSync(at('fn/.ringfence-bootstrap'), 'mine');
    expect(embed('fn', 'out')).toMatchObject({ code: 2 });
    expect(existsSync(at('out'))).toBe(false);
  });
});

describe('embed with a folder', () => {
  it('keeps files, modes, times and symlinks, and gives the same again', () => {
    const { embed, at } = makePackage(['app.py', 'lib/util.py']);
    expect(embed('fn', 'one')).toMatchObject({ code: 0 });
    expect(embed('one', 'two')).toMatchObject({ code: 0 });
    expect(embed('fn', 'one')).toMatchObject({ code: 0 });
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
      expect(lstatSync(at(`${folder}/.ringfence/policy`)).mode & 0o777).toBe(0o444);
    }
    execFileSync('diff', ['-r', '--no-dereference', at('one'), at('two')]);
  });

  it('swaps the bootstrap of a custom runtime, and never twice', async () => {
    const { embed, at } = makePackage(['bootstrap']);
    expect(embed('fn', 'one')).toMatchObject({ code: 0 });
    expect(embed('one', 'two')).toMatchObject({ code: 0 });
    for (const folder of ['one', 'two']) {
      expect(
        readFileSync(at(`${folder}/.ringfence-bootstrap`)).equals(readFileSync(at('fn/bootstrap'))),
      ).toBe(true);
      expect(readFileSync(at(`${folder}/bootstrap`)).equals(await readInit('x86_64'))).toBe(true);
    }
    const configuration = decodeDefenderConfiguration(readFileSync(at('two/.ringfence/policy')));
    expect(configuration.entry).toBe('.ringfence-bootstrap');
  });

  it('never writes into the package, over it, or over a folder that is not its own', () => {
    const { embed, at } = makePackage(['app.py']);
    mkdirSync(at('other'));
    writeFileSync(at('other/precious'), '');
    for (const to of ['fn', 'fn/out', '.', 'out.zip', 'other', 'no/such/folder'])
      expect(embed('fn', to), to).toMatchObject({ code: 2 });
    expect(readdirSync(at('other'))).toEqual(['precious']);
    expect(existsSync(at('fn/.ringfence'))).toBe(false);
  });
});
