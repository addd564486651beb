import type { PolicyStatement } from '../patch/render-policy.ts';
import type { Inventory } from '../resource.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { holdsAction } from './granted.ts';
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

/** The actions that stay: those named that are used, and what is used of the patterns. */
function keptActions({ statement, unusedActions, broadActions, needs }: Surplus): string[] {
  const named = statement.exceptActions
    ? []
    : statement.actions.filter((each) => !unusedActions.includes(each) && !broadActions.includes(each));
  const done = needs
    .filter(
      ({ action, certainty }) =>
        certainty !== 'possible' && !named.some((each) => holdsAction(each, action) === 'yes'),
    )
    .map(({ action }) => action);
  return [...new Set([...named, ...done.sort()])];
}

/**
 * What the statement should be instead: no statement when nothing needs it, several where actions need different resources. Its own resources stay
 * where the template can't name those that are needed.
 */
export function narrowStatement(surplus: Surplus, inventory: Inventory, arns: Arns): PolicyStatement[] {
  const { statement, needs, unusedResources, broadResources } = surplus;
  const actions = keptActions(surplus);
  const kept = statement.resources.filter((resource) => !unusedResources.includes(resource));
  if (broadResources.length === 0 || statement.exceptResources)
    return actions.length === 0 ? [] : [{ actions, resources: kept }];
  const narrow = kept.filter((resource) => !broadResources.includes(resource));
  const writtenFor = (need: FunctionNeed) =>
    narrow.find((resource) => need.resource !== undefined && arns.holds(resource, need.resource) === 'yes') ??
    writtenResource(need, statement.owner.id, inventory, arns);
  const allowed = actions.map((action): [string, string[]] => {
    const own = needs.filter((need) => holdsAction(action, need.action) !== 'no');
    const written = own.map(writtenFor);
    const isWritten = own.length > 0 && written.every((resource) => resource !== undefined);
    return [action, isWritten ? [...new Set(written)] : kept];
  });
  return group(new Map(allowed));
}
