import type { OutsideCall, Place } from '@ringfence/code';
import type { SwitchedClass } from '@ringfence/policy/schema';
import {
  findEntries,
  followImports,
  followProgram,
  type OwnModules,
  type PackageFiles,
} from '@ringfence/scan';
import { hostsOfService, serviceOf } from './aws-hosts.ts';
import type { Behaviour } from './behaviour.ts';
import { type Environment, hostsOfCall } from './connections.ts';
import { exposureOf } from './exposure.ts';
import { lookAtPackages } from './outside-packages.ts';
import { programsOf } from './programs.ts';

function note<Key>(seen: Map<Key, Place>, keys: Iterable<Key>, place: Place): void {
  for (const key of keys) if (!seen.has(key)) seen.set(key, place);
}

/**
 * Follows a function's own code, in JavaScript, TypeScript and Python, to what it starts and connects to. Other languages and what could not be
 * followed are named in `notes`.
 * @param own the code, read of `files`
 * @param handler as the function's settings name it
 * @param environment its variables, in the Fn::Sub form
 */
export async function observeBehaviour(
  files: PackageFiles,
  own: OwnModules,
  handler: string | undefined,
  environment: Environment,
): Promise<Behaviour> {
  const { paths } = await findEntries(files, handler);
  const loaded = await followImports(files, paths, () => false);
  const modules = own.modules.filter(({ path }) => loaded.importedBy.has(path));
  const notes = [...own.notes];
  const programs = new Map<string, Place>();
  const hosts = new Map<string, Place>();
  const exposedTo = new Map<SwitchedClass, Place>();
  let unknownProgram: Place | undefined;
  let unknownHost: Place | undefined;
  const onCall = (call: OutsideCall) => {
    const { place } = call;
    const started = programsOf(call);
    if (started?.length === 0) unknownProgram ??= place;
    note(programs, started ?? [], place);
    for (const host of hostsOfCall(call, environment) ?? [])
      if (host === undefined) unknownHost ??= place;
      else note(hosts, [host], place);
    const service = serviceOf(call.symbol);
    if (service !== undefined) note(hosts, hostsOfService(service), place);
    note(exposedTo, exposureOf(call), place);
  };
  const { handlers, isPartial } = followProgram(modules, handler === undefined ? [] : [handler], { onCall });
  if (handlers.length === 0) notes.push(`No handler was found in ${files.name}.`);
  if (isPartial) notes.push('The code is too much to be followed whole.');
  return {
    programs,
    ...(unknownProgram && { unknownProgram }),
    hosts,
    ...(unknownHost && { unknownHost }),
    exposedTo,
    packages: await lookAtPackages(files, loaded),
    notes,
  };
}
