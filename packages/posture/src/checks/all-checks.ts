import { anySourceInvoke } from './any-source-invoke.ts';
import { broadManagedPolicy } from './broad-managed-policy.ts';
import type { Check } from './check.ts';
import { deprecatedRuntime } from './deprecated-runtime.ts';
import { functionUrlOpen } from './function-url-open.ts';
import { noFailureDestination } from './no-failure-destination.ts';
import { openCors } from './open-cors.ts';
import { openResourcePolicy } from './open-resource-policy.ts';
import { orphanFunction } from './orphan-function.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { publicInvoke } from './public-invoke.ts';
import { routeWithoutAuthorizer } from './route-without-authorizer.ts';
import { secretInEnvironment } from './secret-in-environment.ts';
import { sharedRole } from './shared-role.ts';
import { timeoutLongest } from './timeout-longest.ts';
import { unknownAction } from './unknown-action.ts';
import { wildcardAction } from './wildcard-action.ts';
import { wildcardResource } from './wildcard-resource.ts';

/** All checks, in the order of the catalogue. */
export const allChecks: readonly Check[] = [
  privilegeEscalation,
  wildcardAction,
  wildcardResource,
  unknownAction,
  broadManagedPolicy,
  sharedRole,
  publicInvoke,
  anySourceInvoke,
  functionUrlOpen,
  routeWithoutAuthorizer,
  openCors,
  openResourcePolicy,
  secretInEnvironment,
  deprecatedRuntime,
  noFailureDestination,
  timeoutLongest,
  orphanFunction,
];
