import type { Inventory } from '../resource.ts';
import { fill, hole, holesOf } from '../template/substitution.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { namingOf } from './resource-names.ts';

/** Types whose Ref is the ARN, and that have no attribute for it. */
const referredTo = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

/** By the ARNs of one inventory: for each stack, what refers to a resource of it by the resource's ARN. */
const referencesByStack = new WeakMap<Arns, Map<string, Map<string, string>>>();

/** What the ids of the same stack, or of the same module of Terraform, begin with. */
export const stackOf = (id: string): string => id.replace(/(?<=^|\/)(aws_\w+\/)?[^/]*$/, '');

function referencesIn(stack: string, inventory: Inventory, arns: Arns): ReadonlyMap<string, string> {
  let byStack = referencesByStack.get(arns);
  if (!byStack) {
    byStack = new Map();
    referencesByStack.set(arns, byStack);
    for (const { id, type } of inventory.resources.values()) {
      if (!namingOf(type)) continue;
      const reference = referredTo.has(type) ? id : `${id}.Arn`;
      const arn = arns.full(hole(reference));
      const references = byStack.get(stackOf(id)) ?? new Map<string, string>();
      if (!references.has(arn)) references.set(arn, reference);
      byStack.set(stackOf(id), references);
    }
  }
  return byStack.get(stack) ?? new Map();
}

/**
 * A needed resource as a policy in the template of `owner` should name it: by the template's own resource where there is one. Undefined where the
 * template can't name it, or would name what only the present values of its parameters say.
 */
export function writtenResource(
  { resource, isFromEnvironment }: Pick<FunctionNeed, 'resource' | 'isFromEnvironment'>,
  owner: string,
  inventory: Inventory,
  arns: Arns,
): string | undefined {
  if (resource === undefined) return undefined;
  if (resource === '*') return resource;
  const full = arns.full(resource);
  const stack = stackOf(owner);
  const [, stream] = /\/stream\/\$\{([^}]+\.StreamArn)\}$/.exec(full) ?? [];
  if (stream !== undefined && stackOf(stream) === stack) return hole(stream.slice(stack.length));
  const references = referencesIn(stack, inventory, arns);
  for (let end = full.length; end > 0; end = full.lastIndexOf('/', end - 1)) {
    const reference = references.get(full.slice(0, end));
    if (reference !== undefined)
      return hole(reference.slice(stack.length)) + full.slice(end).replaceAll('${?}', '*');
  }
  const written = full.replaceAll('${?}', '*').replace(/^arn:aws:/, 'arn:${AWS::Partition}:');
  const isOwn = (name: string) => {
    const [id = ''] = name.split('.');
    return inventory.resources.has(id) && stackOf(id) === stack;
  };
  const isFixed = holesOf(written).every((name) => name.startsWith('AWS::') || isOwn(name));
  return isFixed && !isFromEnvironment
    ? fill(written, (name) => (isOwn(name) ? hole(name.slice(stack.length)) : undefined))
    : undefined;
}
