import { listOf, type Members, membersOf } from '../graph/json.ts';
import type { Resource } from '../resource.ts';
import { keepPlace, placeOf } from '../template/place.ts';

const typeOf = (auth: unknown) => ({ ...membersOf(auth), AuthenticationType: membersOf(auth).Type });

/** The data sources of one kind, by their names. */
function expandSources(
  api: Resource,
  sources: unknown,
  type: string,
  configOf: (source: Members) => Members,
): Resource[] {
  return Object.entries(membersOf(sources)).map(([name, source]) => {
    const place = placeOf(sources, name) ?? api.place;
    const properties = { ApiId: `\${${api.id}}`, Type: type, ...configOf(membersOf(source)) };
    return {
      id: `${api.id}${name}DataSource`,
      type: 'AWS::AppSync::DataSource',
      dependsOn: [],
      ...(place && { place }),
      properties,
    };
  });
}

/** The API of AppSync that SAM makes of one of its own, with what it asks for data. */
export function expandGraphqlApi(resource: Resource): Resource[] {
  const { properties } = resource;
  const auth = membersOf(properties.Auth);
  const { Lambda, DynamoDb } = membersOf(properties.DataSources);
  const api: Resource = {
    ...resource,
    type: 'AWS::AppSync::GraphQLApi',
    properties: keepPlace(properties, {
      ...properties,
      AuthenticationType: auth.Type,
      LambdaAuthorizerConfig: auth.LambdaAuthorizer,
      AdditionalAuthenticationProviders: listOf(auth.Additional).map(typeOf),
      LogConfig: properties.Logging,
    }),
  };
  return [
    api,
    ...expandSources(resource, Lambda, 'AWS_LAMBDA', ({ FunctionArn, ServiceRoleArn }) => ({
      LambdaConfig: { LambdaFunctionArn: FunctionArn },
      ...(ServiceRoleArn !== undefined && { ServiceRoleArn }),
    })),
    ...expandSources(resource, DynamoDb, 'AMAZON_DYNAMODB', ({ TableName }) => ({
      DynamoDBConfig: { TableName },
    })),
  ];
}
