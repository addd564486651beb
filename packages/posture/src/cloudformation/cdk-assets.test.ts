import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-assets-'));
afterAll(() => rmSync(work, { recursive: true }));

const manifest = (sources: Record<string, string>) =>
  JSON.stringify({
    version: '48.0.0',
    files: Object.fromEntries(
      Object.entries(sources).map(([key, path]) => [
        key,
        { source: { path }, destinations: { here: { bucketName: 'assets', objectKey: key } } },
      ]),
    ),
  });
const stack = (resources: object) => JSON.stringify({ Resources: resources });
const nested = {
  Workers: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::URLSuffix}/assets/5a.json' } },
  },
};
const aFunction = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {},
      Policies: [
        {
          PolicyDocument: {
            Statement: {
              Effect: 'Allow',
              Action: ['sqs:PurgeQueue', 'sqs:DeleteQueue'],
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            },
          },
        },
      ],
    },
  },
  Queue: { Type: 'AWS::SQS::Queue' },
  Purge: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'python3.13',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: '9f.zip' },
    },
  },
};
const code =
  'import boto3\ndef handler(event, context):\n    boto3.client("sqs").purge_queue(QueueUrl="q")\n';

test.each<[string, Record<string, string>, string]>([
  [
    'of a nested stack',
    {
      'cdk.out/Shop.template.json': stack(nested),
      'cdk.out/Shop.assets.json': manifest({
        '5a.json': 'Workers.nested.template.json',
        '9f.zip': 'asset.9f',
      }),
      'cdk.out/Workers.nested.template.json': stack(aFunction),
    },
    'Workers/Purge',
  ],
  [
    'of a stage',
    {
      'cdk.out/assembly-Prod/Shop.template.json': stack(aFunction),
      'cdk.out/assembly-Prod/Shop.assets.json': manifest({ '9f.zip': '../asset.9f' }),
    },
    'Purge',
  ],
])('code %s is found by the list of assets, where no metadata tells of it', async (name, files, subject) => {
  const root = join(work, name);
  writeFiles(root, { ...files, 'cdk.out/asset.9f/index.py': code });
  const { findings } = await findPosture(root, await readPosture(root));
  expect(
    findings.filter(({ rule }) => rule === 'posture/unused-permission').map((found) => found.subject),
  ).toEqual([subject]);
});

test('a list of assets that is none is no list', async () => {
  const root = join(work, 'broken');
  mkdirSync(join(root, 'cdk.out'), { recursive: true });
  writeFileSync(join(root, 'cdk.out/Shop.template.json'), stack(aFunction));
  writeFileSync(join(root, 'cdk.out/Shop.assets.json'), '{"files": [null, {"source": 1}');
  const { graphs } = await readPosture(root);
  expect(graphs.flatMap(({ functions }) => [...functions.keys()])).toEqual(['Purge']);
});
