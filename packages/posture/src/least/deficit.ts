import type { FunctionNode, Graph, Role } from '../graph/build-graph.ts';
import { ownFunctions } from '../graph/made-by-cdk.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { resourceMayGrant, roleGrants } from './granted.ts';

/** An action that a function needs and may not. */
export interface Deficit {
  node: FunctionNode;
  role: Role;
  action: string;
  /** All of its needs that nothing grants, on one resource or several. */
  needs: FunctionNeed[];
}

const isSameCall = (one: FunctionNeed, other: FunctionNeed): boolean =>
  one.location !== undefined &&
  one.action === other.action &&
  JSON.stringify(one.location) === JSON.stringify(other.location);

/** What the functions need that for sure nothing grants. */
export function findDeficits(graph: Graph, arns: Arns): Deficit[] {
  return ownFunctions(graph).flatMap((node) => {
    const { role, needs } = node;
    if (!role || !needs) return [];
    const isMissing = (need: FunctionNeed) =>
      need.certainty === 'required' &&
      roleGrants(role, need, graph, arns) === 'no' &&
      !resourceMayGrant(role, need, graph);
    const refused = needs.needs.filter(isMissing);
    // Of several resources that one call may be about, those that are granted may be all that there are.
    const isElse = (need: FunctionNeed) =>
      needs.needs.some(
        (other) => isSameCall(need, other) && other.resource !== need.resource && !refused.includes(other),
      );
    const missing = refused.filter((need) => !isElse(need));
    const actions = [...new Set(missing.map(({ action }) => action))];
    return actions.map((action) => ({
      node,
      role,
      action,
      needs: missing.filter((need) => need.action === action),
    }));
  });
}
