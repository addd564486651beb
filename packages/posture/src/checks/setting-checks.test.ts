import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { broadManagedPolicy } from './broad-managed-policy.ts';
import type { Check } from './check.ts';
import { deprecatedRuntime } from './deprecated-runtime.ts';
import { environmentKey } from './environment-key.ts';
import { logRetention } from './log-retention.ts';
import { noTracing } from './no-tracing.ts';
import { openSecurityGroup } from './open-security-group.ts';
import { publicBucket } from './public-bucket.ts';
import { publicInvoke } from './public-invoke.ts';
import { secretInEnvironment } from './secret-in-environment.ts';
import { unattachedAuthorizer } from './unattached-authorizer.ts';
import { unencrypted } from './unencrypted.ts';

const log = (properties: string) => `
  Log: { Type: AWS::Logs::LogGroup, Properties: { ${properties} } }
  Orders:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: orders`;

test.each<[string, Check, string, number]>([
  [
    'what calls by the URL only',
    publicInvoke,
    "\n  P: { Type: AWS::Lambda::Permission, Properties: { Action: lambda:InvokeFunction, FunctionName: f, Principal: '*', InvokedViaFunctionUrl: true } }",
    0,
  ],
  [
    'what writes the logs of an API',
    broadManagedPolicy,
    "\n  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs'] } }",
    0,
  ],
  [
    'where a secret lies',
    environmentKey,
    "\n  Token: { Type: AWS::SecretsManager::Secret }\n  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { TOKEN: !Ref Token, API_SECRET: 'arn:aws:secretsmanager:eu-west-1:1:secret:a' } } } }",
    0,
  ],
  [
    'a secret of another account as a variable',
    environmentKey,
    '\n  Key: { Type: AWS::IAM::AccessKey }\n  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { SECRET: !GetAtt Key.SecretAccessKey } } } }',
    1,
  ],
  ['kept by name', logRetention, `${log('LogGroupName: /aws/lambda/orders, RetentionInDays: 30')} }`, 0],
  [
    'kept by reference',
    logRetention,
    `${log('RetentionInDays: 30')}, LoggingConfig: { LogGroup: !Ref Log } }`,
    0,
  ],
  [
    'kept for ten years',
    logRetention,
    `${log('LogGroupName: /aws/lambda/orders, RetentionInDays: 3653')} }`,
    1,
  ],
  ['of another', logRetention, `${log('LogGroupName: /aws/lambda/mail, RetentionInDays: 30')} }`, 1],
  [
    'the names of secrets',
    secretInEnvironment,
    `
  S: { Type: AWS::SecretsManager::Secret, Properties: { Name: Payments } }
  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { PAYMENT_SECRET: Payments, DB_SECRET: dev/db/main } } } }`,
    0,
  ],
  [
    'what has a slash, too',
    secretInEnvironment,
    '\n  F: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { AUTH_SECRET: wJalr/K7MDENG } } } }',
    1,
  ],
  ['a queue as it is by default', unencrypted, '\n  Q: { Type: AWS::SQS::Queue }', 0],
  [
    'a queue',
    unencrypted,
    '\n  Q: { Type: AWS::SQS::Queue, Properties: { SqsManagedSseEnabled: false } }',
    1,
  ],
  [
    'a bucket and a table',
    unencrypted,
    '\n  B: { Type: AWS::S3::Bucket }\n  T: { Type: AWS::DynamoDB::Table }',
    0,
  ],
  [
    'an ACL that is blocked',
    publicBucket,
    '\n  B: { Type: AWS::S3::Bucket, Properties: { AccessControl: PublicRead, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } } }',
    0,
  ],
  [
    'a web server',
    openSecurityGroup,
    '\n  G: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }] } }',
    0,
  ],
  [
    'every port over IPv6',
    openSecurityGroup,
    "\n  G: { Type: AWS::EC2::SecurityGroupIngress, Properties: { IpProtocol: '-1', CidrIpv6: '::/0' } }",
    1,
  ],
])('%s (%#)', async (_, check, resources, count) => {
  expect(await check.find(graphOf(`Resources:${resources}`))).toHaveLength(count);
});

const authorizer = (method: string) => `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: orders } }
  People:
    Type: AWS::ApiGateway::Authorizer
    Properties: { RestApiId: !Ref Api, Type: COGNITO_USER_POOLS, Name: people }
  Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, HttpMethod: GET${method} } }`;

test('an authorizer of CloudFormation that a method names guards something', async () => {
  const attached = ', AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref People';
  expect(await unattachedAuthorizer.find(graphOf(authorizer(attached)))).toEqual([]);
  expect(await unattachedAuthorizer.find(graphOf(authorizer('')))).toMatchObject([{ subject: 'People' }]);
});

test('a habit is told once, with all places', async () => {
  const one = (name: string) =>
    `\n  ${name}: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler } }`;
  const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];
  const [problem, ...others] = await noTracing.find(graphOf(`Resources:${names.map(one).join('')}`));
  expect(others).toEqual([]);
  expect(problem?.message).toBe('One, Two, Three, Four, Five, Six and 2 more: no tracing.');
  expect(problem?.more).toHaveLength(7);
});

test('a runtime that a project names in one place is told once', async () => {
  const graph = graphOf(`
Globals: { Function: { Runtime: nodejs16.x } }
Resources:
  A: { Type: AWS::Serverless::Function, Properties: { Handler: a.handler } }
  B: { Type: AWS::Serverless::Function, Properties: { Handler: b.handler } }
  C: { Type: AWS::Serverless::Function, Properties: { Handler: c.handler, Runtime: python3.8 } }
`);
  expect(await deprecatedRuntime.find(graph)).toHaveLength(2);
});

test.each([
  ['postgres://shop:correct-horse@db.shop.example:5432/shop', 1],
  ['sk_live_0123456789abcdef', 1],
  ['AKIAABCDEFGHIJKLMNOP', 1],
  ['postgres://db.shop.example:5432/shop', 0],
  ['https://shop.example/path:with@signs', 0],
  ['eu-west-1:shop', 0],
])('a variable that says %s is a secret by its form: %i', async (value, count) => {
  const graph = graphOf(`
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Handler: index.handler, Environment: { Variables: { SOURCE: '${value}' } } }`);
  expect(await secretInEnvironment.find(graph)).toHaveLength(count);
});
