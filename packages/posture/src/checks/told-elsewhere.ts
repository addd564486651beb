import type { Graph, Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import type { Surplus } from '../least/surplus.ts';
import { escalationWays, isClosedByLess, isToldAsEscalation, isWholeService } from './escalation-ways.ts';
import { managedBreadth } from './managed-breadth.ts';

/** A surplus without what a check of its own tells: whole services, ways to more rights, and policies of AWS for everything. Undefined where nothing is left. */
export async function withoutTold(surplus: Surplus, graph: Graph): Promise<Surplus | undefined> {
  const { statement, roles, seenBy, unusedActions, broadActions, broadResources } = surplus;
  if (seenBy) return surplus;
  if (statement.readyMade !== undefined) {
    const isBroad = async (policy: string) =>
      (await Promise.all(roles.map((role) => managedBreadth(role, policy)))).flat().length > 0;
    return (await isBroad(statement.readyMade)) ? undefined : surplus;
  }
  const { surpluses } = leastPrivilege(graph);
  const waysOf = (role: Role) =>
    (escalationWays(graph).get(role) ?? []).filter(({ isOfService }) => !isOfService);
  const areClosed = roles.every((role) => isClosedByLess(waysOf(role), surpluses));
  const isTold = (action: string) =>
    isWholeService(action) || (areClosed && isToldAsEscalation(statement, action, graph));
  const left = {
    ...surplus,
    unusedActions: unusedActions.filter((action) => !isTold(action)),
    broadActions: statement.exceptActions ? [] : broadActions.filter((action) => !isTold(action)),
  };
  // Resources that only what is told there is for are no matter of their own.
  if (unusedActions.some(isTold)) left.unusedResources = [];
  const { length } = [...left.unusedActions, ...left.broadActions];
  // That it is on everything is told by wildcard-resource, unless a condition says on what.
  const isUntold = (resource: string) =>
    resource !== '*' && !(isEveryResource(resource) && Object.keys(statement.conditions).length === 0);
  left.broadResources = broadResources.filter(isUntold);
  const more = left.unusedResources.length + left.broadResources.length;
  return length + more === 0 ? undefined : left;
}

/** Whether unused-permission tells that nothing needs the action. */
export const isToldAsUnused = (
  statement: Statement,
  action: string,
  surpluses: readonly Surplus[],
): boolean =>
  surpluses.some(
    (each) => each.statement === statement && !each.seenBy && each.unusedActions.includes(action),
  );
