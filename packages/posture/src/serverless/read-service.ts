import { dirname, relative, resolve } from 'node:path';
import { readParsedTemplate, type TemplateOptions } from '../cloudformation/read-template.ts';
import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { NAME_KEY } from '../names/name-of.ts';
import { PostureError, UntoldError } from '../posture-error.ts';
import type { Inventory } from '../resource.ts';
import { mergeMembers } from '../template/merge-members.ts';
import { notePlace, type Place, placeOf } from '../template/place.ts';
import { readDocument } from '../template/read-document.ts';
import { compileGraphApis } from './appsync.ts';
import { chooseRole, providerRole, sharedRole } from './choose-role.ts';
import { isConfigCode } from './code/config-code.ts';
import { compileSourcesOfEvents } from './compile-apis.ts';
import { compileEvents, compileHooks } from './compile-events.ts';
import { compileFunction } from './compile-function.ts';
import { compileRole } from './compile-role.ts';
import { composeParams } from './compose.ts';
import { compileWebhooks, functionsOfConstructs } from './lift.ts';
import { repositoryOf } from './repository.ts';
import { functionId, logicalName, type Made, mergeList, type Service, takeMembers } from './service.ts';
import { compileStateMachines } from './state-machines.ts';
import { type Exported, Variables } from './variables.ts';

const sections = ['Parameters', 'Mappings', 'Conditions', 'Outputs'];

function compileLayers(layers: Members): Made[] {
  return Object.entries(layers).map(([key, value]) => ({
    id: `${logicalName(key)}LambdaLayer`,
    type: 'AWS::Lambda::LayerVersion',
    properties: takeMembers(
      { Content: 'path', LayerName: 'name', CompatibleRuntimes: 'compatibleRuntimes' },
      [membersOf(value)],
    ),
    place: placeOf(layers, key),
  }));
}

/** All that the framework makes of the service. */
function compileService(service: Service): Made[] {
  const functions = Object.entries(service.functions).map(([key, own]): [string, Members] => [
    key,
    membersOf(own),
  ]);
  const roles = functions.map(([key, own]) => chooseRole(service, key, own));
  const withShared = functions.filter((_, index) => roles[index]?.isShared).map(([, own]) => own);
  const ofAll = providerRole(service);
  return [
    ...functions.flatMap(([key, own], index) => compileFunction(service, key, own, roles[index]?.value)),
    ...roles.flatMap(({ made }) => made),
    ...(withShared.length > 0 && 'parts' in ofAll
      ? [compileRole(service, sharedRole, ofAll.parts, withShared)]
      : []),
    ...functions.flatMap(([key, own]) => [
      ...compileEvents(service, functionId(key), own),
      ...compileHooks(service, functionId(key), own),
    ]),
    ...compileSourcesOfEvents(service),
    ...compileStateMachines(service),
    ...compileGraphApis(service),
    ...compileWebhooks(service.config),
    ...compileLayers(membersOf(service.config.layers)),
  ];
}

/** A template of what the framework makes, with what `resources` says itself: that is merged with what is made under the same name. */
function toTemplate(made: readonly Made[], resources: unknown): Members {
  const written = listOf(resources).map(membersOf);
  const own = mergeList(written.map(({ Resources }) => Resources));
  const extended = mergeList(written.map(({ extensions }) => extensions));
  const all: Record<string, unknown> = {};
  const places = new Map<string, Place>();
  for (const { id, name, type, properties, place } of made) {
    all[id] = { Type: type, Properties: properties, ...(name && { Metadata: { [NAME_KEY]: name } }) };
    if (place) places.set(id, place);
  }
  for (const source of [own, extended])
    for (const [id, resource] of Object.entries(source)) {
      all[id] = isMembers(resource) ? mergeMembers(all[id], resource) : resource;
      const place = placeOf(source, id);
      if (place) places.set(id, places.get(id) ?? place);
    }
  const [first] = places.values();
  if (first) notePlace(all, first, places);
  const others = sections.map((name) => [name, mergeList(written.map((part) => part[name]))]);
  return { ...Object.fromEntries(others), Resources: all };
}

/** What the service's file says. Throws a `PostureError` for one that is no service. */
function readConfig(path: string, file: string, exported: Exported): Members {
  const isCode = isConfigCode(path);
  const written = isCode ? exported(path) : readDocument(path, file);
  if (isMembers(written) && 'provider' in written) return written;
  if (isCode)
    throw new UntoldError(
      `${file} is code, which is not run, and what it exports can't be told from it; run serverless package first, and .serverless/cloudformation-template-update-stack.json is read instead`,
    );
  throw new PostureError(`${file} is no service of the Serverless Framework: it has no provider`);
}

/**
 * Reads a service of the Serverless Framework: what the framework makes of it, and its own resources. `parameters` are its options (`--stage`) and
 * `param:`s. Variables that only the account or the machine knows stay open. `exported` is what files export that are code. Throws a `PostureError`
 * that names file, line and column.
 */
export function readService(
  path: string,
  options: TemplateOptions = {},
  root = dirname(path),
  exported: Exported = () => undefined,
): Inventory {
  const file = relative(root, path) || path;
  const written = readConfig(path, file, exported);
  const folder = dirname(path);
  const parameters = { ...composeParams(path, root), ...options.parameters };
  const readable = repositoryOf(resolve(folder), root);
  const variables = new Variables(written, { folder, readable, root, exported, parameters });
  const config = membersOf(variables.fill(written));
  const provider = membersOf(config.provider);
  if (provider.name !== undefined && provider.name !== 'aws')
    throw new PostureError(`${file} is for ${String(provider.name)}; only services of aws are read`);
  const { service: name, plugins } = config;
  const service: Service = {
    file,
    name: isMembers(name) && 'name' in name ? name.name : name,
    stage: variables.stage(),
    provider,
    functions: mergeList([...listOf(config.functions), functionsOfConstructs(config)]),
    plugins: listOf(isMembers(plugins) ? plugins.modules : plugins),
    config,
  };
  const template = toTemplate(compileService(service), config.resources);
  const { resources, notes } = readParsedTemplate(template, path, options, root);
  return { resources, notes: [...new Set([...variables.notes, ...notes])] };
}
