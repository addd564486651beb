import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { Arns } from './arns.ts';
import { narrowStatement } from './narrow-statement.ts';
import { readNeeds } from './read-needs.ts';
import { findSurplus } from './surplus.ts';

const template = `
Resources:
  Group: { Type: AWS::Athena::WorkGroup }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Environment: { Variables: { GROUP: !Ref Group, ROLE: !GetAtt Role.Arn } }
      Policies:
        - AmazonAthenaFullAccess
        - Statement: [{ Effect: Allow, Action: 'iam:PassRole', Resource: '*' }]
      InlineCode: |
        const { Athena } = require('@aws-sdk/client-athena');
        const { SFN } = require('@aws-sdk/client-sfn');
        exports.handler = async (event) => {
          await new Athena({}).startQueryExecution({ WorkGroup: process.env.GROUP, QueryString: event.sql });
          await new Athena({}).getQueryResults({ QueryExecutionId: event.id });
          await new SFN({}).createStateMachine({ name: event.id, roleArn: process.env.ROLE });
        };`;

test('each action stays on what it is done with, and what Athena does in the name of its caller stays', async () => {
  const graph = await readNeeds(graphOf(template), '.');
  const arns = new Arns(graph);
  const narrowed = findSurplus(graph, arns).flatMap((surplus) => narrowStatement(surplus, '', graph, arns));
  const resourcesOf = (action: string) =>
    narrowed.filter(({ actions }) => actions.includes(action)).flatMap(({ resources }) => resources);
  expect(resourcesOf('athena:StartQueryExecution')).toEqual([
    'arn:${AWS::Partition}:athena:${AWS::Region}:${AWS::AccountId}:workgroup/${Group}',
  ]);
  expect(resourcesOf('athena:GetQueryResults')).toEqual(['*']);
  expect(resourcesOf('glue:GetTable')).toEqual(['*']);
  expect(resourcesOf('s3:PutObject')).not.toEqual([]);
  expect(resourcesOf('sns:ListTopics')).toEqual([]);
  expect(resourcesOf('iam:PassRole')).toEqual(['${Role.Arn}']);
});
