import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Report } from '@ringfence/findings';
import { parsePolicyYaml } from '@ringfence/policy';
import { expect, it } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';

const shop = fileURLToPath(new URL('../../../../examples/apps/shop', import.meta.url));

function setUp() {
  const folder = makeFolder();
  cpSync(shop, join(folder, 'shop'), { recursive: true });
  return {
    folder,
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    check: (...args: string[]) => runRingfence(['check', ...args, '--skip-advisories'], { cwd: folder }),
  };
}

it('reports what scan and posture find, and writes a policy for each function', async () => {
  const { read, check } = setUp();
  const { code, stdout } = await check('shop', '-o', 'report.json', '--policy', 'policy.yaml');
  expect(code).toBe(1);
  expect(stdout).toMatch(/CRITICAL +Event data reaches a shell/);
  expect(stdout).toContain('posture/function-url-open (Admin)');
  const report = Report.parse(JSON.parse(read('report.json')));
  expect(report).toMatchObject({ tool: 'check', target: { kind: 'project' } });
  const parsed = parsePolicyYaml(read('policy.yaml'), 'policy.yaml');
  expect(parsed).toMatchObject({ ok: true });
  expect(report.policy).toBe(read('policy.yaml'));
});

it('writes repairs that git applies, after which there is less to find', async () => {
  const { folder, check } = setUp();
  const rules = ({ stdout }: { stdout: string }) =>
    Report.parse(JSON.parse(stdout)).findings.filter(({ patch }) => patch !== undefined).length;
  const before = await check('shop', '--json', '--patch', 'repairs.patch');
  expect(rules(before)).toBeGreaterThan(2);
  execFileSync('git', ['apply', '../repairs.patch'], { cwd: join(folder, 'shop') });
  expect(rules(await check('shop', '--json'))).toBe(0);
});

it('has one exit code for both', async () => {
  const { check } = setUp();
  const all = await check('shop', '-o', 'main.json');
  expect(all.code).toBe(1);
  expect(await check('shop', '--baseline', 'main.json')).toMatchObject({ code: 0 });
});

it('says where no template is', async () => {
  const { check } = setUp();
  const { code, stderr } = await check('shop/functions');
  expect(code).toBe(2);
  expect(stderr).toContain('shop/functions has no template');
});
