import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { authorizerOf } from './compile-authorizers.ts';
import { polledSource } from './compile-role.ts';
import { destinationOf, functionId, type Made, type Service } from './service.ts';

/** SAM's name of an event, and the member that says where it comes from. */
const kinds: Readonly<Record<string, readonly [kind: string, source?: string]>> = {
  s3: ['S3', 'bucket'],
  sns: ['SNS', 'arn'],
  sqs: ['SQS', 'arn'],
  msk: ['MSK', 'arn'],
  kafka: ['SelfManagedKafka'],
  activemq: ['MQ', 'arn'],
  rabbitmq: ['MQ', 'arn'],
  schedule: ['Schedule'],
  eventBridge: ['EventBridgeRule', 'eventBus'],
  cloudwatchEvent: ['CloudWatchEvent'],
  cloudwatchLog: ['CloudWatchLogs', 'logGroup'],
  cognitoUserPool: ['Cognito', 'pool'],
  iot: ['IoTRule'],
  alexaSkill: ['AlexaSkill'],
  alexaSmartHome: ['AlexaSkill'],
  cloudFront: ['CloudFront'],
};

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Method and path, which may be written as `GET /orders`. */
function routeOf(value: unknown): { Method: unknown; Path: unknown } {
  if (isMembers(value)) {
    const { method = 'ANY', path = '/' } = value;
    return { Method: text(method).toUpperCase().replace('*', 'ANY') || method, Path: absolute(path) };
  }
  const [method = '*', path] = text(value).trim().split(/\s+/);
  return path === undefined && method === '*'
    ? { Method: 'ANY', Path: '$default' }
    : { Method: method.toUpperCase().replace('*', 'ANY'), Path: absolute(path ?? '/') };
}

const absolute = (path: unknown) => (typeof path === 'string' ? path.replace(/^(?=[^/$*])/, '/') : path);

/** Which pages of other sites may call a route of a REST API, where that is written out. */
function restCorsOf(route: unknown): Members {
  const { cors } = membersOf(route);
  const { origin, origins = origin, allowCredentials } = membersOf(cors);
  return isMembers(cors) ? { Cors: { AllowOrigins: origins, AllowCredentials: allowCredentials } } : {};
}

function triggerOf(service: Service, name: string, value: unknown): Members {
  const { provider } = service;
  switch (name) {
    case 'http': {
      const external = membersOf(provider.apiGateway).restApiId;
      return {
        Kind: 'rest-api',
        Source: external ?? { Ref: 'ApiGatewayRestApi' },
        ...routeOf(value),
        Auth: authorizerOf(service, name, value),
        ...restCorsOf(value),
      };
    }
    case 'httpApi':
      return {
        Kind: 'http-api',
        Source: membersOf(provider.httpApi).id ?? { Ref: 'HttpApi' },
        ...routeOf(value),
        Auth: authorizerOf(service, name, value),
      };
    case 'websocket':
      return {
        Kind: 'websocket',
        Source: { Ref: 'WebsocketsApi' },
        Path: isMembers(value) ? value.route : value,
        Auth: authorizerOf(service, name, value),
      };
    case 'alb': {
      const { listenerArn, conditions, authorizer } = membersOf(value);
      const { path, method = 'ANY' } = membersOf(conditions);
      return {
        Kind: 'ALB',
        Source: listenerArn,
        Method: [method].flat().join('|'),
        Path: [path ?? '*'].flat().join('|'),
        Auth: authorizer === undefined ? 'NONE' : [authorizer].flat().join('|'),
      };
    }
    case 'stream': {
      const { kind, arn } = polledSource({ stream: value }) ?? {};
      const { destinations } = membersOf(value);
      const failed = destinationOf(service, membersOf(destinations).onFailure);
      return {
        Kind: kind === 'dynamodb' ? 'DynamoDB' : 'Kinesis',
        Source: arn,
        Event: {
          ...(isMembers(value) && value),
          ...(failed !== undefined && { DestinationConfig: { OnFailure: { Destination: failed } } }),
        },
      };
    }
    default: {
      const [kind, member] = kinds[name] ?? [name];
      const isWhole =
        !isMembers(value) || Object.keys(value).some((key) => key.startsWith('Fn::') || key === 'Ref');
      const source = isWhole
        ? value
        : (value[member ?? ''] ?? (name === 'sns' ? value.topicName : undefined));
      const isScheduler = name === 'schedule' && membersOf(value).method === 'scheduler';
      return {
        Kind: isScheduler ? 'ScheduleV2' : kind,
        ...(member !== undefined && source !== undefined && { Source: source }),
        Event: value,
      };
    }
  }
}

/** What starts a function or a state machine, one `Ringfence::Trigger` for each event. Events of plugins that nobody knows are triggers, too. */
export function compileEvents(service: Service, id: string, own: Members): Made[] {
  return listOf(own.events).flatMap((event, index): Made[] => {
    const [[name, value] = ['', undefined]] = isMembers(event)
      ? Object.entries(event)
      : [[text(event), undefined]];
    if (name === '') return [];
    const properties = { Function: { Ref: id }, ...triggerOf(service, name, value) };
    const place = placeOf(own.events, index);
    return [{ id: `${id}Event${index}`, type: 'Ringfence::Trigger', properties, place }];
  });
}

/** The functions that check a deployment of serverless-plugin-canary-deployments. */
export function compileHooks(
  { functions }: Service,
  id: string,
  { deploymentSettings: of }: Members,
): Made[] {
  const { preTrafficHook, postTrafficHook } = membersOf(of);
  return [preTrafficHook, postTrafficHook].flatMap((key, index): Made[] =>
    typeof key === 'string' && Object.hasOwn(functions, key)
      ? [
          {
            id: `${id}Hook${index}`,
            type: 'Ringfence::Trigger',
            properties: { Function: { Ref: functionId(key) }, Kind: 'CodeDeploy' },
            place: placeOf(of),
          },
        ]
      : [],
  );
}
