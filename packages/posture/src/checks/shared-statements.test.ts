import { expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { missingPermission } from './missing-permission.ts';
import { unusedPermission } from './unused-permission.ts';

/** A function that calls one method of a table, with a role of its own that has the policy. */
const job = (name: string, method: 'get_item' | 'put_item', more = '') => `
  ${name}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt ${name}Role.Arn
      Environment: { Variables: { TABLE: !Ref Orders } }${more}
      Code:
        ZipFile: |
          import boto3, os
          table = boto3.resource('dynamodb').Table(os.environ['TABLE'])
          def handler(event, context):
              return table.${method}(Key=event)
  ${name}Role:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: [!Ref Common] }`;

const app = (allowed: string, on: string, jobs: string) => `
Resources:
  Orders: { Type: AWS::DynamoDB::Table, Properties: { TableName: shop-orders } }
  Stock: { Type: AWS::DynamoDB::Table, Properties: { TableName: shop-stock } }
  Common:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: { Statement: [{ Effect: Allow, Action: ${allowed}, Resource: ${on} }] }${jobs}`;

const unused = async (template: string) =>
  (await unusedPermission.find(await readNeeds(graphOf(template), '/'))).map(
    ({ subject, severity, message }) => `${subject} ${severity}: ${message}`,
  );

test('of a policy that several functions have, it is told what each does not need', async () => {
  const jobs = job('Read', 'get_item') + job('Write', 'put_item');
  expect(await unused(app('[dynamodb:GetItem, dynamodb:PutItem]', '!GetAtt Orders.Arn', jobs))).toEqual([
    'Read medium: Nothing in Read needs dynamodb:PutItem on ${Orders.Arn}, which a statement for several functions allows.',
    'Write low: Nothing in Write needs dynamodb:GetItem on ${Orders.Arn}, which a statement for several functions allows.',
  ]);
});

test('what no function with a policy needs is told of all that have it', async () => {
  const jobs = job('Read', 'get_item') + job('Show', 'get_item');
  expect(await unused(app('[dynamodb:GetItem, dynamodb:Scan]', '!GetAtt Orders.Arn', jobs))).toEqual([
    'ReadRole low: Read, Show: Nothing needs dynamodb:Scan.',
  ]);
});

test('where all functions need all of it, nothing is told', async () => {
  const jobs = job('One', 'get_item') + job('Two', 'get_item');
  expect(await unused(app('dynamodb:GetItem', '!GetAtt Orders.Arn', jobs))).toEqual([]);
});

test('a pattern of names is told where it stands for other resources of the template', async () => {
  const on = (pattern: string) =>
    `!Sub 'arn:aws:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/${pattern}'`;
  const told = (pattern: string) => unused(app('dynamodb:GetItem', on(pattern), job('Read', 'get_item')));
  expect(await told('shop-*')).toEqual([
    'Read low: table/shop-* stands for more than what is needed: for Stock, too.',
  ]);
  expect(await told('shop-orders*')).toEqual([]);
});

test('that traces are missing is of low severity', async () => {
  const traced = '\n      TracingConfig: { Mode: Active }';
  const alone = graphOf(app('dynamodb:GetItem', '!GetAtt Orders.Arn', job('Read', 'get_item', traced)));
  const found = missingPermission.find(await readNeeds(alone, '/'));
  expect(found).toMatchObject([{ subject: 'Read', severity: 'low', key: 'xray:PutTraceSegments' }]);
});
