import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPackage } from '@ringfence/scan';
import { afterAll, expect, test } from 'vitest';
import { writeFiles } from '../testing/write-files.ts';
import { findSdkCalls } from './find-sdk-calls.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-calls-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

/** The calls as `service:Operation parameter=value …`, of the parameters that say what they are about. */
async function callsIn(files: Record<string, string>, handler: string) {
  const folder = join(root, String(count++));
  writeFiles(folder, files);
  const opened = await openPackage(folder);
  const { calls, whole, notes } = await findSdkCalls(opened, handler);
  await opened.close();
  const about =
    /^(TableName|IndexName|Bucket|Key|Queue\w+|\w*Arn|FunctionName|Name|Path|SecretId|EventBusName)$/;
  const shown = calls.map(({ service, operation, parameters }) =>
    [
      `${service}:${operation}`,
      ...Object.entries(parameters)
        .filter(([name]) => about.test(name))
        .map(([name, text]) => `${name}=${text}`)
        .sort(),
    ].join(' '),
  );
  return { calls: shown, whole, notes };
}

const head = `
import { DynamoDB, DynamoDBClient, GetItemCommand, paginateQuery, TransactWriteItemsCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument, DynamoDBDocumentClient, PutCommand, BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3, S3Client } from '@aws-sdk/client-s3';
import * as sqs from '@aws-sdk/client-sqs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SSMClient, GetParametersCommand } from '@aws-sdk/client-ssm';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import AWSXRay from 'aws-xray-sdk-core';
import { getParameter } from '@aws-lambda-powertools/parameters/ssm';
const db = new DynamoDBClient({});
const doc = DynamoDBDocumentClient.from(db);
const s3 = new S3({});
`;

test.each([
  [
    'a command',
    'await db.send(new GetItemCommand({ TableName: process.env.T, Key: {} }));',
    ['dynamodb:GetItem TableName=${env:T}'],
  ],
  [
    'a name in parts',
    'await doc.send(new PutCommand({ TableName: `${process.env.P}-orders`, Item: event }));',
    ['dynamodb:PutItem TableName=${env:P}-orders'],
  ],
  [
    'the document client with methods',
    "await DynamoDBDocument.from(new DynamoDB({})).update({ TableName: 'x' });",
    ['dynamodb:UpdateItem TableName=x'],
  ],
  [
    'an aggregated client',
    "await s3.headObject({ Bucket: 'b', Key: event.key });",
    ['s3:HeadObject Bucket=b Key=${?}'],
  ],
  [
    'an upload',
    "await new Upload({ client: s3, params: { Bucket: process.env.B, Key: 'k' } }).done();",
    ['s3:PutObject Bucket=${env:B} Key=k'],
  ],
  [
    'a signed address',
    "await getSignedUrl(s3, new PutObjectCommand({ Bucket: 'b', Key: 'k' }));",
    ['s3:PutObject Bucket=b Key=k'],
  ],
  [
    'a signed form',
    "await createPresignedPost(s3, { Bucket: 'b', Key: 'k' });",
    ['s3:PutObject Bucket=b Key=k'],
  ],
  [
    'a module as a whole',
    'await new sqs.SQSClient({}).send(new sqs.SendMessageCommand({ QueueUrl: process.env.Q }));',
    ['sqs:SendMessage QueueUrl=${env:Q}'],
  ],
  [
    'a paginator',
    "for await (const page of paginateQuery({ client: db }, { TableName: 't' })) console.log(page);",
    ['dynamodb:Query TableName=t'],
  ],
  [
    'a waiter',
    "await waitUntilTableExists({ client: db }, { TableName: 't' });",
    ['dynamodb:DescribeTable TableName=t'],
  ],
  [
    'a client behind X-Ray',
    "await AWSXRay.captureAWSv3Client(new S3Client({})).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }));",
    ['s3:GetObject Bucket=b Key=k'],
  ],
  [
    'a transaction',
    "await db.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'a' } }, { Delete: { TableName: 'b' } }] }));",
    ['dynamodb:PutItem TableName=a', 'dynamodb:DeleteItem TableName=b'],
  ],
  [
    'a batch',
    'await doc.send(new BatchGetCommand({ RequestItems: { a: { Keys: [] }, b: { Keys: [] } } }));',
    ['dynamodb:BatchGetItem TableName=a', 'dynamodb:BatchGetItem TableName=b'],
  ],
  [
    'events',
    'await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ EventBusName: process.env.BUS, Detail: "{}" }] }));',
    ['events:PutEvents EventBusName=${env:BUS}'],
  ],
  [
    'a list of parameters',
    "await new SSMClient({}).send(new GetParametersCommand({ Names: ['/a', '/b'] }));",
    ['ssm:GetParameters Name=/a', 'ssm:GetParameters Name=/b'],
  ],
  [
    'a default beside a variable',
    "await db.send(new GetItemCommand({ TableName: process.env.T ?? 'local' }));",
    ['dynamodb:GetItem TableName=${env:T}'],
  ],
  [
    'a default within a name',
    "const stage = process.env.STAGE || 'dev'; await db.send(new GetItemCommand({ TableName: `t-${stage}` }));",
    ['dynamodb:GetItem TableName=t-${env:STAGE}'],
  ],
  [
    'a choice',
    "await db.send(new GetItemCommand({ TableName: event.old ? 'old' : 'new' }));",
    ['dynamodb:GetItem TableName=old', 'dynamodb:GetItem TableName=new'],
  ],
  [
    'a copy, of which the source is read',
    "await s3.copyObject({ Bucket: 'b', Key: 'k', CopySource: `${process.env.FROM}/${event.key}` });",
    ['s3:CopyObject Bucket=b Key=k', 's3:GetObject Bucket=${env:FROM} Key=${?}'],
  ],
  [
    'a variable whose name is given to a helper',
    "const must = (name) => process.env[name]; await s3.headObject({ Bucket: must('B'), Key: 'k' });",
    ['s3:HeadObject Bucket=${env:B} Key=k'],
  ],
  [
    'the credentials of another role',
    'const credentials = fromTemporaryCredentials({ params: { RoleArn: process.env.ROLE } }); await new S3({ credentials }).listBuckets({});',
    ['sts:AssumeRole RoleArn=${env:ROLE}', 's3:ListBuckets'],
  ],
  ['a helper of Powertools', "await getParameter('/shop/key');", ['ssm:GetParameter Name=/shop/key']],
])('JavaScript, version 3: %s', async (_, code, calls) => {
  const files = { 'index.mjs': `${head}export const handler = async (event) => {\n${code}\n};` };
  expect(await callsIn(files, 'index.handler')).toEqual({ calls, whole: true, notes: [] });
});

const older = `
const AWS = require('aws-sdk');
const S3 = require('aws-sdk/clients/s3');
const documents = new AWS.DynamoDB.DocumentClient();
const s3 = new S3();
`;

test.each([
  [
    'the document client',
    'await documents.get({ TableName: process.env.T }).promise();',
    ['dynamodb:GetItem TableName=${env:T}'],
  ],
  [
    'a client',
    'await new AWS.SNS().publish({ TopicArn: process.env.TOPIC }).promise();',
    ['sns:Publish TopicArn=${env:TOPIC}'],
  ],
  [
    'a client of its own module',
    "s3.getObject({ Bucket: 'b', Key: 'k' }, () => {});",
    ['s3:GetObject Bucket=b Key=k'],
  ],
  [
    'a stream',
    "s3.getObject({ Bucket: 'b', Key: 'k' }).createReadStream();",
    ['s3:GetObject Bucket=b Key=k'],
  ],
  [
    'a managed upload',
    "await s3.upload({ Bucket: 'b', Key: 'k' }).promise();",
    ['s3:PutObject Bucket=b Key=k'],
  ],
  [
    'a signed address',
    "s3.getSignedUrl('putObject', { Bucket: 'b', Key: 'k' });",
    ['s3:PutObject Bucket=b Key=k'],
  ],
  [
    'a waiter',
    "await s3.waitFor('objectExists', { Bucket: 'b', Key: 'k' }).promise();",
    ['s3:HeadObject Bucket=b Key=k'],
  ],
  [
    'a method by its name',
    "const call = (action, given) => documents[action](given).promise(); await call('query', { TableName: process.env.T });",
    ['dynamodb:Query TableName=${env:T}'],
  ],
])('JavaScript, version 2: %s', async (_, code, calls) => {
  const files = { 'index.js': `${older}exports.handler = async (event) => {\n${code}\n};` };
  expect(await callsIn(files, 'index.handler')).toEqual({ calls, whole: true, notes: [] });
});

test('calls are followed through classes and modules, and what no handler loads is left out', async () => {
  const files = {
    'src/app.ts':
      "import middy from '@middy/core';\nimport { Orders } from './orders';\nconst orders = new Orders(process.env.TABLE as string);\nasync function main(event: { id: string }) { return orders.find(event.id); }\nexport const handler = middy(main);",
    'src/orders.ts':
      "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nexport class Orders {\n  private client = new DynamoDBClient({});\n  constructor(private readonly table: string) {}\n  find(id: string) { return this.client.send(new GetItemCommand({ TableName: this.table, Key: { id: { S: id } } })); }\n  remove() { return this.client.send(new DeleteItemCommand({ TableName: this.table })); }\n}",
    'src/other.ts':
      "import { S3 } from '@aws-sdk/client-s3';\nnew S3({}).listBuckets({});\nexport const handler = () => 1;",
  };
  expect(await callsIn(files, 'src/app.handler')).toMatchObject({
    calls: ['dynamodb:GetItem TableName=${env:TABLE}'],
    whole: true,
  });
});

const python = (code: string) => ({
  'app.py': `
import os
import boto3
from boto3 import client
from boto3.dynamodb.conditions import Key
from aws_lambda_powertools.utilities.batch import process_partial_response
session = boto3.Session()
s3 = boto3.client("s3")
dynamodb = boto3.resource("dynamodb")
table = dynamodb.Table(os.environ["TABLE"])
bucket = boto3.resource("s3").Bucket("b")
class Repository:
    def __init__(self, name):
        self.table = boto3.resource("dynamodb").Table(name)
    def all(self):
        return self.table.scan()
def handler(event, context):
${code
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
`,
});

test.each([
  ['read', ['dynamodb:GetItem TableName=get']],
  ['create', ['dynamodb:PutItem TableName=put']],
])('of several handlers of one file with middlewares only %s is followed', async (handler, calls) => {
  const files = {
    'index.js': `
import middy from '@middy/core';
import parser from '@middy/http-json-body-parser';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
const db = new DynamoDB({});
const wrap = (fn) => middy(fn).use(parser()).onError(() => {});
export const read = wrap(async (event) => db.getItem({ TableName: 'get' }));
export const create = middy().use(parser()).handler(async (event) => db.putItem({ TableName: 'put', Item: event.item }));`,
  };
  expect((await callsIn(files, `index.${handler}`)).calls).toEqual(calls);
});

test.each([
  ['pay', ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'], ['dynamodb:UpdateItem TableName=pay']],
  ['show', [], ['dynamodb:GetItem TableName=pay']],
  ['work', [], ['dynamodb:DeleteItem TableName=pay']],
])('of several handlers of one file with decorators only %s is followed', async (handler, once, calls) => {
  const files = {
    'app.py': `
import boto3
from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, batch_processor
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent
logger = Logger()
tracer = Tracer()
done = DynamoDBPersistenceLayer(table_name="done")
table = boto3.resource("dynamodb").Table("pay")
@logger.inject_lambda_context(log_event=True)
@idempotent(persistence_store=done)
def pay(event, context):
    table.update_item(Key=event["key"])
@tracer.capture_lambda_handler
def show(event, context):
    return table.get_item(Key=event["key"])
def record_handler(record):
    table.delete_item(Key=record["key"])
@batch_processor(record_handler=record_handler, processor=BatchProcessor(event_type=EventType.SQS))
def work(event, context):
    return {}`,
  };
  const folder = join(root, `decorated-${handler}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'app.py'), files['app.py']);
  const opened = await openPackage(folder);
  const found = await findSdkCalls(opened, `app.${handler}`);
  await opened.close();
  const sure = found.calls
    .filter(({ isPossible }) => !isPossible)
    .map(({ service, operation, parameters }) => `${service}:${operation} TableName=${parameters.TableName}`);
  expect(sure.toSorted()).toEqual(
    [...once.map((each) => `dynamodb:${each} TableName=done`), ...calls].toSorted(),
  );
});

test('a client that is a default of what a factory gets is found', async () => {
  const files = {
    'index.js': `
import { DynamoDB } from '@aws-sdk/client-dynamodb';
const makeStore = ({ client = new DynamoDB({}), table }) => ({ read: (Key) => client.getItem({ TableName: table, Key }) });
const store = makeStore({ table: process.env.T });
export const handler = async (event) => store.read({ id: '1' });`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: ['dynamodb:GetItem TableName=${env:T}'],
    whole: true,
    notes: [],
  });
});

test('an operation that is called on what is not known is told', async () => {
  const files = {
    'index.js':
      "import { clients } from 'clients';\nlet db;\nexport const handler = async () => db.getItem({});",
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [],
    whole: false,
    notes: ['index.js:3: what getItem is called on is not known'],
  });
});

test('objects that functions make and namespaces are followed', async () => {
  const files = {
    'names.ts':
      'export namespace Names { const stage = process.env.STAGE; export const table = `${stage}-orders`; }',
    'repository.js': `
const { DynamoDB } = require('aws-sdk');
const docs = new DynamoDB.DocumentClient();
function Repository(table) { this.table = table; }
Repository.prototype.find = function (id) { return docs.get({ TableName: this.table, Key: { id } }).promise(); };
Repository.prototype.save = async function (Item) { return docs.put({ TableName: this.table, Item }).promise(); };
module.exports = Repository;`,
    'index.js': `
const Repository = require('./repository');
const { Names } = require('./names');
const orders = new Repository(Names.table);
exports.handler = async (event) => { await orders.find(event.id); await orders.save(event); };`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [
      'dynamodb:GetItem TableName=${env:STAGE}-orders',
      'dynamodb:PutItem TableName=${env:STAGE}-orders',
    ],
    whole: true,
    notes: [],
  });
});

test.each([
  ["import { container } from 'tsyringe';", 'container.resolve(Service)', 'tsyringe.container.resolve'],
  [
    "import { Container } from 'inversify'; const box = new Container();",
    'box.get(Service)',
    'inversify.Container().get',
  ],
  ["import { Container } from 'typedi';", 'Container.get(Service)', 'typedi.Container.get'],
  [
    "import { createContainer } from 'awilix';",
    "createContainer().resolve('service')",
    'awilix.createContainer().resolve',
  ],
])('what a container gives is told to be unknown: %s', async (imports, given, symbol) => {
  const files = {
    'index.js': `${imports} class Service { constructor(table) { this.table = table; } run() { return this.table.load(); } }
export const handler = async () => ${given}.run();`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [],
    whole: false,
    notes: [`index.js:2: what ${symbol} gives is not known`],
  });
});

test('what Python calls by its syntax is followed', async () => {
  const files = {
    'app.py': `
import os
import boto3
class Lock:
    def __enter__(self):
        self.table = boto3.resource("dynamodb").Table(os.environ["T"])
        self.table.put_item(Item={})
        return self
    def __exit__(self, *error):
        self.table.delete_item(Key={})
    def __getitem__(self, key):
        return self.table.get_item(Key={})
def handler(event, context):
    with Lock() as lock:
        return lock["a"]`,
  };
  expect((await callsIn(files, 'app.handler')).calls.toSorted()).toEqual([
    'dynamodb:DeleteItem TableName=${env:T}',
    'dynamodb:GetItem TableName=${env:T}',
    'dynamodb:PutItem TableName=${env:T}',
  ]);
});

test('middlewares that are put together are followed, and what stands in for anything is told', async () => {
  const files = {
    'index.js': `
import { SQS } from '@aws-sdk/client-sqs';
const sqs = new SQS({});
const compose = (...all) => (last) => all.reduceRight((next, each) => (event) => each(event, next), last);
const audited = async (event, next) => { await sqs.purgeQueue({ QueueUrl: process.env.Q }); return next(event); };
export const handler = compose(audited)(async (event) => sqs.sendMessage({ QueueUrl: process.env.Q }));
export const other = async () => new Proxy({}, { get: () => () => sqs.purgeQueue({ QueueUrl: process.env.Q }) });`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=${env:Q}', 'sqs:PurgeQueue QueueUrl=${env:Q}'],
    whole: true,
    notes: [],
  });
  expect((await callsIn(files, 'index.other')).notes).toEqual(['index.js:7: what Proxy runs is not known']);
});

test('settings of a dataclass with defaults that are made are found', async () => {
  const files = {
    'app.py': `
import os
from dataclasses import dataclass, field
import boto3
@dataclass(frozen=True)
class Settings:
    table: str = field(default_factory=lambda: os.environ["TABLE"])
settings = Settings()
def handler(event, context):
    boto3.client("dynamodb").scan(TableName=settings.table)
`,
  };
  expect((await callsIn(files, 'app.handler')).calls).toEqual(['dynamodb:Scan TableName=${env:TABLE}']);
});

test.each([
  ['a table', 'table.put_item(Item={})', ['dynamodb:PutItem TableName=${env:TABLE}']],
  [
    'a table of a session, by a variable with a default',
    "session.resource('dynamodb').Table(os.getenv('T', 'local')).query(IndexName='i', KeyConditionExpression=Key('a').eq('b'))",
    ['dynamodb:Query IndexName=i TableName=${env:T}'],
  ],
  [
    'a client that is given the names of resources',
    `db = boto3.client('dynamodb')
db.get_item(TableName=table.name, Key={})
table.meta.client.update_item(TableName=table.table_name, Key={})
s3.delete_object(Bucket=bucket.Object('k').bucket_name, Key=bucket.Object('k').key)
queue = boto3.resource('sqs').get_queue_by_name(QueueName=os.environ['Q'])
boto3.client('sqs').send_message(QueueUrl=queue.url, MessageBody='')
boto3.client('sns').publish(TopicArn=boto3.resource('sns').Topic(os.environ['T']).arn, Message='')`,
    [
      'dynamodb:GetItem TableName=${env:TABLE}',
      'dynamodb:UpdateItem TableName=${env:TABLE}',
      's3:DeleteObject Bucket=b Key=k',
      'sqs:GetQueueUrl QueueName=${env:Q}',
      'sqs:SendMessage QueueUrl=name:${env:Q}',
      'sns:Publish TopicArn=${env:T}',
    ],
  ],
  ['a table in a class', "Repository(os.environ.get('T')).all()", ['dynamodb:Scan TableName=${env:T}']],
  ['an attribute of a table', 'print(table.item_count)', ['dynamodb:DescribeTable TableName=${env:TABLE}']],
  [
    'a batch writer',
    'with table.batch_writer() as batch:\n    batch.put_item(Item={})',
    ['dynamodb:BatchWriteItem TableName=${env:TABLE}'],
  ],
  ['a file that is sent', "s3.upload_file('/tmp/x', 'b', event['key'])", ['s3:PutObject Bucket=b Key=${?}']],
  [
    'a file that is fetched',
    "s3.download_fileobj(Bucket='b', Key='k', Fileobj=None)",
    ['s3:GetObject Bucket=b Key=k'],
  ],
  [
    'a signed address',
    "s3.generate_presigned_url('get_object', Params={'Bucket': 'b', 'Key': 'k'})",
    ['s3:GetObject Bucket=b Key=k'],
  ],
  [
    'a paginator',
    "for page in s3.get_paginator('list_objects_v2').paginate(Bucket='b'):\n    print(page)",
    ['s3:ListObjectsV2 Bucket=b'],
  ],
  ['a waiter', "s3.get_waiter('object_exists').wait(Bucket='b', Key='k')", ['s3:HeadObject Bucket=b Key=k']],
  ['a bucket', "bucket.upload_file('/tmp/x', 'k')", ['s3:PutObject Bucket=b Key=k']],
  [
    'what is in a bucket',
    'for item in bucket.objects.all():\n    item.delete()',
    ['s3:ListObjectsV2 Bucket=b', 's3:DeleteObject Bucket=b Key=${?}'],
  ],
  [
    'a copy, of which the source is read',
    "s3.copy({'Bucket': 'a', 'Key': 'x'}, 'b', 'y')\nboto3.resource('s3').Object('c', 'k').copy_from(CopySource='d/k')",
    [
      's3:GetObject Bucket=a Key=x',
      's3:PutObject Bucket=b Key=y',
      's3:GetObject Bucket=d Key=k',
      's3:CopyObject Bucket=c Key=k',
    ],
  ],
  [
    'what other services read in the name of who calls them',
    `boto3.client('rekognition').detect_labels(Image={'S3Object': {'Bucket': os.environ['TABLE'], 'Name': event['key']}})
boto3.client('textract').start_document_analysis(DocumentLocation={'S3Object': {'Bucket': 'b', 'Name': 'scans/1'}}, FeatureTypes=[])
boto3.client('transcribe').start_transcription_job(TranscriptionJobName='j', Media={'MediaFileUri': f"s3://b/{event['key']}"})`,
    [
      'rekognition:DetectLabels',
      's3:GetObject Bucket=${env:TABLE} Key=${?}',
      'textract:StartDocumentAnalysis',
      's3:GetObject Bucket=b Key=scans/1',
      'transcribe:StartTranscriptionJob',
      's3:GetObject Bucket=b Key=${?}',
    ],
  ],
  [
    'a function that a library calls, given by name',
    'process_partial_response(event=event, record_handler=lambda record: table.get_item(Key={}), processor=None)',
    ['dynamodb:GetItem TableName=${env:TABLE}'],
  ],
  ['a method by its name', "getattr(s3, 'head_bucket')(Bucket='b')", ['s3:HeadBucket Bucket=b']],
  ['an object', "boto3.resource('s3').Object('b', 'k').get()", ['s3:GetObject Bucket=b Key=k']],
  ['an object of a bucket', "bucket.Object('k').put(Body=b'')", ['s3:PutObject Bucket=b Key=k']],
  [
    'a queue by its name',
    "boto3.resource('sqs').get_queue_by_name(QueueName='q').send_message(MessageBody='m')",
    ['sqs:GetQueueUrl QueueName=q', 'sqs:SendMessage QueueName=q'],
  ],
  [
    'a queue by its address',
    "boto3.resource('sqs').Queue(os.environ['Q']).send_messages(Entries=[])",
    ['sqs:SendMessageBatch QueueUrl=${env:Q}'],
  ],
  [
    'a topic',
    "boto3.resource('sns').Topic(os.environ['T']).publish(Message='m')",
    ['sns:Publish TopicArn=${env:T}'],
  ],
  ['a client', "client('lambda').invoke(FunctionName='f')", ['lambda:Invoke FunctionName=f']],
  [
    'a client by name',
    "boto3.client(service_name='stepfunctions').start_execution(stateMachineArn=os.environ['M'])",
    ['states:StartExecution stateMachineArn=${env:M}'],
  ],
  [
    'the client of a resource',
    "dynamodb.meta.client.transact_write_items(TransactItems=[{'Put': {'TableName': 't'}}])",
    ['dynamodb:PutItem TableName=t'],
  ],
])('Python: %s', async (_, code, calls) => {
  expect(await callsIn(python(code), 'app.handler')).toEqual({ calls, whole: true, notes: [] });
});

test('what files are opened with and which programs are started is no matter of AWS where nothing of S3 is in it', async () => {
  const files = {
    'index.py':
      "import subprocess\nimport pandas\ndef handler(event, context):\n    subprocess.run(['ffmpeg', '-i', event['at']])\n    return pandas.read_csv('/tmp/a.csv').shape",
  };
  expect(await callsIn(files, 'index.handler')).toEqual({ calls: [], whole: true, notes: [] });
});

test("middy's middlewares fetch what they are told to", async () => {
  const files = {
    'index.mjs': `
import middy from '@middy/core';
import secretsManager from '@middy/secrets-manager';
import ssm from '@middy/ssm';
const base = async (event, context) => context.token;
export const handler = middy(base)
  .use(ssm({ fetchData: { token: '/shop/token', all: '/shop/all/' }, setToContext: true }))
  .use(secretsManager({ fetchData: { db: process.env.SECRET } }));`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [
      'ssm:GetParameters Name=/shop/token',
      'ssm:GetParametersByPath Path=/shop/all/',
      'secretsmanager:GetSecretValue SecretId=${env:SECRET}',
    ],
    whole: true,
    notes: [],
  });
});

test.each([
  [
    'index.mjs',
    "import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = async (event) => new S3Client({}).send(event.command);",
    /index.mjs:2: which command is sent is not known/,
  ],
  [
    'index.mjs',
    'export const handler = async (event) => eval(event.code);',
    /index.mjs:1: what eval runs is not known/,
  ],
  [
    'index.mjs',
    "import dynamoose from 'dynamoose';\nexport const handler = async () => dynamoose.model('A', {}).scan().exec();",
    /which calls dynamoose/,
  ],
  [
    'index.mjs',
    "import { Producer } from 'queues';\nimport AWS from 'aws-sdk';\nexport const handler = async () => Producer.create({ sqs: new AWS.SQS() }).send([]);",
    /what queues.Producer.create does with a client of AWS is not known/,
  ],
  [
    'index.py',
    "import boto3\nimport lock\ndef handler(event, context):\n    lock.Lock(client=boto3.client('dynamodb')).acquire()",
    /what lock.Lock does with a client of AWS is not known/,
  ],
  [
    'index.py',
    'import os\nimport pandas\ndef handler(event, context):\n    return pandas.read_csv(f"s3://{os.environ[\'BUCKET\']}/a.csv").shape',
    /index.py:4: which calls pandas.read_csv makes is not known/,
  ],
  [
    'index.py',
    "import subprocess\ndef handler(event, context):\n    subprocess.run(['/opt/bin/aws', 's3', 'sync', 's3://b', '/tmp'])",
    /index.py:3: which calls subprocess.run makes is not known/,
  ],
  [
    'index.js',
    "const { execSync } = require('child_process');\nexports.handler = async () => execSync('aws s3 ls').toString();",
    /index.js:2: which calls child_process.execSync makes is not known/,
  ],
  [
    'index.mjs',
    "import ssm from '@middy/ssm';\nimport middy from '@middy/core';\nexport const handler = middy(async () => {}).use(ssm({ fetchData: globalThis.names }));",
    /which calls @middy\/ssm makes is not known/,
  ],
  ['index.mjs', 'export const other = 1;', /no handler was found/],
  [
    'index.js',
    "const AWS = require('aws-sdk');\nconst s3 = new AWS.S3();\nexports.handler = async (event) => s3[event.action]({ Bucket: 'b' }).promise();",
    /which command is sent is not known/,
  ],
  [
    'index.py',
    "import boto3\ndef handler(event, context):\n    getattr(boto3.client('s3'), event['action'])(Bucket='b')",
    /index.py:3: which calls boto3:s3\[\] makes is not known/,
  ],
  [
    'index.py',
    "import boto3\ndef handler(event, context):\n    boto3.resource('ec2').instances.filter(Filters=[]).stop()",
    /which calls boto3\+ec2.instances.filter makes is not known/,
  ],
])('what cannot be followed is told: %s %s', async (path, code, note) => {
  const found = await callsIn({ [path]: code }, 'index.handler');
  expect(found).toMatchObject({ whole: false });
  expect(found.notes.join('\n')).toMatch(note);
});

test.each([
  ['app/jobs.py', 'app.jobs.run'],
  ['app/jobs.py', './app/jobs.run'],
])('a handler of Python in %s may be named %s', async (path, handler) => {
  const code = "import boto3\ndef run(event, context):\n    boto3.client('sqs').list_queues()";
  expect(await callsIn({ [path]: code, 'app/__init__.py': '' }, handler)).toMatchObject({
    calls: ['sqs:ListQueues'],
    whole: true,
  });
});

test('nodemailer sends over SES', async () => {
  const code = `import mailer from 'nodemailer';\nimport AWS from 'aws-sdk';\nexport const handler = async () => mailer.createTransport({ SES: new AWS.SES() }).sendMail({});`;
  expect(await callsIn({ 'index.mjs': code }, 'index.handler')).toEqual({
    calls: ['ses:SendRawEmail'],
    whole: true,
    notes: [],
  });
});

test('the routes of a server are followed, where its handler is an adapter of it', async () => {
  const files = {
    'lambda.js': `const serverless = require('serverless-http'); exports.handler = serverless(require('./app'));`,
    'app.js': `const app = require('express')(); app.use('/orders', require('./orders')); module.exports = app;`,
    'orders.js': `
const { Router } = require('express');
const { SQS } = require('@aws-sdk/client-sqs');
const sqs = new SQS({});
const router = Router();
router.post('/', async (req, res) => { await sqs.sendMessage({ QueueUrl: process.env.Q, MessageBody: req.body }); });
module.exports = router;`,
  };
  expect(await callsIn(files, 'lambda.handler')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=${env:Q}'],
    whole: true,
    notes: [],
  });
});

test('the routes of a server in Python are followed', async () => {
  const files = {
    'main.py': `
import os
import boto3
from fastapi import FastAPI
from mangum import Mangum
app = FastAPI()
table = boto3.resource("dynamodb").Table(os.environ["T"])
@app.get("/orders/{id}")
def read(id: str):
    return table.get_item(Key={"id": id})
handler = Mangum(app)
`,
  };
  expect(await callsIn(files, 'main.handler')).toEqual({
    calls: ['dynamodb:GetItem TableName=${env:T}'],
    whole: true,
    notes: [],
  });
});

test('settings are found behind getters, files that pass on several others, classes as values and JSON', async () => {
  const files = {
    'core/index.ts':
      "export * from './config';\nexport * from './store';\nexport * as names from './names.json';\n",
    'core/config.ts': `
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(name);
  return value;
}
export const config = {
  prefix: process.env.STAGE,
  get table() { return required('TABLE'); },
  get queue() { return \`\${this.prefix}-queue\`; },
} as const;`,
    'core/store.ts': `
import { DynamoDB } from '@aws-sdk/client-dynamodb';
export const Store = class { constructor(readonly table: string, readonly db = new DynamoDB({})) {}
  all() { return this.db.scan({ TableName: this.table }); } };`,
    'core/names.json': '{ "bucket": "orders", "folders": ["in/", "out/"] }',
    'index.ts': `
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { config, names, Store } from './core';
import { folders } from './core/names.json';
const { table } = config;
export const handler = async (event) => {
  await new Store(table).all();
  await new SQS({}).getQueueUrl({ QueueName: config.queue });
  await new S3({}).getObject({ Bucket: names.bucket, Key: folders[0] + event.id });
};`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [
      'dynamodb:Scan TableName=${env:TABLE}',
      'sqs:GetQueueUrl QueueName=${env:STAGE}-queue',
      's3:GetObject Bucket=orders Key=in/${?}',
    ],
    whole: true,
    notes: [],
  });
});

test('what classes, factories and other shapes of code do is followed: JavaScript', async () => {
  const files = {
    'repository.js': `
import { DynamoDBDocumentClient, GetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
class Base {
  constructor(db, table) { this.db = db; this.table = table; }
  get(key) { return this.db.send(new GetCommand({ ...this.named(), Key: key })); }
  named() { return { TableName: this.table }; }
}
export class Orders extends Base {
  constructor(db = DynamoDBDocumentClient.from(new DynamoDBClient({}))) { super(db, process.env.ORDERS); }
  fill(items) { return this.db.send(new BatchWriteCommand({ RequestItems: { [process.env.ITEMS]: items } })); }
}
let made;
export const orders = () => (made ??= new Orders());`,
    'index.js': `
import { orders } from './repository.js';
import { SchedulerClient, CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SQS } from '@aws-sdk/client-sqs';
const defaults = { GroupName: 'g' };
const sqs = new SQS({});
export const handler = async (event) => {
  await orders().get({ id: event.id });
  await orders().fill(event.items);
  await new SchedulerClient({}).send(new CreateScheduleCommand({ ...defaults, Name: 'n', Target: { RoleArn: process.env.ROLE } }));
  const { QueueUrl } = await sqs.getQueueUrl({ QueueName: process.env.QUEUE });
  await sqs.sendMessage({ QueueUrl, MessageBody: '' });
};`,
  };
  expect(await callsIn(files, 'index.handler')).toEqual({
    calls: [
      'dynamodb:GetItem TableName=${env:ORDERS}',
      'dynamodb:BatchWriteItem TableName=${env:ITEMS}',
      'scheduler:CreateSchedule Name=n',
      'iam:PassRole RoleArn=${env:ROLE}',
      'sqs:GetQueueUrl QueueName=${env:QUEUE}',
      'sqs:SendMessage QueueUrl=name:${env:QUEUE}',
    ],
    whole: true,
    notes: [],
  });
});

test('what classes, factories and other shapes of code do is followed: Python', async () => {
  const files = {
    'main.py': `
import asyncio
import functools
import os
from concurrent.futures import ThreadPoolExecutor
import aioboto3
import boto3
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent

s3 = boto3.client("s3")
query = functools.partial(boto3.client("athena").start_query_execution, WorkGroup="w")
store = DynamoDBPersistenceLayer(table_name=os.environ["SEEN"])

class Table:
    def __init__(self, name):
        self.table = boto3.resource("dynamodb").Table(name)
    @classmethod
    def of(cls, variable):
        return cls(os.environ[f"{variable.upper()}_TABLE"])
    def put(self, **more):
        self.table.put_item(**more)

async def send():
    async with aioboto3.Session().client("sns") as sns:
        await sns.publish(TopicArn=os.environ["TOPIC"], Message="")

def partner():
    keys = boto3.client("sts").assume_role(RoleArn="r", RoleSessionName="s")["Credentials"]
    boto3.client("sqs", aws_access_key_id=keys["AccessKeyId"]).send_message(QueueUrl="q", MessageBody="")

@idempotent(persistence_store=store)
def handler(event, context):
    Table.of("orders").put(Item=event)
    query(QueryString="SELECT 1")
    with ThreadPoolExecutor() as pool:
        pool.submit(s3.head_object, Bucket="b", Key="k")
    asyncio.run(send())
    partner()
    boto3.client("ecs").get_waiter("services_stable").wait(cluster="c", services=["s"])
`,
  };
  const { calls, whole } = await callsIn(files, 'main.handler');
  expect(whole).toBe(true);
  expect(new Set(calls)).toEqual(
    new Set([
      ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
        (each) => `dynamodb:${each} TableName=\${env:SEEN}`,
      ),
      'dynamodb:PutItem TableName=${env:ORDERS_TABLE}',
      'athena:StartQueryExecution',
      's3:HeadObject Bucket=b Key=k',
      'sns:Publish TopicArn=${env:TOPIC}',
      'sts:AssumeRole RoleArn=r',
      'ecs:DescribeServices',
    ]),
  );
});
