import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPackage } from '@ringfence/scan';
import { afterAll, expect, test } from 'vitest';
import { findCompiledCalls } from './find-compiled-calls.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-compiled-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

async function callsIn(folder: string, language: 'java' | 'go' | 'csharp', handler?: string) {
  const opened = await openPackage(folder);
  const { calls, whole, notes } = await findCompiledCalls(opened, language, handler);
  await opened.close();
  const about = /^(TableName|IndexName|Bucket|QueueUrl|TopicArn|FunctionName|SecretId|Name)$/;
  const shown = calls.map(({ service, operation, parameters }) =>
    [
      `${service}:${operation}`,
      ...Object.entries(parameters)
        .filter(([name]) => about.test(name))
        .map(([name, text]) => `${name}=${text}`),
    ].join(' '),
  );
  return { calls: shown, whole, notes };
}

function write(files: Record<string, string>): string {
  const folder = join(work, String(count++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const depot = fileURLToPath(new URL('../../../../../examples/apps/depot', import.meta.url));

test.each([
  ['GetStock', ['dynamodb:GetItem TableName=${env:STOCK}']],
  ['SetStock', ['dynamodb:PutItem TableName=${env:STOCK}']],
  ['OrderPick', ['sqs:SendMessage QueueUrl=${env:PICKS}']],
  ['Pick', ['dynamodb:UpdateItem TableName=${env:STOCK}']],
  ['PrintLabel', ['s3:PutObject Bucket=${env:LABELS}']],
  ['TakeDelivery', ['s3:GetObject Bucket=${?}']],
])('Java: %s of the depot', async (name, calls) => {
  const found = await callsIn(depot, 'java', `depot.${name}::handleRequest`);
  expect(found).toEqual({ calls, whole: true, notes: [] });
});

test('Java: a request before its call, a constant, a paginator, and a client that is made on the spot', async () => {
  const folder = write({
    'src/main/java/App.java': `
import software.amazon.awssdk.services.s3.S3Client;
public class App {
  private static final String BUCKET = "reports-" + System.getenv("STAGE");
  private final SecretsManagerAsyncClient secrets;
  private final SqsClient sqs = SqsClient.builder().region(Region.EU_WEST_1).build();
  App(SecretsManagerAsyncClient secrets) { this.secrets = secrets; }
  public void handleRequest() {
    var request = ListObjectsV2Request.builder().bucket(BUCKET).build();
    S3Client.create().listObjectsV2Paginator(request);
    secrets.getSecretValue(r -> r.secretId("db"));
  }
}`,
  });
  expect(await callsIn(folder, 'java', 'App::handleRequest')).toEqual({
    calls: ['s3:ListObjectsV2 Bucket=reports-${env:STAGE}', 'secretsmanager:GetSecretValue SecretId=db'],
    whole: true,
    notes: [],
  });
});

test('Go: inputs of both versions of the SDK, also in another file', async () => {
  const folder = write({
    'main.go': `package main
import (
  "os"
  "github.com/aws/aws-sdk-go-v2/aws"
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  sns1 "github.com/aws/aws-sdk-go/service/sns"
)
var table = os.Getenv("TABLE")
func handler(ctx context.Context) error {
  _, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: nil})
  topic.Publish(&sns1.PublishInput{TopicArn: aws.String(os.Getenv("TOPIC"))})
  return err
}`,
    'internal/files.go': `package internal
import "github.com/aws/aws-sdk-go-v2/service/s3"
type Files struct { bucket string }
func New() *Files { return &Files{bucket: os.Getenv("BUCKET")} }
func (f *Files) Put(ctx context.Context) { f.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &f.bucket}) }`,
    'main_test.go':
      'package main\nimport "github.com/aws/aws-sdk-go-v2/service/sqs"\nvar x = sqs.DeleteQueueInput{}',
  });
  const found = await callsIn(folder, 'go', 'bootstrap');
  expect(found).toMatchObject({ whole: true, notes: [] });
  expect(found.calls.sort()).toEqual([
    'dynamodb:GetItem TableName=${env:TABLE}',
    's3:PutObject Bucket=${env:BUCKET}',
    'sns:Publish TopicArn=${env:TOPIC}',
  ]);
});

test('C#: requests, overloads with names, and clients by interface', async () => {
  const folder = write({
    'src/Function.cs': `
using Amazon.DynamoDBv2;
public class Function {
  private readonly IAmazonDynamoDB _tables = new AmazonDynamoDBClient();
  private readonly IAmazonS3 _files;
  private readonly IAmazonSimpleNotificationService _topics;
  private static readonly string Table = Environment.GetEnvironmentVariable("TABLE")!;
  public async Task Handler(string name) {
    await _tables.PutItemAsync(new PutItemRequest { TableName = Table });
    await _files.GetObjectAsync("reports", name);
    var request = new PublishRequest { TopicArn = Environment.GetEnvironmentVariable("TOPIC") ?? "none", Message = $"{name}" };
    await _topics.PublishAsync(request);
  }
}`,
    'src/Unused.cs': 'public class Unused { void X() { new AmazonSQSClient().PurgeQueueAsync("q"); } }',
  });
  expect(await callsIn(folder, 'csharp', 'App::App.Function::Handler')).toEqual({
    calls: [
      'dynamodb:PutItem TableName=${env:TABLE}',
      's3:GetObject Bucket=reports',
      'sns:Publish TopicArn=${env:TOPIC}',
    ],
    whole: true,
    notes: [],
  });
});
