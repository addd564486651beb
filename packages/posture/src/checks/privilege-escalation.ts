import { leastPrivilege } from '../least/least-privilege.ts';
import { defineCheck } from './check.ts';
import { escalationWays, isClosedByLess, waysInWords } from './escalation-ways.ts';
import { aFunctionWithRole } from './example-templates.ts';

export const privilegeEscalation = defineCheck({
  id: 'privilege-escalation',
  title: 'A function can give itself more rights than its role has',
  severity: 'high',
  why: 'Whoever gets code to run in the function then has the account, or the rights of its other roles, and not only what this role was meant for.',
  advice:
    'Take the action out, or name the one role, policy or function that it is meant for; with iam:PassRole add a condition iam:PassedToService.',
  references: ['CWE-269', 'OWASP SAS-4'],
  find: (graph) => {
    const { fixOf, surpluses } = leastPrivilege(graph);
    return [...escalationWays(graph)].flatMap(([role, all]) => {
      // All of a service is told by wildcard-action, with what can be done with it.
      const ways = all.filter(({ isOfService }) => !isOfService);
      const [worst] = ways;
      if (!worst) return [];
      const fix = isClosedByLess(ways, surpluses) ? fixOf(role) : undefined;
      return [
        {
          subject: role.resource.id,
          key: ways.map(({ escalation }) => escalation.actions.join('+')).join(),
          severity: worst.severity,
          message: `Whoever has ${role.resource.id} can ${waysInWords(ways)}.`,
          place: worst.statement.actionPlace,
          ...(fix && { fix }),
        },
      ];
    });
  },
  passing: aFunctionWithRole(
    "Action: 'iam:PassRole', Resource: !Sub 'arn:aws:iam::${AWS::AccountId}:role/resize'",
  ),
  failing: aFunctionWithRole("Action: ['lambda:CreateFunction', 'iam:PassRole'], Resource: '*'"),
});
