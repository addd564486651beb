import { isMembers, listOf, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { attribute, logicalName, type Made, type Service } from './service.ts';

/** What an API calls itself, by what the plugin calls it. */
const services: Readonly<Record<string, string>> = { eventbridge: 'events' };

/** As the framework names it: `{id}` is `IdVar`. */
const nameOfStep = (step: string): string => logicalName(step.replace(/^\{(\w+)\+?\}$/, '$1Var'));

/** What serverless-apigateway-service-proxy makes: routes of the REST API that call other services without a function. */
export function compileServiceProxies({ config }: Service): Made[] {
  const proxies = listOf(membersOf(config.custom).apiGatewayServiceProxies);
  return proxies.flatMap((proxy): Made[] => {
    const [[kind, written] = ['', undefined]] = isMembers(proxy) ? Object.entries(proxy) : [];
    const { path, method, authorizationType, authorizerId, private: isPrivate } = membersOf(written);
    if (typeof path !== 'string' || typeof method !== 'string') return [];
    const name = path.split('/').map(nameOfStep).join('');
    const place = placeOf(proxy, kind);
    return [
      {
        id: `ApiGatewayResource${name}`,
        type: 'AWS::ApiGateway::Resource',
        properties: { RestApiId: { Ref: 'ApiGatewayRestApi' }, PathPart: path.replace(/^\//, '') },
        place,
      },
      {
        id: `ApiGatewayMethod${name}${logicalName(method.toLowerCase())}`,
        type: 'AWS::ApiGateway::Method',
        properties: {
          RestApiId: { Ref: 'ApiGatewayRestApi' },
          ResourceId: attribute(`ApiGatewayResource${name}`, 'Id'),
          HttpMethod: method.toUpperCase(),
          AuthorizationType: authorizationType ?? 'NONE',
          ...(authorizerId !== undefined && { AuthorizerId: authorizerId }),
          ApiKeyRequired: isPrivate === true,
          Integration: {
            Type: 'AWS',
            Uri: {
              'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${services[kind] ?? kind}:action`,
            },
          },
        },
        place,
      },
    ];
  });
}
