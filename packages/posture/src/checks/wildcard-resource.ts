import { fill, known } from '../template/substitution.ts';
import { defineCheck, type Problem } from './check.ts';
import { aRole } from './example-templates.ts';
import { limitable } from './limitable.ts';
import { writtenStatements } from './written-statements.ts';

/** `*`, and all of a kind: `arn:aws:s3:::*`, `…:table/*`. In these services a resource's own name comes first, without a kind. */
const everyone =
  /^(\*+|arn:[^:]*:(?:[^:]*:){3}(?:(?<!:(?:s3|sns|sqs|execute-api):.*)[\w-]+[/:])?\*+([/:].*)?)$/;
/** Those of AWS, which hold nobody's data. */
const ofEverybody = /:foundation-model\/\*$/;

const isEvery = (resource: string): boolean =>
  everyone.test(fill(resource, () => 'x')) && !ofEverybody.test(resource);

export const wildcardResource = defineCheck({
  id: 'wildcard-resource',
  title: 'A role may act on everything of a kind',
  severity: 'medium',
  why: 'Whoever gets code to run in the function reaches the data of all other applications in the account, too.',
  advice: 'Name the resources, by !GetAtt or !Sub.',
  references: ['CWE-250', 'OWASP SAS-4'],
  async find(graph) {
    const found: Problem[] = [];
    for (const { subject, statement, fix } of writtenStatements(graph)) {
      const { actions, exceptActions, resources, conditions, place } = statement;
      const every = resources.find(isEvery);
      if (exceptActions || every === undefined) continue;
      // A condition may say which resources are meant.
      if (Object.keys(conditions).length > 0) continue;
      const names = actions.map((action) => known(action) ?? action).filter((action) => action !== '*');
      const broad = await limitable(names);
      if (broad.length > 0)
        found.push({
          subject,
          key: broad.join(),
          message: `${broad.join(', ')} on ${/^\*+$/.test(every) ? 'every resource' : `every one of ${every}`}.`,
          place,
          ...(fix && { fix }),
        });
    }
    return found;
  },
  // Traces belong to no resource, so they can be allowed on * only.
  passing: aRole("Action: 'xray:PutTraceSegments', Resource: '*'"),
  failing: aRole("Action: 'dynamodb:GetItem', Resource: '*'"),
});
