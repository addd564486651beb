import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runRingfence } from '../../../apps/cli/src/testing/run-ringfence.ts';
import { starter, strictPolicy } from '../../../apps/cli/src/testing/starter.ts';
import { signUp } from '../../../apps/console/src/testing/console-client.ts';
import { type SpawnedConsole, spawnConsole } from '../../../apps/console/src/testing/spawn-console.ts';

const framework = createRequire(import.meta.url).resolve('osls/bin/serverless.js');
const advisory = {
  id: 'GHSA-1',
  modified: '2026-01-02T03:04:05Z',
  summary: 'Slow padding',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left-pad' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.1.0' }] }],
    },
  ],
};

let folder: string;
let running: SpawnedConsole;
let token: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-serverless-scan-'));
  writeFileSync(join(folder, 'app.py'), starter);
  writeFileSync(join(folder, 'policy.yaml'), strictPolicy);
  mkdirSync(join(folder, 'node_modules/@ringfence'), { recursive: true });
  symlinkSync(join(import.meta.dirname, '..'), join(folder, 'node_modules/@ringfence/serverless'));
  mkdirSync(join(folder, 'vendor/node_modules/left-pad'), { recursive: true });
  const manifest = JSON.stringify({ name: 'left-pad', version: '1.0.0' });
  writeFileSync(join(folder, 'vendor/node_modules/left-pad/package.json'), manifest);
  mkdirSync(join(folder, 'osv'));
  writeFileSync(join(folder, 'osv/1.json'), JSON.stringify(advisory));
  const update = ['db', 'update', '--from', 'osv', '--db', 'advisories.db'];
  expect(runRingfence(update, { cwd: folder }).code).toBe(0);
  running = await spawnConsole({ dataDirectory: join(folder, 'data') });
  ({ token } = await signUp(running));
});

afterAll(async () => {
  await running?.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** Packages the service with the real framework. */
async function packageService(scan: string): Promise<string> {
  const text = `service: shop
provider: { name: aws, runtime: python3.13, region: eu-west-1 }
package: { patterns: ['!data/**', '!osv/**', '!config/**', '!advisories.db'] }
plugins: ['@ringfence/serverless']
custom:
  ringfence: { policy: policy.yaml, console: '${running.url}', scan: ${scan} }
functions:
  convert: { handler: app.handler }
`;
  writeFileSync(join(folder, 'serverless.yml'), text.replace(/policy: policy.yaml, (?=.*publish)/, ''));
  rmSync(join(folder, '.serverless'), { recursive: true, force: true });
  const line = ['--conditions=source', '--import', import.meta.resolve('tsx'), framework, 'package'];
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(folder, 'config'),
    AWS_EC2_METADATA_DISABLED: 'true',
    RINGFENCE_TOKEN: token,
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, line, { cwd: folder, env }).catch(
    ({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr)),
  );
  return stdout + stderr;
}

const protectedPackage = () => join(folder, '.serverless/ringfence/convert.zip');

it('ends the packaging at findings, and says which', async () => {
  const packaging = packageService('{ database: advisories.db, publish: true }');
  await expect(packaging).rejects.toThrow(
    /shop-dev-convert: findings are as bad as "high"[\s\S]*left-pad 1\.0\.0[\s\S]*GHSA-1/,
  );
  expect(existsSync(protectedPackage())).toBe(false);
});

it('has published what it found, although that ended the packaging', async () => {
  const answer = await fetch(`${running.url}/api/findings?rule=GHSA-1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({
    items: [{ state: 'new', function: { name: 'shop-dev-convert', region: 'eu-west-1' } }],
  });
});

it('protects what is found to be good enough', async () => {
  const output = await packageService('{ database: advisories.db, failOn: critical, publish: true }');
  expect(output).toMatch(/Ringfence scanned shop-dev-convert: \d+ findings? below "critical"/);
  expect(output).toContain('Ringfence guards shop-dev-convert');
  expect(existsSync(protectedPackage())).toBe(true);
});

it('refuses settings that it does not know, and a database that is not there', async () => {
  await expect(packageService('{ failOn: terrible }')).rejects.toThrow('failOn');
  await expect(packageService('{ database: nowhere.db }')).rejects.toThrow('nowhere.db');
});
