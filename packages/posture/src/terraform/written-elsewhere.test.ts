import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@ringfence/findings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-elsewhere-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Policies that the root writes for the functions of a module. */
const files = {
  'main.tf': `variable "stage" { default = "dev" }
resource "aws_dynamodb_table" "orders" { name = "orders-\${var.stage}" }
data "aws_iam_policy_document" "job" {
  for_each = toset(["read", "scan"])
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
}
data "aws_iam_policy_document" "write" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
}
module "write" {
  source = "./modules/job"
  name   = "write"
  policy = data.aws_iam_policy_document.write.json
  table  = aws_dynamodb_table.orders.name
}
module "job" {
  for_each = data.aws_iam_policy_document.job
  source   = "./modules/job"
  name     = each.key
  policy   = each.value.json
  table    = aws_dynamodb_table.orders.name
}`,
  'modules/job/main.tf': `variable "name" {}
variable "policy" {}
variable "table" {}
resource "aws_iam_role" "this" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = var.policy
}
data "archive_file" "this" {
  type        = "zip"
  output_path = "/tmp/\${var.name}.zip"
  source_file = "\${path.root}/src/\${var.name}.py"
}
resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = aws_iam_role.this.arn
  runtime       = "python3.13"
  handler       = "\${var.name}.handler"
  filename      = data.archive_file.this.output_path
  environment { variables = { TABLE = var.table } }
  tracing_config { mode = "Active" }
}`,
  ...Object.fromEntries(
    [
      ['read', 'get_item(Key={})'],
      ['scan', 'scan()'],
      ['write', 'put_item(Item={})'],
    ].map(([name, call]) => [
      `src/${name}.py`,
      `import os, boto3\ndef handler(event, context):\n    boto3.resource("dynamodb").Table(os.environ["TABLE"]).${call}\n`,
    ]),
  ),
};

let findings: readonly Finding[];
beforeAll(async () => {
  writeFiles(root, files);
  ({ findings } = await findPosture(root, await readPosture(root)));
});
const missing = () => findings.filter(({ rule }) => rule === 'posture/missing-permission');

test('a policy that the root writes for a module names what the root has', () => {
  const put = missing().find(({ message }) => message.includes('dynamodb:PutItem'));
  expect(put?.patch).toContain(
    '+    actions   = ["dynamodb:PutItem"]\n     resources = [aws_dynamodb_table.orders.arn]',
  );
  expect(put?.patch).not.toContain('orders-dev');
});

test('what Lambda needs of a role that a module makes several times is told once', () => {
  const traces = missing().filter(({ message }) => message.includes('xray:'));
  expect(traces).toHaveLength(1);
  expect(traces[0]?.message).toMatch(
    /^module.write.aws_lambda_function.this, module.job\[read\].\S+ module.job\[scan\].\S+ need xray:PutTraceSegments/,
  );
});

test('what a module is given for several functions is told of each that does not need it', () => {
  const unused = findings.filter(({ rule }) => rule === 'posture/unused-permission');
  expect(unused.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^Nothing in module.job\[scan\].\S+ needs dynamodb:GetItem/),
  );
});
