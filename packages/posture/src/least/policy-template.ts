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
const smallerThan = (own: readonly string[]): string[][] =>
  Object.keys(policyTemplates)
    .map((name) => actionsOf(name) ?? [])
    .filter((other) => other.length < own.length && other.every((action) => own.includes(action)));

/** Makes, changes or deletes the resource itself, which a function seldom does with the data in it. */
const ofResource = /:(Create|Delete|Set|Update)\w*(Stream|Topic|Table|Queue|Bucket|Index|TopicAttributes)$/;

const holdAll = (patterns: readonly string[], actions: readonly string[]) =>
  actions.every((action) => patterns.some((pattern) => holdsAction(pattern, action) === 'yes'));

/**
 * Whether a policy template of SAM is the one to take for what is needed: some of it is, and neither another nor two others together have less
 * and enough.
 * @param all what the template's statements have too much, for one function
 */
export function isBestTemplate(template: string, all: readonly Surplus[]): boolean {
  const own = actionsOf(template);
  const needed = all.flatMap(({ needs }) =>
    needs.filter(({ certainty }) => certainty !== 'possible').map(({ action }) => action),
  );
  if (needed.length === 0) return false;
  // A connector has two sizes, which are told apart by what they are for.
  if (template.startsWith(OF_CONNECTOR)) return true;
  if (!own) return false;
  if (own.some((action) => ofResource.test(action) && !needed.includes(action))) return false;
  const smaller = smallerThan(own);
  return !smaller.some((one) =>
    smaller.some((other) => {
      const both = [...new Set([...one, ...other])];
      return holdAll(both, needed) && !holdAll(both, own);
    }),
  );
}
