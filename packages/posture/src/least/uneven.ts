import type { FunctionNode, Graph, Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import type { Arns } from './arns.ts';
import { comesWithGrant, isMadeByGrant } from './grants.ts';
import { groupStatements, isForFunctions, surplusOf, usersOf } from './surplus.ts';

/** What one of several functions, each with a role of its own, does not need of a statement that all of them have. */
export interface Uneven {
  statement: Statement;
  node: FunctionNode;
  /** What others need, and it does not. */
  actions: string[];
}

/** Wildcards, and what is on everything, have checks of their own. */
const isPlain = ({ readyMade, exceptActions, exceptResources, actions, resources }: Statement): boolean =>
  readyMade === undefined &&
  !exceptActions &&
  !exceptResources &&
  !actions.some((action) => action.includes('*')) &&
  !resources.some(isEveryResource);

/** What statements that are written once, for the roles of several functions, allow to those that don't need it. */
export function findUneven(graph: Graph, arns: Arns): Uneven[] {
  const users = usersOf(graph);
  const isAlone = (role: Role) => users.get(role)?.length === 1;
  return groupStatements(graph)
    .filter(({ statement, roles }) => roles.length > 1 && isPlain(statement) && roles.every(isForFunctions))
    .flatMap((group) => {
      const functions = group.roles.flatMap((role) => users.get(role) ?? []);
      if (!functions.every(({ needs }) => needs?.isWhole === true)) return [];
      const { statement } = group;
      const ofAll = surplusOf(group, functions, graph, arns).unusedActions;
      return group.roles.filter(isAlone).flatMap((role): Uneven[] => {
        const [node] = users.get(role) ?? [];
        if (!node) return [];
        const own = surplusOf({ statement, roles: [role] }, [node], graph, arns).unusedActions;
        const isNeeded = (action: string) => !own.includes(action);
        const isGrant = isMadeByGrant(statement.owner);
        const actions = own.filter(
          (action) =>
            !ofAll.includes(action) && !comesWithGrant(action, statement.actions, isNeeded, isGrant),
        );
        return actions.length === 0 ? [] : [{ statement, node, actions }];
      });
    });
}
