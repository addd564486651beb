import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';

const grep =
  "const { execSync } = require('child_process');\nexports.handler = async (event) => execSync('grep ' + ";

/** A function whose code lies beside the template, and its role over the table Orders. */
const aFunction = (
  name: string,
  { events = '', statement = 'Action: dynamodb:Scan, Resource: !GetAtt Orders.Arn' },
) => `
  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: ${name.toLowerCase()}/
      Policies: [{ Statement: [{ Effect: Allow, ${statement} }] }]
      Events: { ${events} }`;

async function findPaths(resources: string, code: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), 'ringfence-paths-'));
  try {
    for (const [name, text] of Object.entries(code)) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, 'index.js'), text);
    }
    writeFileSync(
      join(root, 'template.yaml'),
      `Resources:\n  Orders: { Type: AWS::DynamoDB::Table }${resources}`,
    );
    const { findings } = await findPosture(root, await readPosture(root));
    return findings.filter(({ rule }) => rule === 'posture/attack-path');
  } finally {
    rmSync(root, { recursive: true });
  }
}

const open = 'Get: { Type: HttpApi, Properties: { Path: /search, Method: get } }';
const shell = `${grep}event.queryStringParameters.text);`;

test('the chain is told from the endpoint to the data, with the evidence for each step', async () => {
  const [finding, ...others] = await findPaths(aFunction('Search', { events: open }), { search: shell });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    severity: 'critical',
    subject: 'Search',
    locations: [
      { path: 'template.yaml', line: 10 },
      {
        path: 'search/index.js',
        line: 2,
        note: 'source event.queryStringParameters.text, sink child_process.execSync',
      },
      { path: 'template.yaml', line: 9, note: 'role: read Orders (dynamodb:Scan)' },
    ],
  });
  expect(finding?.message).toContain(
    'Anyone calls GET /search of Search; there event.queryStringParameters.text gets to child_process.execSync',
  );
});

test('what a function hands on is followed to the function that does harm with it', async () => {
  const front = aFunction('Take', {
    events: open,
    statement: 'Action: sqs:SendMessage, Resource: !GetAtt Jobs.Arn',
  });
  const back = aFunction('Work', { events: 'Job: { Type: SQS, Properties: { Queue: !GetAtt Jobs.Arn } }' });
  const found = await findPaths(`${front}${back}\n  Jobs: { Type: AWS::SQS::Queue }`, {
    take: 'exports.handler = async () => ({});',
    work: `${grep}event.Records[0].body);`,
  });
  expect(found).toMatchObject([{ subject: 'Work', severity: 'high' }]);
  expect(found[0]?.message).toContain('what they send gets over Take, Jobs to Work');
});

test('a bucket that everyone may write to is a way in', async () => {
  const put = 'Put: { Type: S3, Properties: { Bucket: !Ref Files, Events: s3:ObjectCreated:* } }';
  const bucket = '\n  Files: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicReadWrite } }';
  const code = { read: `${grep}event.Records[0].s3.object.key);` };
  const [finding] = await findPaths(aFunction('Read', { events: put }) + bucket, code);
  expect(finding?.message).toContain('Anyone puts something into Files, which starts Read');
  const closed = bucket.replace('PublicReadWrite', 'Private');
  expect(await findPaths(aFunction('Read', { events: put }) + closed, code)).toEqual([]);
});

const guarded =
  'Get: { Type: Api, Properties: { Path: /search, Method: get, Auth: { Authorizer: AWS_IAM } } }';
const inner = 'Get: { Type: Api, Properties: { RestApiId: !Ref Inner, Path: /search, Method: get } }';
const innerApi = `
  Inner:
    Type: AWS::Serverless::Api
    Properties: { StageName: live, EndpointConfiguration: { Type: PRIVATE } }`;
const onlyLogs = 'Action: logs:PutLogEvents, Resource: "*"';

test.each([
  ['with an authorizer', aFunction('Search', { events: guarded }), shell],
  ['within a network', aFunction('Search', { events: inner }) + innerApi, shell],
  ['without data behind it', aFunction('Search', { events: open, statement: onlyLogs }), shell],
  ['of sound code', aFunction('Search', { events: open }), 'exports.handler = async (event) => event.body;'],
])('an endpoint %s is no way', async (_, resources, code) => {
  expect(await findPaths(resources, { search: code })).toEqual([]);
});

test('a key that all clients have makes it harder, and no more', async () => {
  const withKey = open.replace('HttpApi', 'Api').replace('get }', 'get, Auth: { ApiKeyRequired: true } }');
  expect(await findPaths(aFunction('Search', { events: withKey }), { search: shell })).toMatchObject([
    { severity: 'high' },
  ]);
});
