import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyFormats } from '../patch/render-policies.ts';
import { readPosture, suggestRolePolicies } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-policies-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: NEW_IMAGE } } }
  Files: { Type: AWS::S3::Bucket }
  Site: { Type: AWS::CloudFront::Distribution }
  Rates: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/rates } }
  Shop:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.shop
      CodeUri: .
      Environment: { Variables: { ORDERS: !Ref Orders, FILES: !Ref Files, SITE: !Ref Site, NAME: fixed, RATES: !Ref Rates } }
      Events: { Changes: { Type: DynamoDB, Properties: { Stream: !GetAtt Orders.StreamArn, StartingPosition: LATEST } } }
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.resize
      CodeUri: .
      Environment: { Variables: { ORDERS: !Ref Orders, ROLE: !GetAtt Worker.Arn } }
      Events: { New: { Type: S3, Properties: { Bucket: !Ref Files, Events: s3:ObjectCreated:* } } }
  Worker: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Health:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs22.x, Handler: index.health, CodeUri: . }
`;
const code = `
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { S3 } from '@aws-sdk/client-s3';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { SSM } from '@aws-sdk/client-ssm'; import { SFN as StateMachines } from '@aws-sdk/client-sfn';
const orders = DynamoDBDocument.from(new DynamoDB({}));
const s3 = new S3({});
export const shop = async (event) => {
  const TableName = process.env.ORDERS;
  await orders.put({ TableName, Item: event });
  await orders.get({ TableName, Key: event });
  await orders.get({ TableName, Key: event });
  await s3.putObject({ Bucket: process.env.FILES, Key: 'a/' + event.id });
  await s3.getObject({ Bucket: event.bucket, Key: 'k' });
  await s3.putObject({ Bucket: process.env.FILES, Key: event.id });
  await new CloudFront({}).createInvalidation({ DistributionId: process.env.SITE });
  await new SSM({}).getParameter({ Name: process.env.NAME });
  await new SSM({}).putParameter({ Name: process.env.RATES });
};
export const resize = async (event) => {
  for (const { s3: { bucket, object } } of event.Records) await s3.getObject({ Bucket: bucket.name, Key: object.key });
  await orders.query({ TableName: process.env.ORDERS, IndexName: event.index });
  await new StateMachines({}).createStateMachine({ name: 'a', roleArn: process.env.ROLE });
};
export const health = async () => 'ok';
`;

async function policies(ending: string) {
  writeFiles(root, { 'template.yaml': template, 'index.mjs': code });
  return policyFormats[ending]?.(await suggestRolePolicies(await readPosture(root))) ?? '';
}

test('each function has the policy that its code needs, in the words of its template', async () => {
  const text = await policies('.yaml');
  expect(text.slice(text.indexOf('Shop:'))).toBe(`Shop:
  Version: '2012-10-17'
  Statement:
    - Effect: Allow
      Action: cloudfront:CreateInvalidation
      Resource: !Sub arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Site}
    - Effect: Allow
      Action:
        - dynamodb:DescribeStream
        - dynamodb:GetRecords
        - dynamodb:GetShardIterator
      Resource: !GetAtt Orders.StreamArn
    - Effect: Allow
      Action:
        - dynamodb:GetItem
        - dynamodb:PutItem
      Resource: !GetAtt Orders.Arn
    # on which is not known from the code: index.mjs:15
    - Effect: Allow
      Action: s3:GetObject
      Resource: '*'
    - Effect: Allow
      Action: s3:PutObject
      Resource: !Sub \${Files.Arn}/*
    # named by what the environment says now: index.mjs:18
    - Effect: Allow
      Action: ssm:GetParameter
      Resource: !Sub arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/fixed
    - Effect: Allow
      Action: ssm:PutParameter
      Resource: !Sub arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter\${Rates}

Resize:
  Version: '2012-10-17'
  Statement:
    - Effect: Allow
      Action: dynamodb:Query
      Resource:
        - !GetAtt Orders.Arn
        - !Sub \${Orders.Arn}/index/*
    - Effect: Allow
      Action: iam:PassRole
      Resource: !GetAtt Worker.Arn
    - Effect: Allow
      Action: s3:GetObject
      Resource: !Sub \${Files.Arn}/*
    - Effect: Allow
      Action: states:CreateStateMachine
      Resource: !Sub arn:\${AWS::Partition}:states:\${AWS::Region}:\${AWS::AccountId}:stateMachine:a

Health: {} # its code was not seen to need anything
`);
});

test('the policies are valid YAML, and the same in JSON', async () => {
  const customTags = ['!Sub', '!Ref', '!GetAtt'].map((tag) => ({
    tag,
    resolve: (value: string) =>
      tag === '!Ref'
        ? { Ref: value }
        : tag === '!Sub'
          ? { 'Fn::Sub': value }
          : { 'Fn::GetAtt': value.split('.') },
  }));
  const read = parse(await policies('.yml'), { customTags });
  const { Health, ...others } = JSON.parse(await policies('.json'));
  expect(Health).toEqual({ Version: '2012-10-17', Statement: [] });
  expect(read).toEqual({ ...others, Health: {} });
});
