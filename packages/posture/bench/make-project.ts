import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const functions = 30;

const handler = (index: number) => `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { find, save } from './store.mjs';
import { check, shape } from './shape.mjs';

const s3 = new S3Client({});
const sqs = new SQSClient({});

export const handler = async (event) => {
  const body = JSON.parse(event.body ?? '{}');
  const order = shape(check(body));
  const before = await find(order.id);
  if (before) return { statusCode: 409, body: JSON.stringify({ message: 'there is one', id: before.id }) };
  await save({ ...order, number: ${index} });
  await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: \`orders/\${order.id}.json\`, Body: JSON.stringify(order) }));
  const kept = await s3.send(new GetObjectCommand({ Bucket: process.env.BUCKET, Key: \`orders/\${order.id}.json\` }));
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ id: order.id, size: kept.ContentLength }) }));
  return { statusCode: 201, body: JSON.stringify(order) };
};
`;

const store = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE;

export async function find(id) {
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id } }));
  return Item;
}
export const save = (item) => client.send(new PutCommand({ TableName, Item: item }));
export async function list(customer) {
  const { Items } = await client.send(new QueryCommand({
    TableName, IndexName: 'customer',
    KeyConditionExpression: 'customer = :c', ExpressionAttributeValues: { ':c': customer },
  }));
  return Items ?? [];
}
`;

/** Code without calls, as most of a function is: about 300 lines. */
const shape = `
export function check(body) {
  if (typeof body !== 'object' || body === null) throw new Error('no order');
  return body;
}
export const shape = (body) => ({ id: String(body.id), lines: (body.lines ?? []).map(line0), total: line1(body) });
${Array.from(
  { length: 40 },
  (_, index) => `
export function line${index}(line) {
  const { article, count = ${index}, price } = line;
  const rounded = Math.round(Number(price ?? 0) * 100) / 100;
  if (Number.isNaN(rounded)) throw new Error(\`no price of \${article}\`);
  return { article: String(article), count: Number(count), price: rounded, sum: rounded * Number(count) };
}`,
).join('\n')}
`;

const resource = (index: number) => `
  Function${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/f${index}
      Policies:
        - DynamoDBCrudPolicy: { TableName: !Ref Table }
        - Version: '2012-10-17'
          Statement:
            - { Effect: Allow, Action: ['s3:GetObject', 's3:PutObject'], Resource: !Sub '\${Bucket.Arn}/*' }
            - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn }
      Events:
        Call: { Type: Api, Properties: { Path: /orders/${index}, Method: post, Auth: { Authorizer: AWS_IAM } } }`;

/** A project with a template of SAM and 30 functions in JavaScript, of three modules and some 300 lines each. */
export function makeProject(folder: string): void {
  const numbers = Array.from({ length: functions }, (_, index) => index);
  const template = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs22.x
    Handler: index.handler
    Timeout: 20
    Tracing: Active
    Environment: { Variables: { TABLE: !Ref Table, BUCKET: !Ref Bucket, QUEUE_URL: !Ref Queue } }
Resources:
  Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders } }
  Bucket: { Type: AWS::S3::Bucket }
  Queue: { Type: AWS::SQS::Queue }${numbers.map(resource).join('')}
`;
  for (const index of numbers) {
    const place = join(folder, 'functions', `f${index}`);
    mkdirSync(place, { recursive: true });
    for (const [name, text] of Object.entries({
      'index.mjs': handler(index),
      'store.mjs': store,
      'shape.mjs': shape,
    }))
      writeFileSync(join(place, name), text);
  }
  writeFileSync(join(folder, 'template.yaml'), template);
}
