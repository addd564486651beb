import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findPosture, PostureError, readPosture } from './index.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-hostile-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

function folder(): string {
  const path = join(work, String(++count));
  mkdirSync(path);
  return path;
}

/** Everything from reading to findings, of one template. */
async function look(text: string, name = 'template.yaml') {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return findPosture(path, await readPosture(path));
}

const topic = (value: string, more = '') =>
  `${more}\nResources:\n  T: { Type: AWS::SNS::Topic, Properties: { V: ${value} } }\n`;

describe('templates that would make too much are told', () => {
  const long = 'x'.repeat(100_000);
  test.each<[string, string]>([
    ['a join with a long separator', topic(`!Join [${long}, [${'a,'.repeat(100_000)}a]]`)],
    ['a long variable many times', topic(`!Sub ["${'${a}'.repeat(50_000)}", { a: ${long} }]`)],
    [
      'a parameter many times',
      topic(
        `!Sub '${'${P}'.repeat(100)}'`,
        `Parameters: { P: { Type: String, Default: '${'y'.repeat(3_000_000)}' } }`,
      ),
    ],
    [
      'a mapping many times',
      topic(
        `[${'!FindInMap [M, a, b], '.repeat(10_000)}]`,
        `Mappings: { M: { a: { b: [${'x,'.repeat(10_000)}x] } } }`,
      ),
    ],
    [
      'a stack that nests itself',
      `Resources:\n${Array.from({ length: 60 }, (_, index) => `  S${index}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: template.yaml } }`).join('\n')}`,
    ],
  ])('%s', async (_, text) => {
    const error = await look(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PostureError);
    expect(String(error)).toMatch(/: template.yaml\S*: the template has more than /);
  });
});

describe('templates that lead in circles are read', () => {
  test.each<[string, string]>([
    [
      'a mapping that asks itself',
      topic('!FindInMap [M, a, b]', 'Mappings: { M: { a: { b: !FindInMap [M, a, b] } } }'),
    ],
    [
      'aliases of each other',
      'Resources:\n  A: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref B } }\n  B: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref A } }\n  P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref A, Principal: x, Action: y } }',
    ],
    [
      'resources of an API that are their own parents',
      'Resources:\n  F: { Type: AWS::Lambda::Function, Properties: {} }\n  A: { Type: AWS::ApiGateway::Resource, Properties: { ParentId: !Ref A, PathPart: a } }\n  M: { Type: AWS::ApiGateway::Method, Properties: { ResourceId: !Ref A, HttpMethod: GET, Integration: { Uri: !GetAtt F.Arn } } }',
    ],
    [
      'functions that invoke each other',
      'Resources:\n  A: { Type: AWS::Serverless::Function, Properties: { Handler: a.a, Environment: { Variables: { B: !Ref B } }, Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref B } }] } }\n  B: { Type: AWS::Serverless::Function, Properties: { Handler: b.b, Environment: { Variables: { A: !Ref A } }, Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref A } }] } }',
    ],
  ])('%s', async (_, text) => {
    expect((await look(text)).findings).toBeInstanceOf(Array);
  });
});

describe('nonsense of every kind is no bug', () => {
  const values = [
    'null',
    '1',
    'true',
    '[]',
    '{}',
    '""',
    '[[]]',
    '[null]',
    '{ a: null }',
    '!Surprise x',
    '!Sub [1, 2]',
    '!GetAtt ""',
    '!Join a',
    '!Select [a]',
    '!If [a]',
  ];
  const types = [
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
    'AWS::IAM::Policy',
    'AWS::Lambda::Permission',
    'AWS::Lambda::Url',
    'AWS::Lambda::EventSourceMapping',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Method',
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Route',
    'AWS::S3::Bucket',
    'AWS::SQS::QueuePolicy',
    'AWS::Serverless::Function',
    'AWS::Serverless::Api',
    'AWS::Serverless::HttpApi',
    'AWS::Serverless::StateMachine',
    'AWS::Events::Rule',
    'AWS::Cognito::UserPool',
    'AWS::CloudFormation::Stack',
    'Custom::Thing',
  ];
  const members = [
    'Policies',
    'ManagedPolicyArns',
    'PolicyDocument',
    'Events',
    'Environment',
    'Role',
    'Code',
    'CodeUri',
    'Layers',
    'Runtime',
    'Timeout',
    'VpcConfig',
    'Integration',
    'Target',
    'Cors',
    'Auth',
    'Roles',
    'FunctionUrlConfig',
    'TargetFunctionArn',
    'LambdaConfig',
    'NotificationConfiguration',
    'TemplateURL',
  ];

  test.each(values)('every property is %s', async (value) => {
    const resources = types.map(
      (type, index) =>
        `  R${index}: { Type: ${type}, Properties: { ${members.map((name) => `${name}: ${value}`).join(', ')} } }`,
    );
    const report = await look(`Resources:\n${resources.join('\n')}\n`).catch((error: unknown) => error);
    if (report instanceof Error) expect(report).toBeInstanceOf(PostureError);
  });

  test.each(values)('every section is %s', async (value) => {
    const sections = ['Parameters', 'Mappings', 'Conditions', 'Globals', 'Outputs', 'Metadata', 'Transform'];
    const text = `${sections.map((name) => `${name}: ${value}`).join('\n')}\nResources: { T: { Type: AWS::Serverless::Function, Properties: {} } }\n`;
    const report = await look(text).catch((error: unknown) => error);
    if (report instanceof Error) expect(report).toBeInstanceOf(PostureError);
  });

  test.each(values)('every member of a service is %s', async (value) => {
    const own = ['service', 'functions', 'resources', 'custom', 'params', 'plugins', 'layers', 'package'];
    const text = `provider: { name: aws, iam: ${value}, httpApi: ${value}, environment: ${value}, stage: ${value}, vpc: ${value} }\n${own.map((name) => `${name}: ${value}`).join('\n')}\n`;
    const events = ['http', 'httpApi', 'websocket', 's3', 'sns', 'sqs', 'stream', 'schedule'].map(
      (name) => `{ ${name}: ${value} }`,
    );
    const withFunction = text.replace(
      /^functions: .*$/m,
      () =>
        `functions: { f: { handler: ${value}, events: [${events.join(', ')}, ${value}], url: ${value}, image: ${value}, iam: ${value}, role: ${value}, vpc: ${value} } }`,
    );
    for (const each of [text, withFunction]) {
      const report = await look(each, 'serverless.yml').catch((error: unknown) => error);
      if (report instanceof Error) expect(report).toBeInstanceOf(PostureError);
    }
  });
});

describe('names of templates that are none', () => {
  test.each<[string, (path: string) => void, RegExp]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path]), /template.yaml is no file/],
    ['a link in a circle', (path) => symlinkSync(path, path), /has no template/],
    ['nothing but zeros', (path) => writeFileSync(path, Buffer.alloc(1000)), /template.yaml/],
    [
      '100 megabytes',
      (path) => writeFileSync(path, Buffer.alloc(100_000_000, '#')),
      /template.yaml is longer than/,
    ],
  ])('%s', async (_, make, message) => {
    const path = folder();
    make(join(path, 'template.yaml'));
    await expect(readPosture(path)).rejects.toThrow(PostureError);
    await expect(readPosture(path)).rejects.toThrow(message);
  });
});

test('locals of Terraform that are doubled again and again are told', async () => {
  const levels = Array.from(
    { length: 8 },
    (_, index) => `l${index + 1} = [${`local.l${index},`.repeat(10)}]`,
  );
  const text = `locals {\nl0 = ["x"]\n${levels.join('\n')}\n}\nresource "aws_lambda_function" "f" {\n  layers = local.l8\n}\n`;
  await expect(look(text, 'main.tf')).rejects.toThrow(
    /^main.tf:\d+:1: the resources have more than 3000000 values/,
  );
});

test('YAML merges mappings as it does elsewhere', async () => {
  const { findings } = await look(`
x: &x { AuthType: NONE }
Resources:
  F: { Type: AWS::Serverless::Function, Properties: { Handler: a.a } }
  U: { Type: AWS::Lambda::Url, Properties: { <<: *x, TargetFunctionArn: !Ref F } }
`);
  expect(findings.map(({ rule }) => rule)).toContain('posture/function-url-open');
});

test('members that are named as those of every object change none', async () => {
  await look(
    '{ "Resources": { "__proto__": { "Type": "AWS::Lambda::Function", "Properties": { "constructor": 1, "__proto__": { "Runtime": "nodejs4.3" } } } } }',
    'template.json',
  );
  expect(({} as Record<string, unknown>).Runtime).toBeUndefined();
});
