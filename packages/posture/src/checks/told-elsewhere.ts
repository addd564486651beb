import type { Graph } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import type { Surplus } from '../least/surplus.ts';
import { known } from '../template/substitution.ts';
import { escalationWays, isClosedByLess, isToldAsEscalation } from './escalation-ways.ts';
import { managedBreadth } from './managed-breadth.ts';

/** Whether it stands for all actions, or all of a service. */
export const isWholeService = (action: string): boolean =>
  /^(\*|[a-z0-9-]+:\*)$/i.test(known(action) ?? action);

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
  const areClosed = roles.every((role) => isClosedByLess(escalationWays(graph).get(role) ?? [], surpluses));
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
  const isLess = unusedActions.length + broadActions.length > length;
  const isOnEvery = broadResources.some((resource) => resource !== '*');
  return isLess && length === 0 && left.unusedResources.length === 0 && !isOnEvery ? undefined : left;
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
