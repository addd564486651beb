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

/** What the functions need that for sure nothing grants. */
export function findDeficits(graph: Graph, arns: Arns): Deficit[] {
  return ownFunctions(graph).flatMap((node) => {
    const { role, needs } = node;
    if (!role || !needs) return [];
    const missing = needs.needs.filter(
      (need) =>
        need.certainty === 'required' &&
        roleGrants(role, need, graph, arns) === 'no' &&
        !resourceMayGrant(role, need, graph),
    );
    const actions = [...new Set(missing.map(({ action }) => action))];
    return actions.map((action) => ({
      node,
      role,
      action,
      needs: missing.filter((need) => need.action === action),
    }));
  });
}
