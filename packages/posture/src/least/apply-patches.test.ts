import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '@ringfence/findings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mergePatches } from '../patch/merge-patches.ts';
import { findPosture, readPosture } from '../posture.ts';

const apps = fileURLToPath(new URL('../../../../examples/apps', import.meta.url));
let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'ringfence-patches-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const look = async (path: string): Promise<Report> => findPosture(path, await readPosture(path));
const ofPermissions = /^posture\/((unused|missing)-permission|wildcard-action|broad-managed-policy)$/;
const permissions = ({ findings }: Report) =>
  findings
    .filter(({ rule }) => ofPermissions.test(rule))
    .map(({ rule, subject }) => `${rule.slice(8)} ${subject}`)
    .sort();

describe.each([
  [
    'shop',
    'template.yaml',
    ['missing-permission PayOrder', 'unused-permission ExportOrders', 'wildcard-action SearchOrdersRole'],
  ],
  [
    'clinic',
    'serverless.yml',
    [
      'missing-permission askLaboratory',
      'unused-permission deployForms',
      'wildcard-action role of findLetters',
    ],
  ],
  [
    'depot',
    'functions.tf',
    ['broad-managed-policy aws_iam_role.count_stock', 'unused-permission aws_lambda_function.clear_stock'],
  ],
])('the patches for %s', (app, file, found) => {
  test('repair what they are for, and leave nothing to be found', async () => {
    const folder = join(work, app);
    cpSync(join(apps, app), folder, { recursive: true });
    const before = readFileSync(join(folder, file), 'utf8');
    const report = await look(folder);
    expect(permissions(report)).toEqual(found);
    const patches = new Set(report.findings.flatMap(({ patch }) => patch ?? []));
    for (const input of patches) execFileSync('git', ['apply', '-'], { cwd: folder, input });
    expect(permissions(await look(folder))).toEqual([]);
    const after = readFileSync(join(folder, file), 'utf8').split('\n');
    const kept = before.split('\n').filter((line) => line.includes('#'));
    expect(kept.filter((line) => !after.includes(line))).toEqual([]);
  });
});

describe.each([
  ['template.yaml', 'repaired.yaml'],
  ['plain.json', 'plain.repaired.txt'],
])('the roles of %s', (template, repaired) => {
  test(`are repaired as in ${repaired}, and what parameters say is left to them`, async () => {
    const folder = mkdtempSync(join(work, 'items-'));
    cpSync(fileURLToPath(new URL('../../testdata/items-app', import.meta.url)), folder, { recursive: true });
    const file = join(folder, template);
    const report = await look(file);
    expect(permissions(report)).not.toEqual([]);
    for (const input of new Set(report.findings.flatMap(({ patch }) => patch ?? [])))
      execFileSync('git', ['apply', '-'], { cwd: folder, input });
    await expect(readFileSync(file, 'utf8')).toMatchFileSnapshot(`../../testdata/items-app/${repaired}`);
    expect(permissions(await look(file))).toEqual([]);
  });
});

test('a report has all repairs as one patch, that of an open address as well', async () => {
  const folder = join(work, 'merged');
  cpSync(join(apps, 'shop'), folder, { recursive: true });
  const { findings } = await look(folder);
  const { patch, merged, left } = mergePatches(
    findings.flatMap((finding) => finding.patch ?? []),
    (file) => readFileSync(join(folder, file), 'utf8'),
  );
  expect({ merged, left }).toEqual({ merged: 4, left: 0 });
  execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
  const after = await look(folder);
  expect(permissions(after)).toEqual([]);
  expect(after.findings.map(({ rule }) => rule)).not.toContain('posture/function-url-open');
});

test('of code that is only made when the project is built nothing is claimed by a file that is called alike', async () => {
  const folder = mkdtempSync(join(work, 'built-'));
  mkdirSync(join(folder, 'src/other'), { recursive: true });
  writeFileSync(join(folder, 'src/other/index.js'), 'exports.handler = async () => {};');
  writeFileSync(
    join(folder, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31
Resources:
  Made:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: build/made/
      Handler: index.handler
      Runtime: nodejs22.x
      Policies: [{ Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' }] }]
`,
  );
  const report = await look(folder);
  expect(permissions(report)).toEqual([]);
  expect(report.notes).toContainEqual(expect.stringContaining('its code is not beside the template'));
});
