import type { PlainNode } from '@ringfence/code';
import type { PlacedCall } from './class-calls.ts';
import type { Follower } from './follow.ts';
import type { Frame } from './frame.ts';
import { partsOf } from './parts-of-requests.ts';
import type { Member } from './program.ts';
import { Request } from './requests.ts';
import { shapeOf } from './shape.ts';
import { fieldOf } from './walk.ts';

const sdk = /^github\.com\/aws\/aws-sdk-go(?:-v2)?\/service\/([a-z0-9]+)(?:\/s3manager)?$/;
/** Inputs of helpers that are called otherwise than the operation. */
const otherNames: Readonly<Record<string, string>> = { Upload: 'PutObject' };
/** Of both versions of the SDK: what lists calls with no input. */
const withoutInput =
  /^(ListBuckets|ListTables|ListQueues|ListTopics|ListSecrets|ListFunctions|DescribeEndpoints|ListUserPools|ListStateMachines)(?:Pages|WithContext)?$/;

/** What an input's type names: `*dynamodb.GetItemInput`. */
function inputOf(
  written: string,
  member: Member,
  follower: Follower,
): { service: string; operation: string } | undefined {
  const [, name = '', input] = /^\*?(\w+)\.(\w+)Input$/.exec(written) ?? [];
  const [, service] = sdk.exec(follower.types.imports.get(member.path)?.get(name) ?? '') ?? [];
  return service === undefined || input === undefined
    ? undefined
    : { service, operation: otherNames[input] ?? input };
}

/** The variables that a node is the value of. */
const variablesOf = (node: PlainNode, { locals }: Member): string[] =>
  [...locals].flatMap(([name, declarations]) =>
    declarations.some(({ value, place }) => value && place === undefined && isIn(value, node)) ? [name] : [],
  );
const isIn = (value: PlainNode, node: PlainNode): boolean => {
  const shape = shapeOf(value);
  return value === node || (shape.is === 'same' && isIn(shape.value, node));
};

/** Calls of the AWS SDK for Go, both versions, in a member: by the inputs that are put together. */
export function goCalls(frame: Frame, follower: Follower): PlacedCall[] {
  const { member } = frame;
  const { path } = member;
  const calls: PlacedCall[] = [];
  const note = (node: PlainNode, written: string, names: string[]) => {
    const input = inputOf(written, member, follower);
    if (!input) return;
    const request = new Request(follower);
    if (shapeOf(node).is === 'made') request.readRequest(node, frame, input.operation);
    for (const name of names) request.readVariable(name, frame, input.operation);
    const found = { service: input.service, operation: input.operation, choices: request.choices };
    calls.push(...partsOf(found, request, follower).map((call) => ({ ...call, node, path })));
  };
  for (const node of follower.nodesOf(member)) {
    const shape = shapeOf(node);
    if (shape.is === 'made' && shape.type !== undefined) note(node, shape.type, variablesOf(node, member));
    if (node.type === 'var_spec' && !fieldOf(node, 'value'))
      note(node, fieldOf(node, 'type')?.text ?? '', [fieldOf(node, 'name')?.text ?? '']);
    if (shape.is !== 'call') continue;
    if (!shape.object && shape.name === 'new' && shape.given[0])
      note(node, shape.given[0].value.text, variablesOf(node, member));
    const [, operation] = withoutInput.exec(shape.name) ?? [];
    const isEmpty = shape.given.some(({ value }) => value.type === 'nil');
    if (operation !== undefined && isEmpty && shape.object)
      for (const typed of follower.typesOf(shape.object, frame)) {
        const [, name = ''] = /^\*?(\w+)\.(Client|\w+)$/.exec(typed.written) ?? [];
        const [, service] = sdk.exec(follower.types.imports.get(typed.path)?.get(name) ?? '') ?? [];
        if (service !== undefined) calls.push({ service, operation, choices: new Map(), node, path });
      }
  }
  return calls;
}
