import { leastPrivilege } from '../least/least-privilege.ts';
import { known } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aRole } from './example-templates.ts';
import { neededOf } from './surplus-in-words.ts';
import { inList } from './tell-once.ts';
import { isWholeService } from './told-elsewhere.ts';
import { writtenStatements } from './written-statements.ts';

export const wildcardAction = defineCheck({
  id: 'wildcard-action',
  title: 'A role may do everything with a service',
  severity: 'high',
  why: 'Whoever gets code to run in the function has all that its role allows, also what the code never does: to delete data, and to open it to others.',
  advice: 'Name the actions that the code calls.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.21'],
  find: (graph) => {
    const { surpluses } = leastPrivilege(graph);
    return writtenStatements(graph).flatMap(({ subject, statement, fix }) => {
      const { actions, exceptActions, resources, exceptResources, actionPlace } = statement;
      const shared = { subject, place: actionPlace, ...(fix && { fix }) };
      const unneeded = surpluses.filter((each) => each.statement === statement && !each.seenBy);
      const needed = (of = '*') =>
        unneeded.length === 0 ? '' : `; the code needs ${neededOf(unneeded, of)} of it`;
      if (exceptActions) {
        const isOnSome = !exceptResources && resources.every((resource) => resource.startsWith('arn:'));
        return [
          {
            ...shared,
            key: 'NotAction',
            severity: isOnSome ? ('high' as const) : ('critical' as const),
            message: `Everything is allowed${isOnSome ? ` on ${inList(resources)}` : ''} but ${actions.join(', ')}${needed()}.`,
          },
        ];
      }
      return actions
        .map((action) => known(action) ?? action)
        .filter(isWholeService)
        .map((action) => ({
          ...shared,
          key: action,
          severity: /^\*(:\*)?$/.test(action) ? ('critical' as const) : ('high' as const),
          message: `${action} is allowed${needed(action)}.`,
        }));
    });
  },
  passing: aRole("Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn"),
  failing: aRole("Action: ['dynamodb:GetItem', 'dynamodb:*'], Resource: !GetAtt Table.Arn"),
});
