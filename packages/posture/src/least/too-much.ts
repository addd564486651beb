import type { Statement } from '../graph/statements.ts';
import { inWords } from '../template/place.ts';
import type { Arns } from './arns.ts';
import { holdsAction } from './granted.ts';
import { comesWithGrant, isMadeByGrant } from './grants.ts';
import { isBestTemplate } from './policy-template.ts';
import { resourceName } from './resource-name.ts';
import type { Surplus } from './surplus.ts';

/** Ready-made policies for what Lambda itself does, of which nobody takes a part. */
const ofLambda =
  /^(SAM|CDK|Serverless Framework)$|:policy\/(service-role\/|AWSXRayDaemonWriteAccess$|AWSXrayWriteOnlyAccess$|CloudWatchLambdaInsights)/;

export const isOfLambda = ({ readyMade = '' }: Statement): boolean => ofLambda.test(readyMade);

const isInPlaceOf = (one: Statement, other: Statement) =>
  one.readyMade === other.readyMade &&
  one.owner.id === other.owner.id &&
  (one.place && inWords(one.place)) === (other.place && inWords(other.place));

/** The statements of the same ready-made policy. */
export const ofSamePolicy = (statement: Statement, all: readonly Surplus[]): Surplus[] =>
  all.filter((each) => isInPlaceOf(each.statement, statement));

/** Whether the second names a part of the first: objects of a bucket, versions of a function, indexes of a table. */
const isPart = (whole: string, part: string): boolean =>
  resourceName(whole) !== '*' && part.startsWith(whole) && /^[/:]/.test(part.slice(whole.length));

/** The resources that nothing is done with, but for a part or the whole of one with which something is. */
export function idleResources({ statement, unusedResources }: Surplus, arns: Arns): string[] {
  const used = statement.resources
    .filter((each) => !unusedResources.includes(each))
    .map((each) => arns.full(each));
  return unusedResources.filter((each) => {
    const full = arns.full(each);
    return !used.some((other) => isPart(other, full) || isPart(full, other));
  });
}

/** Whether the code does it with a part of what the statement names, as by an index of a table: what is wrong then is missing. */
function isForPart(action: string, { statement, functions, needs }: Surplus, arns: Arns): boolean {
  if (needs.length > 0) return false;
  const wholes = statement.resources.map((each) => arns.full(each));
  return functions.some((node) =>
    node.needs?.needs.some(
      ({ action: needed, resource }) =>
        resource !== undefined &&
        holdsAction(action, needed) === 'yes' &&
        wholes.some((whole) => isPart(whole, arns.full(resource))),
    ),
  );
}

/** The statements of the same policy that allow something on all that this one is for: the CDK writes a grant as several. */
const besides = ({ statement: { owner, resources } }: Surplus, all: readonly Surplus[]): Surplus[] =>
  all.filter(
    ({ statement: other }) =>
      other.owner.id === owner.id && resources.every((resource) => other.resources.includes(resource)),
  );

/**
 * Whether there is something to take away. That `*` stands for too many resources is told by a check of its own, and what is taken over as a
 * whole, a policy template or a grant, is not told when no smaller one would do.
 */
export function isTooMuch(surplus: Surplus, all: readonly Surplus[], arns: Arns): boolean {
  const { statement, unusedActions, broadActions, broadResources } = surplus;
  const { readyMade } = statement;
  if (isOfLambda(statement)) return false;
  if (broadResources.some((resource) => resource !== '*')) return true;
  if (readyMade !== undefined && isBestTemplate(readyMade, ofSamePolicy(statement, all))) return false;
  const granted = besides(surplus, all);
  const idle = [...unusedActions, ...broadActions].filter(
    (action) =>
      readyMade !== undefined ||
      (!isForPart(action, surplus, arns) &&
        !granted.some(({ statement: { actions }, unusedActions: unused }) =>
          comesWithGrant(action, actions, (each) => !unused.includes(each), isMadeByGrant(statement.owner)),
        )),
  );
  return idle.length + idleResources(surplus, arns).length > 0;
}
