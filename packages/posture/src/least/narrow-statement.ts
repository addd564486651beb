import type { PolicyStatement } from '../patch/render-policy.ts';
import type { Inventory } from '../resource.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { applies, holdsAction } from './granted.ts';
import { BESIDE } from './implied-needs.ts';
import type { Surplus } from './surplus.ts';
import { writtenResource } from './written-resource.ts';

/** Actions with the same resources, as one statement each. */
function group(allowed: ReadonlyMap<string, readonly string[]>): PolicyStatement[] {
  const groups = new Map<string, PolicyStatement>();
  for (const [action, resources] of allowed) {
    const key = [...resources].sort().join('\n');
    const found = groups.get(key);
    if (found) found.actions.push(action);
    else groups.set(key, { actions: [action], resources: [...resources] });
  }
  return [...groups.values()];
}

/** Whether another statement of the roles allows it by name, which then stays. */
const isAllowedElsewhere = (need: FunctionNeed, { statement, roles }: Surplus, arns: Arns): boolean =>
  roles.every((role) =>
    role.statements.some(
      (other) =>
        other !== statement &&
        other.effect === 'Allow' &&
        !other.exceptActions &&
        other.actions.some((action) => action.toLowerCase() === need.action.toLowerCase()) &&
        applies(other, need, arns) === 'yes',
    ),
  );

/** Whether a service does it in the caller's name, which nobody can take apart: Athena reads tables and writes what it finds. */
const isOfService = ({ action: all, why }: FunctionNeed, action: string): boolean =>
  why === BESIDE && all.endsWith(':*') && holdsAction(all, action) === 'yes';

/** The actions that stay: those named that are used, and what is used of the patterns. */
function keptActions(surplus: Surplus, arns: Arns): string[] {
  const { statement, unusedActions, broadActions, needs } = surplus;
  const isDone = ({ certainty }: FunctionNeed) => certainty !== 'possible';
  const isManaged = statement.readyMade?.includes(':policy/') === true;
  const named = statement.exceptActions
    ? []
    : statement.actions
        .filter((each) => !unusedActions.includes(each) && !broadActions.includes(each))
        // Of a policy of AWS nobody has chosen the single actions.
        .filter(
          (each) =>
            !isManaged ||
            needs.some((need) =>
              isDone(need) ? holdsAction(each, need.action) === 'yes' : isOfService(need, each),
            ),
        );
  const done = needs
    .filter((need) => isDone(need) && !named.some((each) => holdsAction(each, need.action) === 'yes'))
    .filter((need) => !isAllowedElsewhere(need, surplus, arns))
    .map(({ action }) => action);
  return [...new Set([...named, ...done.sort()])];
}

/**
 * What the statement should be instead, written in the stack: no statement when nothing needs it, several where actions need different resources. Its own resources stay
 * where the template can't name those that are needed.
 */
export function narrowStatement(
  surplus: Surplus,
  stack: string,
  inventory: Inventory,
  arns: Arns,
): PolicyStatement[] {
  const { statement, needs, unusedResources, broadResources } = surplus;
  const actions = keptActions(surplus, arns);
  const written = (resource: string) =>
    writtenResource({ resource, isFromEnvironment: true }, stack, inventory, arns) ?? resource;
  const left = statement.resources.filter((resource) => !unusedResources.includes(resource));
  const kept = statement.readyMade === undefined ? left : left.map(written);
  // What is on everything is narrowed for each action that is known to be on something, even where another is not.
  const broad = broadResources.length > 0 ? broadResources : left.filter((resource) => resource === '*');
  if (broad.length === 0 || statement.exceptResources)
    return actions.length === 0 ? [] : [{ actions, resources: kept }];
  const narrow = kept.filter((resource) => !broad.includes(resource));
  const writtenFor = (need: FunctionNeed) =>
    narrow.find((resource) => need.resource !== undefined && arns.holds(resource, need.resource) === 'yes') ??
    writtenResource(need, stack, inventory, arns);
  const allowed = actions.map((action): [string, string[]] => {
    const own = needs.filter((need) => holdsAction(action, need.action) !== 'no');
    const resources = own.map(writtenFor);
    const isWritten = own.length > 0 && resources.every((resource) => resource !== undefined);
    return [action, isWritten ? [...new Set(resources)] : kept];
  });
  return group(new Map(allowed));
}
