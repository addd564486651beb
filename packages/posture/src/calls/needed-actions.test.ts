import { expect, test } from 'vitest';
import { neededActions } from './needed-actions.ts';

const need = async (name: string, parameters: Record<string, string>) => {
  const [service = '', operation = ''] = name.split(':');
  const found = await neededActions({ service, operation, parameters, location: { path: 'a.js', line: 1 } });
  return found && { actions: found.actions, resources: found.resources };
};
const regional = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

test.each<[string, Record<string, string>, string[], string[] | undefined]>([
  [
    'dynamodb:GetItem',
    { TableName: '${env:T}' },
    ['dynamodb:GetItem'],
    [regional('dynamodb', 'table/${env:T}')],
  ],
  [
    'dynamodb:Query',
    { TableName: 't', IndexName: 'i' },
    ['dynamodb:Query'],
    [regional('dynamodb', 'table/t/index/i')],
  ],
  ['dynamodb:ExecuteStatement', { Statement: 'SELECT * FROM t' }, ['dynamodb:PartiQLSelect'], undefined],
  ['s3:ListObjectsV2', { Bucket: 'b', Prefix: 'p' }, ['s3:ListBucket'], ['arn:${AWS::Partition}:s3:::b']],
  ['s3:HeadObject', { Bucket: 'b', Key: 'k' }, ['s3:GetObject'], ['arn:${AWS::Partition}:s3:::b/k']],
  ['s3:PutObject', { Bucket: '${?}', Key: 'k' }, ['s3:PutObject'], undefined],
  ['s3:ListBuckets', {}, ['s3:ListAllMyBuckets'], ['*']],
  ['sqs:SendMessageBatch', { QueueUrl: '${env:Q}' }, ['sqs:SendMessage'], ['${env:Q}']],
  ['sqs:SendMessage', { QueueName: 'q' }, ['sqs:SendMessage'], [regional('sqs', 'q')]],
  ['sns:Publish', { PhoneNumber: '${?}' }, ['sns:Publish'], ['*']],
  ['lambda:Invoke', { FunctionName: 'f' }, ['lambda:InvokeFunction'], [regional('lambda', 'function:f')]],
  [
    'secretsmanager:GetSecretValue',
    { SecretId: 's' },
    ['secretsmanager:GetSecretValue'],
    [regional('secretsmanager', 'secret:s-??????')],
  ],
  [
    'ssm:GetParametersByPath',
    { Path: '/shop' },
    ['ssm:GetParametersByPath'],
    [regional('ssm', 'parameter/shop/*')],
  ],
  ['events:PutEvents', {}, ['events:PutEvents'], [regional('events', 'event-bus/default')]],
  ['execute-api:PostToConnection', {}, ['execute-api:ManageConnections'], undefined],
  [
    's3:PutObject',
    { Bucket: 'b', Key: 'k', ACL: 'public-read' },
    ['s3:PutObject', 's3:PutObjectAcl'],
    ['arn:${AWS::Partition}:s3:::b/k'],
  ],
  [
    's3:GetObject',
    { Bucket: 'b', Key: 'k', VersionId: '${?}' },
    ['s3:GetObject', 's3:GetObjectVersion'],
    ['arn:${AWS::Partition}:s3:::b/k'],
  ],
  ['apigateway:CreateApiKey', {}, ['apigateway:POST'], undefined],
  ['rekognition:DetectLabels', {}, ['rekognition:DetectLabels'], ['*']],
  ['sts:GetCallerIdentity', {}, [], ['*']],
])('%s %j needs %j on %j', async (name, parameters, actions, resources) => {
  expect(await need(name, parameters)).toEqual({ actions, resources });
});

test('of an operation that is no action nothing is known', async () => {
  expect(await need('dynamodb:Imagine', {})).toBeUndefined();
});
