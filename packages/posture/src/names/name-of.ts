import { isMembers } from '../graph/json.ts';
import type { Resource } from '../resource.ts';

/** Where readers put the name by which a project's own files call a resource. */
export const NAME_KEY = 'Ringfence::Name';

/** Where the reader of accounts puts the region that a resource is in. */
export const REGION_KEY = 'Ringfence::Region';

/** What the project's own files call a resource: its address in Terraform, a function's key in the Serverless Framework, its logical id. */
export function nameOf({ id, metadata }: Pick<Resource, 'id' | 'metadata'>): string {
  const name = isMembers(metadata) ? metadata[NAME_KEY] : undefined;
  if (typeof name === 'string') return name;
  // Within holes a dot stands before an attribute, so Terraform's addresses have slashes there.
  return /(^|\/)aws_\w+\//.test(id) ? id.replaceAll('/', '.') : id;
}
