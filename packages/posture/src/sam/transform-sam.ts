import type { Inventory, Resource } from '../resource.ts';
import { mergeMembers } from '../template/merge-members.ts';
import { inWords, keepPlace } from '../template/place.ts';
import { expandConnector } from './expand-connector.ts';
import { expandEvents } from './expand-events.ts';
import { expandFunction } from './expand-function.ts';
import { expandGraphqlApi } from './expand-graphql-api.ts';
import { expandRole } from './expand-role.ts';
import { type FilledTemplate, isTemplate } from './fill-template.ts';
import { OF_SAM } from './sending-policy.ts';

type Members = Readonly<Record<string, unknown>>;

/** The resources of SAM that become one of CloudFormation, with the same properties for what posture asks. */
const renamed: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::LayerVersion': 'AWS::Lambda::LayerVersion',
};

const globalOf = (type: string) => type.replace('AWS::Serverless::', '');

/** The APIs that functions may name, and those that SAM makes for routes that name none. */
function apisOf(resources: readonly Resource[], globals: Members, prefix: string): Map<string, Members> {
  const written = resources
    .filter(({ type }) => type === 'AWS::Serverless::Api' || type === 'AWS::Serverless::HttpApi')
    .map(({ id, type, properties }): [string, Members] => [
      id,
      mergeMembers(globals[globalOf(type)], properties),
    ]);
  return new Map([
    [`${prefix}ServerlessRestApi`, mergeMembers(globals.Api, {})],
    [`${prefix}ServerlessHttpApi`, mergeMembers(globals.HttpApi, {})],
    ...written,
  ]);
}

function expandStateMachine(
  resource: Resource,
  apis: ReadonlyMap<string, Members>,
  prefix: string,
): Resource[] {
  const { properties } = resource;
  const events = expandEvents(resource, properties.Events, apis, prefix);
  const machine = {
    ...resource,
    type: 'AWS::StepFunctions::StateMachine',
    properties: keepPlace(properties, {
      ...properties,
      ...(properties.Role === undefined && { RoleArn: `\${${resource.id}Role.Arn}` }),
    }),
  };
  return properties.Role === undefined
    ? [machine, expandRole(resource, properties, 'states.amazonaws.com'), ...events]
    : [machine, ...events];
}

/** What a role is to have by templates that SAM does not have. */
const unknownTemplates = ({ id, place, properties }: Resource): string[] =>
  ((properties.Policies ?? []) as Partial<FilledTemplate>[]).flatMap(({ ReadyMade }) =>
    ReadyMade === undefined || ReadyMade === OF_SAM || isTemplate(ReadyMade)
      ? []
      : [`${place ? `${inWords(place)}: ` : ''}${id}: SAM has no policy template ${ReadyMade}`],
  );

/** What SAM makes of an event may be called as something else is; both count. */
function withOwnNames(resources: readonly Resource[]): Resource[] {
  const taken = new Set(resources.flatMap(({ id, type }) => (type === 'Ringfence::Trigger' ? [] : [id])));
  return resources.map((resource) => {
    if (resource.type !== 'Ringfence::Trigger') return resource;
    const id = taken.has(resource.id) ? `${resource.id}Event` : resource.id;
    taken.add(id);
    return { ...resource, id };
  });
}

/** Makes of the resources of SAM what CloudFormation would get; others stay as they are. */
export function transformSam(
  resources: readonly Resource[],
  globals: Members,
  prefix: string,
): { resources: Resource[]; notes: Inventory['notes'] } {
  const apis = apisOf(resources, globals, prefix);
  const notes: string[] = [];
  const expanded = resources.flatMap((resource): Resource[] => {
    const { type } = resource;
    if (!type.startsWith('AWS::Serverless::') || type === 'AWS::Serverless::Application') return [resource];
    const properties = mergeMembers(globals[globalOf(type)], resource.properties);
    if (type === 'AWS::Serverless::Function') return expandFunction(resource, properties, apis, prefix);
    if (type === 'AWS::Serverless::StateMachine')
      return expandStateMachine({ ...resource, properties }, apis, prefix);
    if (type === 'AWS::Serverless::Connector') return [];
    if (type === 'AWS::Serverless::GraphQLApi') return expandGraphqlApi({ ...resource, properties });
    const name = renamed[type];
    if (name) return [{ ...resource, type: name, properties }];
    notes.push(`${resource.id}: ${type} is not read`);
    // What it names is named all the same.
    return [resource];
  });
  const made = ['ServerlessRestApi', 'ServerlessHttpApi']
    .map((name) => prefix + name)
    .filter((id) => expanded.some(({ properties }) => properties.Source === `\${${id}}`))
    .map((id): Resource => {
      const type = id.endsWith('RestApi') ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api';
      return { id, type, dependsOn: [], properties: apis.get(id) ?? {} };
    });
  const byId = new Map(expanded.map((resource) => [resource.id, resource]));
  expanded.push(
    ...resources
      .filter(({ type }) => type === 'AWS::Serverless::Connector')
      .flatMap((connector) => expandConnector(connector, byId, prefix)),
  );
  const written = new Set(resources);
  const roles = expanded.filter((resource) => resource.type === 'AWS::IAM::Role' && !written.has(resource));
  notes.push(...roles.flatMap(unknownTemplates));
  return { resources: withOwnNames([...expanded, ...made]), notes };
}
