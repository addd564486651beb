import { type Place, placeAlong } from './template/place.ts';

/** A resource of a template or an account, in CloudFormation's words. */
export interface Resource {
  /** Its name in the template; within nested stacks behind theirs: `Stack/Table`. */
  id: string;
  /** Such as AWS::Lambda::Function. */
  type: string;
  /** Resolved: texts as `substitution.ts` has them. */
  properties: Readonly<Record<string, unknown>>;
  /** Names of the resources that it is to wait for. */
  dependsOn: readonly string[];
  metadata?: unknown;
  /** Where the code of an account's function lies, once it has been downloaded. */
  package?: string;
  /** Where it is written. */
  place?: Place;
}

/** A check without an answer, such as `orphan-function`, for resources whose names begin so; for all where nothing is said. */
export interface Unjudged {
  check: string;
  within?: string;
}

/** The resources of one template with all that it nests, or of an account. */
export interface Inventory {
  resources: ReadonlyMap<string, Resource>;
  /** What a template asks for when it is deployed: its parameters as it declares them. */
  parameters?: readonly Pick<Resource, 'id' | 'properties' | 'place'>[];
  /** What a template exports for other stacks, resolved. */
  exports?: readonly unknown[];
  /** What no finding can be made of, since not all that it takes could be read. */
  unjudged?: readonly Unjudged[];
  /** What could not be read, and why. */
  notes: string[];
}

/** Where a property of the resource is written, or else the resource. */
export const placeIn = (resource: Resource, ...steps: (string | number)[]): Place | undefined =>
  placeAlong(resource.properties, steps) ?? resource.place;
