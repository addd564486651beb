import type { Resource } from '../resource.ts';
import { fill, holesOf } from '../template/substitution.ts';
import { membersOf } from './json.ts';
import { documentedRoutes, nameOfRoute } from './openapi-triggers.ts';
import { functionsIn, readTrigger, type Trigger } from './triggers.ts';

/** A route of an API that calls no function of the templates. */
export interface ServiceRoute extends Omit<Trigger, 'target'> {
  /** What it is told about: the route, or what it starts. */
  subject: string;
  /** What is called, such as `sqs`; `http` for an address elsewhere. */
  service: string;
}

type Resources = ReadonlyMap<string, Resource>;

/** The service that an integration calls; undefined where it answers by itself or calls a function of the templates. */
function serviceOf(type: unknown, uri: unknown, subtype: unknown, resources: Resources): string | undefined {
  if (/^mock$/i.test(String(type)) || functionsIn(uri, resources).length > 0) return undefined;
  if (typeof subtype === 'string') return subtype.split('-')[0]?.toLowerCase();
  if (typeof uri !== 'string') return undefined;
  // What is left open has colons of its own.
  const plain = fill(uri, () => '');
  return (
    /^arn:[^:]*:apigateway:[^:]*:(?:[^:.]*\.)?([a-z0-9-]+):/.exec(plain)?.[1] ??
    (/^https?:/.test(uri) ? 'http' : 'lambda')
  );
}

function ofMethod(resource: Resource, resources: Resources): ServiceRoute[] {
  const { Type, Uri } = membersOf(resource.properties.Integration);
  const service = serviceOf(Type, Uri, undefined, resources);
  const trigger = readTrigger(resource, resources);
  return service === undefined || !trigger ? [] : [{ ...trigger, resource, subject: resource.id, service }];
}

function ofRoute(resource: Resource, resources: Resources): ServiceRoute[] {
  const [name = ''] = holesOf(String(resource.properties.Target));
  const { IntegrationType, IntegrationUri, IntegrationSubtype } = resources.get(name)?.properties ?? {};
  const service = serviceOf(IntegrationType, IntegrationUri, IntegrationSubtype, resources);
  const trigger = readTrigger(resource, resources);
  return service === undefined || !trigger ? [] : [{ ...trigger, resource, subject: resource.id, service }];
}

/** An event of SAM that starts a state machine. */
function ofEvent(resource: Resource, resources: Resources): ServiceRoute[] {
  const [name = ''] = holesOf(String(resource.properties.Function));
  const trigger = readTrigger(resource, resources);
  return resources.get(name)?.type === 'AWS::StepFunctions::StateMachine' && trigger?.auth !== undefined
    ? [{ ...trigger, resource, subject: name, service: 'states' }]
    : [];
}

/** The routes of functions that SAM's events name; what the document says of these is told with the functions. */
const routesOfEvents = (resources: Resources): Set<string> =>
  new Set(
    [...resources.values()].flatMap((resource) => {
      const trigger = resource.type === 'Ringfence::Trigger' ? readTrigger(resource, resources) : undefined;
      return trigger ? [nameOfRoute(trigger)] : [];
    }),
  );

const ofDocument = (api: Resource, resources: Resources, ofEvents: ReadonlySet<string>): ServiceRoute[] =>
  (documentedRoutes(api, resources) ?? []).flatMap(({ integration, target, ...route }) => {
    const isOfFunction = target !== undefined || ofEvents.has(nameOfRoute(route));
    const service =
      !isOfFunction &&
      serviceOf(integration.type, integration.uri, integration.integrationSubtype, resources);
    return service ? [{ ...route, subject: api.id, service }] : [];
  });

/** The routes that lead past the functions of the templates: to services, to functions and addresses elsewhere. */
export function serviceRoutes(resources: Resources): ServiceRoute[] {
  const ofEvents = routesOfEvents(resources);
  return [...resources.values()].flatMap((resource) => {
    switch (resource.type) {
      case 'AWS::ApiGateway::Method':
        return ofMethod(resource, resources);
      case 'AWS::ApiGatewayV2::Route':
        return ofRoute(resource, resources);
      case 'Ringfence::Trigger':
        return ofEvent(resource, resources);
      default:
        return ofDocument(resource, resources, ofEvents);
    }
  });
}
