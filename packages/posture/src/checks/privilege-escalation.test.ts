import { expect, test } from 'vitest';
import { actionExists } from '../iam/actions.ts';
import { escalations } from '../iam/escalations.ts';
import { graphOf } from '../testing/graph-of.ts';
import { aFunctionWithRole } from './example-templates.ts';
import { privilegeEscalation } from './privilege-escalation.ts';

const find = (statement: string) => privilegeEscalation.find(graphOf(aFunctionWithRole(statement)));

test.each(escalations.map(({ actions, way }) => [actions.join(' + '), actions, way] as const))(
  '%s',
  async (_, actions, way) => {
    for (const action of actions) expect(await actionExists(action)).toBe(true);
    const [problem] = await find(`Action: [${actions.map((action) => `'${action}'`)}], Resource: '*'`);
    expect(problem?.message).toContain(way);
    // Each of the actions is needed for it.
    for (const action of actions) {
      const others = [...actions, 's3:ListAllMyBuckets'].filter((other) => other !== action);
      const [without] = await find(`Action: [${others.map((other) => `'${other}'`)}], Resource: '*'`);
      expect(without?.message ?? '').not.toContain(`${way} (${actions.join(' and ')})`);
    }
  },
);

test.each([
  ["Action: 'iam:Put*', Resource: '*'", 'critical'],
  ["Action: 'iam:PutRolePolicy', Resource: !GetAtt Role.Arn", 'critical'],
  ["Action: 'iam:PutRolePolicy', Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/*'", 'critical'],
  ["Action: 'iam:PutRolePolicy', Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/app-*'", 'medium'],
  ["Action: 'lambda:UpdateFunctionCode', Resource: 'arn:aws:lambda:*:*:function:*'", 'high'],
])('%s is %s', async (statement, severity) => {
  expect(await find(statement)).toMatchObject([{ severity }]);
});

const passes = (condition: string) =>
  `Action: ['iam:PassRole', 'ecs:RunTask', 'ecs:RegisterTaskDefinition'], Resource: '*', Condition: ${condition}`;

test('a role that may be passed to the service is found', async () => {
  const found = await find(passes("{ StringLike: { 'iam:PassedToService': ecs-tasks.amazonaws.com } }"));
  expect(found).toMatchObject([{ severity: 'high' }]);
});

test.each([
  passes("{ StringEquals: { 'iam:PassedToService': lambda.amazonaws.com } }"),
  "Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/reader'",
  "Action: 'lambda:UpdateFunctionCode', Resource: !GetAtt Orders.Arn",
  "Action: 'iam:PutRolePolicy', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/app': orders } }",
  "NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::files-*'",
  // Everything at once is told by wildcard-action.
  "Action: '*', Resource: '*'",
  "NotAction: 's3:*', Resource: '*'",
])('%s is no way', async (statement) => {
  expect(await find(statement)).toEqual([]);
});
