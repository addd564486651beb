import type { CodeFlow } from '../flows/code-flow.ts';
import { managedPolicy } from '../iam/managed-policies.ts';
import type { FunctionNeeds } from '../least/function-needs.ts';
import { type Inventory, placeIn, type Resource } from '../resource.ts';
import { known, referenceOf } from '../template/substitution.ts';
import { membersOf, textsOf } from './json.ts';
import { isRoleOfCdk } from './made-by-cdk.ts';
import { addDocumentedRoutes } from './openapi-triggers.ts';
import { inlineStatements, readStatements, type Statement } from './statements.ts';
import { readTriggers, type Trigger } from './triggers.ts';

/** The name for what the CDK's own functions may do. */
export const OF_CDK = 'CDK';

/** A role with all that the templates let it do. */
export interface Role {
  resource: Resource;
  statements: Statement[];
  /** Managed policies by their ARN that no template holds; the statements of those of AWS are among `statements`. */
  managed: string[];
}

/** A function with what starts it and what it may do. */
export interface FunctionNode {
  id: string;
  resource: Resource;
  /** Such as nodejs20.x; undefined for images, and where the template does not tell. */
  runtime?: string;
  /** Undefined where the role is none of the template's. */
  role?: Role;
  /** Those of its layers that the templates make. */
  layers: Resource[];
  triggers: Trigger[];
  environment: Readonly<Record<string, unknown>>;
  /** What it does with its role; undefined where the code has not been asked. */
  needs?: FunctionNeeds;
  /** Event data that does harm in its code; undefined where nobody has looked (`readFlows`). */
  flows?: CodeFlow[];
}

/** What may reach what. */
export interface Graph extends Inventory {
  functions: ReadonlyMap<string, FunctionNode>;
  roles: ReadonlyMap<string, Role>;
  /** Those of the project's other templates. */
  beside?: readonly Graph[];
}

const byType = new WeakMap<Inventory['resources'], Map<string, Resource[]>>();

/** All resources of the type. */
export function ofType({ resources }: Inventory, type: string): readonly Resource[] {
  let index = byType.get(resources);
  if (!index) {
    index = new Map();
    for (const resource of resources.values()) {
      const others = index.get(resource.type);
      if (others) others.push(resource);
      else index.set(resource.type, [resource]);
    }
    byType.set(resources, index);
  }
  return index.get(type) ?? [];
}

/** The ids of the roles that a policy says it is for. */
const rolesOf = (policy: Resource): string[] =>
  textsOf(policy.properties.Roles).map((role) => referenceOf(role)?.name ?? role);

/** What a managed policy of AWS lets the role do; nothing of one that is not known. */
function managedStatements(role: Resource, arn: string): Statement[] {
  const index = textsOf(role.properties.ManagedPolicyArns).indexOf(arn);
  const place = placeIn(role, 'ManagedPolicyArns', index);
  return readStatements(managedPolicy(arn), { ...role, ...(place && { place }) }, arn);
}

/** Whose policy it is, where the project's author has not written it. */
function makerOf({ properties: { ReadyMade } }: Resource, role: Resource): string | undefined {
  if (typeof ReadyMade === 'string') return ReadyMade;
  return isRoleOfCdk(role) ? OF_CDK : undefined;
}

function readRoles(inventory: Inventory): Map<string, Role> {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'].flatMap((type) =>
    ofType(inventory, type),
  );
  return new Map(
    ofType(inventory, 'AWS::IAM::Role').map((resource) => {
      const arns = textsOf(resource.properties.ManagedPolicyArns);
      const isOwn = (policy: Resource) =>
        [...rolesOf(policy), referenceOf(policy.properties.RoleName)?.name].includes(resource.id) ||
        arns.some((arn) => referenceOf(arn)?.name === policy.id);
      const attached = policies.filter(isOwn);
      const statements = attached.flatMap((policy) =>
        readStatements(policy.properties.PolicyDocument, policy, makerOf(policy, resource)),
      );
      const managed = arns.filter((arn) => !inventory.resources.has(referenceOf(arn)?.name ?? ''));
      const readyMade = managed.flatMap((arn) => managedStatements(resource, arn));
      return [
        resource.id,
        { resource, statements: [...inlineStatements(resource), ...statements, ...readyMade], managed },
      ];
    }),
  );
}

/** Puts the resources together. */
export function buildGraph(inventory: Inventory): Graph {
  const roles = readRoles(inventory);
  const triggers = addDocumentedRoutes(readTriggers(inventory.resources), inventory.resources);
  const byTarget = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    const others = byTarget.get(trigger.target);
    if (others) others.push(trigger);
    else byTarget.set(trigger.target, [trigger]);
  }
  const functions = ofType(inventory, 'AWS::Lambda::Function').map((resource): [string, FunctionNode] => {
    const { Role: role, Runtime, Environment, Layers } = resource.properties;
    const runtime = typeof Runtime === 'string' ? known(Runtime) : undefined;
    const own = roles.get(referenceOf(role)?.name ?? '');
    return [
      resource.id,
      {
        id: resource.id,
        resource,
        ...(runtime !== undefined && { runtime }),
        ...(own && { role: own }),
        layers: textsOf(Layers).flatMap((layer) => {
          const made = inventory.resources.get(referenceOf(layer)?.name ?? '');
          return made?.type === 'AWS::Lambda::LayerVersion' ? [made] : [];
        }),
        triggers: byTarget.get(resource.id) ?? [],
        environment: membersOf(membersOf(Environment).Variables),
      },
    ];
  });
  return { ...inventory, functions: new Map(functions), roles };
}
