import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { orphanFunction } from './orphan-function.ts';

const old = (others: string) => `
Resources:
  Old: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler } }
${others}`;

test.each([
  [
    'a dashboard shows it',
    '  Board: { Type: AWS::CloudWatch::Dashboard, Properties: { DashboardBody: !Sub "{${Old}}" } }',
    1,
  ],
  [
    "the CDK sets its log's retention",
    '  Log: { Type: Custom::LogRetention, Properties: { LogGroupName: !Sub "/aws/lambda/${Old}" } }',
    1,
  ],
  [
    'it is what sets retentions',
    '  Log: { Type: Custom::LogRetention, Properties: { ServiceToken: !GetAtt Old.Arn } }',
    0,
  ],
  [
    'it is called at deployments',
    '  New: { Type: AWS::Serverless::Function, Properties: { DeploymentPreference: { Hooks: { PreTraffic: !Ref Old } }, Events: { Daily: { Type: Schedule } } } }',
    0,
  ],
  ['it is shown', 'Outputs: { Old: { Value: !GetAtt Old.Arn } }', 1],
  ['other stacks may import it', 'Outputs: { Old: { Value: !GetAtt Old.Arn, Export: { Name: old } } }', 0],
])('nothing starts a function, and %s', async (_, others, count) => {
  expect(await orphanFunction.find(graphOf(old(others)))).toHaveLength(count);
});
