import type { Resource } from '../resource.ts';
import { hole } from '../template/substitution.ts';

const arns = /arn:aws[\w-]*:[^\s"'{}$]+/g;

/** An ARN, or the longest beginning of it that is one of a resource's, as a reference to that. */
function link(arn: string, names: ReadonlyMap<string, string>): string {
  for (
    let end = arn.length;
    end > 0;
    end = Math.max(arn.lastIndexOf('/', end - 1), arn.lastIndexOf(':', end - 1))
  ) {
    const name = names.get(arn.slice(0, end));
    if (name !== undefined) return hole(name) + arn.slice(end);
  }
  return arn;
}

/**
 * Writes the ARNs of an account's resources as references to them, as a template would. `names`: `resource.Attribute` by ARN. An address of
 * API Gateway that has a function's ARN within is one of the function.
 */
export function linkArns(resources: readonly Resource[], names: ReadonlyMap<string, string>): Resource[] {
  const linkText = (text: string) =>
    text.replace(arns, (arn) => {
      const inner = arn.indexOf('/arn:aws');
      return inner < 0 ? link(arn, names) : arn.slice(0, inner + 1) + link(arn.slice(inner + 1), names);
    });
  const linkAll = (value: unknown): unknown => {
    if (typeof value === 'string') return linkText(value);
    if (Array.isArray(value)) return value.map(linkAll);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, linkAll(member)]));
  };
  return resources.map((resource) => ({
    ...resource,
    properties: linkAll(resource.properties) as Resource['properties'],
  }));
}
