import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../../posture.ts';
import { writeFiles } from '../../testing/write-files.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-known-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const python = (call: string) => `import boto3\ndef handler(event, context):\n    ${call}\n`;
const files = {
  'src/get/app.py': python('boto3.client("dynamodb").get_item(TableName="items", Key=event)'),
  'src/tell/app.py': python('boto3.client("sns").publish(TopicArn="arn:aws:sns:eu-west-1:1:t", Message="m")'),
  'src/old/app.py': python('pass'),
  'main.tf': `module "table" {
  source = "terraform-aws-modules/dynamodb-table/aws"
  name   = "items"
}
module "get" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "get"
  handler       = "app.handler"
  runtime       = "python3.13"
  source_path   = "\${path.module}/src/get"
  attach_policy_statements = true
  policy_statements = {
    table = {
      actions   = ["dynamodb:*"]
      resources = [module.table.dynamodb_table_arn]
    }
  }
}
module "tell" {
  source        = "registry.terraform.io/terraform-aws-modules/lambda/aws"
  function_name = "tell"
  handler       = "app.handler"
  runtime       = "python3.8"
  source_path   = [{ path = "src/tell" }]
  attach_policy_statements  = true
  policy_statements         = [{ actions = ["sns:Publish"], resources = ["arn:aws:sns:eu-west-1:1:t"] }]
  dead_letter_target_arn    = module.dead.queue_arn
  attach_dead_letter_policy = true
}
module "old" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "old"
  handler       = "app.handler"
  runtime       = "python3.13"
  source_path   = "src/old"
}
module "dead" {
  source = "terraform-aws-modules/sqs/aws"
}
module "daily" {
  source     = "terraform-aws-modules/eventbridge/aws"
  create_bus = false
  rules      = { daily = { schedule_expression = "rate(1 day)" } }
  targets    = { daily = [{ name = "tell", arn = module.tell.lambda_function_arn }] }
}
module "api" {
  source      = "terraform-aws-modules/apigateway-v2/aws"
  authorizers = { jwt = { authorizer_type = "JWT" } }
  routes = {
    "GET /items" = {
      authorization_type = "JWT"
      authorizer_key     = "jwt"
      integration        = { uri = module.get.lambda_function_arn }
    }
    "GET /open" = { integration = { uri = module.get.lambda_function_arn } }
  }
}
`,
};

async function found(more: Record<string, string> = {}) {
  const root = mkdtempSync(join(work, 'app-'));
  writeFiles(root, { ...files, ...more });
  const { findings, notes } = await findPosture(root, await readPosture(root));
  return {
    notes,
    told: findings
      .filter(({ severity }) => severity !== 'info')
      .map(
        ({ rule, subject, locations: [at] }) => `${rule?.slice('posture/'.length)} ${subject} ${at?.line}`,
      ),
  };
}

test('what well-known modules make is told from their arguments, on their lines', async () => {
  const { told, notes } = await found();
  expect(told.toSorted()).toEqual([
    'deprecated-runtime module.tell.aws_lambda_function.this[0] 23',
    'orphan-function module.old.aws_lambda_function.this[0] 30',
    'route-without-authorizer module.get.aws_lambda_function.this[0] 46',
    'wildcard-action module.get.aws_iam_role.lambda[0] 14',
  ]);
  expect(notes).toEqual([
    'table, get, tell, old, dead, daily and 1 more of the registry: not here, so read by the arguments; run terraform init, or give the plan as JSON, for all that is made of them',
  ]);
});

test('a module that terraform init has fetched is read itself', async () => {
  const { told } = await found({
    '.terraform/modules/modules.json': '{"Modules":[{"Key":"old","Dir":".terraform/modules/old"}]}',
    '.terraform/modules/old/main.tf': 'resource "aws_sqs_queue" "q" {}',
  });
  expect(told.filter((each) => each.startsWith('orphan'))).toEqual([]);
});
