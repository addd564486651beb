import { ScanError } from '@ringfence/scan';
import { triggersOf } from '../calls/event-names.ts';
import { findCalls } from '../calls/find-calls.ts';
import { neededActions } from '../calls/needed-actions.ts';
import type { CodeCalls, Need, SdkCall } from '../calls/sdk-call.ts';
import type { FunctionNode, Graph } from '../graph/build-graph.ts';
import { type FunctionCode, findCode, findLayer, placeInProject } from '../graph/find-code.ts';
import { textsOf } from '../graph/json.ts';
import { openCode } from '../graph/open-code.ts';
import { ParsedCode } from '../graph/parsed-code.ts';
import { fill, hole, holesOf, referenceOf } from '../template/substitution.ts';
import { Arns } from './arns.ts';
import type { FunctionNeed, FunctionNeeds } from './function-needs.ts';
import { impliedNeeds, unseenNeeds } from './implied-needs.ts';
import { layerNeeds } from './layer-needs.ts';
import { platformNeeds } from './platform-needs.ts';
import { withoutUnset } from './without-unset.ts';

const ofPlatform: Readonly<Record<string, string>> = {
  AWS_REGION: '${AWS::Region}',
  AWS_DEFAULT_REGION: '${AWS::Region}',
};

/** .NET's configuration takes `SHOP__TABLE` for `Shop__Table`. */
const ofConfiguration = (variable: string, environment: FunctionNode['environment']): unknown =>
  variable.includes('__')
    ? Object.entries(environment).find(([name]) => name.toLowerCase() === variable.toLowerCase())?.[1]
    : undefined;

const variableOf = (name: string, environment: FunctionNode['environment']): unknown =>
  environment[name] ?? ofConfiguration(name, environment) ?? ofPlatform[name];

/** What has sent an event is known where it can be one thing only. */
function senderOf(kind: RegExp, { triggers }: FunctionNode): string {
  const sources = new Set(
    triggers.flatMap((each) => (kind.test(each.kind) ? (each.source ?? hole('?')) : [])),
  );
  const [source = hole('?')] = sources;
  // A user pool has another name in its ARN than the one that it is called by.
  const isName = !kind.test('s3') && holesOf(source).length === 0;
  return sources.size === 1 && !isName ? source : hole('?');
}

/** The variables of the environment in a text, and what an event has of its sender, filled in with what the template says of them. */
const fillVariables = (text: string, node: FunctionNode): string =>
  fill(text, (name) => {
    const { id, environment } = node;
    const sender = triggersOf(name);
    if (sender) return senderOf(sender, node);
    if (!name.startsWith('env:')) return undefined;
    const variable = name.slice(4);
    if (variable === 'AWS_LAMBDA_FUNCTION_NAME') return hole(id);
    const value = variableOf(variable, environment);
    return value === undefined || typeof value === 'object' ? hole('?') : String(value);
  });

/** A call with what the template's environment says of its parameters. */
const withEnvironment = (call: SdkCall, node: FunctionNode): SdkCall => ({
  ...call,
  parameters: Object.fromEntries(
    Object.entries(call.parameters).map(([name, text]) => [name, fillVariables(text, node)]),
  ),
});

/** Whether the call names the resource by a text that stands in the environment; what that refers to stays the same whatever it is called. */
const isNamedBy = (environment: SdkCall, { call }: Need, resource: string): boolean =>
  Object.entries(environment.parameters).some(([name, text]) => {
    const filled = call.parameters[name] ?? '';
    return (
      text.includes('${env:') && fill(filled, () => '') !== '' && resource.includes(filled.replace(/^\//, ''))
    );
  });

function ofNeed(need: Need, written: SdkCall, code: FunctionCode): FunctionNeed[] {
  const { actions, resources, call, isPossible, isUsed } = need;
  const certainty =
    isPossible || call.isPossible ? 'possible' : isUsed || call.isUnsure ? 'used' : 'required';
  const location =
    code.text === undefined
      ? { ...call.location, path: placeInProject(code, call.location.path) }
      : undefined;
  return actions.flatMap((action) =>
    (resources ?? [undefined]).map((resource) => ({
      action,
      resource,
      why: call.operation,
      ...(location && { location }),
      certainty,
      ...(resource && isNamedBy(written, need, resource) && { isFromEnvironment: true }),
    })),
  );
}

/** The calls in a function's code; of what can't be opened, the reason. */
async function followCode(code: FunctionCode, parsed: ParsedCode): Promise<CodeCalls> {
  try {
    const files = await openCode(code);
    try {
      return await findCalls(
        files,
        code.handler,
        code.runtime,
        () => parsed.of(code, files),
        code.names,
        code.environment,
        (_, language) => parsed.sourcesOf(code, files, language),
      );
    } finally {
      await files.close();
    }
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return { calls: [], whole: false, notes: [error.message] };
  }
}

/** The graph, in which each function knows what it does with its role. `root` is what the places of the templates start from. */
export async function readNeeds(graph: Graph, root: string, parsed = new ParsedCode()): Promise<Graph> {
  const arns = new Arns(graph);
  // Functions may have the same code.
  const followed = new Map<string, Promise<CodeCalls>>();
  const follow = (code: FunctionCode) => {
    const key = JSON.stringify(code);
    const calls = followed.get(key) ?? followCode(code, parsed);
    followed.set(key, calls);
    return calls;
  };
  async function needsOf(node: FunctionNode): Promise<FunctionNeeds> {
    const ofLambda = platformNeeds(node, graph, arns);
    const code = findCode(node, root);
    if (!code) return { needs: ofLambda, isWhole: false, notes: ['its code is not beside the template'] };
    const { calls: all, whole, notes } = await follow(code);
    const calls = withoutUnset(
      all,
      (name) => name.startsWith('AWS_') || variableOf(name, node.environment) !== undefined,
    );
    const needed = await Promise.all(calls.map((call) => neededActions(withEnvironment(call, node))));
    // Of several things that a call may be, what AWS does not have is none.
    const isKnown = ({ location }: SdkCall) =>
      calls.some(
        (other, index) =>
          needed[index] !== undefined &&
          other.location.path === location.path &&
          other.location.line === location.line &&
          other.location.column === location.column,
      );
    const unknown = calls.filter((call, index) => needed[index] === undefined && !isKnown(call));
    const ofCode = calls.flatMap((call, index) =>
      (needed[index] ?? []).flatMap((need) => ofNeed(need, call, code)),
    );
    const own = node.layers.filter((layer) => findLayer(layer, root) !== undefined).map(({ id }) => id);
    const layers = textsOf(node.resource.properties.Layers).filter(
      (layer) => !layerNeeds(layer) && !own.includes(referenceOf(layer)?.name ?? ''),
    );
    return {
      needs: [...ofLambda, ...ofCode, ...impliedNeeds(ofCode), ...unseenNeeds()],
      isWhole: whole && layers.length === 0 && unknown.length === 0,
      notes: [
        ...notes,
        ...unknown.map(({ service, operation }) => `what ${service} ${operation} needs is not known`),
        ...layers.map((layer) => `what the layer ${layer} does is not known`),
      ],
    };
  }
  const functions = new Map<string, FunctionNode>();
  // One by one: each has its files open.
  for (const node of graph.functions.values())
    functions.set(node.id, node.role ? { ...node, needs: await needsOf(node) } : node);
  return { ...graph, functions };
}
