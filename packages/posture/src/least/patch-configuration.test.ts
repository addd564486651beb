import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { mergePatches } from '../patch/merge-patches.ts';
import { findPosture, readPosture } from '../posture.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-configuration-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const look = async () => (await findPosture(work, await readPosture(work))).findings;
const repairable =
  /^posture\/(unused-permission|missing-permission|wildcard-(action|resource)|broad-managed-policy|function-url-open)$/;

test('policies in all their forms are narrowed where they are written, and what several have is left', async () => {
  cpSync(fileURLToPath(new URL('../../testdata/terraform/repairs', import.meta.url)), work, {
    recursive: true,
  });
  const { patch, left } = mergePatches(
    (await look()).flatMap((finding) => finding.patch ?? []),
    (file) => readFileSync(join(work, file), 'utf8'),
  );
  expect(left).toBe(0);
  execFileSync('git', ['apply', '-'], { cwd: work, input: patch });
  await expect(readFileSync(join(work, 'main.tf'), 'utf8')).toMatchFileSnapshot(
    '../../testdata/terraform/repairs/main.repaired.txt',
  );
  const still = (await look()).filter(({ rule }) => repairable.test(rule));
  expect(still.map(({ rule, subject }) => `${rule} ${subject}`).sort()).toEqual([
    'posture/unused-permission aws_lambda_function.twin[a]',
  ]);
});
