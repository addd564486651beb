import { ofType, type Role } from '../graph/build-graph.ts';
import { membersOf } from '../graph/json.ts';
import { readStatements, type Statement } from '../graph/statements.ts';
import { managedPolicy } from '../iam/managed-policies.ts';
import type { Inventory } from '../resource.ts';
import { holesOf, referenceOf } from '../template/substitution.ts';
import type { Arns } from './arns.ts';
import { anyOf, bothOf, not, type Verdict } from './pattern.ts';

/** One action on one resource, the latter undefined where it is not known. */
export interface Access {
  action: string;
  resource: string | undefined;
}

const expressions = new Map<string, RegExp>();

/** Whether a pattern of actions holds the action. */
export function holdsAction(pattern: string, action: string): Verdict {
  if (pattern === '*') return 'yes';
  if (holesOf(pattern).length > 0) return 'maybe';
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    expression = new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
    expressions.set(pattern, expression);
  }
  return expression.test(action) ? 'yes' : 'no';
}

/** Whether one of the statement's actions is it. */
export function actionsHold({ actions, exceptActions }: Statement, action: string): Verdict {
  const verdict = anyOf(actions.map((pattern) => holdsAction(pattern, action)));
  return exceptActions ? not(verdict) : verdict;
}

/** Whether the statement is about the access; what it has conditions for, only may be. */
export function applies(statement: Statement, { action, resource }: Access, arns: Arns): Verdict {
  const onAction = actionsHold(statement, action);
  if (onAction === 'no') return 'no';
  const { resources, exceptResources, conditions } = statement;
  const onOne = anyOf(
    resources.map((granted) =>
      resource === undefined ? unknownHeld(granted) : arns.holds(granted, resource),
    ),
  );
  const verdict = bothOf(onAction, exceptResources ? not(onOne) : onOne);
  return Object.keys(conditions).length > 0 ? bothOf(verdict, 'maybe') : verdict;
}

const unknownHeld = (granted: string): Verdict => (granted === '*' ? 'yes' : 'maybe');

function among(statements: readonly Statement[], access: Access, arns: Arns): Verdict {
  const of = (effect: Statement['effect']) =>
    anyOf(statements.filter((each) => each.effect === effect).map((each) => applies(each, access, arns)));
  return bothOf(of('Allow'), not(of('Deny')));
}

/** What the most is that the role may do. Undefined where the template does not say. */
function boundaryOf({ resource }: Role, inventory: Inventory): Statement[] | undefined {
  const boundary = resource.properties.PermissionsBoundary;
  const own = inventory.resources.get(referenceOf(boundary)?.name ?? '');
  const document = own ? own.properties.PolicyDocument : managedPolicy(String(boundary));
  return document === undefined ? undefined : readStatements(document, own ?? resource);
}

/** Whether AWS lets the role, by what is written in it and the policies that it has. */
export function roleGrants(role: Role, access: Access, inventory: Inventory, arns: Arns): Verdict {
  const isUnknown = role.managed.some((arn) => managedPolicy(arn) === undefined);
  const denied = among(role.statements, access, arns);
  const own = denied === 'no' && isUnknown && !isDenied(role, access, arns) ? 'maybe' : denied;
  if (role.resource.properties.PermissionsBoundary === undefined) return own;
  const boundary = boundaryOf(role, inventory);
  return bothOf(own, boundary ? among(boundary, access, arns) : 'maybe');
}

const isDenied = ({ statements }: Role, access: Access, arns: Arns) =>
  statements.some((each) => each.effect === 'Deny' && applies(each, access, arns) === 'yes');

const resourcePolicies: Readonly<Record<string, string>> = {
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::SecretsManager::ResourcePolicy': 'ResourcePolicy',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::DynamoDB::Table': 'ResourcePolicy',
  'AWS::Kinesis::ResourcePolicy': 'ResourcePolicy',
};

const documentIn = (value: unknown) => membersOf(value).PolicyDocument ?? value;

/** Whether a resource itself may let the role in; AWS needs no more than that within one account. */
export function resourceMayGrant(role: Role, { action }: Access, inventory: Inventory): boolean {
  const isRole = (principal: string) =>
    principal === '*' || holesOf(principal).some((name) => name.split('.')[0] === role.resource.id);
  return Object.entries(resourcePolicies).some(([type, property]) =>
    ofType(inventory, type).some((resource) =>
      readStatements(documentIn(resource.properties[property]), resource).some(
        (statement) =>
          statement.effect === 'Allow' &&
          statement.principals.some((each) => isRole(each)) &&
          actionsHold(statement, action) !== 'no',
      ),
    ),
  );
}
