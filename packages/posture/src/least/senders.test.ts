import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { readNeeds } from './read-needs.ts';

/** A function that a bucket starts, and what it needs on which resource. */
async function needed(code: string, more = '') {
  const template = `
Resources:
  Raw: { Type: AWS::S3::Bucket }
  Other: { Type: AWS::S3::Bucket }
  Pool: { Type: AWS::Cognito::UserPool }
  Job:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        ${code}
      Events:
        New: { Type: S3, Properties: { Bucket: !Ref Raw, Events: 's3:ObjectCreated:*' } }
        Made: { Type: Cognito, Properties: { UserPool: !Ref Pool, Trigger: PostConfirmation } }${more}`;
  const graph = await readNeeds(graphOf(template), '/');
  const needs = graph.functions.get('Job')?.needs?.needs ?? [];
  return needs.flatMap(({ action, resource, certainty }) =>
    certainty === 'required' && /^(s3|cognito-idp):/.test(action) ? [[action, resource]] : [],
  );
}

const client = "const { S3 } = require('@aws-sdk/client-s3'); const s3 = new S3({});";
const get = (bucket: string) =>
  `${client} exports.handler = async (event) => { for (const { s3: { bucket, object } } of event.Records) await s3.getObject({ Bucket: ${bucket}, Key: object.key }); };`;

test('a bucket that is named by its event is the one that sends it', async () => {
  expect(await needed(get('bucket.name'))).toEqual([
    ['s3:GetObject', 'arn:${AWS::Partition}:s3:::${Raw}/${?}'],
  ]);
});

test.each([
  ['whose name is changed', get("bucket.name.replace('raw', 'small')"), ''],
  [
    'that may be one of several',
    get('bucket.name'),
    "\n        Old: { Type: S3, Properties: { Bucket: !Ref Other, Events: 's3:ObjectRemoved:*' } }",
  ],
])('a bucket %s is not known', async (_, code, more) => {
  expect(await needed(code, more)).toEqual([['s3:GetObject', undefined]]);
});

test('a user pool that is named by its event is the one that sends it', async () => {
  const code =
    "const c = require('@aws-sdk/client-cognito-identity-provider'); exports.handler = async (event) => new c.CognitoIdentityProvider({}).adminAddUserToGroup({ UserPoolId: event.userPoolId, GroupName: 'g', Username: event.userName });";
  expect(await needed(code)).toEqual([
    ['cognito-idp:AdminAddUserToGroup', expect.stringContaining('${Pool')],
  ]);
});
