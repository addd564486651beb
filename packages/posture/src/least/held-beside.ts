import type { Inventory } from '../resource.ts';
import { hole } from '../template/substitution.ts';
import type { Arns } from './arns.ts';
import type { FunctionNeed } from './function-needs.ts';
import { resourceName } from './resource-name.ts';
import { namingOf } from './resource-names.ts';

interface Named {
  id: string;
  arn: string;
  /** What a pattern must hold for the resource: of a bucket, what lies in it. */
  part: string;
}

const known = new WeakMap<Inventory, Named[]>();

/** The resources of the inventory by their ARNs. */
function namedIn(inventory: Inventory, arns: Arns): Named[] {
  const found =
    known.get(inventory) ??
    [...inventory.resources.values()].flatMap(({ id, type }): Named[] => {
      if (!namingOf(type)) return [];
      const arn = arns.full(hole(`${id}.Arn`));
      return [{ id, arn, part: type === 'AWS::S3::Bucket' ? `${arn}/any` : arn }];
    });
  known.set(inventory, found);
  return found;
}

const isNeeded = (arn: string, needs: readonly FunctionNeed[], arns: Arns): boolean =>
  needs.some(({ resource }) => {
    const needed = resource === undefined ? undefined : arns.full(resource);
    return needed === undefined || arns.holds(needed, arn) !== 'no' || needed.startsWith(`${arn}/`);
  });

/** The resources of the template that a pattern stands for although none of the needs is about them. */
export function heldBeside(
  pattern: string,
  needs: readonly FunctionNeed[],
  inventory: Inventory,
  arns: Arns,
): string[] {
  const full = arns.full(pattern);
  const wild = full.search(/[*?]/);
  if (wild < 0 || resourceName(full) === '*') return [];
  const start = full.slice(0, wild);
  return namedIn(inventory, arns)
    .filter(({ part }) => part.startsWith(start) && arns.holds(full, part) === 'yes')
    .filter(({ arn }) => !isNeeded(arn, needs, arns))
    .map(({ id }) => id);
}
