import type { PlainNode } from '@ringfence/code';
import type { FoundCall } from '../found-call.ts';
import { operationName } from '../found-call.ts';
import { type Declarations, typesOf } from './declarations.ts';
import { textOf } from './text-of.ts';
import { fieldOf, lastName, walk } from './walk.ts';

const client = /\b([A-Z]\w*?)(?:Async)?Client\b/;
const notCalls = /^(close|serviceName|serviceClientConfiguration|waiter|utilities|create|builder)$/;
const otherNames: Readonly<Record<string, string>> = {
  GetObjectAsBytes: 'GetObject',
  ListObjectsV2Paginator: 'ListObjectsV2',
};

/** What a request's builder is told, wherever it is put together: in the call, before it, or in a lambda. */
function choicesIn(given: PlainNode[], declarations: Declarations): Map<string, string[]> {
  const choices = new Map<string, string[]>();
  const requests = given.flatMap((node) =>
    node.type === 'identifier'
      ? (declarations.get(node.text) ?? []).flatMap(({ value }) => value ?? [])
      : [node],
  );
  for (const request of requests)
    for (const node of walk(request)) {
      const [name, list] = [fieldOf(node, 'name')?.text, fieldOf(node, 'arguments')?.children ?? []];
      if (node.type !== 'method_invocation' || name === undefined || list.length !== 1) continue;
      const text = [textOf(list[0], declarations)];
      choices.set(operationName(name), text);
      choices.set(name, text);
    }
  return choices;
}

/** Calls of the AWS SDK for Java 2: methods of what is declared as a client. */
export function javaCalls(root: PlainNode, declarations: Declarations): (FoundCall & { node: PlainNode })[] {
  return [...walk(root)].flatMap((node) => {
    const [receiver, method = ''] = [fieldOf(node, 'object'), fieldOf(node, 'name')?.text];
    if (node.type !== 'method_invocation' || !receiver || notCalls.test(method)) return [];
    // A client that is still being put together.
    if (/Client\.builder\((?!.*\.build\(\))/s.test(receiver.text)) return [];
    const types = /Client\.(create|builder)\(/.test(receiver.text)
      ? [receiver.text]
      : typesOf(lastName(receiver.text), declarations);
    const [, service] = types.map((type) => client.exec(type)).find((found) => found !== null) ?? [];
    if (service === undefined || /^(Http|Sdk|Aws)/.test(service)) return [];
    const named = operationName(method).replace(/Paginator$/, '');
    const operation = otherNames[operationName(method)] ?? named;
    const choices = choicesIn(fieldOf(node, 'arguments')?.children ?? [], declarations);
    return [{ service, operation, choices, node }];
  });
}
