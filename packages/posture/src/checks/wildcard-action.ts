import { isEveryResource } from '../iam/every-resource.ts';
import { holdsAction } from '../least/granted.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { inList } from '../template/in-list.ts';
import { known } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { escalationWays, isWholeService, type Way, waysInWords } from './escalation-ways.ts';
import { aRole } from './example-templates.ts';
import { neededOf } from './surplus-in-words.ts';
import { everyInWords } from './tell-once.ts';
import { writtenStatements } from './written-statements.ts';

const isAbout = (action: string, { escalation }: Way) =>
  escalation.actions.some((each) => holdsAction(action, each) === 'yes');

export const wildcardAction = defineCheck({
  id: 'wildcard-action',
  title: 'A role may do everything with a service',
  severity: 'high',
  why: 'Whoever gets code to run in the function has all that its role allows, also what the code never does: to delete data, and to open it to others.',
  advice: 'Name the actions that the code calls.',
  references: ['CWE-250', 'OWASP SAS-4', 'AWS Security Hub IAM.21'],
  find: (graph) => {
    const { compared } = leastPrivilege(graph);
    return writtenStatements(graph).flatMap(({ subject, statement, roles, fix }) => {
      const { actions, exceptActions, resources, exceptResources, conditions, actionPlace } = statement;
      const shared = { subject, place: actionPlace, ...(fix && { fix }) };
      const unneeded = compared.filter((each) => each.statement === statement && !each.seenBy);
      const needed = (of = '*') =>
        unneeded.length === 0 ? '' : `; the code needs ${neededOf(unneeded, [of])} of it`;
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
      const every = resources.find(isEveryResource);
      const on =
        every === undefined || exceptResources || Object.keys(conditions).length > 0
          ? ''
          : ` on ${everyInWords(every)}`;
      return actions
        .map((action) => known(action) ?? action)
        .filter(isWholeService)
        .map((action) => {
          const ways = roles
            .flatMap((role) => escalationWays(graph).get(role) ?? [])
            .filter((way) => way.statement === statement && way.isOfService && isAbout(action, way));
          const more = ways.length === 0 ? '' : ` Whoever has it can ${waysInWords(ways)}.`;
          const isAll = /^\*(:\*)?$/.test(action);
          return {
            ...shared,
            key: action,
            severity:
              isAll || ways.some(({ severity }) => severity === 'critical')
                ? ('critical' as const)
                : ('high' as const),
            message: `${action} is allowed${on}${needed(action)}.${more}`,
          };
        });
    });
  },
  passing: aRole("Action: 'dynamodb:GetItem', Resource: !GetAtt Table.Arn"),
  failing: aRole("Action: ['dynamodb:GetItem', 'dynamodb:*'], Resource: !GetAtt Table.Arn"),
});
