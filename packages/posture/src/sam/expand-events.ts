import { isMembers, isTrue, type Members, membersOf } from '../graph/json.ts';
import type { Resource } from '../resource.ts';
import { placeOf } from '../template/place.ts';
import { referenceOf } from '../template/substitution.ts';

/** The property of an event that says where it comes from. */
const sources: Readonly<Record<string, string>> = {
  S3: 'Bucket',
  SNS: 'Topic',
  SQS: 'Queue',
  Kinesis: 'Stream',
  DynamoDB: 'Stream',
  MSK: 'Stream',
  MQ: 'Broker',
  DocumentDB: 'Cluster',
  CloudWatchLogs: 'LogGroupName',
  Cognito: 'UserPool',
};

/** How a call of the route must show who it is: what the event says, or else the API. */
function authOf(event: Members, api: Members): string {
  const own = membersOf(event.Auth);
  const all = membersOf(api.Auth);
  const authorizer = own.Authorizer ?? all.DefaultAuthorizer;
  if (typeof authorizer === 'string' && authorizer !== 'NONE') return authorizer;
  if (isTrue(own.ApiKeyRequired ?? all.ApiKeyRequired)) return 'API_KEY';
  return own.ResourcePolicy || all.ResourcePolicy ? 'RESOURCE_POLICY' : 'NONE';
}

/**
 * What SAM connects a function with, one `Ringfence::Trigger` for each event. `apis`: the properties of the APIs of the template
 * by their names, with those that SAM makes by itself.
 */
export function expandEvents(
  resource: Resource,
  events: unknown,
  apis: ReadonlyMap<string, Members>,
  prefix: string,
): Resource[] {
  return Object.entries(membersOf(events)).flatMap(([name, event]): Resource[] => {
    if (!isMembers(event)) return [];
    const type = String(event.Type);
    const properties = membersOf(event.Properties);
    const place = placeOf(events, name);
    const shared = {
      id: `${resource.id}${name}`,
      type: 'Ringfence::Trigger',
      dependsOn: [],
      ...(place && { place }),
    };
    const target = `\${${resource.id}}`;
    if (type === 'Api' || type === 'HttpApi') {
      const api =
        referenceOf(properties[type === 'Api' ? 'RestApiId' : 'ApiId'])?.name ??
        prefix + (type === 'Api' ? 'ServerlessRestApi' : 'ServerlessHttpApi');
      const { Path = '$default', Method = 'ANY' } = properties;
      const trigger = {
        Function: target,
        Kind: type === 'Api' ? 'rest-api' : 'http-api',
        Source: `\${${api}}`,
        Path,
        Method: String(Method).toUpperCase(),
        Auth: authOf(properties, apis.get(api) ?? {}),
      };
      return [{ ...shared, properties: trigger }];
    }
    const source = properties[sources[type] ?? ''];
    return [
      {
        ...shared,
        properties: {
          Function: target,
          Kind: type,
          ...(source !== undefined && { Source: source }),
          Event: properties,
        },
      },
    ];
  });
}
