import type { FunctionNode, Graph, Role } from '../graph/build-graph.ts';
import { readStatements, type Statement } from '../graph/statements.ts';
import { inWords } from '../template/place.ts';
import { type FunctionUse, watchOver } from '../use/function-use.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { holdsAction } from './granted.ts';
import { heldBeside } from './held-beside.ts';
import { resourceName } from './resource-name.ts';

/** What a statement allows beyond what the code needs. */
export interface Surplus {
  statement: Statement;
  roles: Role[];
  functions: FunctionNode[];
  /** What the statement is needed for. */
  needs: FunctionNeed[];
  /** Its actions that nothing needs any of. */
  unusedActions: string[];
  /** Its patterns of actions that more is allowed by than is needed. */
  broadActions: string[];
  /** Its resources that nothing needs. */
  unusedResources: string[];
  /** Its resources that stand for all of their kind, or for more of the template's, where the needs name theirs. */
  broadResources: string[];
  /** The resources of the template that these stand for beside what is needed. */
  heldBeside: string[];
  /** What tells that the unused actions are so where the code can't. */
  seenBy?: FunctionUse;
}

export const isForFunctions = (role: Role): boolean =>
  readStatements(role.resource.properties.AssumeRolePolicyDocument, role.resource).every(
    ({ effect, principals }) =>
      effect === 'Deny' || principals.every((each) => /^Service:(edge)?lambda\.amazonaws\.com$/.test(each)),
  );

/** Roles with what a statement allows, by where it is written: aliases and shared policies let several have the same. */
export function groupStatements(graph: Graph): { statement: Statement; roles: Role[] }[] {
  const groups = new Map<string, { statement: Statement; roles: Role[] }>();
  for (const role of graph.roles.values())
    for (const statement of role.statements) {
      if (statement.effect !== 'Allow') continue;
      const { place, readyMade, owner, actions, resources } = statement;
      const key = JSON.stringify([place ? inWords(place) : owner.id, readyMade, actions, resources]);
      const group = groups.get(key);
      if (!group) groups.set(key, { statement, roles: [role] });
      else if (!group.roles.includes(role)) group.roles.push(role);
    }
  return [...groups.values()];
}

const meetsAction = (pattern: string, action: string): boolean =>
  holdsAction(pattern, action) !== 'no' || (action.includes('*') && holdsAction(action, pattern) !== 'no');

/** Patterns that stand for one action alone: sending a batch is no other action than sending. */
const ofBatches = /^(sqs:(SendMessage|DeleteMessage|ChangeMessageVisibility)|sns:Publish)\*$/i;
const isPattern = (action: string) => /[*?]/.test(action) && !ofBatches.test(action);

export function surplusOf(
  { statement, roles }: { statement: Statement; roles: Role[] },
  functions: FunctionNode[],
  graph: Graph,
  arns: Arns,
): Surplus {
  const { actions, exceptActions, resources, exceptResources } = statement;
  const all = functions.flatMap((each) => each.needs?.needs ?? []);
  const isOn = (resource: string, need: FunctionNeed) =>
    need.resource === undefined
      ? !need.notOn?.includes(arns.full(resource))
      : arns.holds(resource, need.resource) !== 'no';
  const onResources = all.filter(
    (need) => exceptResources || resources.some((resource) => isOn(resource, need)),
  );
  const does = (pattern: string, need: FunctionNeed) => meetsAction(pattern, need.action);
  const needs = onResources.filter((need) =>
    exceptActions
      ? !actions.some((pattern) => holdsAction(pattern, need.action) === 'yes')
      : actions.some((pattern) => does(pattern, need)),
  );
  const isNeeded = (pattern: string) => needs.some((need) => does(pattern, need));
  /** What is done for sure, and so can be told from the rest of a pattern. */
  const isDone = (pattern: string) =>
    needs.some((need) => need.certainty !== 'possible' && does(pattern, need));
  const isNamed = ({ resource, certainty }: FunctionNeed) => {
    const name = resource && resourceName(arns.full(resource));
    return certainty === 'possible' || (name !== undefined && !/\*|\$\{\?\}/.test(name));
  };
  const areNamed = !exceptResources && needs.length > 0 && needs.every(isNamed);
  const beside = areNamed
    ? resources.map((resource) => ({ resource, held: heldBeside(resource, needs, graph, arns) }))
    : [];
  return {
    statement,
    roles,
    functions,
    needs,
    unusedActions: exceptActions ? [] : actions.filter((pattern) => !isNeeded(pattern)),
    broadActions: exceptActions
      ? actions
      : actions.filter((pattern) => isPattern(pattern) && isDone(pattern)),
    unusedResources:
      exceptResources || needs.length === 0
        ? []
        : resources.filter((resource) => !needs.some((need) => isOn(resource, need))),
    broadResources: beside.flatMap(({ resource, held }) =>
      resourceName(arns.full(resource)) === '*' || held.length > 0 ? [resource] : [],
    ),
    heldBeside: beside.flatMap(({ held }) => held),
  };
}

/** Where code could not be followed whole: the unused actions that would have been seen if they were used. */
function narrowToSeen(surplus: Surplus): Surplus | undefined {
  const unknown = surplus.functions.filter(({ needs }) => !needs?.isWhole);
  const watched = surplus.unusedActions.flatMap((action) => {
    const watches = unknown.flatMap(({ needs }) => watchOver(needs?.uses ?? [], action) ?? []);
    return watches.length === unknown.length ? [{ action, watches }] : [];
  });
  const [seenBy] = watched.flatMap(({ watches }) => watches).sort((left, right) => left.days - right.days);
  if (!seenBy) return undefined;
  const unusedActions = watched.map(({ action }) => action);
  return {
    ...surplus,
    unusedActions,
    broadActions: [],
    unusedResources: [],
    broadResources: [],
    heldBeside: [],
    seenBy,
  };
}

/** The functions that have each role. */
export function usersOf(graph: Graph): ReadonlyMap<Role, FunctionNode[]> {
  const users = new Map<Role, FunctionNode[]>();
  for (const node of graph.functions.values())
    if (node.role) users.set(node.role, [...(users.get(node.role) ?? []), node]);
  return users;
}

/**
 * What the roles of functions may do that no function with the role does. Roles that others have too are left out, and of those of functions whose
 * code could not be followed whole, what nobody has seen either.
 */
export function findSurplus(graph: Graph, arns: Arns): Surplus[] {
  const users = usersOf(graph);
  const isWhole = ({ needs }: FunctionNode) => needs?.isWhole === true;
  return groupStatements(graph)
    .filter(({ roles }) => roles.every(isForFunctions))
    .flatMap((group) => {
      const functions = group.roles.flatMap((role) => users.get(role) ?? []);
      if (functions.length === 0) return [];
      const surplus = surplusOf(group, functions, graph, arns);
      return functions.every(isWhole) ? surplus : (narrowToSeen(surplus) ?? []);
    });
}
