import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInit } from '../embed/read-init.ts';
import { readZip } from '../embed/zip/read-zip.ts';
import { parseEnvFile } from '../run/read-env-file.ts';
import { runFunction } from '../run/run-function.ts';
import { findIsolation, likenesses } from '../run/sandbox-places.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';
import { starter, strictPolicy } from '../testing/starter.ts';

const look = `
import pathlib
def lambda_handler(event, context):
    return {str(path.relative_to("/opt")): path.read_text() for path in pathlib.Path("/opt").rglob("*") if path.is_file()}
`;
const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';

/** A function that starts a program, and a policy; `layer` runs the command for it. */
function makeFunction(policy = strictPolicy) {
  const folder = makeFolder();
  const at = (name: string) => join(folder, name);
  mkdirSync(at('fn'));
  writeFileSync(at('fn/lambda_function.py'), starter);
  writeFileSync(at('policy.yaml'), policy);
  const layer = (name: string, ...more: string[]) =>
    runRingfence(
      [
        ...['layer', '-o', 'layer.zip', '--function', name, '--region', 'eu-west-1', '--arch', arch],
        ...['--policy', 'policy.yaml', '--env-file', `${name}.env`, ...more],
      ],
      { cwd: folder, env: { XDG_CONFIG_HOME: at('config') } },
    );
  return { at, layer };
}

describe('ringfence layer', () => {
  it('writes the Defender alone, the same for every function', async () => {
    const { at } = makeFunction();
    for (const name of ['one.zip', 'two.zip'])
      expect(runRingfence(['layer', '-o', at(name), '--arch', 'arm64'])).toMatchObject({
        code: 0,
        stdout: '',
      });
    expect(readFileSync(at('two.zip')).equals(readFileSync(at('one.zip')))).toBe(true);
    const { entries } = readZip(readFileSync(at('one.zip')));
    expect(entries.map(({ path }) => path)).toEqual(['.ringfence/init', '.ringfence/guard.so']);
    const init = entries.find(({ path }) => path === '.ringfence/init');
    expect((init?.central.readUInt32LE(38) ?? 0) >>> 16).toBe(0o100111);
    expect(init?.local.subarray(-init.size).equals(await readInit('arm64'))).toBe(true);
  });

  it.skipIf(findIsolation() !== 'namespaces').each(likenesses)(
    'guards each function that uses it, by its own variables, as in %s',
    async (like) => {
      const { at, layer } = makeFunction();
      for (const name of ['convert', 'resize']) {
        expect(layer(name, '--runtime', 'python3.13')).toMatchObject({ code: 0 });
        const { plan, sandbox, audits, invocations } = await runFunction({
          package: at('fn'),
          layers: [at('layer.zip')],
          environment: parseEnvFile(readFileSync(at(`${name}.env`), 'utf8'), name),
          timeoutSeconds: 20,
          like,
          events: [Buffer.from('{}')],
        });
        expect(plan).toMatchObject({ functionName: name, region: 'eu-west-1', runtime: 'python3.13' });
        expect(sandbox).toMatchObject({ protected: true });
        expect(String(invocations[0]?.payload)).toBe('"refused"');
        expect(audits).toContainEqual(
          expect.objectContaining({
            type: 'process',
            action: 'blocked',
            function: expect.objectContaining({ name }),
          }),
        );
        expect(audits.find(({ type }) => type === 'coverage')?.detail).toMatchObject({
          tier: like === 'lambda' ? 'T2' : 'T0',
        });
      }
    },
  );

  it('leaves what it cannot protect to embed', () => {
    const { layer } = makeFunction();
    expect(layer('convert', '--runtime', 'provided.al2023')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ringfence embed'),
    });
    const paths = Array.from({ length: 100 }, (_, index) => `/usr/bin/program-with-a-long-name-${index}`);
    const large = makeFunction(strictPolicy.replace('prevent', `prevent, allow: [${paths.join(', ')}]`));
    expect(large.layer('convert', '--runtime', 'python3.13')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('too large'),
    });
  });
});

describe.skipIf(findIsolation() !== 'namespaces')('ringfence run --layer', () => {
  it('lays layers over one another at /opt', async () => {
    const folder = makeFolder();
    const files = {
      'fn/lambda_function.py': look,
      'one/a': '1',
      'one/b': '1',
      'two/b': '2',
      'two/lib/c': '2',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const layers = ['--layer', 'one', '--layer=two'];
    const { stdout } = runRingfence(['run', 'fn', ...layers, '--quiet'], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({ a: '1', b: '2', 'lib/c': '2' });
    writeFileSync(join(folder, 'one/lib'), 'no folder');
    expect(runRingfence(['run', 'fn', ...layers], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('two has a folder where a layer before it has none'),
    });
  });
});
