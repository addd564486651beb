import type { FunctionNode, Graph, Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import type { Fix } from '../patch/fix.ts';
import type { PolicyStatement } from '../patch/render-policy.ts';
import type { Resource } from '../resource.ts';
import { inWords, type Place, placeOf } from '../template/place.ts';
import { Arns } from './arns.ts';
import { ConfigurationChange } from './change-configuration.ts';
import { changeRole, type NarrowedStatement } from './change-role.ts';
import { type Deficit, findDeficits } from './deficit.ts';
import { narrowStatement } from './narrow-statement.ts';
import { findSurplus, type Surplus } from './surplus.ts';
import { idleResources, isOfLambda, isTooMuch, ofSamePolicy } from './too-much.ts';
import { findUneven, type Uneven } from './uneven.ts';
import { moduleAt, stackOf, writtenResource } from './written-resource.ts';

/** What roles have too much and too little of, and how to repair that. */
export interface LeastPrivilege {
  /** Statements that allow more than is needed. */
  surpluses: Surplus[];
  deficits: Deficit[];
  /** What single functions don't need of what is written for several. */
  uneven: Uneven[];
  /** What every statement is needed for, too much or not. */
  compared: Surplus[];
  /** All statements of the ready-made policy that one is of. */
  policyOf(statement: Statement): Surplus[];
  /** Repairs all of a role at once; undefined where the template can't say what is needed, and where that leaves `statement` as it is. */
  fixOf(role: Role, statement?: Statement): Fix | undefined;
}

/** What is written in the template: the role, or the function for which SAM makes one. */
function ownerOf({ resource }: Role, functions: Iterable<FunctionNode>): Resource {
  const written = placeOf(resource.properties);
  // What SAM makes stands where the function does.
  for (const { role, resource: owner } of functions)
    if (written && role?.resource === resource && placeOf(owner.properties) === written) return owner;
  return resource;
}

function addedFor(
  deficits: Deficit[],
  stack: string,
  graph: Graph,
  arns: Arns,
): PolicyStatement[] | undefined {
  const added: PolicyStatement[] = [];
  for (const { action, needs } of deficits) {
    const resources = needs.map((need) => writtenResource(need, stack, graph, arns));
    if (resources.some((resource) => resource === undefined)) return undefined;
    const unique = [...new Set(resources.filter((resource) => resource !== undefined))];
    const like = added.find((each) => each.resources.join('\n') === unique.join('\n'));
    if (like) like.actions.push(action);
    else added.push({ actions: [action], resources: unique });
  }
  return added;
}

/** The ids of the policies that have a statement, or a part of one, at a place: modules and `for_each` make several of one. */
function policiesByPlace({ roles, resources }: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const note = (place: Place | undefined, id: string) => {
    if (place) found.set(inWords(place), (found.get(inWords(place)) ?? new Set()).add(id));
  };
  for (const { statements } of roles.values())
    for (const { owner, readyMade, place, actionPlace, resourcePlace } of statements)
      for (const each of [place, actionPlace, resourcePlace])
        note(each, readyMade === undefined ? owner.id : `${owner.id} ${readyMade}`);
  for (const { id, type, place } of resources.values()) if (type === 'AWS::IAM::Role') note(place, id);
  return found;
}

const known = new WeakMap<Graph, LeastPrivilege>();

/** Compares what the functions' code needs with what their roles grant; once for each graph. */
export function leastPrivilege(graph: Graph): LeastPrivilege {
  const found = known.get(graph) ?? compare(graph);
  known.set(graph, found);
  return found;
}

function compare(graph: Graph): LeastPrivilege {
  const arns = new Arns(graph);
  const all = findSurplus(graph, arns);
  const surpluses = all
    .filter((each) => isTooMuch(each, all, arns))
    .map((each) => ({ ...each, unusedResources: idleResources(each, arns) }));
  const deficits = findDeficits(graph, arns);
  const changeOf =
    (stack: string) =>
    (surplus: Surplus): NarrowedStatement => ({
      statement: surplus.statement,
      narrowed: narrowStatement(surplus, stack, graph, arns),
    });
  const policies = policiesByPlace(graph);
  const isOwn = (place: Place | undefined) =>
    place !== undefined && (policies.get(inWords(place))?.size ?? 0) <= 1;
  return {
    surpluses,
    deficits,
    uneven: findUneven(graph, arns),
    compared: all,
    policyOf: (statement) => ofSamePolicy(statement, all),
    fixOf(role, statement) {
      const owner = ownerOf(role, graph.functions.values());
      const own = all.filter(
        ({ roles, statement, seenBy }) => roles.includes(role) && !isOfLambda(statement) && !seenBy,
      );
      const isChanged = (policy: string | undefined) =>
        own.some((each) => each.statement.readyMade === policy && isTooMuch(each, all, arns));
      const changed = own.filter((each) =>
        each.statement.readyMade === undefined
          ? isTooMuch(each, all, arns) || each.broadResources.length > 0
          : isChanged(each.statement.readyMade),
      );
      if (statement && !changed.some((each) => each.statement === statement)) return undefined;
      const isConfiguration = /\.tf(\.json)?$/.test(owner.place?.file ?? '');
      const written = changed.map(({ statement: { place, actionPlace } }) =>
        isConfiguration ? actionPlace?.file : place?.file,
      );
      const files = new Set(
        isConfiguration && written.length > 0 ? written : [owner.place?.file, ...written],
      );
      const [file] = files;
      // What a configuration takes from other files is not changed there.
      const isLost = isConfiguration && file?.endsWith('.tf') !== true;
      if (file === undefined || files.size > 1 || isLost) return undefined;
      // A policy may be written elsewhere than the role is: in what calls its module.
      const stack = (isConfiguration ? moduleAt(file, graph) : undefined) ?? stackOf(role.resource.id);
      const added = addedFor(
        deficits.filter((each) => each.role === role),
        stack,
        graph,
        arns,
      );
      // What others have, too, is not changed for one.
      const isShared = changed.some(({ roles }) => roles.length > 1);
      if (!added || isShared) return undefined;
      if (changed.length + added.length === 0) return undefined;
      return {
        file,
        change: (edit) => changeRole(edit, role, owner, changed.map(changeOf(stack)), added),
        changeHcl: (edit) =>
          new ConfigurationChange(edit, role, stack, isOwn).apply(changed.map(changeOf(stack)), added),
      };
    },
  };
}
