import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import { resourceTypesOf } from '../iam/actions.ts';
import type { PolicyStatement } from '../patch/render-policy.ts';
import { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { stackOf, writtenResource } from './written-resource.ts';

/** A statement, and what its reader should know of it. */
export interface ExplainedStatement extends PolicyStatement {
  notes: string[];
}

/** What one function's code needs of its role. */
export interface FunctionPolicy {
  /** The function, as the template names it. */
  id: string;
  statements: ExplainedStatement[];
  /** Why it may need more; empty where all of its code was followed. */
  notes: string[];
}

/** A needed action with its resource as the template writes it. */
interface Allowed {
  action: string;
  resource: string;
  /** Where it is done with a resource that is not known. */
  unknownAt?: string;
  /** Where it is done with one that the present values of the environment name. */
  givenAt?: string;
}

/** All of the kind that an action is about, by the service authorization reference; `*` where there are several kinds. */
async function anyOfKind(action: string): Promise<string> {
  const types = await resourceTypesOf(action);
  const required = types.filter(({ isRequired }) => isRequired);
  const [only, ...others] = required.length > 0 ? required : types;
  if (!only || others.length > 0 || only.arn.includes(',')) return '*';
  return only.arn.replaceAll(/\$\{(\w+)\}/g, (_, name: string) =>
    name === 'Account' ? '${AWS::AccountId}' : /^(Partition|Region)$/.test(name) ? `\${AWS::${name}}` : '*',
  );
}

/**
 * What the code does or was seen to do, and what Lambda does with the resources that start the function or get what comes out of it.
 * @param seen the actions that were seen while it ran
 */
const isWritten = (
  { action, certainty, location, resource }: FunctionNeed,
  seen: ReadonlySet<string>,
): boolean =>
  (certainty === 'required' && (location !== undefined || (resource !== undefined && resource !== '*'))) ||
  (certainty === 'used' && (location !== undefined || seen.has(action)));

async function allow(need: FunctionNeed, owner: string, graph: Graph, arns: Arns): Promise<Allowed> {
  const { action, location, isFromEnvironment } = need;
  const place = location ? `${location.path}:${location.line}` : need.why;
  const resource = writtenResource({ ...need, isFromEnvironment: false }, stackOf(owner), graph, arns);
  if (resource === undefined) return { action, resource: await anyOfKind(action), unknownAt: place };
  const isNamed = writtenResource(need, stackOf(owner), graph, arns) !== undefined;
  return isFromEnvironment && !isNamed ? { action, resource, givenAt: place } : { action, resource };
}

const list = (places: (string | undefined)[]): string => [...new Set(places)].filter(Boolean).join(', ');

function notesOn(allowed: readonly Allowed[]): string[] {
  const unknown = list(allowed.map(({ unknownAt }) => unknownAt));
  const given = list(allowed.map(({ givenAt }) => givenAt));
  return [
    ...(unknown === '' ? [] : [`on which is not known from the code: ${unknown}`]),
    ...(given === '' ? [] : [`named by what the environment says now: ${given}`]),
  ];
}

/** The same actions on several resources, and several actions on the same, as one statement each; nothing twice. */
function group(allowed: readonly Allowed[], arns: Arns): ExplainedStatement[] {
  const isHeld = ({ action, resource }: Allowed) =>
    allowed.some(
      (other) =>
        other.action === action &&
        other.resource !== resource &&
        arns.holds(other.resource, resource) === 'yes',
    );
  const byResource = new Map<string, { actions: Set<string>; of: Allowed[] }>();
  for (const each of allowed) {
    if (isHeld(each)) continue;
    const found = byResource.get(each.resource) ?? { actions: new Set(), of: [] };
    byResource.set(each.resource, found);
    found.actions.add(each.action);
    found.of.push(each);
  }
  const statements = new Map<string, ExplainedStatement>();
  for (const [resource, { actions, of }] of byResource) {
    const sorted = [...actions].sort();
    const key = sorted.join();
    const found = statements.get(key) ?? { actions: sorted, resources: [], notes: [] };
    statements.set(key, found);
    found.resources.push(resource);
    found.notes.push(...notesOn(of).filter((note) => !found.notes.includes(note)));
  }
  return [...statements.values()].sort((one, other) =>
    String(one.actions) < String(other.actions) ? -1 : 1,
  );
}

async function policyOf(node: FunctionNode, graph: Graph, arns: Arns): Promise<FunctionPolicy | undefined> {
  const { id, needs, role } = node;
  if (!needs) return undefined;
  const owner = role?.resource.id ?? id;
  const seen = new Set((needs.uses ?? []).flatMap(({ actions }) => [...actions]));
  const written = needs.needs.filter((need) => isWritten(need, seen));
  const allowed = await Promise.all(written.map((need) => allow(need, owner, graph, arns)));
  return { id, statements: group(allowed, arns), notes: needs.isWhole ? [] : needs.notes };
}

/** The policy that each function's code needs, in the words of its template; of functions whose needs were not read there is none. */
export async function functionPolicies(graph: Graph): Promise<FunctionPolicy[]> {
  const arns = new Arns(graph);
  const policies = await Promise.all(
    [...graph.functions.values()].map((node) => policyOf(node, graph, arns)),
  );
  return policies.flatMap((policy) => policy ?? []);
}
