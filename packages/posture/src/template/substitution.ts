// All texts of a resolved template are written as Fn::Sub has them: what is known stands there, and what only the account knows is
// `${Resource}`, `${Resource.Attribute}` or `${Parameter}`. A `${` that means itself is `${!`.

/** A text that is known, as a resolved template has it. */
export const literal = (text: string): string => text.replaceAll('${', '${!');

/** What is not known, by a name that says why: `ImportValue:name`. */
export const hole = (name: string): string => `\${${name}}`;

/** Stands where something is set of which nothing is known. */
export const unknown = hole('?');

const holes = /\$\{(?!!)([^}]*)\}/g;

/** The names of a text's holes. */
export const holesOf = (text: string): string[] => [...text.matchAll(holes)].map(([, name = '']) => name);

/** Puts texts into the holes, all at once; a hole for which there is none stays. */
export const fill = (text: string, replacement: (name: string) => string | undefined): string =>
  text.replace(holes, (whole, name: string) => replacement(name) ?? whole);

/** The text itself, where all of it is known. */
export const known = (text: string): string | undefined =>
  holesOf(text).length > 0 ? undefined : text.replaceAll('${!', '${');

/** What a text refers to when it is nothing but one hole: the resource's name, and its attribute. */
export function referenceOf(value: unknown): { name: string; attribute?: string } | undefined {
  if (typeof value !== 'string') return undefined;
  const [, whole] = /^\$\{([^!}][^}]*)\}$/.exec(value) ?? [];
  if (whole === undefined) return undefined;
  const dot = whole.indexOf('.');
  return dot < 0 ? { name: whole } : { name: whole.slice(0, dot), attribute: whole.slice(dot + 1) };
}
