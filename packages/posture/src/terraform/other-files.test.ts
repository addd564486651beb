import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@ringfence/findings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A module, for two environments, that takes policies and routes from files of other kinds. */
const files = {
  'live/dev/main.tf': 'module "app" {\n  source = "../../app"\n  stage = "dev"\n}',
  'live/prod/main.tf': 'module "app" {\n  source = "../../app"\n  stage = "prod"\n}',
  'app/functions.yaml': 'list:\n  allow:\n    - s3:*\nget:\n  allow: [s3:GetObject, s3:DeleteBucket]\n',
  'app/more.json': '{\n  "allow": ["sns:*"]\n}\n',
  'app/policy.json.tftpl':
    '{\n  "Statement": [\n    { "Effect": "Allow",\n      "Action": "sqs:*", "Resource": "${queue}" }\n  ]\n}\n',
  'app/main.tf': `variable "stage" {}
locals { functions = yamldecode(file("\${path.module}/functions.yaml")) }
resource "aws_sqs_queue" "q" {}
resource "aws_iam_role" "r" {
  for_each           = local.functions
  name               = "\${var.stage}-\${each.key}"
  assume_role_policy = "{}"
}
data "aws_iam_policy_document" "r" {
  for_each = local.functions
  statement {
    actions   = each.value.allow
    resources = ["arn:aws:s3:::files"]
  }
}
resource "aws_iam_role_policy" "r" {
  for_each = local.functions
  role     = aws_iam_role.r[each.key].id
  policy   = data.aws_iam_policy_document.r[each.key].json
}
resource "aws_iam_role_policy" "more" {
  role   = aws_iam_role.r["list"].id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = jsondecode(file("\${path.module}/more.json")).allow, Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_iam_role_policy" "queue" {
  role   = aws_iam_role.r["get"].id
  policy = templatefile("\${path.module}/policy.json.tftpl", { queue = aws_sqs_queue.q.arn })
}
resource "aws_lambda_function" "f" {
  for_each = local.functions
  role     = aws_iam_role.r[each.key].arn
  runtime  = "python3.13"
  handler  = "\${each.key}.handler"
}`,
};

let findings: readonly Finding[];
beforeAll(async () => {
  writeFiles(root, files);
  ({ findings } = await findPosture(root, await readPosture(root)));
});

test('what YAML and JSON in other files say has its line there, once for all environments', () => {
  const wild = findings.filter(({ rule }) => rule === 'posture/wildcard-action');
  expect(wild.map(({ locations: [at] }) => `${at?.path}:${at?.line}`).sort()).toEqual([
    'app/functions.yaml:3',
    'app/more.json:2',
    'app/policy.json.tftpl:4',
  ]);
});

test('other files are not changed', () => {
  expect(findings.flatMap(({ patch }) => patch ?? [])).toEqual([]);
});
