import type { Inventory } from '../resource.ts';
import { hole, holesOf } from '../template/substitution.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { namingOf } from './resource-names.ts';

/** Types whose Ref is the ARN, and that have no attribute for it. */
const referredTo = new Set([
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
]);

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
  const stack = owner.slice(0, owner.lastIndexOf('/') + 1);
  for (const { id, type } of inventory.resources.values()) {
    if (!namingOf(type) || id.slice(0, id.lastIndexOf('/') + 1) !== stack) continue;
    const reference = referredTo.has(type) ? id : `${id}.Arn`;
    const arn = arns.full(hole(reference));
    const rest = full.startsWith(arn) ? full.slice(arn.length) : undefined;
    if (rest === '' || rest?.startsWith('/'))
      return hole(reference.slice(stack.length)) + rest.replaceAll('${?}', '*');
  }
  const written = full.replaceAll('${?}', '*').replace(/^arn:aws:/, 'arn:${AWS::Partition}:');
  const isFixed = holesOf(written).every((name) => name.startsWith('AWS::'));
  return isFixed && !isFromEnvironment ? written : undefined;
}
