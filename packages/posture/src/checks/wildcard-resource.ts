import type { Graph, Role } from '../graph/build-graph.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { inList } from '../template/in-list.ts';
import { known } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';
import { isToldAsEscalation, isWholeService } from './escalation-ways.ts';
import { aRole } from './example-templates.ts';
import { limitable } from './limitable.ts';
import { everyInWords } from './tell-once.ts';
import { isToldAsUnused } from './told-elsewhere.ts';
import { writtenStatements } from './written-statements.ts';

/** Whether the code does it without naming a resource: sends a message to a telephone. */
const needsEvery = (action: string, roles: readonly Role[], { functions }: Graph): boolean =>
  [...functions.values()].some(
    ({ role, needs }) =>
      role &&
      roles.includes(role) &&
      needs?.needs.some(
        (need) =>
          need.resource === '*' &&
          need.certainty === 'required' &&
          need.action.toLowerCase() === action.toLowerCase(),
      ),
  );

export const wildcardResource = defineCheck({
  id: 'wildcard-resource',
  title: 'A role may act on everything of a kind',
  severity: 'medium',
  why: 'Whoever gets code to run in the function reaches the data of all other applications in the account, too.',
  advice: 'Name the resources by their ARNs.',
  references: ['CWE-250', 'OWASP SAS-4'],
  async find(graph) {
    const found: Problem[] = [];
    const { surpluses } = leastPrivilege(graph);
    for (const { subject, statement, roles, fix } of writtenStatements(graph)) {
      const { actions, exceptActions, resources, exceptResources, conditions, place, resourcePlace } =
        statement;
      const every = exceptResources ? '*' : resources.find(isEveryResource);
      if (exceptActions || every === undefined) continue;
      // A condition may say which resources are meant.
      if (Object.keys(conditions).length > 0) continue;
      const names = actions
        .filter(
          (action) =>
            !isToldAsUnused(statement, action, surpluses) && !isToldAsEscalation(statement, action, graph),
        )
        .map((action) => known(action) ?? action)
        .filter((action) => exceptResources || !isWholeService(action));
      const broad = (await limitable(names)).filter((action) => !needsEvery(action, roles, graph));
      if (broad.length > 0)
        found.push({
          subject,
          key: broad.join(),
          message: `${broad.join(', ')} on ${everyInWords(every)}${exceptResources ? ` but ${inList(resources)}` : ''}.`,
          // What a module is given stands where that is written.
          place: resourcePlace && resourcePlace.file !== place?.file ? resourcePlace : place,
          ...(fix && { fix }),
        });
    }
    return found;
  },
  // Traces belong to no resource, so they can be allowed on * only.
  passing: aRole("Action: 'xray:PutTraceSegments', Resource: '*'"),
  failing: aRole("Action: 'dynamodb:GetItem', Resource: '*'"),
});
