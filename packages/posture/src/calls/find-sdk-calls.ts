import type { Module, OutsideCall, Place } from '@ringfence/code';
import {
  type FollowedImports,
  findEntries,
  followImports,
  followProgram,
  type PackageFiles,
  readOwnModules,
} from '@ringfence/scan';
import { asksUnknown, Boto3 } from './boto3-calls.ts';
import { callsByItself } from './calling-packages.ts';
import type { FoundCall } from './found-call.ts';
import { handsOverClient, methodsHandedOver } from './handed-over.ts';
import { isPassingOn, javaScriptCall, sendsUnknown } from './javascript-calls.ts';
import { queueUrl } from './queue-url.ts';
import type { CodeCalls, SdkCall } from './sdk-call.ts';
import { prefixOf } from './service-prefix.ts';
import { combine } from './texts.ts';
import { isOnUnknownClient } from './unknown-clients.ts';

/** What may call anything. */
const hides =
  /^(eval|exec|Function|Proxy|Reflect\.(apply|construct)|vm\.\w+|importlib\.import_module|__import__|\w+\.__subclasses__)$/;
/** Containers that put objects together by their types or names: of what they give nothing is known. */
const containers =
  /^(tsyringe\.container\.(resolve|resolveAll)|(inversify|typedi|injector|punq|lagom)\.\w+(\(\))?\.(get|resolve|getAsync|getAll)|typedi\.(Container\.)?get|awilix\.createContainer\(\)\.(resolve|build)|@nestjs\/core\.NestFactory\.\w+\(.*\)\.(get|resolve))$/;
/** What its own modules import and nobody can look at: files that are not in the package, and what is only known when they run. */
function unfollowed({ missing, dynamic }: FollowedImports, modules: readonly Module[]): string[] {
  const own = new Set(modules.map(({ path }) => path));
  const lost = [...missing].filter(
    ([specifier, path]) => own.has(path) && !path.endsWith('.py') && /^(\.|\/opt\/)/.test(specifier),
  );
  return [
    ...lost.map(([specifier, path]) => `${path}: ${specifier} is not in the package`),
    ...dynamic
      .filter((path) => own.has(path))
      .map((path) => `${path}: what it imports is only known when it runs`),
  ];
}

/**
 * The calls of AWS's SDKs in a function's own code, in JavaScript, TypeScript and Python, followed from its handler.
 * @param handler as the function's settings name it; undefined: found by its name
 * @param parsed its own modules, where they have been read already
 */
export async function findSdkCalls(
  files: PackageFiles,
  handler: string | undefined,
  parsed = readOwnModules(files),
): Promise<CodeCalls> {
  const own = await parsed;
  const { paths } = await findEntries(files, handler);
  const loaded = await followImports(files, paths, () => false);
  const notes = [...own.notes, ...unfollowed(loaded, own.modules)];
  const calls = new Map<string, SdkCall>();
  const boto3 = new Boto3();
  const note = (found: FoundCall[], { path, line, column }: Place) => {
    for (const { service, operation, choices, isPossible } of found)
      for (const parameters of combine(choices)) {
        const call: SdkCall = {
          service: prefixOf(service),
          operation,
          parameters,
          location: { path, line, column },
          ...(isPossible && { isPossible }),
        };
        calls.set(JSON.stringify(call), call);
      }
  };
  const doubtful = new Map<string, string>();
  const resolved = new Set<string>();
  const onCall = (call: OutsideCall) => {
    const { symbol, place } = call;
    const at = `${place.path}:${place.line}`;
    if (isOnUnknownClient(call)) doubtful.set(at, `${at}: what ${symbol.slice(1)} is called on is not known`);
    if (hides.test(symbol)) notes.push(`${at}: what ${symbol} runs is not known`);
    if (containers.test(symbol)) notes.push(`${at}: what ${symbol} gives is not known`);
    if (handsOverClient(call)) notes.push(`${at}: what ${symbol} does with a client of AWS is not known`);
    if (sendsUnknown(call)) notes.push(`${at}: which command is sent is not known`);
    const found = javaScriptCall(call) ?? boto3.callsOf(call);
    if (!found && (asksUnknown(symbol) || callsByItself(call)))
      notes.push(`${at}: which calls ${symbol} makes is not known`);
    if (found) resolved.add(at);
    note(found ?? [], place);
    // Whoever gets a method calls it, with what is not known.
    for (const method of methodsHandedOver(call)) {
      const asked = { ...call, symbol: method, arguments: [], named: new Map() };
      note(javaScriptCall(asked) ?? boto3.callsOf(asked) ?? [], place);
    }
  };
  const { handlers, isServer, isPartial } = followProgram(
    own.modules.filter(({ path }) => loaded.importedBy.has(path)),
    handler === undefined ? [] : [handler],
    {
      onCall,
      onMember: (symbol, place) => note(boto3.loadOf(symbol), place),
      resultOf: (call) =>
        isPassingOn(call.symbol) ? call.arguments[0] : (queueUrl(call) ?? boto3.resultOf(call)),
    },
  );
  // A function may be followed with what it is called with elsewhere, too.
  notes.push(...[...doubtful].flatMap(([at, text]) => (resolved.has(at) ? [] : [text])));
  if (handlers.length === 0 && !isServer) notes.push('no handler was found in its code');
  if (isPartial) notes.push('its code is too much to be followed whole');
  return { calls: [...calls.values()], whole: notes.length === 0, notes: [...new Set(notes)] };
}
