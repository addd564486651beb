import type { PlainNode } from '@ringfence/code';
import type { FoundCall } from '../found-call.ts';
import type { Follower } from './follow.ts';
import { type CallShape, callOf, type Frame } from './frame.ts';
import { plainName } from './program.ts';
import { Request } from './requests.ts';
import { type Shape, shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

const kinds: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** All that a request is made of: also what its variables were given. */
function* inside(
  node: PlainNode,
  frame: Frame,
  follower: Follower,
  seen = new Set<PlainNode>(),
): Generator<[PlainNode, Frame]> {
  if (seen.has(node) || seen.size > 2_000) return;
  seen.add(node);
  yield [node, frame];
  const shape = shapeOf(node);
  if (shape.is === 'name') {
    for (const { value, member } of follower.declarationsOf(shape.name, frame) ?? [])
      if (value) yield* inside(value, member === frame.member ? frame : { member }, follower, seen);
    // What is put into it later: `items.add(Put.builder()…)`.
    for (const body of frame.member.bodies)
      for (const each of walk(body)) {
        const later = shapeOf(each);
        if (later.is === 'call' && later.object?.text === shape.name)
          for (const { value } of later.given) yield* inside(value, frame, follower, seen);
        if (/^assignment_/.test(each.type) && fieldOf(each, 'left')?.text.startsWith(`${shape.name}[`))
          for (const child of each.children) yield* inside(child, frame, follower, seen);
        if (later.is === 'call' && later.name === 'append' && later.given[0]?.value.text === shape.name)
          for (const { value } of later.given.slice(1)) yield* inside(value, frame, follower, seen);
      }
  }
  const call = calledIn(shape, frame, follower);
  for (const place of call ? follower.returnsOf(call, frame) : [])
    yield* inside(place.node, place.frame, follower, seen);
  for (const child of node.children) yield* inside(child, frame, follower, seen);
}

/** What is called there, or handed on to be called: `this::toEntry`, `.Select(ToEntry)`. */
function calledIn(shape: Shape, frame: Frame, follower: Follower): CallShape | undefined {
  if (shape.is === 'call') return shape;
  if (shape.is === 'reference') return callOf(shape.name, shape.object);
  return shape.is === 'name' && !follower.declarationsOf(shape.name, frame) ? callOf(shape.name) : undefined;
}

function everything(request: Request, follower: Follower): [PlainNode, Frame][] {
  return request.parts.flatMap(({ node, frame }) => [...inside(node, frame, follower)]);
}

/** What is made of a part's type: `Put.builder()…`, `new Put`, `&types.Put{…}`. */
function kindOf(shape: Shape): string | undefined {
  if (shape.is === 'made')
    return shape.type === undefined || shape.type.startsWith('[')
      ? undefined
      : plainName(shape.type).split('.').at(-1);
  let each: Shape = shape;
  while (each.is === 'call' && each.object && !/^builder$/.test(each.name)) each = shapeOf(each.object);
  const root =
    each.is === 'call' && each.name === 'builder' && each.object ? shapeOf(each.object) : undefined;
  return root?.is === 'name' ? root.name : undefined;
}

/** A part that is put together by a function: `.put(part -> part.tableName(…))`. */
function partTold(shape: Shape): { kind: string; value: PlainNode } | undefined {
  const value = shape.is === 'call' && shape.given.length === 1 ? shape.given[0]?.value : undefined;
  if (shape.is !== 'call' || !value || shapeOf(value).is !== 'function') return undefined;
  return { kind: shape.name.charAt(0).toUpperCase() + shape.name.slice(1), value };
}

/** The keys of maps of tables. */
function tableKeys(shape: Shape, node: PlainNode): PlainNode[] {
  if (
    shape.is === 'call' &&
    /^(of|singletonMap|put|entry|Add)$/.test(shape.name) &&
    shape.given.length >= 2
  ) {
    const list = shape.given.map(({ value }) => value);
    return shape.name === 'of' ? list.filter((_, index) => index % 2 === 0) : list.slice(0, 1);
  }
  if (
    node.type === 'composite_literal' &&
    /^map\[string\](\[\])?types\.|^map\[string\]\[?\]?\*?dynamodb\./.test(fieldOf(node, 'type')?.text ?? '')
  )
    return (fieldOf(node, 'body')?.children ?? []).flatMap((each) => fieldOf(each, 'key')?.children[0] ?? []);
  if (node.type === 'initializer_expression')
    return node.children.flatMap((each) => {
      const left = fieldOf(each, 'left');
      if (each.type === 'initializer_expression') return each.children.slice(0, 1);
      return left?.type === 'element_binding_expression' ? (left.children[0]?.children.at(-1) ?? []) : [];
    });
  return [];
}

const splitSource = (texts: readonly string[], index: 1 | 2): string[] => [
  ...new Set(texts.map((text) => /^\/?([^/]+)\/(.+)$/.exec(text)?.[index] ?? '${?}')),
];

/** What is asked for by part: as transactions.ts has it for JavaScript and Python. */
export function partsOf(call: FoundCall, request: Request, follower: Follower): FoundCall[] {
  const { service, operation, choices } = call;
  if (service === 's3' && /^(CopyObject|Copy|UploadPartCopy|CopyPart)$/.test(operation)) {
    const source = choices.get('CopySource');
    const read = new Map([
      ['Bucket', source ? splitSource(source, 1) : (choices.get('SourceBucket') ?? ['${?}'])],
      ['Key', source ? splitSource(source, 2) : (choices.get('SourceKey') ?? ['${?}'])],
    ]);
    return [
      { ...call, operation: 'CopyObject' },
      { service, operation: 'GetObject', choices: read },
    ];
  }
  const names = choices.get('Names');
  if (operation === 'GetParameters' && names) return [{ ...call, choices: new Map([['Name', names]]) }];
  if (operation === 'PutEvents') {
    const entries = everything(request, follower).flatMap(([node, frame]) => {
      if (kindOf(shapeOf(node)) !== 'PutEventsRequestEntry') return [];
      const entry = new Request(follower);
      entry.readRequest(node, frame, operation);
      return [entry.choices];
    });
    const buses = [...new Set(entries.map((each) => JSON.stringify(each.get('EventBusName') ?? [])))].map(
      (text): string[] => JSON.parse(text),
    );
    const named = buses.filter(({ length }) => length > 0);
    return buses.length === 0
      ? [{ ...call, choices: new Map([['EventBusName', ['${?}']]]) }]
      : (named.length > 0 ? named : [[]]).map((texts) => ({
          ...call,
          choices: new Map(texts.length > 0 ? [['EventBusName', texts]] : []),
        }));
  }
  if (service !== 'dynamodb' && service.toLowerCase() !== 'dynamodb') return [call];
  if (/^Transact(Get|Write)Items$/.test(operation)) {
    const parts = everything(request, follower).flatMap(([node, frame]): FoundCall[] => {
      const shape = shapeOf(node);
      const told = partTold(shape);
      const single = kinds[told?.kind ?? kindOf(shape) ?? ''];
      if (single === undefined) return [];
      const part = new Request(follower);
      part.readRequest(told?.value ?? node, frame, single);
      return part.choices.has('TableName') ? [{ service, operation: single, choices: part.choices }] : [];
    });
    return parts.length > 0 ? unique(parts) : [call];
  }
  if (/^Batch(Get|Write)Item$/.test(operation)) {
    const tables = everything(request, follower).flatMap(([node, frame]) =>
      tableKeys(shapeOf(node), node).map((key) => follower.textsOf(key, frame)),
    );
    // Keys of items are texts, too; tables are what comes from elsewhere.
    const named = tables.filter((texts) => texts.some((text) => text.includes('${env:')));
    const known = named.length > 0 ? named : tables.slice(0, 1);
    return known.length > 0
      ? unique(known.map((texts) => ({ service, operation, choices: new Map([['TableName', texts]]) })))
      : [call];
  }
  return [call];
}

const unique = (calls: FoundCall[]): FoundCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify([call.operation, [...call.choices]]), call])).values(),
];
