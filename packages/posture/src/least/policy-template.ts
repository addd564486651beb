import { OF_CONNECTOR } from '../sam/expand-connector.ts';
import { policyTemplates } from '../sam/policy-templates.ts';
import { holdsAction } from './granted.ts';
import type { Surplus } from './surplus.ts';

/** A template's actions; undefined for a policy that is none of SAM's templates. */
const actionsOf = (template: string): string[] | undefined =>
  Object.hasOwn(policyTemplates, template)
    ? policyTemplates[template]?.flatMap(({ Action }) => Action)
    : undefined;

/** The templates that have a part of its actions and no others. */
const smallerThan = (own: readonly string[]): string[] =>
  Object.keys(policyTemplates).filter((name) => {
    const other = actionsOf(name) ?? [];
    return other.length < own.length && other.every((action) => own.includes(action));
  });

/** Makes, changes or deletes the resource itself, which a function seldom does with the data in it. */
const ofResource = /:(Create|Delete|Set|Update)\w*(Stream|Topic|Table|Queue|Bucket|Index|TopicAttributes)$/;

/** Templates by whose names everything may be done. */
const forAll = /(Crud|FullAccess)Policy$/;

type Kind = 'read' | 'write' | 'delete';

/** What is done with data: a batch both writes and deletes. */
function kindsOf(action: string): Kind[] {
  const [, operation = ''] = action.split(':');
  if (/^(Get|List|Describe|Query|Scan|BatchGet|Head|ConditionCheck|Select|Search)/.test(operation))
    return ['read'];
  if (/^(Delete|Remove|BatchDelete|Purge)/.test(operation)) return ['delete'];
  return operation.startsWith('BatchWrite') ? ['write', 'delete'] : ['write'];
}

/** Whether a template for everything is for reading, writing or deleting where none of that is needed. */
function hasIdleKind(template: string, own: readonly string[], needed: readonly string[]): boolean {
  const used = new Set(needed.flatMap(kindsOf));
  return forAll.test(template) && own.flatMap(kindsOf).some((kind) => !used.has(kind));
}

const holdAll = (patterns: readonly string[], actions: readonly string[]) =>
  actions.every((action) => patterns.some((pattern) => holdsAction(pattern, action) === 'yes'));

/** What is needed for sure of what the statements of one template allow. */
const neededIn = (all: readonly Surplus[]): string[] =>
  all.flatMap(({ needs }) =>
    needs.filter(({ certainty }) => certainty !== 'possible').map(({ action }) => action),
  );

/** The template, or the two, that have enough for what is needed and less than this one; none where there are none. */
export function narrowerTemplates(template: string, all: readonly Surplus[]): string[] {
  const [own, needed] = [actionsOf(template), neededIn(all)];
  if (!own || needed.length === 0) return [];
  const names = smallerThan(own);
  const sizeOf = (some: readonly string[]) => new Set(some.flatMap((name) => actionsOf(name) ?? [])).size;
  const enough = [
    ...names.map((name) => [name]),
    ...names.flatMap((one) => names.map((other) => [one, other])),
  ]
    .filter((some) =>
      holdAll(
        some.flatMap((name) => actionsOf(name) ?? []),
        needed,
      ),
    )
    .filter((some) => sizeOf(some) < new Set(own).size);
  const [best = []] = enough.sort((one, other) => sizeOf(one) - sizeOf(other) || one.length - other.length);
  return best;
}

/**
 * Whether a policy template of SAM is the one to take for what is needed: some of it is, and neither another nor two others together have less
 * and enough.
 * @param all what the template's statements have too much, for one function
 */
export function isBestTemplate(template: string, all: readonly Surplus[]): boolean {
  const [own, needed] = [actionsOf(template), neededIn(all)];
  if (needed.length === 0) return false;
  // A connector has two sizes, which are told apart by what they are for.
  if (template.startsWith(OF_CONNECTOR)) return true;
  if (!own || hasIdleKind(template, own, needed)) return false;
  if (own.some((action) => ofResource.test(action) && !needed.includes(action))) return false;
  return narrowerTemplates(template, all).length === 0;
}
