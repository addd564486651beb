import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missingPermission } from '../checks/missing-permission.ts';
import { noThrottling } from '../checks/no-throttling.ts';
import { noWebFirewall } from '../checks/no-web-firewall.ts';
import { orphanFunction } from '../checks/orphan-function.ts';
import { routeWithoutAuthorizer } from '../checks/route-without-authorizer.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { readNeeds } from '../least/read-needs.ts';
import { writeFiles } from '../testing/write-files.ts';
import { readService } from './read-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-plugins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(config: string, files: Record<string, string> = {}) {
  const all = {
    ...files,
    'serverless.yml': `service: shop\nprovider: { name: aws, runtime: nodejs22.x }\n${config}`,
  };
  writeFiles(folder, all);
  return readNeeds(buildGraph(readService(join(folder, 'serverless.yml'))), folder);
}

const messages = async (found: { message: string }[] | Promise<{ message: string }[]>) =>
  (await found).map(({ message }) => message);

test('routes of serverless-apigateway-service-proxy are open where they ask nobody', async () => {
  const graph = await read(`custom:
  apiGatewayServiceProxies:
    - sqs: { path: /in, method: post, queueName: in }
    - dynamodb: { path: '/forms/{id}', method: put, authorizationType: AWS_IAM }
    - kinesis: { path: /log, method: post, private: true }
`);
  expect(await messages(routeWithoutAuthorizer.find(graph))).toEqual([
    'POST /in of ApiGatewayMethodInPost, which calls sqs, has no authorizer.',
    'POST /log of ApiGatewayMethodLogPost, which calls kinesis, asks for an API key only.',
  ]);
});

test('the API has the limits and the firewall of the plugins for them', async () => {
  const api = 'functions: { a: { handler: a.a, events: [{ http: GET a }] } }';
  const bare = await read(api);
  const guarded = await read(
    `${api}\ncustom: { apiGatewayThrottling: { maxRequestsPerSecond: 9, maxConcurrentRequests: 9 }, associateWaf: { name: waf } }`,
  );
  for (const check of [noThrottling, noWebFirewall]) {
    expect(await check.find(bare)).toHaveLength(1);
    expect(await check.find(guarded)).toEqual([]);
  }
});

test('what checks a deployment of serverless-plugin-canary-deployments is no orphan', async () => {
  const graph = await read(`functions:
  a: { handler: a.a, events: [{ http: GET a }], deploymentSettings: { type: Linear, preTrafficHook: before, postTrafficHook: after } }
  before: { handler: a.before }
  after: { handler: a.after }
  other: { handler: a.other }
`);
  expect(await messages(orphanFunction.find(graph))).toEqual([expect.stringMatching(/^OtherLambdaFunction/)]);
});

test('of serverless-wsgi the server itself is the code', async () => {
  const graph = await read(
    'plugins: [serverless-wsgi]\ncustom: { wsgi: { app: shop.web.app } }\nfunctions: { web: { handler: wsgi_handler.handler, runtime: python3.13 } }',
    {
      'shop/__init__.py': '',
      'shop/web.py':
        "import boto3\nfrom flask import Flask\napp = Flask(__name__)\n@app.route('/')\ndef all():\n    return boto3.client('sqs').list_queues()",
    },
  );
  const { needs, isWhole } = graph.functions.get('WebLambdaFunction')?.needs ?? {};
  expect(isWhole).toBe(true);
  expect(needs?.map(({ action }) => action)).toContain('sqs:ListQueues');
});

test('a module of serverless-python-requirements is a package of its own', async () => {
  const graph = await read(
    'package: { individually: true }\nfunctions:\n  a: { module: a, handler: handler.main, runtime: python3.13 }\n  b: { module: b, handler: handler.main, runtime: python3.13 }',
    {
      'a/handler.py': "import boto3\ndef main(event, context):\n    boto3.client('sqs').list_queues()",
      'b/handler.py': 'def main(event, context):\n    pass',
    },
  );
  const actions = (id: string) => graph.functions.get(id)?.needs?.needs.map(({ action }) => action);
  expect(actions('ALambdaFunction')).toContain('sqs:ListQueues');
  expect(actions('BLambdaFunction')).not.toContain('sqs:ListQueues');
});

const constructs = `
constructs:
  mails: { type: queue, worker: { handler: a.mails } }
  files: { type: storage }
  open: { type: webhook, insecure: true, path: POST /open }
  closed: { type: webhook, path: POST /closed, authorizer: { handler: a.authorize } }
functions:
  a: { handler: a.handler, environment: { QUEUE: '\${construct:mails.queueUrl}', BUCKET: '\${construct:files.bucketName}' }, events: [{ schedule: rate(1 day) }] }`;
const code = {
  'a.mjs': `import { SQS } from '@aws-sdk/client-sqs';
import { S3 } from '@aws-sdk/client-s3';
export const mails = async () => {};
export const authorize = async () => {};
export const handler = async () => {
  await new SQS({}).sendMessage({ QueueUrl: process.env.QUEUE, MessageBody: 'a' });
  await new S3({}).putObject({ Bucket: process.env.BUCKET, Key: 'a' });
};`,
};

test('the constructs of serverless-lift have functions and routes, and may be used by all functions', async () => {
  const graph = await read(constructs, code);
  expect([...graph.functions.keys()]).toEqual([
    'ALambdaFunction',
    'MailsWorkerLambdaFunction',
    'ClosedAuthorizerLambdaFunction',
  ]);
  expect(await messages(orphanFunction.find(graph))).toEqual([]);
  expect(await messages(missingPermission.find(graph))).toEqual([]);
  expect(await messages(routeWithoutAuthorizer.find(graph))).toEqual([
    'POST /open of OpenRoute, which calls eventbridge, has no authorizer.',
  ]);
});

test('without its permissions they are missing', async () => {
  const graph = await read(`${constructs}\nlift: { automaticPermissions: false }`, code);
  expect(await messages(missingPermission.find(graph))).toHaveLength(2);
});
