import { type Members, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { attribute, functionId, logicalName, type Made, type Service, takeMembers } from './service.ts';

const isIam = (value: unknown) => /^aws_iam$/i.test(String(value));

/** The name under which a route's authorizer is known. */
function nameOf(authorizer: unknown): string | undefined {
  if (typeof authorizer === 'string')
    return authorizer.startsWith('arn:') ? authorizer.slice(authorizer.lastIndexOf(':') + 1) : authorizer;
  const { name, arn } = membersOf(authorizer);
  if (typeof name === 'string') return name;
  if (typeof arn === 'string') return arn.slice(arn.lastIndexOf(':') + 1);
  return arn === undefined ? undefined : 'authorizer';
}

const authorizerId = (kind: string, name: string) =>
  ({
    http: `${logicalName(name)}ApiGatewayAuthorizer`,
    httpApi: `HttpApiAuthorizer${logicalName(name)}`,
    websocket: `${logicalName(name)}WebsocketsAuthorizer`,
  })[kind] as string;

/** A value for Auth of a route: how a caller must show who it is. */
export function authorizerOf({ provider }: Service, kind: string, event: unknown): unknown {
  const { authorizer, private: isPrivate } = membersOf(event);
  const { type, id, authorizerId: external } = membersOf(authorizer);
  if (isIam(authorizer) || isIam(type)) return 'AWS_IAM';
  const name = nameOf(authorizer);
  if (name !== undefined) return { Ref: authorizerId(kind, name) };
  if (id !== undefined || external !== undefined) return external ?? id;
  if (isPrivate === true) return 'API_KEY';
  const { resourcePolicy = provider.resourcePolicy } = membersOf(provider.apiGateway);
  return kind === 'http' && resourcePolicy !== undefined ? 'RESOURCE_POLICY' : 'NONE';
}

/** The function that an authorizer of a route is, by its key or its ARN. */
function functionOf({ functions }: Service, authorizer: unknown): unknown {
  const { arn, name } = membersOf(authorizer);
  const key = typeof authorizer === 'string' ? authorizer : name;
  if (arn !== undefined) return arn;
  return typeof key === 'string' && Object.hasOwn(functions, key) ? attribute(functionId(key), 'Arn') : key;
}

/** The authorizers of REST and WebSocket routes, which the routes themselves describe. */
export function compileRouteAuthorizers(
  service: Service,
  kind: 'http' | 'websocket',
  event: Members,
): Made[] {
  const { authorizer } = event;
  const name = nameOf(authorizer);
  const { type = 'token', arn } = membersOf(authorizer);
  if (name === undefined || isIam(authorizer) || isIam(type)) return [];
  const isPool = /cognito/i.test(String(type)) || /:userpool\//.test(String(arn));
  const by = functionOf(service, authorizer);
  const place = placeOf(event, 'authorizer');
  const id = authorizerId(kind, name);
  if (kind === 'websocket') {
    const properties = {
      Name: name,
      AuthorizerType: 'REQUEST',
      ApiId: { Ref: 'WebsocketsApi' },
      AuthorizerUri: by,
    };
    return [{ id, type: 'AWS::ApiGatewayV2::Authorizer', properties, place }];
  }
  const properties = {
    Name: name,
    RestApiId: { Ref: 'ApiGatewayRestApi' },
    Type: isPool ? 'COGNITO_USER_POOLS' : String(type).toUpperCase(),
    ...(isPool ? { ProviderARNs: [arn] } : { AuthorizerUri: by }),
  };
  return [{ id, type: 'AWS::ApiGateway::Authorizer', properties, place }];
}

const ofAuthorizer = {
  AuthorizerResultTtlInSeconds: 'resultTtlInSeconds',
  IdentitySource: 'identitySource',
};

/** The authorizers of the HTTP API, which the provider describes. */
export function compileHttpAuthorizers(service: Service): Made[] {
  const authorizers = membersOf(membersOf(service.provider.httpApi).authorizers);
  return Object.entries(authorizers).map(([name, value]) => {
    const own = membersOf(value);
    const isRequest = own.type === 'request';
    const properties = takeMembers(ofAuthorizer, [own], {
      Name: own.name ?? name,
      ApiId: { Ref: 'HttpApi' },
      AuthorizerType: isRequest ? 'REQUEST' : 'JWT',
      AuthorizerUri: isRequest
        ? functionOf(service, { arn: own.functionArn, name: own.functionName })
        : undefined,
      JwtConfiguration: isRequest ? undefined : { Issuer: own.issuerUrl, Audience: own.audience },
    });
    const place = placeOf(authorizers, name);
    return { id: authorizerId('httpApi', name), type: 'AWS::ApiGatewayV2::Authorizer', properties, place };
  });
}
