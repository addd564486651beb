import type { Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { known } from '../template/substitution.ts';

const expressions = new Map<string, RegExp>();

/** IAM's wildcards as an expression; actions are compared without case. */
function expressionOf(pattern: string): RegExp {
  const found = expressions.get(pattern);
  if (found) return found;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 'i');
  expressions.set(pattern, made);
  return made;
}

/** Whether the statement is about the action. */
export const isAbout = ({ actions, exceptActions }: Statement, action: string): boolean =>
  actions.some((pattern) => expressionOf(known(pattern) ?? pattern).test(action)) !== exceptActions;

const isOnAll = ({ resources, exceptResources }: Statement) =>
  !exceptResources && resources.some((resource) => /^\*+$/.test(resource));

/** The statements that let the role call the action; none where another denies it everywhere. */
export function allowing({ statements }: Role, action: string): Statement[] {
  const about = statements.filter((statement) => isAbout(statement, action));
  const isDenied = about.some(
    (each) => each.effect === 'Deny' && isOnAll(each) && Object.keys(each.conditions).length === 0,
  );
  return isDenied ? [] : about.filter(({ effect }) => effect === 'Allow');
}

/** How many things an ARN stands for: all of their kind in the account, those with a prefix of their names, or one. */
export type Breadth = 'all' | 'many' | 'one';

/** How many things a statement's resource stands for. */
export function breadthOf(resource: string): Breadth {
  // What a hole stands for is one name, and may have colons in its own.
  const parts = resource.replaceAll(/\$\{[^}]*\}/g, '0').split(':');
  const name = parts[0] === 'arn' ? parts.slice(5).join(':') : resource;
  if (/^([a-z-]+[/:])?\*+$/.test(name)) return 'all';
  return name.includes('*') ? 'many' : 'one';
}
