import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../../posture.ts';
import { parseTfJson } from './parse-tf-json.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-tf-json-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const configuration = `{
  "//": "made by a tool",
  "locals": { "jobs": "\${jsondecode(file(\\"jobs.json\\"))}" },
  "variable": { "prefix": { "type": "string", "default": "shop" } },
  "data": {
    "archive_file": {
      "code": { "for_each": "\${local.jobs}", "source_dir": "code", "output_path": "\${each.key}.zip" }
    },
    "aws_iam_policy_document": {
      "d": [{
        "dynamic": {
          "statement": {
            "for_each": ["sqs:PurgeQueue", "sqs:DeleteQueue"],
            "content": { "actions": ["\${statement.value}"], "resources": ["\${aws_sqs_queue.q.arn}"] }
          }
        }
      }]
    }
  },
  "resource": {
    "aws_sqs_queue": { "q": {} },
    "aws_iam_role": { "r": { "name": "\${var.prefix}-role", "assume_role_policy": "{}" } },
    "aws_iam_role_policy": {
      "p": { "role": "\${aws_iam_role.r.id}", "policy": "\${data.aws_iam_policy_document.d.json}" }
    },
    "aws_lambda_function": {
      "job": {
        "for_each": "\${local.jobs}",
        "function_name": "\${var.prefix}-\${each.key}",
        "runtime": "python3.13",
        "handler": "main.handler",
        "role": "\${aws_iam_role.r.arn}",
        "filename": "\${data.archive_file.code[each.key].output_path}",
        "environment": { "variables": { "API_TOKEN": "9f1c2e7a0d4b", "QUEUE": "\${aws_sqs_queue.q.url}" } },
        "depends_on": ["aws_sqs_queue.q"]
      }
    }
  }
}`;

test("a configuration in JSON is read as one in Terraform's language", async () => {
  for (const [name, text] of Object.entries({
    'main.tf.json': configuration,
    'jobs.json': '{ "purge": {} }',
    'code/main.py':
      'import os\nimport boto3\ndef handler(event, context):\n    boto3.client("sqs").purge_queue(QueueUrl=os.environ["QUEUE"])\n',
  })) {
    mkdirSync(dirname(join(work, name)), { recursive: true });
    writeFileSync(join(work, name), text);
  }
  const { findings } = await findPosture(work, await readPosture(work));
  const told = findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, subject, locations: [at] }) => `${rule} ${subject} ${at?.path}:${at?.line}`);
  expect(told).toEqual([
    'posture/secret-in-environment aws_lambda_function.job[purge] main.tf.json:34',
    'posture/unused-permission aws_lambda_function.job[purge] main.tf.json:14',
    'posture/orphan-function aws_lambda_function.job[purge] main.tf.json:27',
  ]);
});

test.each<[string, string, RegExp]>([
  ['no JSON', '{ "resource": ', /^a.tf.json:1:\d+: /],
  ['no object', '[]', /^a.tf.json: must be an object/],
  [
    'an expression that is none',
    '{ "locals": {\n "a": "x${ + }" } }',
    /^a.tf.json:2:\d+: is not Terraform's language/,
  ],
  [
    'deep nesting',
    `{ "locals": { "a": ${'['.repeat(200)}${']'.repeat(200)} } }`,
    /nested more than 100 levels/,
  ],
])('%s is told with its place', async (_, text, message) => {
  await expect(parseTfJson(text, 'a.tf.json')).rejects.toThrow(message);
});
