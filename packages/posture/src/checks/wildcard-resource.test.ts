import { expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { aRole } from './example-templates.ts';
import { wildcardResource } from './wildcard-resource.ts';

const shared = `
Resources:
  Mail:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 'ses:SendEmail', Resource: '*' }] }
${['One', 'Two'].map((id) => `  ${id}: { Type: AWS::IAM::Role, Properties: { ManagedPolicyArns: [!Ref Mail] } }`).join('\n')}`;

test.each([
  ['writes logs', aRole("Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*'"), []],
  ['joins a network', aRole("Action: 'ec2:CreateNetworkInterface', Resource: '*'"), []],
  [
    'has texts translated',
    aRole("Action: ['translate:TranslateText', 'comprehend:DetectEntities'], Resource: '*'"),
    [],
  ],
  ['deletes logs', aRole("Action: 'logs:DeleteLogGroup', Resource: '*'"), ['Role']],
  [
    'reads every table',
    aRole("Action: 'dynamodb:GetItem', Resource: !Sub 'arn:aws:dynamodb:${AWS::Region}:*:table/*'"),
    ['Role'],
  ],
  [
    'reads every index',
    aRole("Action: 'dynamodb:Query', Resource: 'arn:aws:dynamodb:*:*:table/*/index/*'"),
    ['Role'],
  ],
  ['reads every bucket', aRole("Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/*'"), ['Role']],
  [
    'sends to every queue',
    aRole("Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:*'"),
    ['Role'],
  ],
  ['reads one bucket', aRole("Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*'"), []],
  [
    'answers over one API',
    aRole("Action: 'execute-api:ManageConnections', Resource: 'arn:aws:execute-api:*:*:abc/*'"),
    [],
  ],
  [
    'reads tables of a name',
    aRole("Action: 'dynamodb:GetItem', Resource: !Sub 'arn:aws:dynamodb:*:*:table/${AWS::StackName}*'"),
    [],
  ],
  [
    'asks any model',
    aRole("Action: 'bedrock:InvokeModel', Resource: 'arn:aws:bedrock:*::foundation-model/*'"),
    [],
  ],
  ['shares a policy', shared, ['Mail']],
])('a role that %s', async (_, template, subjects) => {
  const found = await wildcardResource.find(graphOf(template));
  expect(found.map(({ subject }) => subject)).toEqual(subjects);
});

test.each([
  ['a telephone', "PhoneNumber='+1'", []],
  ['a topic', "TopicArn=event['topic']", ['Role']],
])('a role of code that sends to %s', async (_, to, subjects) => {
  const template = `${aRole("Action: 'sns:Publish', Resource: '*'")}
  Sender:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: |
          import boto3
          def handler(event, context):
              boto3.client('sns').publish(${to}, Message='hello')`;
  const found = await wildcardResource.find(await readNeeds(graphOf(template), '/'));
  expect(found.map(({ subject }) => subject)).toEqual(subjects);
});
