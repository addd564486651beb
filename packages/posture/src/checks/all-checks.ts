import { anySourceInvoke } from './any-source-invoke.ts';
import { attackPath } from './attack-path.ts';
import { broadManagedPolicy } from './broad-managed-policy.ts';
import type { Check } from './check.ts';
import { clientWritablePrivilege } from './client-writable-privilege.ts';
import { deprecatedRuntime } from './deprecated-runtime.ts';
import { environmentKey } from './environment-key.ts';
import { foreignLayer } from './foreign-layer.ts';
import { foreignSource } from './foreign-source.ts';
import { functionUrlOpen } from './function-url-open.ts';
import { graphqlApiKey } from './graphql-api-key.ts';
import { guestIdentities } from './guest-identities.ts';
import { logRetention } from './log-retention.ts';
import { missingPermission } from './missing-permission.ts';
import { noAccessLog } from './no-access-log.ts';
import { noCodeSigning } from './no-code-signing.ts';
import { noConcurrencyLimit } from './no-concurrency-limit.ts';
import { noFailureDestination } from './no-failure-destination.ts';
import { noSecondFactor } from './no-second-factor.ts';
import { noThrottling } from './no-throttling.ts';
import { noTracing } from './no-tracing.ts';
import { noWebFirewall } from './no-web-firewall.ts';
import { openCors } from './open-cors.ts';
import { openParameter } from './open-parameter.ts';
import { openResourcePolicy } from './open-resource-policy.ts';
import { openRole } from './open-role.ts';
import { openSecurityGroup } from './open-security-group.ts';
import { orphanFunction } from './orphan-function.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { publicBucket } from './public-bucket.ts';
import { publicDatabase } from './public-database.ts';
import { publicInvoke } from './public-invoke.ts';
import { routeWithoutAuthorizer } from './route-without-authorizer.ts';
import { secretInEnvironment } from './secret-in-environment.ts';
import { secretInResource } from './secret-in-resource.ts';
import { selfSignUp } from './self-sign-up.ts';
import { sharedRole } from './shared-role.ts';
import { timeoutLongest } from './timeout-longest.ts';
import { tlsUnchecked } from './tls-unchecked.ts';
import { unattachedAuthorizer } from './unattached-authorizer.ts';
import { unencrypted } from './unencrypted.ts';
import { unknownAction } from './unknown-action.ts';
import { unusedPermission } from './unused-permission.ts';
import { weakPasswords } from './weak-passwords.ts';
import { wildcardAction } from './wildcard-action.ts';
import { wildcardResource } from './wildcard-resource.ts';

/** All checks, in the order of the catalogue. */
export const allChecks: readonly Check[] = [
  attackPath,
  privilegeEscalation,
  wildcardAction,
  wildcardResource,
  unknownAction,
  broadManagedPolicy,
  unusedPermission,
  missingPermission,
  sharedRole,
  openRole,
  publicInvoke,
  anySourceInvoke,
  foreignLayer,
  foreignSource,
  functionUrlOpen,
  routeWithoutAuthorizer,
  unattachedAuthorizer,
  graphqlApiKey,
  clientWritablePrivilege,
  guestIdentities,
  weakPasswords,
  noSecondFactor,
  selfSignUp,
  openCors,
  openResourcePolicy,
  publicBucket,
  publicDatabase,
  openSecurityGroup,
  secretInEnvironment,
  openParameter,
  secretInResource,
  tlsUnchecked,
  unencrypted,
  deprecatedRuntime,
  noFailureDestination,
  timeoutLongest,
  orphanFunction,
  noConcurrencyLimit,
  noThrottling,
  noWebFirewall,
  noAccessLog,
  noTracing,
  environmentKey,
  logRetention,
  noCodeSigning,
];
