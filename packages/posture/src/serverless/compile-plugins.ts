import { listOf, type Members, membersOf } from '../graph/json.ts';
import { placeOf } from '../template/place.ts';
import { attribute, functionId, logicalName, type Made, type Service } from './service.ts';
import { compileStateMachines } from './state-machines.ts';

/** The function of a data source of AppSync, by its key, its ARN or described in place. */
function functionOf({ functions }: Service, config: Members): unknown {
  const { functionName, lambdaFunctionArn } = config;
  if (lambdaFunctionArn !== undefined) return lambdaFunctionArn;
  return typeof functionName === 'string' && Object.hasOwn(functions, functionName)
    ? attribute(functionId(functionName), 'Arn')
    : functionName;
}

/** serverless-appsync-plugin, of which the functions are what is asked about. */
const compileDataSources = (service: Service): Made[] =>
  listOf(service.config.appSync).flatMap((api, index) => {
    const sources = membersOf(membersOf(api).dataSources);
    return Object.entries(sources).flatMap(([key, value]): Made[] => {
      const { type, config } = membersOf(value);
      if (type !== 'AWS_LAMBDA') return [];
      return [
        {
          id: `GraphQlDs${logicalName(key)}${index || ''}`,
          type: 'AWS::AppSync::DataSource',
          properties: {
            Type: type,
            LambdaConfig: { LambdaFunctionArn: functionOf(service, membersOf(config)) },
          },
          place: placeOf(sources, key),
        },
      ];
    });
  });

/** What well-known plugins make that starts functions. */
export const compilePlugins = (service: Service): Made[] => [
  ...compileStateMachines(service),
  ...compileDataSources(service),
];
