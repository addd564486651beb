import { ofFields, type Value } from '@ringfence/code';
import { hole } from '../template/substitution.ts';
import type { FoundCall } from './found-call.ts';
import { objectsRead, readOf } from './objects-in-s3.ts';
import { type Choices, choicesOf, textsOf } from './texts.ts';

const kinds: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

const inside = (value: Value | undefined): Value[] => {
  const { named, others } = value?.fields ?? {};
  return [...(named?.values() ?? []), ...(others && (named?.size ?? 0) === 0 ? [others] : [])];
};

/** The parts of a list parameter, each as a call on its own. */
function each(
  call: FoundCall,
  list: Value | undefined,
  toChoices: (item: Value) => Choices,
): FoundCall[] | undefined {
  const parts = inside(list).map((item) => ({ ...call, choices: toChoices(item) }));
  return parts.length > 0 ? parts : undefined;
}

/** Operations that make something with a role of its own, or change it. From "Grant a user permissions to pass a role" in the user guide of IAM. */
const givesRole = /^(Create|Update|Put|Run|Start|Register|Submit)/;
const roleName = /^(\w*RoleArn|roleArn|Role|role|serviceRole)$/;

/** The roles that a call gives to what it makes, which its caller must be allowed to pass. */
function rolesIn(value: Value, depth: number): Value[] {
  const members = [...(value.fields?.named ?? [])];
  return members.flatMap(([name, member]) => {
    if (roleName.test(name)) return member.texts.length > 0 ? [member] : [];
    return depth < 3 ? rolesIn(member, depth + 1) : [];
  });
}

/**
 * What is asked for by part: DynamoDB looks at what each part of a transaction or a batch does, on the part's own table, and events go to the bus that
 * each names. Undefined for another call, and for a list that is not
 * known.
 */
export function partsOf(call: FoundCall, parameters: ReadonlyMap<string, Value>): FoundCall[] | undefined {
  const { service, operation } = call;
  const roles = rolesIn(ofFields(parameters), 0);
  if (roles.length > 0 && givesRole.test(operation))
    return [
      call,
      ...roles.map((role) => ({
        service: 'iam',
        operation: 'PassRole',
        choices: new Map([['RoleArn', textsOf(role)]]),
      })),
    ];
  if (operation === 'PutEvents') {
    // Of an entry that is not known, its bus isn't either.
    const unknownBus = new Map([['EventBusName', [hole('?')]]]);
    const busOf = (item: Value) => (item.fields ? choicesOf(item.fields.named) : unknownBus);
    return each(call, parameters.get('Entries'), busOf) ?? [{ ...call, choices: unknownBus }];
  }
  if (operation === 'GetParameters' && service === 'ssm')
    return each(call, parameters.get('Names'), (item) => new Map([['Name', textsOf(item)]]));
  const objects = objectsRead(call, parameters);
  if (objects.length > 0) return [call, ...objects];
  const source = parameters.get('CopySource');
  if (/^(CopyObject|UploadPartCopy)$/.test(operation) && source) return [call, readOf(source)];
  if (!/^dynamodb$/i.test(service)) return undefined;
  if (/^Transact(Get|Write)Items$/.test(operation)) {
    const parts = inside(parameters.get('TransactItems')).flatMap((item) =>
      Object.entries(kinds).flatMap(([kind, single]): FoundCall[] => {
        const part = item.fields?.named.get(kind);
        return part ? [{ service, operation: single, choices: choicesOf(part.fields?.named) }] : [];
      }),
    );
    return parts.length > 0 ? parts : undefined;
  }
  if (/^Batch(Get|Write)Item$/.test(operation)) {
    const items = parameters.get('RequestItems')?.fields;
    const tables = items ? [...items.named.keys(), ...(items.keys ? textsOf(items.keys) : [])] : [];
    if (tables.length === 0 || (items?.others && !items.keys)) return undefined;
    return tables.map((table) => ({ service, operation, choices: new Map([['TableName', [table]]]) }));
  }
  return undefined;
}
