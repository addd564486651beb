import { api } from './api.ts';
import { events } from './events.ts';
import { iam } from './iam.ts';
import { identity } from './identity.ts';
import { lambda } from './lambda.ts';
import { network } from './network.ts';
import { storage } from './storage.ts';
import type { TypeMapping } from './type-mapping.ts';

/**
 * Types of Terraform's AWS provider. Sources: the provider's documentation of each resource's arguments and attributes, and the properties
 * and return values of CloudFormation's template reference.
 */
export const types: Readonly<Record<string, TypeMapping>> = {
  ...api,
  ...events,
  ...iam,
  ...identity,
  ...lambda,
  ...network,
  ...storage,
};
