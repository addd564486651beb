import type { PlainNode } from '@ringfence/code';
import type { FoundCall } from '../found-call.ts';
import { type Declarations, typesOf } from './declarations.ts';
import { textOf } from './text-of.ts';
import { fieldOf, lastName, walk } from './walk.ts';

/** What .NET's namespaces call a service where IAM calls it otherwise. */
const services: Readonly<Record<string, string>> = {
  SimpleNotificationService: 'sns',
  SimpleSystemsManagement: 'ssm',
  SimpleEmail: 'ses',
  SimpleEmailV2: 'ses',
  StepFunctions: 'states',
  KeyManagementService: 'kms',
  SecurityTokenService: 'sts',
  KinesisFirehose: 'firehose',
};
const client = /\bI?Amazon(\w+?)(?:Client)?\b(?:\(|$|\?|\s)/;
/** Overloads that take names instead of a request, by the places of the names. */
const positional: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['Bucket', 'Key'],
  DeleteObject: ['Bucket', 'Key'],
  GetItem: ['TableName'],
  PutItem: ['TableName'],
  DeleteItem: ['TableName'],
  UpdateItem: ['TableName'],
  SendMessage: ['QueueUrl'],
  Publish: ['TopicArn'],
};
const renamed: Readonly<Record<string, string>> = { BucketName: 'Bucket' };

function choicesIn(given: PlainNode[], operation: string, declarations: Declarations): Map<string, string[]> {
  const choices = new Map<string, string[]>();
  for (const [index, argument] of given.entries()) {
    const node = argument.type === 'argument' ? (argument.children.at(-1) ?? argument) : argument;
    const values =
      node.type === 'identifier'
        ? (declarations.get(node.text) ?? []).flatMap(({ value }) => value ?? [])
        : [node];
    const requests = values.filter(({ text }) => /^new\b/.test(text));
    for (const request of requests)
      for (const each of walk(request)) {
        const [left, right] = [fieldOf(each, 'left'), fieldOf(each, 'right')];
        if (each.type === 'assignment_expression' && left && right)
          choices.set(renamed[left.text] ?? left.text, [textOf(right, declarations)]);
      }
    const name = positional[operation]?.[index];
    if (requests.length === 0 && name !== undefined) choices.set(name, [textOf(node, declarations)]);
  }
  return choices;
}

/** Calls of the AWS SDK for .NET: methods of what is declared as a client. */
export function csharpCalls(
  root: PlainNode,
  declarations: Declarations,
): (FoundCall & { node: PlainNode })[] {
  return [...walk(root)].flatMap((node) => {
    const callee = fieldOf(node, 'function');
    const [receiver, method] = [fieldOf(callee, 'expression'), fieldOf(callee, 'name')?.text];
    const [, operation] = /^(\w+?)(?:Async)?$/.exec(method ?? '') ?? [];
    if (node.type !== 'invocation_expression' || !receiver || operation === undefined) return [];
    const types = /^\(?new\b/.test(receiver.text)
      ? [receiver.text]
      : typesOf(lastName(receiver.text), declarations);
    const [, service] = types.map((type) => client.exec(type)).find((found) => found !== null) ?? [];
    if (service === undefined || operation === 'Dispose') return [];
    const choices = choicesIn(fieldOf(node, 'arguments')?.children ?? [], operation, declarations);
    return [{ service: services[service] ?? service.replace(/v2$/, ''), operation, choices, node }];
  });
}
