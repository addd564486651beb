import { expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { runChecks } from './run-checks.ts';

/** Code that reads one item, in a function whose role has the statements. */
const reader = (role: string) => `
Resources:
  Orders: { Type: AWS::DynamoDB::Table }
  Read:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        import boto3, os
        def handler(event, context):
            return boto3.client('dynamodb').get_item(TableName=os.environ['TABLE'], Key={'id': {'S': 'a'}})
      Environment: { Variables: { TABLE: !Ref Orders } }
      Policies: [${role}]
      Events: { Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }`;

const statement = (text: string) => `{ Statement: [{ Effect: Allow, ${text} }] }`;

const ofRoles =
  /^posture\/(privilege-escalation|wildcard-action|wildcard-resource|broad-managed-policy|unused-permission)$/;

test.each([
  [
    'all of a service',
    statement("Action: 'dynamodb:*', Resource: !GetAtt Orders.Arn"),
    [['wildcard-action', /^dynamodb:\* is allowed; the code needs dynamodb:GetItem of it\./]],
  ],
  [
    'all of a service that nothing needs',
    statement("Action: ['dynamodb:GetItem', 's3:*'], Resource: [!GetAtt Orders.Arn, 'arn:aws:s3:::files/*']"),
    [['wildcard-action', /^s3:\* is allowed; the code needs nothing of it\./]],
  ],
  [
    'all of a service that could be used without an SDK',
    statement(
      "Action: ['dynamodb:GetItem', 'lambda:*'], Resource: [!GetAtt Orders.Arn, 'arn:aws:lambda:*:*:function:mail']",
    ),
    [['wildcard-action', /^lambda:\* is allowed; the code needs nothing that can be seen of it\./]],
  ],
  [
    'all but something',
    statement("NotAction: 'iam:*', Resource: '*'"),
    [['wildcard-action', /^Everything is allowed but iam:\*; the code needs .*dynamodb:GetItem of it\./]],
  ],
  [
    'what nothing needs, on everything',
    statement("Action: ['dynamodb:GetItem', 'dynamodb:DeleteItem'], Resource: '*'"),
    [
      ['wildcard-resource', /^dynamodb:GetItem on every resource\./],
      ['unused-permission', /^Nothing needs dynamodb:DeleteItem\./],
    ],
  ],
  [
    'everything but one table',
    statement("Action: 'dynamodb:GetItem', NotResource: 'arn:aws:dynamodb:*:*:table/users'"),
    [['wildcard-resource', /^dynamodb:GetItem on every resource but arn:aws:dynamodb:\*:\*:table\/users\./]],
  ],
  [
    'a way to more rights that nothing needs',
    statement("Action: 'sts:AssumeRole', Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/*'"),
    [['privilege-escalation', /can assume any role that trusts the account/]],
  ],
  [
    'all of a service, on everything, with ways to more rights',
    statement("Action: 'glue:*', Resource: '*'"),
    [
      [
        'wildcard-action',
        /^glue:\* is allowed on every resource; the code needs nothing of it\. Whoever has it can run a job/,
      ],
    ],
  ],
  [
    'every object there is',
    statement("Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: 'arn:aws:dynamodb:*:*:table/*'"),
    [
      ['wildcard-resource', /^dynamodb:GetItem on every one of/],
      ['unused-permission', /^Nothing needs dynamodb:Query\./],
    ],
  ],
  [
    'a policy of AWS for everything',
    'AmazonDynamoDBFullAccess',
    [['broad-managed-policy', /on every resource; the code needs dynamodb:GetItem of it\./]],
  ],
])('%s is told once', async (_, policy, expected) => {
  const findings = await runChecks(await readNeeds(graphOf(reader(policy)), '/'));
  const found = findings.filter(({ rule }) => ofRoles.test(rule));
  expect(found.map(({ rule }) => rule.slice('posture/'.length))).toEqual(expected.map(([rule]) => rule));
  for (const [index, [, message]] of expected.entries()) expect(found[index]?.message).toMatch(message ?? '');
});
