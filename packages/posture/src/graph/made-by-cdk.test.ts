import { expect, test } from 'vitest';
import { allChecks } from '../checks/all-checks.ts';
import { graphOf } from '../testing/graph-of.ts';

const provider = (id: string) => `
Resources:
  ${id}ServiceRole1: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref ${id}ServiceRole1]
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 'logs:DeleteLogGroup', Resource: '*' }] }
  ${id}83C1D0A7:
    Type: AWS::Lambda::Function
    Properties: { Role: !GetAtt '${id}ServiceRole1.Arn', Timeout: 900 }
  Used: { Type: 'Custom::It', Properties: { ServiceToken: !GetAtt '${id}83C1D0A7.Arn' } }`;

test.each([
  ['LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a', []],
  ['ProviderframeworkonEvent', []],
  // What it calls is the project's own choice.
  ['AWS679f53fac002430cb0da5b7982bd2287', ['wildcard-resource']],
  ['Own', ['log-retention', 'no-code-signing', 'no-tracing', 'timeout-longest', 'wildcard-resource']],
])('of the function %s is told what the project can change', async (id, rules) => {
  const graph = graphOf(provider(id));
  const found = await Promise.all(
    allChecks.map(async (check) => ((await check.find(graph)).length > 0 ? [check.id] : [])),
  );
  expect(found.flat().sort()).toEqual(rules);
});
