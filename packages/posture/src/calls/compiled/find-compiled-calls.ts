import {
  languageOf,
  longestSource,
  type PlainNode,
  readPlainTree,
  type SourceLanguage,
} from '@ringfence/code';
import type { PackageFiles } from '@ringfence/scan';
import type { FoundCall } from '../found-call.ts';
import type { CodeCalls, SdkCall } from '../sdk-call.ts';
import { prefixOf } from '../service-prefix.ts';
import { combine } from '../texts.ts';
import { csharpCalls } from './csharp-calls.ts';
import { type Declarations, declarationsOf } from './declarations.ts';
import { goCalls } from './go-calls.ts';
import { filesOfProgram } from './go-programs.ts';
import { javaCalls } from './java-calls.ts';
import { walk } from './walk.ts';

type Reader = (root: PlainNode, declarations: Declarations) => (FoundCall & { node: PlainNode })[];

const readers: Partial<Record<SourceLanguage, Reader>> = {
  java: javaCalls,
  go: goCalls,
  csharp: csharpCalls,
};
const notShipped = /(^|\/)(tests?|vendor|node_modules|bin|obj|target|build)\/|_test\.go$|Tests?\.(java|cs)$/i;
/** They call AWS by themselves, and with what is not known. */
const indirect =
  /\b(DynamoDBMapper|DynamoDBContext|IDynamoDBContext|DynamoDbEnhanced(?:Async)?Client|S3TransferManager|TransferUtility|SqsTemplate|com\.amazonaws\.services\.(?!lambda\.runtime)\w+|Class\.forName|Method\.invoke)\b/;
const MOST_FILES = 2_000;

interface SourceFile {
  path: string;
  language: SourceLanguage;
  root: PlainNode;
  text: string;
}

async function readSources(
  files: PackageFiles,
  language: SourceLanguage,
  notes: string[],
): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const file of files.files.values()) {
    if (file.kind !== 'file' || languageOf(file.path) !== language || notShipped.test(file.path)) continue;
    if (file.size > longestSource || sources.length >= MOST_FILES) {
      notes.push(`${file.path} was not read: it is too much code`);
      continue;
    }
    try {
      const text = (await file.read()).toString('utf8');
      sources.push({ path: file.path, language, text, root: await readPlainTree(language, file.path, text) });
    } catch (error) {
      notes.push((error as Error).message);
    }
  }
  return sources;
}

/** The class of `pkg.Handler::handleRequest` and of `Assembly::Namespace.Function::Handler`. */
function classOf(handler: string | undefined): string | undefined {
  const parts = handler?.split('::') ?? [];
  const name = parts.length === 3 ? parts[1] : parts[0];
  return name?.split('.').at(-1)?.split('$')[0];
}

/** The files that the handler's class needs, by the names of their classes; all, where the class is not there. */
function reachable(sources: SourceFile[], handler: string | undefined): SourceFile[] {
  const byClass = new Map(sources.map((source) => [/([^/]+)\.\w+$/.exec(source.path)?.[1] ?? '', source]));
  const first = byClass.get(classOf(handler) ?? '');
  if (!first) return sources;
  const found = new Set([first]);
  for (const { root } of found)
    for (const { type, text } of walk(root)) {
      const other = /identifier$/.test(type) ? byClass.get(text) : undefined;
      if (other) found.add(other);
    }
  return [...found];
}

/**
 * The calls of AWS's SDKs in a function in Java, Go or C#, by what its code declares; values are not followed.
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
  if (all.length === 0) notes.push(`no source in ${language} was found`);
  const sources = language === 'go' ? filesOfProgram(all, names) : reachable(all, handler);
  if (!sources)
    return { calls: [], whole: false, notes: ['which of the programs in Go it runs is not known'] };
  const declarations = declarationsOf(sources.map(({ root }) => root));
  const calls = new Map<string, SdkCall>();
  for (const { path, root, text } of sources) {
    const [, name] = indirect.exec(text) ?? [];
    if (name !== undefined) notes.push(`${path}: which calls ${name} makes is not known`);
    for (const { service, operation, choices, node } of readers[language]?.(root, declarations) ?? [])
      for (const parameters of combine(choices)) {
        const location = { path, line: node.at.line, column: node.at.column };
        const call: SdkCall = { service: prefixOf(service), operation, parameters, location };
        calls.set(JSON.stringify(call), call);
      }
  }
  return { calls: [...calls.values()], whole: notes.length === 0, notes: [...new Set(notes)] };
}
