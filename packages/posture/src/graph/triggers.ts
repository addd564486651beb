import type { Resource } from '../resource.ts';
import { hole, holesOf } from '../template/substitution.ts';
import { isDisabled } from './disabled.ts';
import { membersOf } from './json.ts';

/** What may start a function. */
export interface Trigger {
  /** `function-url`, `rest-api`, `http-api`, `websocket`, `event-source`, `permission`, or SAM's name of the event. */
  kind: string;
  /** The function's name in the template. */
  target: string;
  /** What it comes from, as the template says it. */
  source?: string;
  path?: string;
  method?: string;
  /** How a caller must show who it is: NONE, AWS_IAM, API_KEY, RESOURCE_POLICY, or an authorizer. Undefined where nobody calls over HTTP. */
  auth?: string;
  /** Whether it is turned off, so that it starts nothing. */
  isDisabled?: true;
  /** Where it is written. */
  resource: Resource;
}

/** The first resource of the template that a text names. */
const nameIn = (text: unknown): string | undefined =>
  typeof text === 'string' ? holesOf(text).map((name) => name.split('.')[0])[0] : undefined;

type Resources = ReadonlyMap<string, Resource>;

/** The functions that a text leads to, over versions and aliases of them. */
export function functionsIn(text: unknown, resources: Resources, depth = 0): string[] {
  return (typeof text === 'string' ? holesOf(text) : []).flatMap((hole) => {
    const resource = resources.get(hole.split('.')[0] ?? '');
    if (resource?.type === 'AWS::Lambda::Function') return [resource.id];
    const isOther = resource?.type === 'AWS::Lambda::Alias' || resource?.type === 'AWS::Lambda::Version';
    // An alias names a version, and that a function.
    return isOther && depth < 3 ? functionsIn(resource.properties.FunctionName, resources, depth + 1) : [];
  });
}

const authOfMethod = ({
  AuthorizationType = 'NONE',
  AuthorizerId,
  ApiKeyRequired,
}: Resource['properties']) => {
  if (AuthorizationType !== 'NONE')
    return typeof AuthorizerId === 'string' ? AuthorizerId : String(AuthorizationType);
  return ApiKeyRequired === true || ApiKeyRequired === 'true' ? 'API_KEY' : 'NONE';
};

/** The path of a resource of a REST API, from its parents. */
function pathOf(id: string | undefined, resources: Resources, depth = 0): string {
  const { type, properties } = resources.get(id ?? '') ?? {};
  if (type !== 'AWS::ApiGateway::Resource' || depth > 30) return '';
  return `${pathOf(nameIn(properties?.ParentId), resources, depth + 1)}/${String(properties?.PathPart ?? '')}`;
}

/** What a resource says of how a function is started, whatever it starts. */
export function readTrigger(
  resource: Resource,
  resources: Resources,
): (Omit<Trigger, 'target' | 'resource'> & { on: unknown }) | undefined {
  const { type, properties: of } = resource;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const source = (value: unknown) => (typeof value === 'string' ? { source: value } : {});
  switch (type) {
    case 'Ringfence::Trigger': {
      const [path, method, auth] = [text(of.Path), text(of.Method), text(of.Auth)];
      return {
        kind: String(of.Kind),
        on: of.Function,
        ...source(of.Source),
        ...(path && { path }),
        ...(method && { method }),
        ...(auth && { auth }),
      };
    }
    case 'AWS::Lambda::Url':
      return { kind: 'function-url', on: of.TargetFunctionArn, auth: String(of.AuthType ?? 'NONE') };
    case 'AWS::Lambda::EventSourceMapping':
      return { kind: 'event-source', on: of.FunctionName, ...source(of.EventSourceArn) };
    case 'AWS::Lambda::Permission':
      return { kind: 'permission', on: of.FunctionName, ...source(of.SourceArn ?? of.Principal) };
    case 'AWS::ApiGateway::Method':
      return {
        kind: 'rest-api',
        on: membersOf(of.Integration).Uri,
        ...source(of.RestApiId),
        path: pathOf(nameIn(of.ResourceId), resources) || '/',
        method: String(of.HttpMethod ?? 'ANY'),
        auth: authOfMethod(of),
      };
    case 'AWS::ApiGatewayV2::Route': {
      const api = resources.get(nameIn(of.ApiId) ?? '');
      const isSocket = api?.properties.ProtocolType === 'WEBSOCKET';
      const [method = '', path] = String(of.RouteKey ?? '').split(' ');
      return {
        kind: isSocket ? 'websocket' : 'http-api',
        on: resources.get(nameIn(of.Target) ?? '')?.properties.IntegrationUri,
        ...source(of.ApiId),
        path: path ?? method,
        ...(path !== undefined && { method }),
        auth: authOfMethod(of),
      };
    }
    case 'AWS::ApiGatewayV2::Api':
      // An API that is made with its only route.
      return {
        kind: 'http-api',
        on: of.Target,
        source: hole(resource.id),
        path: text(of.RouteKey) ?? '$default',
        auth: 'NONE',
      };
    default:
      return undefined;
  }
}

/** All triggers of the functions, those in subscriptions and rules of other services included. */
export function readTriggers(resources: Resources): Trigger[] {
  const own = [...resources.values()].flatMap((resource): Trigger[] => {
    const found = readTrigger(resource, resources);
    const [target] = found ? functionsIn(found.on, resources) : [];
    if (!found || target === undefined) return [];
    const { on: _, ...trigger } = found;
    return [{ ...trigger, target, resource }];
  });
  const isOff = ({ kind, source, resource }: Trigger) => {
    const from = resources.get(nameIn(source) ?? '');
    // Who may send is of no use to who is turned off.
    return isDisabled(resource) || (kind === 'permission' && from !== undefined && isDisabled(from));
  };
  return [...own, ...subscribed(resources)].map((trigger) =>
    isOff(trigger) ? { ...trigger, isDisabled: true } : trigger,
  );
}

/** Functions that other resources name as their target: subscriptions, rules, schedules, notifications of buckets, user pools. */
function subscribed(resources: Resources): Trigger[] {
  const places: Readonly<Record<string, (of: Resource['properties']) => unknown[]>> = {
    'AWS::SNS::Subscription': (of) => [of.Endpoint],
    'AWS::SNS::Topic': (of) => listMembers(of.Subscription, 'Endpoint'),
    'AWS::Events::Rule': (of) => listMembers(of.Targets, 'Arn'),
    'AWS::Pipes::Pipe': (of) => [of.Target, of.Enrichment],
    'AWS::Scheduler::Schedule': (of) => [membersOf(of.Target).Arn],
    'AWS::S3::Bucket': (of) =>
      listMembers(membersOf(of.NotificationConfiguration).LambdaConfigurations, 'Function'),
    'AWS::Cognito::UserPool': (of) => Object.values(membersOf(of.LambdaConfig)),
    'AWS::Logs::SubscriptionFilter': (of) => [of.DestinationArn],
    'AWS::ApiGateway::Authorizer': (of) => [of.AuthorizerUri],
    'AWS::ApiGatewayV2::Authorizer': (of) => [of.AuthorizerUri],
    'AWS::ElasticLoadBalancingV2::TargetGroup': (of) => listMembers(of.Targets, 'Id'),
    'AWS::CloudFront::Distribution': (of) => [JSON.stringify(of)],
    'AWS::AppSync::DataSource': (of) => [membersOf(of.LambdaConfig).LambdaFunctionArn],
    'AWS::StepFunctions::StateMachine': (of) => [JSON.stringify(of)],
  };
  return [...resources.values()].flatMap((resource) => {
    const kind = resource.type.split('::').slice(1).join(' ').toLowerCase();
    const targets = (places[resource.type]?.(resource.properties) ?? []).flatMap((value) =>
      functionsIn(value, resources),
    );
    return [...new Set(targets)].map((target) => ({ kind, target, source: `\${${resource.id}}`, resource }));
  });
}

const listMembers = (list: unknown, name: string): unknown[] =>
  Array.isArray(list) ? list.map((item) => membersOf(item)[name]) : [];
