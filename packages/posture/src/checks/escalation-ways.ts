import { compareSeverity, type Severity } from '@ringfence/findings';
import type { Graph, Role } from '../graph/build-graph.ts';
import { textsOf } from '../graph/json.ts';
import type { Statement } from '../graph/statements.ts';
import { allowing, breadthOf } from '../iam/allowed.ts';
import { type Escalation, escalations } from '../iam/escalations.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import { holdsAction } from '../least/granted.ts';
import type { Surplus } from '../least/surplus.ts';
import { known, referenceOf } from '../template/substitution.ts';

/** A way by which a role gets more rights, and what opens it. */
export interface Way {
  escalation: Escalation;
  severity: Severity;
  statement: Statement;
  /** Whether the statement allows all of the service, which is told as such. */
  isOfService: boolean;
}

/** Resources that hold data or messages, and have no rights that anything could be done to. */
const ofData = /^arn:[^:]*:(s3|dynamodb|sqs|sns|kinesis|logs|secretsmanager):/;

/** How far the statement goes with what changes rights or takes them: only part of what there is, or a resource of its own. */
function severityOf(statement: Statement, role: Role, { severity }: Escalation): Severity | undefined {
  if (statement.exceptResources) return severity;
  const own = new Set([role.resource.id, ...role.statements.map(({ owner }) => owner.id)]);
  const breadths = statement.resources
    .filter((resource) => !ofData.test(resource))
    .map((resource) => (own.has(referenceOf(resource)?.name ?? '') ? 'all' : breadthOf(resource)));
  if (breadths.includes('all')) return severity;
  // With a prefix of names the rights of other roles are in reach only where they are called alike.
  return breadths.includes('many') ? 'medium' : undefined;
}

/** Whether the conditions leave the way open: the one that is usual says to whom a role may be passed. */
function isOpen({ conditions }: Statement, { passedTo }: Escalation): boolean {
  const tests = Object.values(conditions).flatMap((test) => Object.entries(test as object));
  return tests.every(
    ([key, values]) =>
      passedTo !== undefined &&
      key.toLowerCase() === 'iam:passedtoservice' &&
      textsOf(values).some((value) => value === passedTo || value.includes('*')),
  );
}

/** Whether it stands for all actions, or all of a service. */
export const isWholeService = (action: string): boolean =>
  /^(\*|[a-z0-9-]+:\*)$/i.test(known(action) ?? action);

/** `*` on everything, and all but some actions on everything: no way is needed, and wildcard-action tells it. */
const isEverything = ({ actions, exceptActions, resources }: Statement) =>
  exceptActions ? resources.some(isEveryResource) : actions.includes('*');

function findWay(role: Role, escalation: Escalation): Way | undefined {
  const [first = '', ...others] = escalation.actions;
  if (others.some((action) => allowing(role, action).length === 0)) return undefined;
  for (const statement of allowing(role, first)) {
    const severity = isOpen(statement, escalation) ? severityOf(statement, role, escalation) : undefined;
    const isOfService = statement.actions.some(
      (each) => isWholeService(each) && holdsAction(each, first) === 'yes',
    );
    if (severity && !isEverything(statement)) return { escalation, severity, statement, isOfService };
  }
  return undefined;
}

/** The ways of a role, the worst first. */
function findWays(role: Role): Way[] {
  if (allowing(role, 'iam:PutRolePolicy').some(isEverything)) return [];
  return escalations
    .flatMap((escalation) => findWay(role, escalation) ?? [])
    .toSorted((a, b) => compareSeverity(a.severity, b.severity));
}

const found = new WeakMap<Graph, ReadonlyMap<Role, Way[]>>();

/** The ways of the functions' roles; found once for each graph. */
export function escalationWays(graph: Graph): ReadonlyMap<Role, Way[]> {
  const ways =
    found.get(graph) ??
    new Map(
      [...graph.functions.values()].flatMap(({ role }) => (role ? [[role, findWays(role)] as const] : [])),
    );
  found.set(graph, ways);
  return ways;
}

const isOneOf = (actions: readonly string[], pattern: string) =>
  actions.some((each) => holdsAction(pattern, each) === 'yes');

/** Whether privilege-escalation tells that the statement allows the action. */
export const isToldAsEscalation = (statement: Statement, action: string, graph: Graph): boolean =>
  [...escalationWays(graph).values()]
    .flat()
    .some(
      (way) => way.statement === statement && !way.isOfService && isOneOf(way.escalation.actions, action),
    );

/** Whether each of the ways ends where what nothing needs is taken out of its statement. */
export const isClosedByLess = (ways: readonly Way[], surpluses: readonly Surplus[]): boolean =>
  ways.every(({ statement, escalation: { actions } }) =>
    surpluses.some(
      (each) =>
        each.statement === statement &&
        !each.seenBy &&
        each.unusedActions.some((action) => isOneOf(actions, action)),
    ),
  );

/** So many are named; the rest is counted. */
const MOST_NAMED = 4;

/** What can be done by the ways: `make a function with any role (iam:PassRole and lambda:CreateFunction)`. */
export function waysInWords(ways: readonly Way[]): string {
  const named = ways.slice(0, MOST_NAMED);
  const more = ways.length - named.length;
  const words = named.map(({ escalation: { way, actions } }) => `${way} (${actions.join(' and ')})`);
  return `${words.join(', ')}${more > 0 ? `, and has ${more} more ways` : ''}`;
}
