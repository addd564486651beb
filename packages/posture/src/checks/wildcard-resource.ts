import { takesResources } from '../iam/actions.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { known } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';
import { aRole } from './example-templates.ts';

/** Metrics are written to no resource but to a dataset that only who uses OTLP has. */
const ofNothing = /^(\*|cloudwatch:PutMetricData)$/i;

export const wildcardResource = defineCheck({
  id: 'wildcard-resource',
  title: 'A role may act on everything of a kind',
  severity: 'medium',
  why: 'Whoever gets code to run in the function reaches the data of all other applications in the account, too.',
  advice: 'Name the resources, by !GetAtt or !Sub.',
  references: ['CWE-250', 'OWASP SAS-4'],
  async find(graph) {
    const { fixOf } = leastPrivilege(graph);
    const found: Problem[] = [];
    for (const role of graph.roles.values()) {
      const { resource, statements } = role;
      const fix = fixOf(role);
      for (const { effect, actions, exceptActions, resources, conditions, place, readyMade } of statements) {
        if (effect !== 'Allow' || readyMade !== undefined || exceptActions) continue;
        if (!resources.some((each) => /^\*+$/.test(each))) continue;
        // A condition may say which resources are meant.
        if (Object.keys(conditions).length > 0) continue;
        const names = actions
          .map((action) => known(action) ?? action)
          .filter((action) => !ofNothing.test(action));
        const broad: string[] = [];
        for (const name of names) if (await takesResources(name)) broad.push(name);
        if (broad.length > 0)
          found.push({
            subject: resource.id,
            key: broad.join(),
            message: `${broad.join(', ')} on every resource.`,
            place,
            ...(fix && { fix }),
          });
      }
    }
    return found;
  },
  // Traces belong to no resource, so they can be allowed on * only.
  passing: aRole("Action: 'xray:PutTraceSegments', Resource: '*'"),
  failing: aRole("Action: 'dynamodb:GetItem', Resource: '*'"),
});
