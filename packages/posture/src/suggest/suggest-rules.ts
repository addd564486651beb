import type { Place } from '@ringfence/code';
import { Collection, type PathPart, RuntimeRule, WaasRule } from '@ringfence/policy/schema';
import type { Behaviour } from '../behaviour/behaviour.ts';

/** The rules for one function, with why each of their settings is so. */
export interface Suggestion {
  collection: Collection;
  runtime: RuntimeRule;
  waas: WaasRule;
  /** By the way to a setting of the rule. */
  reasons: { of: 'runtime' | 'waas'; path: PathPart[]; reason: string }[];
}

/** Where programs of a bare name lie in Lambda, in a layer and in the usual images. */
const folders = ['/usr/bin', '/usr/local/bin', '/bin', '/opt/bin', '/var/lang/bin'];
const shells = ['/usr/bin/sh', '/bin/sh', '/usr/bin/bash', '/bin/bash', '/usr/bin/dash', '/bin/dash'];

function pathsOf(program: string): string[] {
  if (program === 'sh') return shells;
  if (program.startsWith('/')) return [program];
  return program.includes('/') ? [] : folders.map((folder) => `${folder}/${program}`);
}

const at = ({ path, line }: Place) => `${path}:${line}`;

/** A reason that keeps a section from more than an alert; undefined when the section is certain. */
function doubt(unseen: (string | undefined)[]): string | undefined {
  const all = unseen.filter((each) => each !== undefined);
  return all.length === 0 ? undefined : all.join('; ');
}

const named = (verb: string, packages: string[]): string | undefined =>
  packages.length === 0
    ? undefined
    : `${packages.slice(0, 5).join(', ')}${packages.length > 5 ? ` and ${packages.length - 5} more` : ''} ${verb}`;

const fit = (name: string) => [...name].slice(0, 110).join('').trim();

/**
 * What a function should be held to by what its code does. A section in which something could not be seen only alerts, and says why.
 * @param name what the function is called in the account, a glob where the template leaves that open
 * @param secrets names of variables that hold secrets
 */
export function suggestRules(
  id: string,
  name: string,
  behaviour: Behaviour,
  secrets: string[] = [],
): Suggestion {
  const { programs, hosts, exposedTo, packages, notes } = behaviour;
  const reasons: Suggestion['reasons'] = [];
  const because = (of: 'runtime' | 'waas', path: PathPart[], reason: string) =>
    reasons.push({ of, path, reason });
  const [unread] = notes;
  const missing = named('not installed here', packages.missing);

  const allow = [...programs].flatMap(([program, place]) =>
    pathsOf(program).map((path) => ({ path, place })),
  );
  for (const [index, { place }] of allow.entries())
    because('runtime', ['process', 'allow', index], at(place));
  const processDoubt = doubt([
    behaviour.unknownProgram && `a program of an unknown name is started in ${at(behaviour.unknownProgram)}`,
    named('may start programs', packages.starting),
    missing,
    unread,
  ]);
  because(
    'runtime',
    ['process', 'effect'],
    processDoubt ?? (allow.length === 0 ? 'starts no processes' : ''),
  );

  const outbound = [...hosts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  for (const [index, [, place]] of outbound.entries())
    because('runtime', ['network', 'outbound', index], at(place));
  const networkDoubt = doubt([
    behaviour.unknownHost && `a host that is not known is called in ${at(behaviour.unknownHost)}`,
    named('may connect', packages.connecting),
    missing,
    unread,
  ]);
  because(
    'runtime',
    ['network', 'effect'],
    networkDoubt ?? (outbound.length === 0 ? 'connects to nothing' : ''),
  );

  for (const [protection, place] of exposedTo) because('waas', ['protections', protection], at(place));
  const collection = Collection.parse({ name: fit(id), functions: [name] });
  return {
    collection,
    runtime: RuntimeRule.parse({
      name: fit(`${id}: by its code`),
      collections: [collection.name],
      process: { effect: processDoubt ? 'alert' : 'prevent', allow: allow.map(({ path }) => path) },
      network: { effect: networkDoubt ? 'alert' : 'prevent', outbound: outbound.map(([host]) => host) },
      files: {},
      ...(secrets.length > 0 && { secrets }),
    }),
    waas: WaasRule.parse({
      name: fit(`${id}: by its code`),
      collections: [collection.name],
      effect: 'alert',
      protections: Object.fromEntries([...exposedTo.keys()].map((protection) => [protection, 'prevent'])),
    }),
    reasons: reasons.filter(({ reason }) => reason !== ''),
  };
}
