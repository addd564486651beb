import type { Expression, Statement } from '../syntax/module.ts';
import { type Closure, type Fields, ofEnvironment, type Value } from './value.ts';

/** Classes that have other classes as bases are followed so far. */
export const DEEPEST_BASES = 8;

interface Member {
  name: string;
  value: Expression;
}

const membersOf = (body: readonly Statement[]): Member[] =>
  body.flatMap((member) =>
    member.kind === 'assign' && member.target.kind === 'name'
      ? [{ name: member.target.name, value: member.value }]
      : [],
  );

/** A class and its bases in the program, these first. */
function lineage(closure: Closure, depth = 0): Closure[] {
  if (!closure.class || depth > DEEPEST_BASES) return [];
  const bases = closure.class.bases.flatMap(({ closures }) => closures);
  return [...bases.flatMap((base) => lineage(base, depth + 1)), closure];
}

const textOf = (value: Expression | undefined): string | undefined =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;

const namedIn = (value: Expression, pattern: RegExp): Expression | undefined =>
  value.kind === 'call' ? value.named.find(({ name }) => pattern.test(name))?.value : undefined;

/** What the names of variables begin with: `model_config = SettingsConfigDict(env_prefix=…)`, or a class `Config`. */
function prefixOf(body: readonly Statement[]): string {
  const config = membersOf(body).find(({ name }) => name === 'model_config');
  const older = body.find((member) => member.kind === 'class' && member.name === 'Config');
  const prefix =
    older?.kind === 'class' ? membersOf(older.body).find(({ name }) => name === 'env_prefix') : undefined;
  return textOf(prefix?.value) ?? (config && textOf(namedIn(config.value, /^env_prefix$/))) ?? '';
}

const isGiven = ({ value }: Member) => {
  const init = namedIn(value, /^init$/);
  return !(init?.kind === 'constant' && init.value === false);
};

/** Fills what a class without a constructor is made of: a dataclass, a model; settings are read from the environment. */
export function fillModel(
  closure: Closure,
  { named: fields }: Fields,
  given: readonly Value[],
  named: ReadonlyMap<string, Value>,
): void {
  if (!closure.path.endsWith('.py')) return;
  const classes = lineage(closure).flatMap(({ class: made }) => made ?? []);
  const members = new Map(classes.flatMap(({ body }) => membersOf(body)).map((each) => [each.name, each]));
  const isOfEnvironment = classes.some(({ bases }) =>
    bases.some(({ symbols }) => symbols.some((each) => /BaseSettings$/.test(each))),
  );
  if (isOfEnvironment) {
    const prefix = classes.map(({ body }) => prefixOf(body)).findLast((each) => each !== '') ?? '';
    // Settings within settings have their own names.
    for (const { name, value } of members.values())
      if (!fields.get(name)?.fields)
        fields.set(
          name,
          ofEnvironment(
            (textOf(namedIn(value, /^(env|alias|validation_alias)$/)) ?? prefix + name).toUpperCase(),
          ),
        );
  }
  const taken = [...members.values()].filter(isGiven);
  for (const [index, value] of given.entries()) {
    const member = taken[index];
    if (member) fields.set(member.name, value);
  }
  for (const [member, value] of named) fields.set(member, value);
}
