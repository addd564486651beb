import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { compileHttpAuthorizers, compileRouteAuthorizers } from './compile-authorizers.ts';
import { corsOf } from './cors.ts';
import { logicalName, type Made, type Service, takeMembers } from './service.ts';
import { compileServiceProxies } from './service-proxies.ts';
import { stateMachinesOf } from './state-machines.ts';

/** The events of this kind of all functions and state machines. */
const eventsOf = (service: Service, kind: string): unknown[] =>
  [
    ...Object.values(service.functions),
    ...[...stateMachinesOf(service).values()].map(({ own }) => own),
  ].flatMap((own) =>
    listOf(membersOf(own).events).flatMap((event) =>
      isMembers(event) && kind in event ? [event[kind]] : [],
    ),
  );

function compileRest(service: Service): Made[] {
  const events = eventsOf(service, 'http');
  const { provider, name, stage } = service;
  const settings = membersOf(provider.apiGateway);
  const proxies = compileServiceProxies(service);
  if (events.length + proxies.length === 0) return [];
  if (settings.restApiId !== undefined) return proxies;
  const { apiGatewayThrottling: limits, associateWaf } = membersOf(service.config.custom);
  const policy = settings.resourcePolicy ?? provider.resourcePolicy;
  const logs = membersOf(provider.logs).restApi;
  const place = placeOf(provider, 'apiGateway') ?? placeOf(provider);
  const api = {
    Name: { 'Fn::Join': ['-', [{ 'Fn::Sub': stage }, name]] },
    ...(policy !== undefined && { Policy: { Version: '2012-10-17', Statement: policy } }),
  };
  const deployed = {
    RestApiId: { Ref: 'ApiGatewayRestApi' },
    StageName: { 'Fn::Sub': stage },
    TracingEnabled: membersOf(provider.tracing).apiGateway === true,
    ...(logs ? { AccessLogSetting: { Format: membersOf(logs).format ?? 'standard' } } : {}),
    // serverless-api-gateway-throttling.
    ...(isMembers(limits) && {
      MethodSettings: [takeMembers({ ThrottlingRateLimit: 'maxRequestsPerSecond' }, [limits])],
    }),
  };
  // serverless-associate-waf.
  const firewall: Made = {
    id: 'ApiGatewayFirewall',
    type: 'AWS::WAFv2::WebACLAssociation',
    properties: { ResourceArn: { Ref: 'ApiGatewayStage' } },
    place,
  };
  return [
    { id: 'ApiGatewayRestApi', type: 'AWS::ApiGateway::RestApi', properties: api, place },
    { id: 'ApiGatewayStage', type: 'AWS::ApiGateway::Stage', properties: deployed, place },
    ...(isMembers(associateWaf) ? [firewall] : []),
    ...proxies,
    ...events.flatMap((event) => compileRouteAuthorizers(service, 'http', membersOf(event))),
  ];
}

/** The keys that clients are given; those of a plan stand in a list under its name. */
function compileKeys({ provider }: Service): Made[] {
  const { apiKeys = provider.apiKeys } = membersOf(provider.apiGateway);
  return listOf(apiKeys)
    .flatMap((key) =>
      isMembers(key) && !('name' in key || 'value' in key) ? Object.values(key).flat() : [key],
    )
    .filter(isMembers)
    .map((key, index) => ({
      id: `ApiGatewayApiKey${index + 1}`,
      type: 'AWS::ApiGateway::ApiKey',
      properties: takeMembers({ Name: 'name', Value: 'value' }, [key]),
      place: placeOf(key, 'value'),
    }));
}

function compileHttp(service: Service): Made[] {
  const settings = membersOf(service.provider.httpApi);
  if (eventsOf(service, 'httpApi').length === 0 || settings.id !== undefined) return [];
  const place = placeOf(service.provider, 'httpApi') ?? placeOf(service.provider);
  const logs = membersOf(service.provider.logs).httpApi;
  const properties: Members = {
    Name: { 'Fn::Join': ['-', [{ 'Fn::Sub': service.stage }, service.name]] },
    ProtocolType: 'HTTP',
    ...(settings.cors ? { CorsConfiguration: corsOf(settings.cors) } : {}),
  };
  const deployed = {
    ApiId: { Ref: 'HttpApi' },
    StageName: '$default',
    ...(logs ? { AccessLogSettings: { Format: membersOf(logs).format ?? 'standard' } } : {}),
  };
  return [
    { id: 'HttpApi', type: 'AWS::ApiGatewayV2::Api', properties, place },
    { id: 'HttpApiStage', type: 'AWS::ApiGatewayV2::Stage', properties: deployed, place },
    ...compileHttpAuthorizers(service),
  ];
}

function compileWebsocket(service: Service): Made[] {
  const events = eventsOf(service, 'websocket');
  if (events.length === 0) return [];
  const place = placeOf(service.provider);
  const properties = { Name: service.name, ProtocolType: 'WEBSOCKET' };
  return [
    { id: 'WebsocketsApi', type: 'AWS::ApiGatewayV2::Api', properties, place },
    ...events.flatMap((event) => compileRouteAuthorizers(service, 'websocket', membersOf(event))),
  ];
}

/** Buckets and topics that events name, and that the framework makes. */
function compileSources(service: Service): Made[] {
  const buckets = eventsOf(service, 's3').flatMap((event): Made[] => {
    const { bucket = event, existing } = membersOf(event);
    if (typeof bucket !== 'string' || existing === true) return [];
    const id = `S3Bucket${logicalName(bucket)}`;
    return [{ id, type: 'AWS::S3::Bucket', properties: { BucketName: bucket }, place: placeOf(event) }];
  });
  const topics = eventsOf(service, 'sns').flatMap((event): Made[] => {
    const { topicName = event, arn } = membersOf(event);
    if (typeof topicName !== 'string' || arn !== undefined || topicName.startsWith('arn:')) return [];
    const id = `SNSTopic${logicalName(topicName)}`;
    return [{ id, type: 'AWS::SNS::Topic', properties: { TopicName: topicName }, place: placeOf(event) }];
  });
  return [...buckets, ...topics];
}

/** The APIs of a service with their stages and authorizers, and what else its events come from that the framework makes. */
export const compileSourcesOfEvents = (service: Service): Made[] => [
  ...compileRest(service),
  ...compileKeys(service),
  ...compileHttp(service),
  ...compileWebsocket(service),
  ...compileSources(service),
];
