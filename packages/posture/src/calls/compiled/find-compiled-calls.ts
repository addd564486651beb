import { languageOf, longestSource, readPlainTree, type SourceLanguage } from '@ringfence/code';
import type { PackageFiles } from '@ringfence/scan';
import { neededActions } from '../needed-actions.ts';
import type { CodeCalls, SdkCall } from '../sdk-call.ts';
import { prefixOf } from '../service-prefix.ts';
import { combine } from '../texts.ts';
import { classCalls, type PlacedCall } from './class-calls.ts';
import { entriesOf } from './entries.ts';
import { contextsOf } from './contexts.ts';
import { Follower, type Frame } from './follow.ts';
import { goCalls } from './go-calls.ts';
import { filesOfProgram } from './go-programs.ts';
import { ProgramTypes, type SourceFile } from './program.ts';
import { Reach } from './reach.ts';
import { readClasses } from './read-classes.ts';
import { readGo } from './read-go.ts';
import { setElsewhere } from './set-elsewhere.ts';
import { unknownUses } from './unknown-uses.ts';

const notShipped = /(^|\/)(tests?|vendor|node_modules|bin|obj|target|build)\/|_test\.go$|Tests?\.(java|cs)$/i;
/** Languages that run on the same runtime and that are not read. */
const unread: Readonly<Record<string, RegExp>> = {
  java: /\.(kt|scala|groovy|clj)$/,
  csharp: /\.(fs|vb)$/,
  go: /\.(s|c)$/,
};
const MOST_FILES = 2_000;

async function readSources(
  files: PackageFiles,
  language: SourceLanguage,
  notes: string[],
): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const file of files.files.values()) {
    if (file.kind !== 'file' || notShipped.test(file.path)) continue;
    if (unread[language]?.test(file.path) && language !== 'go')
      notes.push(`${file.path} is in a language that is not read`);
    if (languageOf(file.path) !== language) continue;
    if (file.size > longestSource || sources.length >= MOST_FILES) {
      notes.push(`${file.path} was not read: it is too much code`);
      continue;
    }
    try {
      const text = (await file.read()).toString('utf8');
      sources.push({ path: file.path, text, root: await readPlainTree(language, file.path, text) });
    } catch (error) {
      notes.push((error as Error).message);
    }
  }
  return sources;
}

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
 */
export async function findCompiledCalls(
  files: PackageFiles,
  language: 'java' | 'go' | 'csharp',
  handler: string | undefined,
  names: readonly string[] = [],
): Promise<CodeCalls> {
  const notes: string[] = [];
  const all = await readSources(files, language, notes);
  notes.push(...files.notes.filter((note) => note.endsWith('is not there')));
  if (all.length === 0) notes.push(`no source in ${language} was found`);
  const sources = language === 'go' ? filesOfProgram(all, names) : all;
  if (!sources)
    return { calls: [], whole: false, notes: ['which of the programs in Go it runs is not known'] };
  const types = new ProgramTypes();
  if (language === 'go') readGo(sources, types);
  else for (const source of sources) readClasses(source, types);
  const follower = new Follower(types);
  setElsewhere(follower);
  const { members, entries, isLost } = entriesOf(types, language, handler);
  if (isLost && all.length > 0) notes.push(`the class of ${handler} was not found`);
  new Reach(follower, entries[0]).from(members, entries);
  const read: (frame: Frame, follower: Follower) => PlacedCall[] = language === 'go' ? goCalls : classCalls;
  const calls = new Map<string, SdkCall>();
  for (const frame of [...contextsOf(follower).values()].flat())
    for (const placed of read(frame, follower)) {
      const { service, operation, choices, node, path, isPossible } = placed;
      for (const parameters of combine(choices)) {
        if (!(await areCalls(placed, parameters))) continue;
        const location = { path, line: node.at.line, column: node.at.column };
        const call: SdkCall = {
          service: prefixOf(service),
          operation,
          parameters,
          location,
          ...(isPossible && { isPossible }),
        };
        calls.set(JSON.stringify(call), call);
      }
    }
  notes.push(...unknownUses(follower));
  if (follower.isPartial) notes.push('its code is too much to be followed whole');
  return { calls: [...calls.values()], whole: notes.length === 0, notes: [...new Set(notes)] };
}
