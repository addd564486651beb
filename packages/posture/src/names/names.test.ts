import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';

const app = (name: string) => fileURLToPath(new URL(`../../../../examples/apps/${name}`, import.meta.url));
const reports = new Map<string, Awaited<ReturnType<typeof findPosture>>>();
for (const name of ['shop', 'clinic', 'depot'])
  reports.set(name, await findPosture(app(name), await readPosture(app(name))));

test.each([
  ['clinic', 'posture/deprecated-runtime', 'countVisits', /countVisits|python3\.8/],
  ['clinic', 'posture/route-without-authorizer', 'importPatients', /of importPatients has no authorizer/],
  ['clinic', 'posture/wildcard-action', 'role of findLetters', /^findLetters: s3:\* is allowed/],
  [
    'depot',
    'posture/route-without-authorizer',
    'aws_lambda_function.print_label',
    /aws_lambda_function\.print_label/,
  ],
  ['depot', 'posture/broad-managed-policy', 'aws_iam_role.count_stock', /aws_lambda_function\.count_stock: /],
  ['shop', 'posture/wildcard-action', 'SearchOrdersRole', /^SearchOrders: dynamodb:\* is allowed/],
])('%s: %s is about %s, as the project calls it', (name, rule, subject, message) => {
  const found = reports.get(name)?.findings.find((each) => each.rule === rule && each.subject === subject);
  expect(found?.message).toMatch(message);
});

test('a finding about a role names the function, although the role is called like it', () => {
  const findings = reports.get('shop')?.findings.filter(({ subject }) => subject === 'ExportOrdersRole');
  expect(findings?.map(({ message }) => message.split(' ')[0])).toEqual(['ExportOrders:']);
});

test('the graph has the same names', () => {
  const labels = reports.get('clinic')?.graph?.nodes.map(({ label }) => label);
  expect(labels).toContain('importPatients');
  expect(labels).toContain('role of findLetters');
});
