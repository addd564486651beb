import { expect, test } from 'vitest';
import { unusedPermission } from '../checks/unused-permission.ts';
import { graphOf } from '../testing/graph-of.ts';
import { readNeeds } from './read-needs.ts';

const code = (calls: string) => `
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Other: { Type: AWS::DynamoDB::Table }
  Queue: { Type: AWS::SQS::Queue }
  Topic: { Type: AWS::SNS::Topic }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Environment: { Variables: { TABLE: !Ref Table, QUEUE: !Ref Queue, TOPIC: !Ref Topic } }
      InlineCode: |
        const { DynamoDB } = require('@aws-sdk/client-dynamodb');
        const { SQS } = require('@aws-sdk/client-sqs');
        const { S3 } = require('@aws-sdk/client-s3');
        const { SNS } = require('@aws-sdk/client-sns');
        const db = new DynamoDB({}), sqs = new SQS({}), sns = new SNS({}), s3 = new S3({});
        const on = { TableName: process.env.TABLE };
        exports.handler = async (event) => { ${calls} };
      Policies:`;
const get = 'await db.getItem({ ...on, Key: event.key });';
const put = 'await db.putItem({ ...on, Item: event.item });';
const remove = 'await db.deleteItem({ ...on, Key: event.key });';
const tell = 'await sns.publish({ TopicArn: process.env.TOPIC, Message: event.body });';
const read = "await s3.getObject({ Bucket: 'orders', Key: event.key });";
const send = 'await sqs.sendMessage({ QueueUrl: process.env.QUEUE, MessageBody: event.body });';
const template = (name: string) => `
        - ${name}: { TableName: !Ref Table }`;
const allow = (actions: string, resource: string) => `
        - Statement: [{ Effect: Allow, Action: ${actions}, Resource: ${resource} }]`;
const attached = (name: string, ...statements: string[]) => ` []
  ${name}:
    Type: AWS::IAM::Policy
    Properties: { PolicyName: own, Roles: [!Ref OrdersRole], PolicyDocument: { Statement: [${statements}] } }`;
const grantReadData = (name: string) =>
  attached(
    name,
    '{ Effect: Allow, Action: [dynamodb:BatchGetItem, dynamodb:Query, dynamodb:GetItem, dynamodb:Scan, dynamodb:DescribeTable], Resource: !GetAtt Table.Arn }',
    '{ Effect: Allow, Action: [dynamodb:GetRecords, dynamodb:GetShardIterator], Resource: !GetAtt Table.Arn }',
  );
const decrypt = (
  more = '',
) => `${attached('Decrypts', '{ Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn }')}
  Key: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true } }${more}`;

test.each([
  ['the template for reading', get, template('DynamoDBReadPolicy'), 0],
  ['more than the template for reading has', get, template('DynamoDBCrudPolicy'), 1],
  ['more than two smaller ones have', get + put, template('DynamoDBCrudPolicy'), 1],
  ['the only template that deletes', get + put + remove, template('DynamoDBCrudPolicy'), 0],
  [
    'a template that writes, too, where something is only deleted',
    get + remove,
    template('DynamoDBCrudPolicy'),
    1,
  ],
  [
    'a template with which the topic itself is changed',
    tell,
    '\n        - SNSCrudPolicy: { TopicName: !GetAtt Topic.TopicName }',
    1,
  ],
  ['a template that nothing needs', send, template('DynamoDBReadPolicy'), 1],
  ['a pattern that stands for one action', send, allow("'sqs:SendMessage*'", '!GetAtt Queue.Arn'), 0],
  [
    "the CDK's grantSendMessages",
    send,
    allow('[sqs:SendMessage, sqs:GetQueueAttributes, sqs:GetQueueUrl]', '!GetAtt Queue.Arn'),
    0,
  ],
  [
    "the CDK's grantRead",
    read,
    allow(
      "['s3:GetObject*', 's3:GetBucket*', 's3:List*']",
      "['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*']",
    ),
    0,
  ],
  [
    "the CDK's grantReadData, in several statements",
    get,
    grantReadData('OrdersServiceRoleDefaultPolicy0A1B2C3D'),
    0,
  ],
  [
    "the CDK's grantDelete",
    "await s3.deleteObject({ Bucket: 'orders', Key: event.key });",
    attached(
      'OrdersServiceRoleDefaultPolicy0A1B2C3D',
      "{ Effect: Allow, Action: 's3:DeleteObject*', Resource: 'arn:aws:s3:::orders/*' }",
    ),
    0,
  ],
  ['the same actions by hand', get, grantReadData('OrdersPolicy'), 1],
  [
    'what is often allowed beside, by hand',
    get,
    allow('[dynamodb:GetItem, dynamodb:Query, dynamodb:Scan, dynamodb:BatchGetItem]', '!GetAtt Table.Arn') +
      allow('dynamodb:DescribeTable', '!GetAtt Table.Arn'),
    1,
  ],
  ['a key that encrypts nothing', get, decrypt(), 1],
  [
    'a key that encrypts a queue',
    get,
    decrypt('\n  Mail: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !Ref Key } }'),
    0,
  ],
  [
    'a grant that somebody has written in pieces',
    get,
    allow('dynamodb:GetItem', '!GetAtt Table.Arn') +
      allow('[dynamodb:BatchGetItem, dynamodb:Query, dynamodb:Scan]', '!GetAtt Table.Arn'),
    1,
  ],
  [
    'another action beside it',
    send,
    allow('[sqs:SendMessage, sqs:GetQueueUrl, sqs:PurgeQueue]', '!GetAtt Queue.Arn'),
    1,
  ],
  [
    'all of a bucket and its objects, of which one is needed',
    read,
    allow("'s3:Get*'", "['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*']"),
    1,
  ],
  [
    'the table, where an index of it is missing',
    "await db.query({ ...on, IndexName: 'i' });",
    allow('dynamodb:Query', '!GetAtt Table.Arn'),
    0,
  ],
  [
    'a table with its indexes',
    get,
    allow('dynamodb:GetItem', "[!GetAtt Table.Arn, !Sub '${Table.Arn}/index/*']"),
    0,
  ],
])('a function has %s', async (_, calls, policy, count) => {
  const graph = await readNeeds(graphOf(code(calls) + policy), '.');
  expect(await unusedPermission.find(graph)).toHaveLength(count);
});

test('a template is told for each resource, with those that would do', async () => {
  const policies = `${template('DynamoDBCrudPolicy')}
        - DynamoDBCrudPolicy: { TableName: !Ref Other }
        - S3CrudPolicy: { BucketName: orders }`;
  const graph = await readNeeds(graphOf(code(get + put + read) + policies), '.');
  const messages = (await unusedPermission.find(graph)).map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(/^DynamoDBCrudPolicy .* DynamoDBReadPolicy and DynamoDBWritePolicy would do\.$/),
    expect.stringMatching(/^DynamoDBCrudPolicy .* on table\/\$\{Other\}, table\/\$\{Other\}\/index\/\*\.$/),
    expect.stringMatching(/^S3CrudPolicy .* S3ReadPolicy would do\.$/),
  ]);
});
