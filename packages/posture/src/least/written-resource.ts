import { dirname } from 'node:path';
import type { Inventory, Resource } from '../resource.ts';
import { fill, hole, holesOf } from '../template/substitution.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { type Naming, namingOf } from './resource-names.ts';

/** Types whose Ref is the ARN, and that have no attribute for it. */
const referredTo = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
  'AWS::SageMaker::Endpoint',
]);

const withPartition = (arn: string) => arn.replace(/^arn:aws:/, 'arn:${AWS::Partition}:');

/** What refers to a resource by its ARN, in the Fn::Sub form, with names as its own stack has them. */
function referenceTo(
  { id, type, properties }: Resource,
  { isWithoutArn, arn, nameProperty }: Naming,
  stack: string,
) {
  const name = id.slice(stack.length);
  // In Terraform, whose names begin with the type, each has one.
  if (!isWithoutArn || name.includes('/')) return hole(referredTo.has(type) ? name : `${name}.Arn`);
  // The name of a parameter has the slash before it already.
  const begins = String(properties[nameProperty ?? '']).startsWith('/')
    ? arn.replace('/${name}', '${name}')
    : arn;
  return withPartition(fill(begins, (each) => (each === 'name' ? hole(name) : undefined)));
}

/** What is not known, which any text may be. */
const openParts = (text: string) => text.replaceAll('${?}', '*').replaceAll(/\*{2,}/g, '*');

/** By the ARNs of one inventory: for each stack, what refers to a resource of it by the resource's ARN. */
const referencesByStack = new WeakMap<Arns, Map<string, Map<string, string>>>();

/** What the ids of the same stack, or of the same module of Terraform, begin with. */
export const stackOf = (id: string): string => id.replace(/(?<=^|\/)(aws_\w+\/)?[^/]*$/, '');

function referencesIn(stack: string, inventory: Inventory, arns: Arns): ReadonlyMap<string, string> {
  let byStack = referencesByStack.get(arns);
  if (!byStack) {
    byStack = new Map();
    referencesByStack.set(arns, byStack);
    for (const resource of inventory.resources.values()) {
      const { id } = resource;
      const naming = namingOf(resource.type);
      if (!naming) continue;
      const arn = arns.full(hole(naming.ref === 'arn' ? id : `${id}.Arn`));
      const references = byStack.get(stackOf(id)) ?? new Map<string, string>();
      if (!references.has(arn)) references.set(arn, referenceTo(resource, naming, stackOf(id)));
      byStack.set(stackOf(id), references);
    }
  }
  return byStack.get(stack) ?? new Map();
}

/** What the ids of the module of Terraform begin with whose folder has the file; undefined where it is made several times, or none. */
export function moduleAt(file: string, { resources }: Inventory): string | undefined {
  const folder = dirname(file);
  const own = [...resources.values()].filter(({ place }) => place && dirname(place.file) === folder);
  const [stack, ...others] = new Set(own.map(({ id }) => stackOf(id)));
  return others.length === 0 ? stack : undefined;
}

/** Whether another module of Terraform has it, whose names are not to be written down here. */
const isOfOtherModule = (full: string, stack: string, arns: Arns): boolean =>
  [...(referencesByStack.get(arns) ?? [])].some(
    ([other, references]) =>
      other !== stack &&
      [...references].some(
        ([arn, reference]) =>
          /^\$\{aws_\w+\//.test(reference) && (full === arn || full.startsWith(`${arn}/`)),
      ),
  );

/**
 * A needed resource as a policy in the stack should name it: by the template's own resource where there is one. Undefined where the
 * template can't name it, or would name what only the present values of its parameters say.
 */
export function writtenResource(
  { resource, isFromEnvironment }: Pick<FunctionNeed, 'resource' | 'isFromEnvironment'>,
  stack: string,
  inventory: Inventory,
  arns: Arns,
): string | undefined {
  if (resource === undefined) return undefined;
  if (resource === '*') return resource;
  const full = arns.full(resource);
  const [, stream] = /\/stream\/\$\{([^}]+\.StreamArn)\}$/.exec(full) ?? [];
  if (stream !== undefined && stackOf(stream) === stack) return hole(stream.slice(stack.length));
  const references = referencesIn(stack, inventory, arns);
  for (let end = full.length; end > 0; end = full.lastIndexOf('/', end - 1)) {
    const reference = references.get(full.slice(0, end));
    if (reference !== undefined) return reference + openParts(full.slice(end));
  }
  if (isOfOtherModule(full, stack, arns)) return undefined;
  const written = withPartition(openParts(full));
  const isOwn = (name: string) => {
    const [id = ''] = name.split('.');
    return inventory.resources.has(id) && stackOf(id) === stack;
  };
  const isFixed = holesOf(written).every((name) => name.startsWith('AWS::') || isOwn(name));
  return isFixed && !isFromEnvironment
    ? fill(written, (name) => (isOwn(name) ? hole(name.slice(stack.length)) : undefined))
    : undefined;
}
