import { known } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aRole } from './example-templates.ts';
import { inList } from './tell-once.ts';
import { writtenStatements } from './written-statements.ts';

export const wildcardAction = defineCheck({
  id: 'wildcard-action',
  title: 'A role may do everything with a service',
  severity: 'high',
  why: 'Whoever gets code to run in the function has all that its role allows, also what the code never does: to delete data, and to open it to others.',
  advice: 'Name the actions that the code calls.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.21'],
  find: (graph) =>
    writtenStatements(graph).flatMap(({ subject, statement, fix }) => {
      const { actions, exceptActions, resources, exceptResources, actionPlace } = statement;
      const shared = { subject, place: actionPlace, ...(fix && { fix }) };
      if (exceptActions) {
        const isOnSome = !exceptResources && resources.every((resource) => resource.startsWith('arn:'));
        return [
          {
            ...shared,
            key: 'NotAction',
            severity: isOnSome ? ('high' as const) : ('critical' as const),
            message: `Everything is allowed${isOnSome ? ` on ${inList(resources)}` : ''} but ${actions.join(', ')}.`,
          },
        ];
      }
      return actions
        .map((action) => known(action) ?? action)
        .filter((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action))
        .map((action) => ({
          ...shared,
          key: action,
          severity: /^\*(:\*)?$/.test(action) ? ('critical' as const) : ('high' as const),
          message: `${action} is allowed.`,
        }));
    }),
  passing: aRole("Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn"),
  failing: aRole("Action: ['dynamodb:GetItem', 'dynamodb:*'], Resource: !GetAtt Table.Arn"),
});
