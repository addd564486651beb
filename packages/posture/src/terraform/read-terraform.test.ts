import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runChecks } from '../checks/run-checks.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { PostureError } from '../posture-error.ts';
import { placeIn } from '../resource.ts';
import { writeFiles } from '../testing/write-files.ts';
import { readTerraform } from './read-terraform.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-terraform-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function read(files: Record<string, string>, parameters: Record<string, string> = {}) {
  const folder = mkdtempSync(join(work, 'app-'));
  writeFiles(folder, files);
  const { resources, notes } = await readTerraform(folder, { parameters });
  return {
    ids: [...resources.keys()],
    properties: (id: string) => resources.get(id)?.properties,
    resource: (id: string) => resources.get(id) ?? expect.fail(`there is no ${id}`),
    notes,
  };
}

const aFunction = (more = '') => `
resource "aws_lambda_function" "f" {
  function_name = "f"
  handler       = "index.handler"
  ${more}
}
`;

test('arguments and blocks are said as CloudFormation has them, with their lines', async () => {
  const { resource, properties } = await read({
    'main.tf': `resource "aws_lambda_function" "f" {
  function_name                  = "f"
  memory_size                    = 512
  reserved_concurrent_executions = 5
  filename                       = "\${path.module}/f.zip"
  role                           = aws_iam_role.r.arn
  layers                         = [aws_lambda_layer_version.l.arn]
  environment {
    variables = { TABLE = aws_dynamodb_table.t.name, snake_case = "kept" }
  }
  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = [aws_security_group.g.id]
  }
}
resource "aws_dynamodb_table" "t" {
  server_side_encryption {
    enabled = true
  }
}
resource "aws_iam_role" "r" {}
resource "aws_security_group" "g" {}
resource "aws_lambda_layer_version" "l" {}
`,
  });
  expect(properties('aws_lambda_function/f')).toEqual({
    FunctionName: 'f',
    MemorySize: 512,
    ReservedConcurrentExecutions: 5,
    Code: 'f.zip',
    Role: '${aws_iam_role/r.Arn}',
    Layers: ['${aws_lambda_layer_version/l}'],
    Environment: { Variables: { TABLE: '${aws_dynamodb_table/t}', snake_case: 'kept' } },
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['${aws_security_group/g.GroupId}'] },
  });
  const f = resource('aws_lambda_function/f');
  expect(f).toMatchObject({ type: 'AWS::Lambda::Function', place: { file: 'main.tf', line: 1, column: 1 } });
  expect(placeIn(f, 'Environment', 'Variables', 'TABLE')).toEqual({ file: 'main.tf', line: 9, column: 19 });
  expect(placeIn(f, 'VpcConfig', 'SubnetIds')).toMatchObject({ line: 12 });
  expect(properties('aws_dynamodb_table/t')).toEqual({ SSESpecification: { SSEEnabled: true } });
});

describe('variables', () => {
  const files = {
    'main.tf':
      'variable "stage" { default = "dev" }\nvariable "open" {}\nresource "aws_sqs_queue" "q" { name = "${var.stage}-${var.open}" }',
  };
  const name = async (more: Record<string, string>, parameters = {}) =>
    (await read({ ...files, ...more }, parameters)).properties('aws_sqs_queue/q')?.QueueName;

  test('have their defaults, and are open without one', async () => {
    expect(await name({})).toBe('dev-${var.open}');
  });
  test('are given by files, and by the command line above all', async () => {
    const given = { 'terraform.tfvars': 'stage = "test"\nopen = "a"', 'x.auto.tfvars': 'open = "b"' };
    expect(await name(given)).toBe('test-b');
    expect(await name(given, { stage: 'prod' })).toBe('prod-b');
  });
  test('have the defaults of their type', async () => {
    const { properties } = await read({
      'main.tf': `
variable "functions" {
  type    = map(object({ handler = string, timeout = optional(number, 10), size = optional(number) }))
  default = { f = { handler = "a.b" } }
}
resource "aws_lambda_function" "f" {
  for_each    = var.functions
  handler     = each.value.handler
  timeout     = each.value.timeout
  memory_size = each.value.size
}`,
    });
    expect(properties('aws_lambda_function/f[f]')).toEqual({ Handler: 'a.b', Timeout: 10 });
  });
});

describe('count and for_each', () => {
  test('make as many, which are referred to one by one and together', async () => {
    const { ids, properties } = await read({
      'main.tf': `
resource "aws_sqs_queue" "q" {
  count = 2
  name  = "q\${count.index}"
}
resource "aws_sns_topic" "t" {
  for_each = toset(["a", "b.c"])
  name     = each.value
}
resource "aws_sqs_queue" "none" {
  count = 1 > 2 ? 1 : 0
}
${aFunction(`environment {
    variables = {
      FIRST = aws_sqs_queue.q[0].url
      ALL   = join(",", aws_sqs_queue.q[*].arn)
      TOPIC = aws_sns_topic.t["b.c"].arn
      NONE  = try(aws_sqs_queue.none[0].url, "none")
    }
  }`)}`,
    });
    expect(ids).toEqual([
      'aws_sqs_queue/q[0]',
      'aws_sqs_queue/q[1]',
      'aws_sns_topic/t[a]',
      'aws_sns_topic/t[b-c]',
      'aws_lambda_function/f',
    ]);
    expect(properties('aws_lambda_function/f')?.Environment).toEqual({
      Variables: {
        FIRST: '${aws_sqs_queue/q[0]}',
        ALL: '${aws_sqs_queue/q[0].Arn},${aws_sqs_queue/q[1].Arn}',
        TOPIC: '${aws_sns_topic/t[b-c]}',
        NONE: 'none',
      },
    });
  });
  test('that are not known make one, and a note', async () => {
    const { ids, notes } = await read({
      'main.tf':
        'variable "n" {}\nresource "aws_sqs_queue" "q" { count = var.n }\nresource "aws_sns_topic" "t" { for_each = toset(var.n) }',
    });
    expect(ids).toEqual(['aws_sqs_queue/q[0]', 'aws_sns_topic/t[*]']);
    expect(notes).toEqual([
      'main.tf:2:1: count of resource.aws_sqs_queue.q is not known: it is read as one',
      'main.tf:3:1: for_each of resource.aws_sns_topic.t is not known: it is read as one',
    ]);
  });
  test('dynamic blocks make as many blocks', async () => {
    const { properties } = await read({
      'main.tf': `
resource "aws_dynamodb_table" "t" {
  dynamic "attribute" {
    for_each = { id = "S", at = "N" }
    iterator = each_one
    content {
      name = each_one.key
      type = each_one.value
    }
  }
}`,
    });
    expect(properties('aws_dynamodb_table/t')?.AttributeDefinitions).toEqual([
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'at', AttributeType: 'N' },
    ]);
  });
});

describe('policies', () => {
  const statement = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: '${aws_s3_bucket/b.Arn}/*' };
  test.each([
    [
      'jsonencode',
      'jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "${aws_s3_bucket.b.arn}/*" }] })',
      1,
    ],
    [
      'a text',
      '<<EOT\n{ "Statement": [{ "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "${aws_s3_bucket.b.arn}/*" }] }\nEOT',
      1,
    ],
    ['a file', 'templatefile("${path.module}/policy.json", { bucket = aws_s3_bucket.b.arn })', 1],
    ['a data source', 'data.aws_iam_policy_document.d.json', 1],
  ])('by %s', async (_, policy) => {
    const { properties } = await read({
      'policy.json':
        '{ "Statement": [{ "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "${bucket}/*" }] }',
      'main.tf': `
resource "aws_s3_bucket" "b" {}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["\${aws_s3_bucket.b.arn}/*"]
  }
}
resource "aws_iam_policy" "p" {
  policy = ${policy}
}`,
    });
    const document = properties('aws_iam_policy/p')?.PolicyDocument as { Statement: { Resource: unknown }[] };
    expect(document.Statement.map((each) => ({ ...each, Resource: [each.Resource].flat()[0] }))).toEqual([
      statement,
    ]);
  });

  test('data sources have principals, conditions, and documents that they build on', async () => {
    const { properties, resource } = await read({
      'main.tf': `
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Own"
    actions   = ["sqs:*"]
    resources = ["*"]
  }
  statement {
    sid         = "Deny"
    effect      = "Deny"
    not_actions = ["sqs:SendMessage"]
    resources   = ["*"]
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Own"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:*:*:&{aws:username}"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.me.account_id]
    }
  }
}
data "aws_caller_identity" "me" {}
resource "aws_sqs_queue" "q" {
  policy = data.aws_iam_policy_document.all.json
}`,
    });
    expect(properties('aws_sqs_queue/q/policy')).toEqual({
      Queues: ['${aws_sqs_queue/q}'],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'Deny', Effect: 'Deny', NotAction: ['sqs:SendMessage'], Resource: ['*'] },
          {
            Sid: 'Own',
            Effect: 'Allow',
            Action: ['sqs:SendMessage'],
            Resource: ['arn:aws:sqs:*:*:${!aws:username}'],
            Principal: { AWS: ['*'] },
            Condition: { StringEquals: { 'aws:SourceAccount': ['${AWS::AccountId}'] } },
          },
        ],
      },
    });
    expect(
      placeIn(resource('aws_sqs_queue/q/policy'), 'PolicyDocument', 'Statement', 1, 'Action'),
    ).toMatchObject({ line: 19 });
  });
});

describe('parts of other resources', () => {
  test('are put there', async () => {
    const { ids, properties, resource } = await read({
      'main.tf': `
resource "aws_iam_role" "r" {}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.r.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_policy_attachment" "b" {
  roles      = [aws_iam_role.r.name]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
resource "aws_iam_policy" "p" {}
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket            = aws_s3_bucket.b.id
  block_public_acls = true
}
resource "aws_s3_bucket_acl" "b" {
  bucket = aws_s3_bucket.b.bucket
  acl    = "public-read"
}
resource "aws_api_gateway_method" "m" {
  rest_api_id   = "api"
  resource_id   = "root"
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_integration" "i" {
  rest_api_id = "api"
  resource_id = "root"
  http_method = aws_api_gateway_method.m.http_method
  uri         = aws_lambda_function.f.invoke_arn
}
${aFunction()}`,
    });
    expect(ids).toEqual([
      'aws_iam_role/r',
      'aws_iam_policy/p',
      'aws_s3_bucket/b',
      'aws_api_gateway_method/m',
      'aws_lambda_function/f',
    ]);
    expect(properties('aws_iam_role/r')).toEqual({
      ManagedPolicyArns: ['${aws_iam_policy/p}', 'arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    expect(placeIn(resource('aws_iam_role/r'), 'ManagedPolicyArns', 1)).toMatchObject({ line: 9 });
    expect(properties('aws_s3_bucket/b')).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      AccessControl: 'PublicRead',
    });
    expect(properties('aws_api_gateway_method/m')).toMatchObject({
      AuthorizationType: 'NONE',
      Integration: { Uri: expect.stringContaining('functions/${aws_lambda_function/f.Arn}/invocations') },
    });
  });
});

describe('modules', () => {
  const module = {
    'modules/queue/main.tf':
      'variable "name" { default = "jobs" }\nresource "aws_sqs_queue" "this" { name = var.name }',
    'modules/queue/outputs.tf': 'output "arn" { value = aws_sqs_queue.this.arn }',
  };
  test('that lie beside are read, with what they are given and give', async () => {
    const { ids, properties } = await read({
      ...module,
      'main.tf': `
module "queue" {
  source   = "./modules/queue"
  for_each = toset(["a", "b"])
  name     = "q-\${each.key}"
}
module "plain" { source = "./modules/queue" }
${aFunction('environment { variables = { A = module.queue["a"].arn, P = module.plain.arn } }')}`,
    });
    expect(ids).toEqual([
      'module/queue[a]/aws_sqs_queue/this',
      'module/queue[b]/aws_sqs_queue/this',
      'module/plain/aws_sqs_queue/this',
      'aws_lambda_function/f',
    ]);
    expect(properties('module/queue[b]/aws_sqs_queue/this')).toEqual({ QueueName: 'q-b' });
    expect(properties('module/plain/aws_sqs_queue/this')).toEqual({ QueueName: 'jobs' });
    expect(properties('aws_lambda_function/f')?.Environment).toEqual({
      Variables: {
        A: '${module/queue[a]/aws_sqs_queue/this.Arn}',
        P: '${module/plain/aws_sqs_queue/this.Arn}',
      },
    });
  });
  test('that terraform init has fetched are read', async () => {
    const { ids } = await read({
      'main.tf': 'module "queue" { source = "example/queue/aws" }',
      '.terraform/modules/modules.json':
        '{"Modules":[{"Key":"queue","Source":"x","Dir":".terraform/modules/queue"}]}',
      '.terraform/modules/queue/main.tf': 'resource "aws_sqs_queue" "this" {}',
    });
    expect(ids).toEqual(['module/queue/aws_sqs_queue/this']);
  });
  test('from elsewhere are a note', async () => {
    const { ids, notes, properties } = await read({
      'main.tf': `module "queue" { source = "example/queue/aws" }\n${aFunction('role = module.queue.role_arn')}`,
    });
    expect(ids).toEqual(['aws_lambda_function/f']);
    expect(properties('aws_lambda_function/f')?.Role).toBe('${module/queue.role_arn}');
    expect(notes).toEqual([
      'main.tf:1:1: the module queue is not read: example/queue/aws is no folder with .tf files; run terraform init, or give the plan as JSON',
    ]);
  });
});

describe('what is made to tire is told', () => {
  const doubled = Array.from(
    { length: 40 },
    (_, index) => `  a${index + 1} = "\${local.a${index}}\${local.a${index}}"`,
  );
  const chained = Array.from({ length: 2_000 }, (_, index) => `  a${index + 1} = local.a${index}`);
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'texts that grow',
      {
        'main.tf': `locals {\n  a0 = "xxxxxxxx"\n${doubled.join('\n')}\n}\nresource "aws_sqs_queue" "q" { name = local.a40 }`,
      },
      /^main.tf:\d+:\d+: makes a text of more than 1000000 characters/,
    ],
    [
      'long chains',
      {
        'main.tf': `locals {\n  a0 = "x"\n${chained.join('\n')}\n}\nresource "aws_sqs_queue" "q" { name = local.a2000 }`,
      },
      /needs a chain of more than 300 other values/,
    ],
    [
      'loops in loops',
      {
        'main.tf':
          'locals {\n  l = range(1000)\n  a = [for x in local.l : [for y in local.l : [for z in local.l : z]]]\n}\nresource "aws_sqs_queue" "q" { name = local.a }',
      },
      /takes more than 3000000 steps/,
    ],
    [
      'resources without end',
      {
        'main.tf':
          'resource "aws_sqs_queue" "q" {\n  for_each = toset([for n in range(10000) : tostring(n)])\n}\n'.repeat(
            1,
          ) +
          Array.from({ length: 12 }, (_, n) => `resource "aws_sqs_queue" "q${n}" { count = 2000 }`).join(
            '\n',
          ),
      },
      /makes more than 20000 resources/,
    ],
    [
      'a module of itself',
      { 'main.tf': 'module "a" { source = "./a" }', 'a/main.tf': 'module "b" { source = "../a" }' },
      /^a\/main.tf:1:1: the module b calls itself/,
    ],
  ])('%s', async (_, files, message) => {
    await expect(read(files)).rejects.toThrow(PostureError);
    await expect(read(files)).rejects.toThrow(message);
  });

  test('values in a circle stay open', async () => {
    const { properties } = await read({
      'main.tf': 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_sqs_queue" "q" { name = local.a }',
    });
    expect(properties('aws_sqs_queue/q')).toEqual({ QueueName: '${local.a}' });
  });

  test('modules outside of the project are read, and files in them, but no others', async () => {
    const folder = mkdtempSync(join(work, 'outside-'));
    for (const name of ['env', 'modules/m']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(
      join(folder, 'env/main.tf'),
      'module "m" { source = "../modules/m" }\nmodule "up" { source = "../" }',
    );
    writeFileSync(join(folder, 'up.tf'), 'resource "aws_sqs_queue" "up" { name = file("secret.txt") }');
    writeFileSync(
      join(folder, 'modules/m/main.tf'),
      'resource "aws_sqs_queue" "m" {\n  name = "${file("${path.module}/name.txt")}-${file("${path.module}/../../secret.txt")}"\n}',
    );
    writeFileSync(join(folder, 'modules/m/name.txt'), 'jobs');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const { resources } = await readTerraform(join(folder, 'env'));
    expect(resources.get('module/m/aws_sqs_queue/m')?.properties).toEqual({ QueueName: 'jobs-${file()}' });
    expect(resources.get('module/up/aws_sqs_queue/up')?.properties).toEqual({ QueueName: '${file()}' });
  });

  test('files outside of the project are not read', async () => {
    const { properties } = await read({
      'main.tf': 'resource "aws_sqs_queue" "q" { name = file("/etc/hostname") }',
    });
    expect(properties('aws_sqs_queue/q')).toEqual({ QueueName: '${file()}' });
  });
});

test('the faults of the depot are found, and nothing else', async () => {
  const depot = fileURLToPath(new URL('../../../../examples/apps/depot', import.meta.url));
  const graph = buildGraph(await readTerraform(depot));
  expect([...graph.functions.keys()]).toHaveLength(8);
  for (const { role, triggers } of graph.functions.values()) {
    expect(role).toBeDefined();
    expect(triggers).not.toEqual([]);
  }
  expect((await runChecks(graph)).map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
    expect.arrayContaining([
      'posture/broad-managed-policy aws_iam_role/count_stock',
      'posture/route-without-authorizer aws_lambda_function/print_label',
      'posture/open-resource-policy aws_s3_bucket_policy/deliveries',
    ]),
  );
});
