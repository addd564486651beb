import type { PlainNode } from '@ringfence/code';
import type { FoundCall } from '../found-call.ts';
import { operationName } from '../found-call.ts';
import type { Follower } from './follow.ts';
import type { CallShape, Frame } from './frame.ts';
import {
  inOrder,
  inOrderOfNet,
  ofEnhancedClient,
  ofMapper,
  ofTable,
  ofTransfers,
} from './helper-operations.ts';
import { mappedTables } from './mapped-tables.ts';
import { plainName } from './program.ts';
import { Request } from './requests.ts';
import { shapeOf } from './shape.ts';

const operationOf = (name: string): string => operationName(name).replace(/Async$/, '');
const dynamodb = (operation: string, tables: string[], index?: string[]): FoundCall => ({
  service: 'dynamodb',
  operation,
  choices: new Map([['TableName', tables], ...(index ? [['IndexName', index] as [string, string[]]] : [])]),
});

/** The tables, and the index, that a helper is for: what `table(name, schema)`, `getTable(name)` and `LoadTable(client, name)` are given. */
function tablesOf(
  object: CallShape['object'],
  frame: Frame,
  follower: Follower,
): { tables: string[]; index?: string[] } {
  const made = object ? follower.definitionsOf(object, frame) : [];
  const found = made.flatMap((place): { tables: string[]; index?: string[] }[] => {
    const shape = shapeOf(place.node);
    const text = (index: number) => {
      const argument = shape.is === 'call' || shape.is === 'made' ? shape.given[index]?.value : undefined;
      return argument ? follower.textsOf(argument, place.frame) : ['${?}'];
    };
    if (shape.is === 'made') return [{ tables: text(1) }];
    if (shape.is !== 'call') return [];
    if (/^(index|getIndex)$/.test(shape.name))
      return [{ ...tablesOf(shape.object, place.frame, follower), index: text(0) }];
    if (/^(table|getTable)$/.test(shape.name)) return [{ tables: text(0) }];
    if (/^(Try)?LoadTable(Async)?$/.test(shape.name)) return [{ tables: text(1) }];
    return shape.object ? [tablesOf(shape.object, place.frame, follower)] : [];
  });
  const tables = [...new Set(found.flatMap((each) => each.tables))];
  const indexes = found.flatMap(({ index }) => index ?? []);
  return {
    tables: tables.length > 0 ? tables : ['${?}'],
    ...(indexes.length > 0 && { index: [...new Set(indexes)] }),
  };
}

function transfers(call: CallShape, frame: Frame, follower: Follower): FoundCall[] {
  const name = operationOf(call.name);
  const operations = ofTransfers[name];
  if (!operations) return [];
  const request = new Request(follower);
  const order = frame.member.path.endsWith('.cs') ? inOrderOfNet : inOrder;
  request.readArguments(call.given, name, frame);
  if (request.choices.size === 0)
    for (const [index, parameter] of (order[name] ?? []).entries()) {
      const argument = call.given[index];
      if (argument && parameter !== '' && call.given.length > 1)
        request.set(parameter, argument.value, frame);
    }
  const found = operations.map((operation) => ({ service: 's3', operation, choices: request.choices }));
  const from = request.choices.get('SourceBucket');
  const source: FoundCall[] =
    name === 'Copy'
      ? [{ service: 's3', operation: 'GetObject', choices: new Map([['Bucket', from ?? ['${?}']]]) }]
      : [];
  return [...found, ...source];
}

/** Powertools' parameters, by the name or the path that is asked for. */
function parameters(on: string, call: CallShape, frame: Frame, follower: Follower): FoundCall[] {
  const [first] = call.given;
  const texts = first ? follower.textsOf(first.value, frame) : ['${?}'];
  if (/^get$/i.test(operationOf(call.name)))
    return on.startsWith('SSM')
      ? [{ service: 'ssm', operation: 'GetParameter', choices: new Map([['Name', texts]]) }]
      : [{ service: 'secretsmanager', operation: 'GetSecretValue', choices: new Map([['SecretId', texts]]) }];
  return /^getMultiple$/i.test(operationOf(call.name)) && on.startsWith('SSM')
    ? [{ service: 'ssm', operation: 'GetParametersByPath', choices: new Map([['Path', texts]]) }]
    : [];
}

/** What a mapper of objects does. It may save with another operation, and take an index that the class has for its key. */
function mapped(
  on: string,
  operation: string,
  call: CallShape,
  frame: Frame,
  follower: Follower,
): FoundCall[] {
  const operations = ofMapper[operation];
  if (!operations) return [];
  const { tables, indexes, isDescribed } = mappedTables(on, call, frame, follower);
  const isPossible = operations.length > 1 ? { isPossible: true as const } : {};
  const found = operations.flatMap((each): FoundCall[] => {
    if (!/^(Query|Scan)$/.test(each) || !indexes) return [{ ...dynamodb(each, tables), ...isPossible }];
    const isOpen = indexes.includes('${?}');
    return isOpen
      ? [
          { ...dynamodb(each, tables), isPossible: true },
          { ...dynamodb(each, tables, indexes), isPossible: true },
        ]
      : [{ ...dynamodb(each, tables, indexes), ...isPossible }];
  });
  const saved: FoundCall[] =
    operation === 'Save' ? [{ ...dynamodb('PutItem', tables), isPossible: true }] : [];
  return [...found, ...saved, ...(isDescribed ? [dynamodb('DescribeTable', tables)] : [])];
}

/** Calls of what stands above the clients: tables, mappers, transfers, parameters. Undefined where a type is none of these. */
export function helperCalls(
  written: string,
  call: CallShape,
  frame: Frame,
  follower: Follower,
): FoundCall[] | undefined {
  const on = plainName(written).split('.').at(-1) ?? '';
  const operation = operationOf(call.name);
  if (/^(DynamoDb(Async)?(Table|Index)|I?Table|Index|SecondaryIndex)$/.test(on)) {
    const own = /^(Try)?LoadTable$/.test(operation);
    // It asks what the table is like.
    if (own)
      return [
        dynamodb('DescribeTable', call.given[1] ? follower.textsOf(call.given[1].value, frame) : ['${?}']),
      ];
    const operations = ofTable[operation];
    if (!operations) return [];
    const { tables, index } = tablesOf(call.object, frame, follower);
    return operations.map((each) => dynamodb(each, tables, index));
  }
  if (/^DynamoDbEnhanced(Async)?Client$/.test(on)) {
    const { tables, parts } = madeOf(call, frame, follower);
    if (operation.startsWith('Transact') && parts.length > 0) return parts;
    return (ofEnhancedClient[operation] ?? []).map((each) => dynamodb(each, tables));
  }
  if (/^(DynamoDBMapper|IDynamoDBMapper|I?DynamoDBContext)$/.test(on))
    return mapped(on, operation, call, frame, follower);
  if (/^(S3TransferManager|TransferManager|I?TransferUtility)$/.test(on))
    return transfers(call, frame, follower);
  if (/^(SSM|Secrets)Provider$/.test(on)) return parameters(on, call, frame, follower);
  return undefined;
}

/** What a transaction of the enhanced client is told: `addPutItem(orders, order)`. */
const partNames: Readonly<Record<string, string>> = {
  addPutItem: 'PutItem',
  addUpdateItem: 'UpdateItem',
  addDeleteItem: 'DeleteItem',
  addGetItem: 'GetItem',
  addConditionCheck: 'ConditionCheckItem',
};

/** The tables in what a batch or a transaction is made of, and its parts, each with its own. */
function madeOf(
  { given }: CallShape,
  frame: Frame,
  follower: Follower,
): { tables: string[]; parts: FoundCall[] } {
  const tables: string[] = [];
  const parts: FoundCall[] = [];
  const seen = new Set<unknown>();
  const isTable = (node: PlainNode, at: Frame) =>
    follower.typesOf(node, at).some(({ written }) => /^DynamoDb(Async)?Table\b/.test(written));
  const visit = (node: PlainNode, at: Frame, depth: number) => {
    if (depth > 40 || seen.has(node) || seen.size > 3_000) return;
    seen.add(node);
    const shape = shapeOf(node);
    const part = shape.is === 'call' ? partNames[shape.name] : undefined;
    const [table] = shape.is === 'call' ? shape.given : [];
    if (part !== undefined && table && isTable(table.value, at))
      parts.push(dynamodb(part, tablesOf(table.value, at, follower).tables));
    if (isTable(node, at)) tables.push(...tablesOf(node, at, follower).tables);
    else if (shape.is === 'name')
      for (const each of follower.definitionsOf(node, at))
        if (each.node !== node) visit(each.node, each.frame, depth + 1);
    for (const child of node.children) visit(child, at, depth + 1);
  };
  for (const { value } of given) visit(value, frame, 0);
  const known = [...new Set(tables)];
  return { tables: known.length > 0 ? known : ['${?}'], parts };
}
