import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { openStatements } from './open-policies.ts';

const bucket = (statement: string, properties = '{}') => `
Resources:
  Files: { Type: AWS::S3::Bucket, Properties: ${properties} }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Files
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 's3:PutObject', ${statement} }] }`;

const all = "Principal: { AWS: ['*'] }";

test.each([
  ['everyone', bucket(all), 1],
  ['all but one', bucket('NotPrincipal: { AWS: 123456789012 }'), 1],
  ['everyone over TLS', bucket(`${all}, Condition: { Bool: { 'aws:SecureTransport': true } }`), 1],
  ['everyone from anywhere', bucket(`${all}, Condition: { IpAddress: { 'aws:SourceIp': 0.0.0.0/0 } }`), 1],
  ['any source', bucket(`${all}, Condition: { StringLike: { 'aws:SourceArn': '*' } }`), 1],
  ['an organisation', bucket(`${all}, Condition: { StringEquals: { 'aws:PrincipalOrgID': o-1 } }`), 0],
  [
    'a network, over TLS',
    bucket(
      `${all}, Condition: { Bool: { 'aws:SecureTransport': true }, StringEquals: { 'aws:SourceVpce': vpce-1 } }`,
    ),
    0,
  ],
  [
    'an access point',
    bucket(`${all}, Condition: { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } }`),
    0,
  ],
  [
    'nobody, as the bucket blocks it',
    bucket(all, '{ PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }'),
    0,
  ],
])('open to %s', (_, template, count) => {
  const found = openStatements(graphOf(template));
  expect(found).toHaveLength(count);
  expect(found.flatMap(({ on }) => on)).toEqual(count === 0 ? [] : ['Files']);
});

test.each([
  [
    'a statement of an event bus',
    "Type: AWS::Events::EventBusPolicy, Properties: { EventBusName: a, Statement: { Effect: Allow, Principal: '*', Action: 'events:PutEvents' } }",
    1,
  ],
  [
    'an older one of an event bus',
    "Type: AWS::Events::EventBusPolicy, Properties: { Principal: '*', Action: 'events:PutEvents' }",
    1,
  ],
  [
    'an organisation on an event bus',
    "Type: AWS::Events::EventBusPolicy, Properties: { Principal: '*', Action: 'events:PutEvents', Condition: { Type: StringEquals, Key: 'aws:PrincipalOrgID', Value: o-1 } }",
    0,
  ],
  [
    'a policy in an event bus',
    "Type: AWS::Events::EventBus, Properties: { Name: a, Policy: { Statement: [{ Effect: Allow, Principal: '*', Action: 'events:PutEvents' }] } }",
    1,
  ],
  [
    'a layer for everyone',
    "Type: AWS::Lambda::LayerVersionPermission, Properties: { Principal: '*', Action: 'lambda:GetLayerVersion' }",
    1,
  ],
  [
    'a layer for an organisation',
    "Type: AWS::Lambda::LayerVersionPermission, Properties: { Principal: '*', Action: 'lambda:GetLayerVersion', OrganizationId: o-1 }",
    0,
  ],
  [
    'a table for everyone',
    "Type: AWS::DynamoDB::Table, Properties: { ResourcePolicy: { PolicyDocument: { Statement: [{ Effect: Allow, Principal: '*', Action: 'dynamodb:GetItem' }] } } }",
    1,
  ],
])('%s', (_, resource, count) => {
  expect(openStatements(graphOf(`Resources:\n  Own: { ${resource} }`))).toHaveLength(count);
});
