import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { compileRole, type RoleParts } from './compile-role.ts';
import { attribute, logicalName, type Made, type Service } from './service.ts';

const perFunctionPlugin = 'serverless-iam-roles-per-function';

/** The role that all functions have that have none of their own. */
export const sharedRole = 'IamRoleLambdaExecution';

/** An ARN, a resource of the template by its name, or an intrinsic function. */
const refer = (role: unknown): unknown =>
  typeof role === 'string' && /^\w+$/.test(role) ? attribute(role, 'Arn') : role;

const isMade = (role: unknown): role is Members =>
  isMembers(role) && !Object.keys(role).some((key) => key === 'Ref' || key.startsWith('Fn::'));

/** The parts of the role of all functions, or a value for Role where the provider names one. */
export function providerRole({ provider }: Service): { parts: RoleParts } | { value: unknown } {
  const written = membersOf(provider.iam).role ?? provider.role;
  if (written !== undefined && !isMade(written)) return { value: refer(written) };
  const role = membersOf(written);
  const place = placeOf(role, 'statements') ?? placeOf(provider, 'iamRoleStatements') ?? placeOf(provider);
  return {
    parts: {
      statements: listOf(role.statements ?? provider.iamRoleStatements),
      managedPolicies: listOf(role.managedPolicies ?? provider.iamManagedPolicies),
      boundary: role.permissionsBoundary ?? role.permissionBoundary ?? provider.rolePermissionsBoundary,
      place,
    },
  };
}

/** What a function adds that has a role of its own: by the framework, or by the plugin for it. */
function ownParts(
  { plugins, config, provider }: Service,
  own: Members,
): (RoleParts & { inherits: unknown }) | undefined {
  const { role, inheritStatements } = membersOf(own.iam);
  const isPerFunction = membersOf(membersOf(provider.iam).role).mode === 'perFunction';
  if (isMade(role) || (isPerFunction && own.iamRoleStatements === undefined)) {
    const { statements, managedPolicies, permissionsBoundary: boundary } = membersOf(role);
    return {
      statements: listOf(statements),
      managedPolicies: listOf(managedPolicies),
      boundary,
      place: placeOf(role, 'statements') ?? placeOf(own),
      inherits: inheritStatements ?? !isMade(role),
    };
  }
  if (own.iamRoleStatements === undefined || !plugins.includes(perFunctionPlugin)) return undefined;
  const { defaultInherit } = membersOf(membersOf(config.custom)[perFunctionPlugin]);
  return {
    statements: listOf(own.iamRoleStatements),
    managedPolicies: listOf(own.iamManagedPolicies),
    boundary: own.iamPermissionsBoundary ?? provider.rolePermissionsBoundary,
    place: placeOf(own, 'iamRoleStatements'),
    inherits: own.iamRoleStatementsInherit ?? defaultInherit,
  };
}

/** A value for a function's Role; the role too where it is the function's own. */
export function chooseRole(
  service: Service,
  key: string,
  own: Members,
): { value: unknown; isShared: boolean; made: Made[] } {
  if (own.role !== undefined) return { value: refer(own.role), isShared: false, made: [] };
  const ofAll = providerRole(service);
  const parts = ownParts(service, own);
  if (!parts)
    return 'value' in ofAll
      ? { value: ofAll.value, isShared: false, made: [] }
      : { value: attribute(sharedRole, 'Arn'), isShared: true, made: [] };
  const inherited = parts.inherits && 'parts' in ofAll ? ofAll.parts : undefined;
  const id = `${logicalName(key)}${sharedRole}`;
  const statements = [...parts.statements, ...(inherited?.statements ?? [])];
  const managedPolicies = [...parts.managedPolicies, ...(inherited?.managedPolicies ?? [])];
  return {
    value: attribute(id, 'Arn'),
    isShared: false,
    made: [
      {
        ...compileRole(service, id, { ...parts, statements, managedPolicies }, [own]),
        name: `role of ${key}`,
      },
    ],
  };
}
