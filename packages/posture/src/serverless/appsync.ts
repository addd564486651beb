import { isMembers, listOf, type Members, membersOf } from '../graph/json.ts';
import { type Place, placeOf } from '../template/place.ts';
import { attribute, functionId, logicalName, type Made, type Service } from './service.ts';

/** The function of a data source, by its key, its ARN or described in place. */
function functionOf({ functions }: Service, config: Members): unknown {
  const { functionName, lambdaFunctionArn } = config;
  if (lambdaFunctionArn !== undefined) return lambdaFunctionArn;
  return typeof functionName === 'string' && Object.hasOwn(functions, functionName)
    ? attribute(functionId(functionName), 'Arn')
    : functionName;
}

/** Data sources by their names, with where they stand; a list of them, or of such mappings, in the first version of the plugin. */
const sourcesOf = (written: unknown): [name: string, source: Members, place: Place | undefined][] =>
  listOf(written).flatMap((part) =>
    isMembers(part) && typeof part.name === 'string' && 'type' in part
      ? [[part.name, part, placeOf(part)]]
      : Object.entries(membersOf(part)).map(([name, source]) => [
          name,
          membersOf(source),
          placeOf(part, name),
        ]),
  );

function compileApi(service: Service, written: unknown, suffix: string): Made[] {
  const api = membersOf(written);
  const id = `GraphQlApi${suffix}`;
  // An API from elsewhere asks what it asks there.
  const isExternal = api.apiId !== undefined;
  const asked = api.authentication ?? api;
  const { type, authenticationType = type } = membersOf(asked);
  const place =
    placeOf(asked, type === undefined ? 'authenticationType' : 'type') ?? placeOf(service.config, 'appSync');
  const properties = {
    Name: api.name ?? service.name,
    AuthenticationType: authenticationType ?? 'API_KEY',
    XrayEnabled: api.xrayEnabled,
  };
  return [
    ...(isExternal ? [] : [{ id, type: 'AWS::AppSync::GraphQLApi', properties, place }]),
    ...sourcesOf(api.dataSources).flatMap(([name, source, place]): Made[] =>
      source.type === 'AWS_LAMBDA'
        ? [
            {
              id: `GraphQlDs${logicalName(name)}${suffix}`,
              type: 'AWS::AppSync::DataSource',
              properties: {
                ApiId: isExternal ? api.apiId : attribute(id, 'ApiId'),
                Type: source.type,
                LambdaConfig: { LambdaFunctionArn: functionOf(service, membersOf(source.config)) },
              },
              place,
            },
          ]
        : [],
    ),
  ];
}

/** What serverless-appsync-plugin makes: the APIs, and of their data sources those that are functions. */
export const compileGraphApis = (service: Service): Made[] =>
  listOf(service.config.appSync ?? membersOf(service.config.custom).appSync).flatMap((api, index) =>
    compileApi(service, api, index === 0 ? '' : String(index)),
  );
