import { neededActions } from '../needed-actions.ts';
import type { CodeCalls, SdkCall } from '../sdk-call.ts';
import { prefixOf } from '../service-prefix.ts';
import { combine } from '../texts.ts';
import { bindOptions } from './bound-options.ts';
import { classCalls, type PlacedCall } from './class-calls.ts';
import { contextsOf } from './contexts.ts';
import { entriesOf } from './entries.ts';
import { fillStructs } from './filled-structs.ts';
import { Follower } from './follow.ts';
import type { Frame } from './frame.ts';
import { goCalls } from './go-calls.ts';
import { missingImports } from './go-folders.ts';
import { filesOfProgram } from './go-programs.ts';
import { folderOf, ProgramTypes } from './program.ts';
import { Reach } from './reach.ts';
import { readClasses } from './read-classes.ts';
import { readGo } from './read-go.ts';
import type { CompiledLanguage, Sources } from './read-sources.ts';
import { setElsewhere } from './set-elsewhere.ts';
import { startedBy } from './started-by.ts';
import { unknownUses } from './unknown-uses.ts';
import { type Environment, unreachedNodes } from './unreached.ts';

/** A guess is a call where the service has such an operation. */
async function areCalls(
  { service, operation, isGuess }: PlacedCall,
  parameters: SdkCall['parameters'],
): Promise<boolean> {
  if (isGuess !== true) return true;
  const call = {
    service: prefixOf(service),
    operation,
    parameters,
    location: { path: '', line: 1, column: 1 },
  };
  return (await neededActions(call)) !== undefined;
}

/**
 * The calls of AWS's SDKs in a function in Java, Go or C#: of what may run from its handler, with values followed to where they come from.
 * @param names what the function and its package are called, which tells programs in Go apart
 * @param environment variables whose values are known: what is for other values does not run
 */
export async function findCompiledCalls(...given: Parameters<typeof follow>): Promise<CodeCalls> {
  try {
    return await follow(...given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { calls: [], whole: false, notes: ['its code is nested too deeply to be followed'] };
  }
}

async function follow(
  { sources: all, notes: unread, settings, modules }: Sources,
  language: CompiledLanguage,
  handler: string | undefined,
  names: readonly string[] = [],
  environment: Environment = {},
): Promise<CodeCalls> {
  const notes = [...unread];
  if (all.length === 0) notes.push(`no source in ${language} was found`);
  const sources = language === 'go' ? filesOfProgram(all, names, modules) : all;
  if (!sources)
    return { calls: [], whole: false, notes: ['which of the programs in Go it runs is not known'] };
  const types = new ProgramTypes(modules);
  if (language === 'go') {
    readGo(sources, types);
    const imports = [...types.imports.values()].flatMap((each) => [...each.values()]);
    const folders = new Set(all.map(({ path }) => folderOf(path)));
    for (const path of missingImports(imports, folders, modules))
      notes.push(`the package ${path} is not there`);
  }
  if (language !== 'go') for (const source of sources) readClasses(source, types, settings);
  const follower = new Follower(types);
  setElsewhere(follower);
  if (language === 'csharp') bindOptions(follower);
  if (language === 'go') fillStructs(follower);
  follower.unreached = unreachedNodes(follower, environment);
  const started = startedBy(environment, settings);
  const { members, entries, isLost, isFound } = entriesOf(types, language, handler, started);
  if (isLost && all.length > 0) notes.push(`the class of ${handler} was not found`);
  new Reach(follower, entries[0], started).from(members, entries, isFound);
  const read: (frame: Frame, follower: Follower) => PlacedCall[] = language === 'go' ? goCalls : classCalls;
  const calls = new Map<string, SdkCall>();
  const found = [...contextsOf(follower).values()]
    .flat()
    .flatMap((frame) =>
      read(frame, follower).map((call) => ({ ...call, isUnsure: follower.unsure.has(frame.member) })),
    );
  const sent = new Set(
    found.flatMap(({ ofRequest, asked = '', operation }) =>
      ofRequest === undefined ? [asked, operation] : [],
    ),
  );
  for (const placed of found) {
    const { service, operation, choices, node, path, isPossible, isUnsure, ofRequest } = placed;
    // Something else shows what the request is for.
    if (ofRequest !== undefined && sent.has(ofRequest)) continue;
    for (const parameters of combine(choices)) {
      if (!(await areCalls(placed, parameters))) continue;
      const location = { path, line: node.at.line, column: node.at.column };
      const call: SdkCall = {
        service: prefixOf(service),
        operation,
        parameters,
        location,
        // Where it starts is not known, and so what of all of this it does.
        ...((isPossible || isLost) && { isPossible: true as const }),
        ...(isUnsure && { isUnsure: true as const }),
      };
      calls.set(JSON.stringify(call), call);
    }
  }
  notes.push(...unknownUses(follower));
  if (follower.isPartial) notes.push('its code is too much to be followed whole');
  return { calls: [...calls.values()], whole: notes.length === 0, notes: [...new Set(notes)] };
}
