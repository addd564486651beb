import type { Graph, Role } from '../graph/build-graph.ts';
import { dataReached } from '../graph/data-reached.ts';
import { managedPolicy } from '../iam/managed-policies.ts';
import { placeIn } from '../resource.ts';
import { inList } from '../template/in-list.ts';
import { defineCheck, type Problem } from './check.ts';

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

/** Whether it reaches no data, as far as all that it has is known: with logs and traces alone nothing is shared. */
const isForLogsAlone = async (role: Role, graph: Graph): Promise<boolean> =>
  role.statements.length > 0 &&
  role.managed.every((arn) => managedPolicy(arn) !== undefined) &&
  (await dataReached(graph, role)).length === 0;

export const sharedRole = defineCheck({
  id: 'shared-role',
  title: 'Functions share a role',
  severity: 'medium',
  why: 'Each has what any of them needs, so the weakest opens what the others may do.',
  advice: 'Give each function a role of its own.',
  references: ['CWE-250', 'OWASP SAS-4'],
  async find(graph) {
    const found: Problem[] = [];
    for (const role of graph.roles.values()) {
      const users = [...graph.functions.values()].filter((each) => each.role === role).map(({ id }) => id);
      if (users.length < 2 || (await isForLogsAlone(role, graph))) continue;
      found.push({
        subject: role.resource.id,
        message: `${inList(users)} have the role ${role.resource.id}.`,
        place: placeIn(role.resource),
      });
    }
    return found;
  },
  passing: roles('Two'),
  failing: roles('One'),
});
