import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-findings-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What is found, but what is only for information, as `check subject line`. */
async function found(text: string) {
  const root = mkdtempSync(join(work, 'app-'));
  writeFileSync(join(root, 'main.tf'), text);
  const { findings } = await findPosture(root, await readPosture(root));
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, subject, locations: [at] }) => `${rule?.slice('posture/'.length)} ${subject} ${at?.line}`);
}

test('a bucket is public by its ACL', async () => {
  expect(
    await found(
      'resource "aws_s3_bucket" "a" { acl = "public-read-write" }\nresource "aws_s3_bucket" "b" { acl = "private" }',
    ),
  ).toEqual(['public-bucket aws_s3_bucket.a 1']);
});

test('one of several networks is everyone', async () => {
  const rule = (networks: string) =>
    `ingress {\n    from_port = 5432\n    to_port = 5432\n    protocol = "tcp"\n    cidr_blocks = ${networks}\n  }`;
  expect(
    await found(
      `resource "aws_security_group" "a" {\n  ${rule('["10.0.0.0/8", "0.0.0.0/0"]')}\n}\nresource "aws_security_group" "b" {\n  ${rule('["10.0.0.0/8"]')}\n}`,
    ),
  ).toEqual(['open-security-group aws_security_group.a 2']);
});

test('passwords may be written out where a secret is given its value, and not where one stands until it is set', async () => {
  const secret = (name: string, value: string) =>
    `resource "aws_secretsmanager_secret" "${name}" {}\nresource "aws_secretsmanager_secret_version" "${name}" {\n  secret_id = aws_secretsmanager_secret.${name}.id\n  secret_string = ${value}\n}\n`;
  expect(
    await found(
      [
        secret('a', 'jsonencode({ password = "correct-horse" })'),
        secret('b', '"CHANGE_ME"'),
        secret('c', 'random_password.c.result'),
        'resource "aws_db_instance" "d" {\n  storage_encrypted = true\n  password = "correct-horse"\n}\n',
      ].join(''),
    ),
  ).toEqual(['secret-in-resource aws_secretsmanager_secret.a 4', 'secret-in-resource aws_db_instance.d 18']);
});

test('what a text over several lines says stands on its own line', async () => {
  expect(
    await found(`resource "aws_lambda_function" "f" {
  role    = aws_iam_role.r.arn
  runtime = "python3.13"
  handler = "a.b"
}
resource "aws_lambda_function_url" "f" {
  function_name      = aws_lambda_function.f.arn
  authorization_type = "AWS_IAM"
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = <<-EOF
    {
      "Statement": [
        { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*" },
        {
          "Effect": "Allow",
          "Action": ["sqs:SendMessage", "sqs:*"],
          "Resource": "\${aws_sqs_queue.q.arn}"
        }
      ]
    }
  EOF
}
resource "aws_sqs_queue" "q" {}`),
  ).toEqual(['wildcard-action aws_iam_role.r 21']);
});

test('an API may be made with its only route', async () => {
  const told = await found(
    'resource "aws_lambda_function" "f" { runtime = "python3.13" }\nresource "aws_apigatewayv2_api" "a" {\n  protocol_type = "HTTP"\n  target = aws_lambda_function.f.arn\n}',
  );
  expect(told).toEqual(['route-without-authorizer aws_lambda_function.f 2']);
});

test('an alias takes events for its function, and sends on what failed with its role', async () => {
  expect(
    await found(`resource "aws_lambda_function" "f" {
  role     = aws_iam_role.r.arn
  runtime  = "python3.13"
  handler  = "index.handler"
  filename = data.archive_file.f.output_path
}
data "archive_file" "f" {
  source {
    filename = "index.py"
    content  = "def handler(event, context):\\n  pass\\n"
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "r" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator"], Resource = aws_kinesis_stream.s.arn }, { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.q.arn }] })
}
resource "aws_lambda_alias" "live" {
  function_name = aws_lambda_function.f.function_name
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = aws_lambda_alias.live.arn
  event_source_arn = aws_kinesis_stream.s.arn
  destination_config {
    on_failure { destination_arn = aws_sqs_queue.q.arn }
  }
}
resource "aws_kinesis_stream" "s" { encryption_type = "KMS" }
resource "aws_sqs_queue" "q" {}`),
  ).toEqual([]);
});

test('an archive may have its code from the configuration', async () => {
  expect(
    await found(`resource "aws_lambda_function" "f" {
  role     = aws_iam_role.r.arn
  runtime  = "nodejs22.x"
  handler  = "main.run"
  filename = data.archive_file.a.output_path
}
resource "aws_lambda_function_url" "f" {
  function_name      = aws_lambda_function.f.arn
  authorization_type = "AWS_IAM"
}
resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "r" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["sqs:PurgeQueue", "sqs:DeleteQueue"], Resource = aws_sqs_queue.q.arn }]
  })
}
data "archive_file" "a" {
  type        = "zip"
  output_path = "/tmp/a.zip"
  source {
    filename = "main.mjs"
    content  = <<-EOT
      import { SQSClient, PurgeQueueCommand } from '@aws-sdk/client-sqs';
      const queues = new SQSClient({});
      export const run = () => queues.send(new PurgeQueueCommand({ QueueUrl: process.env.QUEUE }));
    EOT
  }
}
resource "aws_sqs_queue" "q" {}`),
  ).toEqual(['unused-permission aws_lambda_function.f 17']);
});

test('what to do is said with the names of Terraform', async () => {
  const root = mkdtempSync(join(work, 'app-'));
  writeFileSync(
    join(root, 'main.tf'),
    `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_dynamodb_table" "t" { name = "t" }
data "archive_file" "f" {
  type        = "zip"
  output_path = "f.zip"
  source_dir  = "f"
}
resource "aws_lambda_function" "f" {
  role     = aws_iam_role.r.arn
  runtime  = "python3.13"
  handler  = "main.handler"
  filename = data.archive_file.f.output_path
  timeout  = 900
  environment { variables = { TABLE = aws_dynamodb_table.t.name } }
}
`,
  );
  mkdirSync(join(root, 'f'));
  writeFileSync(
    join(root, 'f/main.py'),
    'import os, boto3\ntable = boto3.resource("dynamodb").Table(os.environ["TABLE"])\ndef handler(event, context):\n    table.put_item(Item={})\n',
  );
  const { findings } = await findPosture(root, await readPosture(root));
  const said = (check: string) => findings.find(({ rule }) => rule === `posture/${check}`);
  expect(said('timeout-longest')?.advice).toMatch(/^Set timeout /);
  expect(said('missing-permission')?.message).toContain('on table/${aws_dynamodb_table.t} (PutItem)');
});
