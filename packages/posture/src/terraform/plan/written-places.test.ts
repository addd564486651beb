import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../../posture.ts';
import { placeIn } from '../../resource.ts';
import { writeFiles } from '../../testing/write-files.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-places-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const plan = {
  format_version: '1.2',
  planned_values: {
    root_module: {
      child_modules: [
        {
          resources: [
            'module.f["a"].aws_lambda_function.this',
            'module.away.aws_lambda_function.this[0]',
          ].map((address) => ({
            address,
            mode: 'managed',
            type: 'aws_lambda_function',
            values: { runtime: 'nodejs16.x', handler: 'index.handler', filename: 'src' },
          })),
        },
      ],
    },
  },
};
const files = {
  'infra/plan.json': JSON.stringify(plan),
  'infra/main.tf':
    'module "f" {\n  source   = "./f"\n  for_each = toset(["a"])\n}\n\nmodule "away" {\n  source = "example/away/aws"\n}\n',
  'infra/f/main.tf':
    '\nresource "aws_lambda_function" "this" {\n  handler = "index.handler"\n  runtime = var.runtime\n}\n',
  'infra/src/index.js': 'exports.handler = async () => {};',
};
writeFiles(work, files);

test('what a plan says stands where the files beside it have it, or where they call the module that has it', async () => {
  const path = join(work, 'infra/plan.json');
  const posture = await readPosture(path);
  const [graph] = posture.graphs;
  const places = [...(graph?.functions.values() ?? [])].map(({ id, resource }) => [
    id,
    placeIn(resource, 'Runtime'),
  ]);
  expect(places).toEqual([
    ['module/f[a]/aws_lambda_function/this', { file: 'f/main.tf', line: 4, column: 3 }],
    ['module/away/aws_lambda_function/this[0]', { file: 'main.tf', line: 6, column: 1 }],
  ]);
  const { findings, notes } = await findPosture(path, posture);
  expect(findings.find(({ rule }) => rule === 'posture/deprecated-runtime')?.locations[0]?.path).toMatch(
    /main\.tf$/,
  );
  expect(notes.filter((note) => note.includes('code'))).toEqual([]);
});
