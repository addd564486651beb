import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTemplate } from '../index.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-sam-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function read(text: string) {
  const path = join(work, 'template.yaml');
  writeFileSync(path, text);
  const { resources, notes } = readTemplate(path);
  return { of: (id: string) => resources.get(id), ids: [...resources.keys()], notes };
}

test('an event counts that is called as something else is', () => {
  const { of } = read(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Mail: { Type: AWS::Serverless::Function, Properties: { Events: { Queue: { Type: SQS, Properties: { Queue: !GetAtt MailQueue.Arn } } } } }
  MailQueue: { Type: AWS::SQS::Queue }
`);
  expect(of('MailQueue')?.type).toBe('AWS::SQS::Queue');
  expect(of('MailQueueEvent')?.properties).toMatchObject({ Function: '${Mail}', Kind: 'SQS' });
});

test('a function has a role, an address and triggers', () => {
  const { of, ids, notes } = read(`
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Timeout: 10
    Environment: { Variables: { A: '1', B: '1' } }
    Layers: [first]
  Api: { Auth: { DefaultAuthorizer: Pool } }
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      CodeUri: src/
      Timeout: 30
      Tracing: Active
      Layers: [second]
      Environment: { Variables: { B: '2', TABLE: !Ref Table } }
      FunctionUrlConfig: { AuthType: NONE }
      Policies:
        - AmazonS3ReadOnlyAccess
        - DynamoDBCrudPolicy: { TableName: !Ref Table }
        - Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }]
      Events:
        Open: { Type: Api, Properties: { Path: /open, Method: get, Auth: { Authorizer: NONE } } }
        Closed: { Type: Api, Properties: { Path: /closed, Method: post } }
        Jobs: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
  Table: { Type: AWS::Serverless::SimpleTable }
  Queue: { Type: AWS::SQS::Queue }
  Link: { Type: AWS::Serverless::Novelty, Properties: {} }
`);
  expect(of('Orders')).toMatchObject({
    type: 'AWS::Lambda::Function',
    properties: {
      Handler: 'index.handler',
      Runtime: 'nodejs20.x',
      Timeout: 30,
      Code: 'src/',
      Layers: ['first', 'second'],
      Environment: { Variables: { A: '1', B: '2', TABLE: '${Table}' } },
      TracingConfig: { Mode: 'Active' },
      Role: '${OrdersRole.Arn}',
    },
  });
  expect(of('OrdersRole')).toMatchObject({
    type: 'AWS::IAM::Role',
    place: { line: 21 },
    properties: {
      ManagedPolicyArns: [
        expect.stringContaining('AWSLambdaBasicExecutionRole'),
        expect.stringContaining('AWSXRayDaemonWriteAccess'),
        expect.stringContaining('AWSLambdaSQSQueueExecutionRole'),
        'arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess',
      ],
      Policies: [
        {
          ReadyMade: 'DynamoDBCrudPolicy',
          PolicyDocument: {
            Statement: [
              {
                Action: expect.arrayContaining(['dynamodb:ConditionCheckItem']),
                Resource: [
                  'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}',
                  'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Table}/index/*',
                ],
              },
            ],
          },
        },
        { PolicyDocument: { Statement: [{ Action: 's3:*' }] } },
      ],
    },
  });
  expect(of('OrdersUrl')).toMatchObject({
    type: 'AWS::Lambda::Url',
    properties: { AuthType: 'NONE', TargetFunctionArn: '${Orders}' },
  });
  const rest = { Function: '${Orders}', Kind: 'rest-api', Source: '${ServerlessRestApi}' };
  expect(of('OrdersOpen')?.properties).toEqual({ ...rest, Path: '/open', Method: 'GET', Auth: 'NONE' });
  expect(of('OrdersClosed')?.properties).toEqual({ ...rest, Path: '/closed', Method: 'POST', Auth: 'Pool' });
  expect(of('OrdersJobs')?.properties).toMatchObject({ Kind: 'SQS', Source: '${Queue.Arn}' });
  expect(of('ServerlessRestApi')).toMatchObject({
    type: 'AWS::ApiGateway::RestApi',
    properties: { Auth: { DefaultAuthorizer: 'Pool' } },
  });
  expect(of('Table')?.type).toBe('AWS::DynamoDB::Table');
  expect(ids).not.toContain('ServerlessHttpApi');
  expect(notes).toEqual(['Link: AWS::Serverless::Novelty is not read']);
});

test('what a function names itself is left as it is', () => {
  const { of, ids } = read(`
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/own
      InlineCode: exports.handler = async () => {}
      Events:
        Any: { Type: HttpApi }
        Own: { Type: Api, Properties: { RestApiId: !Ref Own, Path: /, Method: ANY } }
  Own: { Type: AWS::Serverless::Api, Properties: { StageName: v1, Auth: { ApiKeyRequired: true } } }
  M: { Type: AWS::Serverless::StateMachine, Properties: { Policies: [AWSLambdaRole] } }
`);
  expect(ids).toEqual(['F', 'FAny', 'FOwn', 'Own', 'M', 'MRole', 'ServerlessHttpApi']);
  expect(of('F')?.properties).toMatchObject({
    Role: 'arn:aws:iam::123456789012:role/own',
    Code: { ZipFile: 'exports.handler = async () => {}' },
  });
  expect(of('FAny')?.properties).toMatchObject({ Kind: 'http-api', Path: '$default', Auth: 'NONE' });
  expect(of('FOwn')?.properties).toMatchObject({ Source: '${Own}', Auth: 'API_KEY' });
  expect(of('MRole')?.properties.ManagedPolicyArns).toEqual([
    'arn:${AWS::Partition}:iam::aws:policy/AWSLambdaRole',
  ]);
});

test.each([
  ['{ ApiKeyRequired: false }', 'NONE'],
  ['{ Authorizer: NONE }', 'API_KEY'],
  ['{ Authorizer: NONE, ApiKeyRequired: false }', 'NONE'],
  ['{ Authorizer: AWS_IAM }', 'AWS_IAM'],
])('of an API whose routes ask for a key, the one with %s asks for %s', (auth, expected) => {
  const { of } = read(`
Globals: { Api: { Auth: { ApiKeyRequired: true } } }
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: { Events: { Get: { Type: Api, Properties: { Path: /, Method: get, Auth: ${auth} } } } }
`);
  expect(of('FGet')?.properties.Auth).toBe(expected);
});
