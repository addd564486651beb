import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { clientWritablePrivilege } from './client-writable-privilege.ts';
import { guestIdentities } from './guest-identities.ts';
import { openRole } from './open-role.ts';

const userPool = (attribute: string, client: string) => `
Resources:
  Pool: { Type: AWS::Cognito::UserPool, Properties: { Schema: [{ ${attribute} }] } }
  Web: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Pool${client} } }`;

test.each([
  ['all attributes are writable without a list', 'Name: isAdmin, AttributeDataType: String', '', 1],
  ['with a list that leaves it out', 'Name: isAdmin', ', WriteAttributes: [email]', 0],
  ['that can not change', 'Name: role, Mutable: false', '', 0],
  ['of developers only', 'Name: role, DeveloperOnlyAttribute: true', '', 0],
  ['that is no privilege', 'Name: shoe_size', '', 0],
  ['of a company, which people name themselves', 'Name: company', '', 0],
  ['that says whose data one gets', 'Name: tenant_id', '', 1],
])('attribute: %s', async (_, attribute, client, count) => {
  expect(await clientWritablePrivilege.find(graphOf(userPool(attribute, client)))).toHaveLength(count);
});

test('attribute of a pool outside of the template', async () => {
  const found = await clientWritablePrivilege.find(
    graphOf(`
Resources:
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: eu-west-1_abc, WriteAttributes: [name, 'custom:role'] }`),
  );
  expect(found).toMatchObject([{ subject: 'Web', key: 'custom:role' }]);
});

const guests = (statement: string) => `
Resources:
  Identities:
    Type: AWS::Cognito::IdentityPool
    Properties: { AllowUnauthenticatedIdentities: true }
  Attachment:
    Type: AWS::Cognito::IdentityPoolRoleAttachment
    Properties: { IdentityPoolId: !Ref Identities, Roles: { unauthenticated: !GetAtt Guest.Arn } }
  Guest:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies: [{ PolicyName: own, PolicyDocument: { Statement: [{ Effect: Allow, ${statement} }] } }]`;

test.each([
  ["Action: 'dynamodb:*', Resource: !GetAtt Table.Arn", 'high'],
  ["Action: 's3:GetObject', Resource: '*'", 'high'],
  ["Action: 's3:GetObject', Resource: 'arn:aws:s3:::pictures/*'", 'medium'],
  ["Action: 'rum:PutRumEvents', Resource: '*'", 'low'],
])('guests with %s are %s', async (statement, severity) => {
  expect(await guestIdentities.find(graphOf(guests(statement)))).toMatchObject([{ severity }]);
});

const github = (condition: string) => `
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: { Federated: !Sub 'arn:aws:iam::\${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com' }
            Condition: ${condition}`;

test.each([
  ["{ StringEquals: { 'token.actions.githubusercontent.com:aud': sts.amazonaws.com } }", 1],
  ["{ StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/orders:*' } }", 0],
])('a role for GitHub with %s', async (condition, count) => {
  expect(await openRole.find(graphOf(github(condition)))).toHaveLength(count);
});
