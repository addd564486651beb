import type { PlainNode } from '@ringfence/code';
import { type FoundCall, operationName } from '../found-call.ts';
import { clientCalls } from './client-calls.ts';
import { serviceOf } from './clients.ts';
import type { Follower } from './follow.ts';
import type { CallShape, Frame } from './frame.ts';
import { helperCalls } from './helper-calls.ts';
import { partsOf } from './parts-of-requests.ts';
import { Request } from './requests.ts';
import { isBuilding, shapeOf } from './shape.ts';

export interface PlacedCall extends FoundCall {
  node: PlainNode;
  path: string;
  /** Whether it is one only if the service has such an operation. */
  isGuess?: boolean;
  /** What the client was asked for, before that was taken apart. */
  asked?: string;
  /** Whether it is not known that it is come to. */
  isUnsure?: boolean;
  /** The operation of the request, where only that was seen to be put together. */
  ofRequest?: string;
}

/** The services of the SDK that a file names. */
function servicesIn(path: string, follower: Follower): string[] {
  const imports = follower.types.imports.get(path);
  const found = [...(imports ?? [])].flatMap(([name, full]) => {
    const [, java] =
      /^\*?(?:software\.amazon\.awssdk|com\.amazonaws)\.services\.(\w+)/.exec(full || name) ??
      /^\*(?:software\.amazon\.awssdk|com\.amazonaws)\.services\.(\w+)/.exec(name) ??
      [];
    const [, net] = /^\*Amazon\.(\w+?)(?:\.Model)?$/.exec(name) ?? [];
    const service =
      java !== undefined
        ? serviceOf(
            { written: `software.amazon.awssdk.services.${java}.AnyClient`, path: 'x.java' },
            follower.types,
          )
        : net !== undefined
          ? serviceOf({ written: `Amazon${net}Client`, path: 'x.cs' }, follower.types)
          : undefined;
    return service ?? [];
  });
  return [...new Set(found)];
}

const isLambdas = /^(lambda|Lambda)$/;

function callsOf(call: CallShape, frame: Frame, follower: Follower): FoundCall[] {
  const { object } = call;
  if (
    !object ||
    isBuilding(object) ||
    follower.targetsOf(call, frame).members.some(({ isExtension }) => isExtension)
  )
    return [];
  const types = follower.typesOf(object, frame);
  const services = new Set(types.flatMap((typed) => serviceOf(typed, follower.types) ?? []));
  const ofClients = [...services].flatMap((service) => clientCalls(service, call, frame, follower));
  const own = types.filter((typed) => follower.types.find(typed.written, typed.path).length === 0);
  return [...ofClients, ...own.flatMap(({ written }) => helperCalls(written, call, frame, follower) ?? [])];
}

/** The request that a chain of calls puts together: `GetItemRequest.builder()…build()`, `new GetItemRequest()…`. */
function requestIn(node: PlainNode, seen: Set<PlainNode>): string | undefined {
  let at = node;
  for (let shape = shapeOf(at); ; shape = shapeOf(at)) {
    seen.add(at);
    if (shape.is === 'made') return /(?:^|\.)(\w+)Request$/.exec(shape.type ?? '')?.[1];
    if (shape.is !== 'call' || !shape.object) return undefined;
    if (shape.name === 'builder') return /^(\w+)Request$/.exec(shape.object.text)?.[1];
    at = shape.object;
  }
}

const notOperations = /^(\w*Presign\w*|\w*Proxy|\w*Http|Copy|Upload\w*|Download\w*|Http|Invocation)$/;

/** Calls of the AWS SDKs for Java and .NET in a member: methods of clients and of helpers, and requests that nothing else shows the use of. */
export function classCalls(frame: Frame, follower: Follower): PlacedCall[] {
  const { member } = frame;
  const { path } = member;
  const calls: PlacedCall[] = [];
  const requests: { node: PlainNode; operation: string }[] = [];
  const seen = new Set<PlainNode>();
  const services = servicesIn(path, follower);
  for (const node of follower.nodesOf(member)) {
    const shape = shapeOf(node);
    if (!seen.has(node) && (shape.is === 'call' || shape.is === 'made')) {
      const operation = requestIn(node, seen);
      if (operation !== undefined && !notOperations.test(operation)) requests.push({ node, operation });
    }
    if (shape.is !== 'call') continue;
    const asked = operationName(shape.name).replace(/(Async|Paginator)$/g, '');
    calls.push(...callsOf(shape, frame, follower).map((call) => ({ ...call, node, path, asked })));
    const isOpen =
      shape.object &&
      follower.typesOf(shape.object, frame).length === 0 &&
      follower.targetsOf(shape, frame).members.length === 0;
    if (!isOpen || /^(get|put|add|of|build|close|invoke|publish|query|scan)$/i.test(shape.name)) continue;
    for (const service of services)
      calls.push(
        ...clientCalls(service, shape, frame, follower, true).map((call) => ({
          ...call,
          node,
          path,
          isGuess: true,
        })),
      );
  }
  for (const { node, operation } of requests) {
    if (follower.types.find(`${operation}Request`, path).length > 0) continue;
    const request = new Request(follower);
    request.readRequest(node, frame, operationName(operation));
    for (const service of services)
      if (!isLambdas.test(service) || operation.startsWith('Invoke'))
        for (const call of partsOf({ service, operation, choices: request.choices }, request, follower))
          calls.push({ ...call, node, path, isGuess: true, ofRequest: operation });
  }
  return calls;
}
