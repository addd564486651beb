import { ownFunctions } from '../graph/made-by-cdk.ts';
import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';

/** The longest that Lambda allows, in seconds. */
const LONGEST = 900;

export const timeoutLongest = defineCheck({
  id: 'timeout-longest',
  title: 'The function may run for as long as Lambda allows',
  severity: 'low',
  why: 'Code of an attacker, or a request made to be slow, runs and costs for a quarter of an hour each time.',
  advice: 'Set Timeout to a little more than the slowest honest call takes.',
  inTerraform: 'Set timeout to a little more than the slowest honest call takes.',
  references: ['CWE-400', 'OWASP SAS-8'],
  find: (graph) =>
    ownFunctions(graph)
      .filter(({ resource }) => Number(resource.properties.Timeout) >= LONGEST)
      .map(({ id, resource }) => ({
        subject: id,
        message: `The timeout of ${id} is ${LONGEST} seconds.`,
        place: placeIn(resource, 'Timeout'),
      })),
  passing: aFunction('Timeout: 30'),
  failing: aFunction('Timeout: 900'),
});
