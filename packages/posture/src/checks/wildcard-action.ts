import { leastPrivilege } from '../least/least-privilege.ts';
import { known } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aRole } from './example-templates.ts';

export const wildcardAction = defineCheck({
  id: 'wildcard-action',
  title: 'A role may do everything with a service',
  severity: 'high',
  why: 'Whoever gets code to run in the function has all that its role allows, also what the code never does: to delete data, and to open it to others.',
  advice: 'Name the actions that the code calls.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.21'],
  find: (graph) =>
    [...graph.roles.values()].flatMap((role) => {
      const { resource, statements } = role;
      const fix = leastPrivilege(graph).fixOf(role);
      return statements
        .filter(({ effect, readyMade }) => effect === 'Allow' && readyMade === undefined)
        .flatMap(({ actions, exceptActions, actionPlace }) =>
          exceptActions
            ? [
                {
                  subject: resource.id,
                  key: 'NotAction',
                  severity: 'critical' as const,
                  message: `Everything is allowed but ${actions.join(', ')}.`,
                  place: actionPlace,
                  ...(fix && { fix }),
                },
              ]
            : actions
                .map((action) => known(action) ?? action)
                .filter((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action))
                .map((action) => ({
                  subject: resource.id,
                  key: action,
                  severity: /^\*(:\*)?$/.test(action) ? ('critical' as const) : ('high' as const),
                  message: `${action} is allowed.`,
                  place: actionPlace,
                  ...(fix && { fix }),
                })),
        );
    }),
  passing: aRole("Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn"),
  failing: aRole("Action: ['dynamodb:GetItem', 'dynamodb:*'], Resource: !GetAtt Table.Arn"),
});
