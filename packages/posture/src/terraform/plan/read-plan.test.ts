import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readPosture } from '../../posture.ts';
import { PostureError } from '../../posture-error.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-plan-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

async function read(plan: unknown, files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(work, 'app-'));
  const text = typeof plan === 'string' ? plan : JSON.stringify(plan);
  for (const [name, content] of Object.entries({ 'plan.json': text, ...files }))
    writeFileSync(join(folder, name), content);
  const { graphs } = await readPosture(folder);
  const [graph] = graphs;
  if (!graph || graphs.length > 1) return expect.fail(`${graphs.length} graphs`);
  return { ...graph, properties: (id: string) => graph.resources.get(id)?.properties };
}

const refers = (...references: string[]) => ({ references });
const resource = (address: string, values: object, mode = 'managed') => ({
  address,
  mode,
  type: address
    .replace(/\["[^"]*"\]/g, '')
    .split('.')
    .at(-2),
  values,
});
const planOf = (resources: object[], written: object[], more: object = {}) => ({
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: { root_module: { resources } },
  configuration: { root_module: { resources: written, ...more } },
});

test('what is not known before it is made is what the configuration refers to', async () => {
  const { functions, properties } = await read(
    planOf(
      [
        resource('aws_lambda_function.orders', {
          function_name: 'orders',
          handler: 'index.handler',
          runtime: 'nodejs22.x',
          kms_key_arn: null,
          layers: [],
          dead_letter_config: [],
          environment: [{ variables: { TABLE: 'orders-table', STAGE: 'dev' } }],
          vpc_config: [{ subnet_ids: ['subnet-12345'] }],
        }),
        resource('aws_iam_role.orders', { name: 'orders-role' }),
        resource('aws_dynamodb_table.orders', { name: 'orders-table' }),
        resource('aws_security_group.orders', {}),
        resource('aws_sqs_queue.jobs', { name: 'jobs' }),
        resource('aws_lambda_event_source_mapping.jobs', { batch_size: 10 }),
      ],
      [
        {
          address: 'aws_lambda_function.orders',
          expressions: {
            function_name: { constant_value: 'orders' },
            role: refers('aws_iam_role.orders.arn', 'aws_iam_role.orders'),
            environment: [
              { variables: refers('aws_dynamodb_table.orders.name', 'aws_dynamodb_table.orders') },
            ],
            vpc_config: [
              {
                subnet_ids: { constant_value: ['subnet-12345'] },
                security_group_ids: refers('aws_security_group.orders.id', 'aws_security_group.orders'),
              },
            ],
          },
          depends_on: ['aws_sqs_queue.jobs'],
        },
        { address: 'aws_iam_role.orders', expressions: {} },
        {
          address: 'aws_lambda_event_source_mapping.jobs',
          expressions: {
            event_source_arn: refers('aws_sqs_queue.jobs.arn', 'aws_sqs_queue.jobs'),
            function_name: refers('aws_lambda_function.orders.arn', 'aws_lambda_function.orders'),
          },
        },
      ],
    ),
  );
  expect(properties('aws_lambda_function/orders')).toEqual({
    FunctionName: 'orders',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Code: { S3Bucket: '${aws_lambda_function/orders.s3_bucket}' },
    Role: '${aws_iam_role/orders.Arn}',
    Environment: { Variables: { TABLE: '${aws_dynamodb_table/orders}', STAGE: 'dev' } },
    VpcConfig: { SubnetIds: ['subnet-12345'], SecurityGroupIds: ['${aws_security_group/orders.GroupId}'] },
  });
  const orders = functions.get('aws_lambda_function/orders');
  expect(orders?.role?.resource.id).toBe('aws_iam_role/orders');
  expect(orders?.triggers).toMatchObject([{ kind: 'event-source', source: '${aws_sqs_queue/jobs.Arn}' }]);
  expect(orders?.resource).toMatchObject({ dependsOn: ['aws_sqs_queue/jobs'], place: { file: 'plan.json' } });
});

test('instances refer to those of the same key, through variables and outputs of modules', async () => {
  const { functions } = await read({
    ...planOf([], [], {
      module_calls: {
        fn: {
          expressions: { role: refers('module.roles.arn', 'module.roles') },
          module: {
            resources: [{ address: 'aws_lambda_function.this', expressions: { role: refers('var.role') } }],
          },
        },
        roles: {
          module: {
            resources: [{ address: 'aws_iam_role.this' }],
            outputs: {
              arn: {
                expression: refers('aws_iam_role.this[0].arn', 'aws_iam_role.this[0]', 'aws_iam_role.this'),
              },
            },
          },
        },
        each: {
          expressions: {},
          module: {
            resources: [
              {
                address: 'aws_lambda_function.f',
                expressions: { role: refers('aws_iam_role.r', 'each.key') },
              },
            ],
          },
        },
      },
    }),
    planned_values: {
      root_module: {
        child_modules: [
          { resources: [resource('module.fn["x"].aws_lambda_function.this', { handler: 'a.b' })] },
          { resources: [resource('module.roles.aws_iam_role.this[0]', {})] },
          {
            resources: ['a.b', 'c'].flatMap((key) => [
              resource(`module.each.aws_lambda_function.f["${key}"]`, {}),
              resource(`module.each.aws_iam_role.r["${key}"]`, {}),
            ]),
          },
        ],
      },
    },
  });
  expect([...functions.values()].map(({ id, role }) => [id, role?.resource.id])).toEqual([
    ['module/fn[x]/aws_lambda_function/this', 'module/roles/aws_iam_role/this[0]'],
    ['module/each/aws_lambda_function/f[a-b]', 'module/each/aws_iam_role/r[a-b]'],
    ['module/each/aws_lambda_function/f[c]', 'module/each/aws_iam_role/r[c]'],
  ]);
});

describe('policies', () => {
  const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders';
  test('name tables that are there by reference', async () => {
    const { properties } = await read(
      planOf(
        [
          resource('aws_dynamodb_table.orders', { name: 'orders', arn: table }),
          resource('aws_iam_policy.p', {
            policy: `{"Statement":[{"Effect":"Allow","Action":"dynamodb:Query","Resource":["${table}","${table}/index/*","${table}2"]}]}`,
          }),
        ],
        [],
      ),
    );
    expect(properties('aws_iam_policy/p')?.PolicyDocument).toEqual({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'dynamodb:Query',
          Resource: [
            '${aws_dynamodb_table/orders.Arn}',
            '${aws_dynamodb_table/orders.Arn}/index/*',
            'arn:aws:dynamodb:eu-west-1:${AWS::AccountId}:table/orders2',
          ],
        },
      ],
    });
  });

  test('of a data source are read from this where the plan does not know them yet', async () => {
    const { roles, notes } = await read(
      planOf(
        [
          resource('aws_dynamodb_table.orders', { name: 'orders' }),
          resource('aws_iam_role.r', { name: 'r' }),
          resource('aws_iam_role_policy.p', { name: 'p' }),
          resource(
            'data.aws_iam_policy_document.d',
            {
              statement: [{ actions: ['dynamodb:GetItem'], effect: null, not_actions: null, principals: [] }],
            },
            'data',
          ),
        ],
        [
          {
            address: 'aws_iam_role_policy.p',
            expressions: {
              policy: refers('data.aws_iam_policy_document.d.json', 'data.aws_iam_policy_document.d'),
              role: refers('aws_iam_role.r.id', 'aws_iam_role.r'),
            },
          },
          {
            address: 'data.aws_iam_policy_document.d',
            expressions: {
              statement: [
                {
                  actions: { constant_value: ['dynamodb:GetItem'] },
                  resources: refers('aws_dynamodb_table.orders.arn', 'aws_dynamodb_table.orders'),
                },
              ],
            },
          },
        ],
      ),
    );
    expect(roles.get('aws_iam_role/r')?.statements).toMatchObject([
      {
        effect: 'Allow',
        actions: ['dynamodb:GetItem'],
        resources: ['${aws_dynamodb_table/orders.Arn}'],
        principals: [],
      },
    ]);
    expect(notes).toEqual([]);
  });

  test('that are not known are a note', async () => {
    const { notes } = await read(
      planOf(
        [resource('aws_dynamodb_table.orders', {}), resource('aws_iam_policy.p', { name: 'p' })],
        [
          {
            address: 'aws_iam_policy.p',
            expressions: { policy: refers('aws_dynamodb_table.orders.arn', 'aws_dynamodb_table.orders') },
          },
        ],
      ),
    );
    expect(notes).toEqual([
      'plan.json: policy of aws_iam_policy/p is not known before it is made; the .tf files beside the plan would tell it',
    ]);
  });
});

test('of a state, what resources have is what they are referred to by', async () => {
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
  const role = 'arn:aws:iam::123456789012:role/orders';
  const { functions } = await read({
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          resource('aws_lambda_function.orders', { function_name: 'orders', arn, role, kms_key_arn: '' }),
          resource('aws_iam_role.orders', { name: 'orders', id: 'orders', arn: role }),
          resource('aws_iam_role_policy.orders', {
            role: 'orders',
            policy: '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
          }),
          resource('aws_apigatewayv2_api.api', { id: 'api123', protocol_type: 'HTTP' }),
          resource('aws_apigatewayv2_integration.i', {
            id: 'int123',
            api_id: 'api123',
            integration_uri: arn,
          }),
          resource('aws_apigatewayv2_route.r', {
            api_id: 'api123',
            route_key: 'GET /orders',
            target: 'integrations/int123',
          }),
          resource('aws_lambda_permission.api', { function_name: 'orders', principal: 'sns.amazonaws.com' }),
          resource('aws_lambda_event_source_mapping.jobs', {
            function_arn: arn,
            function_name: `${arn}:live`,
          }),
        ],
      },
    },
  });
  const orders = functions.get('aws_lambda_function/orders');
  expect(orders?.role?.resource.id).toBe('aws_iam_role/orders');
  expect(orders?.role?.statements).toMatchObject([{ actions: ['s3:*'] }]);
  expect(orders?.triggers.map(({ kind }) => kind)).toEqual(['http-api', 'permission', 'event-source']);
});

test('a plan beside .tf files adds what these do not hold', async () => {
  const { resources, notes } = await read(
    {
      ...planOf([resource('aws_sqs_queue.jobs', { name: 'planned' })], []),
      planned_values: {
        root_module: {
          resources: [resource('aws_sqs_queue.jobs', { name: 'planned' })],
          child_modules: [{ resources: [resource('module.far.aws_sqs_queue.this', { name: 'far' })] }],
        },
      },
    },
    {
      'main.tf':
        'module "far" { source = "example/far/aws" }\nresource "aws_sqs_queue" "jobs" { name = "written" }\n',
    },
  );
  expect([...resources.values()].map(({ id, properties }) => [id, properties.QueueName])).toEqual([
    ['aws_sqs_queue/jobs', 'written'],
    ['module/far/aws_sqs_queue/this', 'far'],
  ]);
  expect(notes).toEqual([]);
});

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{"format_version": "1.2", ', /^plan.json is no plan: write it with terraform show -json PLAN/],
  ['no plan', { format_version: '1.2', planned_values: [] }, /^plan.json is no plan/],
  ['deep nesting', `{"format_version": "1.2", "values": ${'['.repeat(100_000)}`, /^plan.json is no plan/],
])('%s is told', async (_, plan, message) => {
  await expect(read(plan)).rejects.toThrow(PostureError);
  await expect(read(plan)).rejects.toThrow(message);
});

test('data sources in a circle come to an end', async () => {
  const { resources } = await read(
    planOf(
      [resource('aws_iam_policy.p', {}), resource('data.aws_iam_policy_document.a', {}, 'data')],
      [
        {
          address: 'aws_iam_policy.p',
          expressions: { policy: refers('data.aws_iam_policy_document.a.json') },
        },
        {
          address: 'data.aws_iam_policy_document.a',
          expressions: { source_policy_documents: refers('data.aws_iam_policy_document.a.json') },
        },
      ],
    ),
  );
  expect(resources.get('aws_iam_policy/p')?.properties).toEqual({
    PolicyDocument: { Version: '2012-10-17', Statement: [] },
  });
});
