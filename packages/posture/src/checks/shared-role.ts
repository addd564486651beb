import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';

const roles = (second: string) => `
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Handler: orders.handler, Role: !GetAtt One.Arn }
  Mail:
    Type: AWS::Lambda::Function
    Properties: { Handler: mail.handler, Role: !GetAtt ${second}.Arn }
  One: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
  Two: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }`;

export const sharedRole = defineCheck({
  id: 'shared-role',
  title: 'Functions share a role',
  severity: 'medium',
  why: 'Each has what any of them needs, so the weakest opens what the others may do.',
  advice: 'Give each function a role of its own.',
  references: ['CWE-250', 'OWASP SAS-4'],
  find: ({ functions, roles }) =>
    [...roles.values()].flatMap((role) => {
      const users = [...functions.values()].filter((each) => each.role === role).map(({ id }) => id);
      return users.length < 2
        ? []
        : [
            {
              subject: role.resource.id,
              message: `${users.join(', ')} have the role ${role.resource.id}.`,
              place: placeIn(role.resource),
            },
          ];
    }),
  passing: roles('Two'),
  failing: roles('One'),
});
