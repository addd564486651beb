import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '@ringfence/findings';
import { expect, it } from 'vitest';
import { ringfence, root } from '../ringfence.ts';

it.each(['shop', 'clinic', 'depot'])('of %s exactly what expected.json says is found', async (app) => {
  const folder = join(root, 'examples/apps', app);
  const { code, stdout, stderr } = await ringfence(['posture', folder, '--json']);
  expect(code, stderr).toBe(1);
  const { findings } = Report.parse(JSON.parse(stdout));
  const expected: string[] = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const found = findings.map(({ severity, rule, subject }) => `${severity} ${rule} ${subject}`);
  expect(found.sort()).toEqual(expected.sort());
});
