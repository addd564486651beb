import { expect, test } from 'vitest';
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
  ['shares a policy', shared, ['Mail']],
])('a role that %s', async (_, template, subjects) => {
  const found = await wildcardResource.find(graphOf(template));
  expect(found.map(({ subject }) => subject)).toEqual(subjects);
});
