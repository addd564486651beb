import { listOf, type Members, membersOf, textsOf } from '../graph/json.ts';
import type { Resource } from '../resource.ts';
import { type ConnectorAccess, invokers, ofDestination, ofSource } from './connector-policies.ts';

/** Whose policy it is that a connector makes. */
export const OF_CONNECTOR = 'AWS::Serverless::Connector';

const nameIn = (end: unknown): string => String(membersOf(end).Id ?? '');
const arnOf = ({ id, type }: Resource) => (type === 'AWS::SNS::Topic' ? `\${${id}}` : `\${${id}.Arn}`);

/** The policy by which the role of one end may do something with the other. */
function policyFor(
  connector: Resource,
  role: unknown,
  other: Resource,
  policies: typeof ofSource,
  access: ConnectorAccess,
): Resource[] {
  const { actions, parts = [''] } = policies[other.type] ?? { actions: {} };
  const allowed = actions[access];
  if (allowed === undefined || typeof role !== 'string') return [];
  const { id, place } = connector;
  return [
    {
      id: `${id}${access}Policy`,
      type: 'AWS::IAM::ManagedPolicy',
      dependsOn: [],
      ...(place && { place }),
      properties: {
        ReadyMade: `${OF_CONNECTOR} ${access}`,
        Roles: [role.replace('.Arn}', '}')],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: allowed.split(' '),
              Resource: parts.map((part) => arnOf(other) + part),
            },
          ],
        },
      },
    },
  ];
}

/** What SAM makes of a connector: policies for the role of one end, or a permission to invoke the function at the other. */
function connect(connector: Resource, from: Resource, to: Resource, access: ConnectorAccess): Resource[] {
  const roleOf = ({ properties }: Resource): unknown => properties.Role ?? properties.RoleArn;
  if (/^AWS::(Lambda::Function|StepFunctions::StateMachine)$/.test(from.type))
    return policyFor(connector, roleOf(from), to, ofDestination, access);
  const principal = invokers[from.type];
  if (to.type !== 'AWS::Lambda::Function') return [];
  if (principal === undefined) return policyFor(connector, roleOf(to), from, ofSource, access);
  const { id, place } = connector;
  return [
    {
      id: `${id}Permission`,
      type: 'AWS::Lambda::Permission',
      dependsOn: [],
      ...(place && { place }),
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: `\${${to.id}}`,
        Principal: principal,
        SourceArn: arnOf(from),
      },
    },
  ];
}

/**
 * What SAM makes of a connector, which may have several destinations.
 * @param resources those of the template as CloudFormation has them, by their ids
 */
export function expandConnector(
  connector: Resource,
  resources: ReadonlyMap<string, Resource>,
  prefix: string,
): Resource[] {
  const { Source, Destination, Permissions }: Members = connector.properties;
  const from = resources.get(prefix + nameIn(Source));
  return listOf(Destination).flatMap((end, index) => {
    const to = resources.get(prefix + nameIn(end));
    const own = index === 0 ? connector : { ...connector, id: `${connector.id}${index}` };
    return from && to
      ? textsOf(Permissions).flatMap((access) => connect(own, from, to, access as ConnectorAccess))
      : [];
  });
}
