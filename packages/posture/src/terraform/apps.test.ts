import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';

// Applications as people write them: with modules of many switches, of an older Terraform, of several environments. `FAULT` marks each fault.
test.each<[string, string[]]>([
  ['tickets', ['posture/wildcard-action module.function[cancel].aws_iam_role.this[0] main.tf:22']],
  [
    'ledger',
    [
      'posture/secret-in-environment aws_lambda_function.book main.tf:101',
      'posture/deprecated-runtime aws_lambda_function.book main.tf:89',
      'posture/route-without-authorizer aws_lambda_function.show main.tf:167',
      'posture/shared-role aws_iam_role.lambda main.tf:15',
      'posture/wildcard-resource aws_iam_role.lambda main.tf:49',
      'posture/orphan-function aws_lambda_function.migrate main.tf:254',
    ],
  ],
  [
    'press',
    [
      'posture/any-source-invoke module.pipeline.aws_lambda_permission.manuscripts modules/pipeline/main.tf:141',
      'posture/timeout-longest module.pipeline.aws_lambda_function.this[convert] modules/pipeline/main.tf:78',
    ],
  ],
])('the faults of %s are found, and nothing else', async (name, faults) => {
  const folder = fileURLToPath(new URL(`../../testdata/terraform/${name}`, import.meta.url));
  const { findings, notes } = await findPosture(folder, await readPosture(folder));
  const told = findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, subject, locations: [at] }) => `${rule} ${subject} ${at?.path}:${at?.line}`);
  expect(told).toEqual(faults);
  // Their code does not lie beside.
  expect(notes.filter((note) => !note.includes('is not told'))).toEqual([]);
});

test('a configuration whose modules lie above it is read from its own folder', async () => {
  const folder = fileURLToPath(new URL('../../testdata/terraform/press/environments/prod', import.meta.url));
  const { graphs } = await readPosture(folder);
  expect(
    graphs.flatMap(({ functions }) =>
      [...functions.values()].map(({ triggers }) => triggers.map(({ kind }) => kind)),
    ),
  ).toEqual([['permission', 's3 bucket'], ['event-source'], ['stepfunctions statemachine']]);
});
